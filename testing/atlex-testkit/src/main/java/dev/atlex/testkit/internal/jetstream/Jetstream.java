package dev.atlex.testkit.internal.jetstream;

import static dev.atlex.testkit.internal.jetstream.JetstreamEvent.NSID;

import dev.atlex.data.Bytes;
import dev.atlex.data.Cid;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.repo.Car;
import dev.atlex.testkit.internal.Query;
import dev.atlex.testkit.internal.XrpcError;
import dev.atlex.testkit.internal.sync.EventLog;
import dev.atlex.testkit.internal.sync.FirehoseEvent;
import dev.atlex.testkit.internal.sync.StreamHub;
import dev.atlex.testkit.internal.sync.StreamSettings;
import dev.atlex.testkit.internal.ws.WebSocket;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The events of a Jetstream and its consumers. Thread-safe.
 *
 * @see <a href="https://github.com/bluesky-social/jetstream">Jetstream</a>
 */
public final class Jetstream {
    /** Cursors from this value on are times in microseconds. */
    private static final long TIMES = 1_000_000_000_000_000L;

    private final Clock clock;
    private final StreamHub<JetstreamEvent> hub = new StreamHub<>(new StreamSettings(), JetstreamEvent::size);
    private volatile boolean version2 = true;
    private volatile @Nullable ZstdDictionary dictionary;

    /** The time of the latest event. Guarded by the lock of the log. */
    private long latest;

    public Jetstream(Clock clock) {
        this.clock = clock;
    }

    public StreamHub<JetstreamEvent> hub() {
        return hub;
    }

    /** Sets whether the server knows version 2. */
    public void version2(boolean on) {
        version2 = on;
    }

    public boolean isVersion2() {
        return version2;
    }

    /** Sets the current dictionary, and retires the previous one. */
    public void dictionary(ZstdDictionary current) {
        dictionary = current;
    }

    public @Nullable ZstdDictionary dictionary() {
        return dictionary;
    }

    /**
     * Appends a commit of one record.
     *
     * @param commit the fields of the event
     */
    public long commit(String did, LexMap commit) {
        return hub.append(did, seq -> JetstreamEvent.commit(seq, did, nextTime(), commit));
    }

    /**
     * Appends an event that isn't a commit.
     *
     * @param upstream the event of the firehose
     */
    public long event(String kind, String did, LexMap upstream) {
        return hub.append(did, seq -> {
            long time = nextTime();
            LexMap.Builder event = upstream.toBuilder().put("did", did);
            if (!upstream.containsKey("seq")) {
                event.put("seq", seq);
            }
            if (!upstream.containsKey("time")) {
                event.put("time", JetstreamEvent.time(time));
            }
            return JetstreamEvent.other(seq, kind, did, time, event.build());
        });
    }

    private long nextTime() {
        latest = Math.max(latest, ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
        return latest;
    }

    /** Appends the events of a firehose. */
    public void accept(FirehoseEvent event) {
        LexMap body = event.body();
        if (event.type().equals("#commit")) {
            commits(body);
        } else if (event.type().equals("#identity")
                || event.type().equals("#account")
                || event.type().equals("#sync")) {
            event(event.type().substring(1), Objects.requireNonNull(body.getString("did")), body);
        }
    }

    private void commits(LexMap body) {
        String did = Objects.requireNonNull(body.getString("repo"));
        LexArray operations = body.getArray("ops");
        Car blocks = body.get("blocks") instanceof Bytes bytes ? Car.parse(bytes.toByteArray()) : null;
        for (LexValue value : operations == null ? LexArray.of() : operations) {
            if (value instanceof LexMap operation) {
                String path = Objects.requireNonNull(operation.getString("path"));
                int slash = path.indexOf('/');
                LexMap.Builder commit = LexMap.builder()
                        .put("rev", Objects.requireNonNull(body.getString("rev")))
                        .put("operation", Objects.requireNonNull(operation.getString("action")))
                        .put("collection", path.substring(0, slash))
                        .put("rkey", path.substring(slash + 1));
                byte[] record = operation.get("cid") instanceof Cid cid && blocks != null ? blocks.get(cid) : null;
                if (record != null) {
                    commit.put("record", LexReader.readCbor(record, ReadOptions.LENIENT, LexReader::readMap))
                            .put("cid", Cid.ofDagCbor(record).toString());
                }
                commit(did, commit.build());
            }
        }
    }

    /**
     * Accepts a consumer of version 2.
     *
     * @return serves the consumer until its connection ends
     * @throws XrpcError if the request is refused
     */
    public Consumer<WebSocket> acceptVersion2(Query query) {
        UnaryOperator<byte[]> compressor = compressor(query.first("zstdDictionary", ""));
        JetstreamFilter filter = JetstreamFilter.version2(query);
        EventLog.Start start = start(query.first("cursor", ""), true);
        return accept(true, filter, compressor, start);
    }

    /** Accepts a consumer of version 1, as {@link #acceptVersion2} does. Compression isn't supported. */
    public Consumer<WebSocket> acceptVersion1(Query query) {
        JetstreamFilter filter = JetstreamFilter.version1(query);
        return accept(false, filter, null, start(query.first("cursor", ""), false));
    }

    private Consumer<WebSocket> accept(
            boolean isVersion2,
            JetstreamFilter filter,
            @Nullable UnaryOperator<byte[]> compressor,
            EventLog.@Nullable Start start) {
        long end = hub.log().end();
        return socket ->
                hub.serve(new JetstreamSubscription(hub, socket, isVersion2, filter, compressor, start, end), socket);
    }

    private @Nullable UnaryOperator<byte[]> compressor(String parameter) {
        if (parameter.isEmpty()) {
            return null;
        }
        ZstdDictionary current = dictionary;
        if (!parameter.matches("[0-9]{1,10}") || parameter.matches("0+")) {
            throw XrpcError.invalidRequest("zstdDictionary must be a positive integer (got \"" + parameter + "\")");
        } else if (current == null || Long.parseLong(parameter) != current.id()) {
            throw XrpcError.badRequest(
                    "UnknownZstdDictionary",
                    "unknown dictionary " + parameter + "; the current one is "
                            + (current == null ? "none" : current.id()));
        }
        return current.compressor();
    }

    /** Returns where to start, or null for new events only. A cursor in the future is ignored. */
    private EventLog.@Nullable Start start(String parameter, boolean isVersion2) {
        if (parameter.isEmpty()) {
            return null;
        }
        if (!parameter.matches("[0-9]{1,18}")) {
            throw XrpcError.invalidRequest("invalid cursor (got \"" + parameter + "\")");
        }
        long cursor = Long.parseLong(parameter);
        if (cursor >= TIMES || !isVersion2) {
            long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
            return cursor > now
                    ? null
                    : hub.log()
                            .at(event ->
                                    event.content() == null || event.content().timeUs() >= cursor);
        }
        if (cursor > hub.log().lastSeq()) {
            return null;
        }
        long from = Math.max(1, cursor);
        long floor = hub.log().floor();
        if (from < floor) {
            throw XrpcError.badRequest(
                    "CursorTooOld", NSID + ": cursor " + cursor + " is below the retention floor " + floor);
        }
        return hub.log().at(event -> event.seq() >= from);
    }
}
