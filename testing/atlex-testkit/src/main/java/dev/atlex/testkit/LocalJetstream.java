package dev.atlex.testkit;

import dev.atlex.data.Cid;
import dev.atlex.data.LexMap;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import dev.atlex.syntax.Tid;
import dev.atlex.testkit.internal.JetstreamServer;
import dev.atlex.testkit.internal.jetstream.Jetstream;
import dev.atlex.testkit.internal.sync.EventLog;
import dev.atlex.testkit.internal.sync.FirehoseEvent;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A Jetstream that runs in the test's own process. It serves both versions: {@code subscribeEvents} and
 * {@code /subscribe}.
 *
 * <pre>{@code
 * try (LocalPds pds = LocalPds.start(o -> o.account("alice.test", "password"));
 *         LocalJetstream jetstream = LocalJetstream.start(pds)) {
 *     …                                             // each record written on the PDS is an event of the Jetstream
 *     jetstream.behavior().dropConnections();       // the consumer has to reconnect with its cursor
 * }
 * }</pre>
 *
 * <p>The events come from a {@link LocalPds}, from the test, or from both. The latest 10,000 are kept. Sequence
 * numbers begin at 1.
 *
 * <p>The server follows the Lexicon and the code of the real one, with these differences:
 *
 * <ul>
 *   <li>Version 1 doesn't compress, and ignores messages from the consumer ({@code options_update},
 *       {@code requireHello}).
 *   <li>Replaying archived segments ({@code planSnapshot}, {@code getSegment}, {@code getBlock}) isn't supported.
 *   <li>A consumer counts as too slow if it lags too many events behind; see
 *       {@link JetstreamBehavior#slowConsumerLimit}.
 * </ul>
 *
 * <p>Thread-safe.
 *
 * @see <a href="https://github.com/bluesky-social/jetstream">Jetstream</a>
 */
public final class LocalJetstream implements AutoCloseable {
    private final Jetstream jetstream;
    private final JetstreamServer server;
    private final JetstreamBehavior behavior;
    private final Clock clock;
    private final @Nullable EventLog<FirehoseEvent> source;
    private final Consumer<FirehoseEvent> follower;

    private LocalJetstream(Clock clock, @Nullable EventLog<FirehoseEvent> source) {
        this.clock = clock;
        this.source = source;
        this.jetstream = new Jetstream(clock);
        this.behavior = new JetstreamBehavior(jetstream);
        this.server = new JetstreamServer(jetstream);
        this.follower = jetstream::accept;
        if (source != null) {
            source.follow(follower);
        }
    }

    /** Starts a server without events on any free port. */
    public static LocalJetstream start() {
        return start(Clock.systemUTC());
    }

    /**
     * Starts a server without events on any free port.
     *
     * @param clock the source of the events' times
     */
    public static LocalJetstream start(Clock clock) {
        return new LocalJetstream(clock, null);
    }

    /** Starts a server with the events of a PDS: those that its firehose still has, and all later ones. */
    public static LocalJetstream start(LocalPds pds) {
        return new LocalJetstream(pds.clock(), pds.firehoseLog());
    }

    /** Returns the URL of the server, such as {@code http://127.0.0.1:41234}, without a trailing slash. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** Returns the settings and the failures to inject. */
    public JetstreamBehavior behavior() {
        return behavior;
    }

    /** Returns the paths and queries of all requests, in order, percent-encoded as they were sent. */
    public List<String> requests() {
        return server.requests();
    }

    /**
     * Adds the creation of a record.
     *
     * @return the sequence number
     */
    public long create(Did did, Nsid collection, RecordKey recordKey, LexMap record) {
        return commit(did, "create", collection, recordKey, record);
    }

    /**
     * Adds the update of a record.
     *
     * @return the sequence number
     */
    public long update(Did did, Nsid collection, RecordKey recordKey, LexMap record) {
        return commit(did, "update", collection, recordKey, record);
    }

    /**
     * Adds the deletion of a record.
     *
     * @return the sequence number
     */
    public long delete(Did did, Nsid collection, RecordKey recordKey) {
        return commit(did, "delete", collection, recordKey, null);
    }

    private long commit(Did did, String operation, Nsid collection, RecordKey recordKey, @Nullable LexMap record) {
        LexMap.Builder commit = LexMap.builder()
                .put(
                        "rev",
                        Tid.of(ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()), 0)
                                .toString())
                .put("operation", operation)
                .put("collection", collection.toString())
                .put("rkey", recordKey.toString());
        if (record != null) {
            commit.put("record", record)
                    .put("cid", Cid.ofDagCbor(record.toCbor()).toString());
        }
        return jetstream.commit(did.toString(), commit.build());
    }

    /**
     * Adds a change of an account's identity.
     *
     * @return the sequence number
     */
    public long identity(Did did, @Nullable Handle handle) {
        return event(
                "identity",
                did,
                handle == null
                        ? LexMap.of()
                        : LexMap.builder().put("handle", handle.toString()).build());
    }

    /**
     * Adds a change of an account's status.
     *
     * @param status why the account isn't active, such as {@code deleted}, or null if it is active
     * @return the sequence number
     */
    public long account(Did did, @Nullable String status) {
        LexMap.Builder account = LexMap.builder().put("active", status == null);
        return event("account", did, (status == null ? account : account.put("status", status)).build());
    }

    /**
     * Adds an event of any kind. Version 1 doesn't have kinds other than commits, {@code identity} and {@code account}.
     *
     * @param kind the kind, such as {@code sync}
     * @param content the content of the field that has the name of the kind; {@code did}, {@code seq} and {@code time}
     *     are added
     * @return the sequence number
     */
    public long event(String kind, Did did, LexMap content) {
        return jetstream.event(kind, did.toString(), content);
    }

    /** Closes all connections and stops the server. */
    @Override
    public void close() {
        if (source != null) {
            source.unfollow(follower);
        }
        server.close();
    }

    /** Returns a string that contains the URL. */
    @Override
    public String toString() {
        return "LocalJetstream[" + url() + "]";
    }
}
