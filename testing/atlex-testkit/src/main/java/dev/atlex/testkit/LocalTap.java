package dev.atlex.testkit;

import dev.atlex.data.Cid;
import dev.atlex.data.LexBoolean;
import dev.atlex.data.LexInteger;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import dev.atlex.syntax.Tid;
import dev.atlex.testkit.internal.TapServer;
import dev.atlex.testkit.internal.tap.TapChannel;
import dev.atlex.testkit.internal.tap.TapOutbox;
import dev.atlex.testkit.internal.tap.TapRepos;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A Tap that runs in the test's own process. The test adds its events.
 *
 * <pre>{@code
 * try (LocalTap tap = LocalTap.start()) {
 *     tap.create(did, collection, recordKey, record);
 *     …                                              // the program connects to tap.url()
 *     tap.awaitAcknowledged(Duration.ofSeconds(10));
 *     tap.behavior().loseAcknowledgments(true);      // events are delivered again by redeliver()
 * }
 * }</pre>
 *
 * <p>The server follows the code of the real one, including the order of an account's events, with these differences:
 *
 * <ul>
 *   <li>It fetches and verifies nothing: adding a repository only makes {@code /info} know it.
 *   <li>It has no timeout: it sends an event again only after {@link TapBehavior#redeliver}.
 *   <li>It doesn't call webhooks.
 * </ul>
 *
 * <p>Thread-safe.
 *
 * @see <a href="https://github.com/bluesky-social/indigo/tree/main/cmd/tap">Tap</a>
 */
public final class LocalTap implements AutoCloseable {
    private final TapOutbox outbox = new TapOutbox();
    private final TapChannel channel = new TapChannel(outbox);
    private final TapRepos repos = new TapRepos();
    private final TapServer server;
    private final TapBehavior behavior;

    /** The time of the last revision, in microseconds. Only the order of revisions matters. */
    private final AtomicLong revisions = new AtomicLong(1_700_000_000_000_000L);

    private LocalTap(@Nullable String adminPassword) {
        this.server = new TapServer(outbox, channel, repos, adminPassword);
        this.behavior = new TapBehavior(outbox, channel, server);
    }

    /** Starts a server without a password on any free port. */
    public static LocalTap start() {
        return new LocalTap(null);
    }

    /** Starts a server with an admin password on any free port. */
    public static LocalTap start(String adminPassword) {
        return new LocalTap(adminPassword);
    }

    /** Returns the URL of the server, such as {@code http://127.0.0.1:41234}, without a trailing slash. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** Returns the settings and the failures to inject. */
    public TapBehavior behavior() {
        return behavior;
    }

    /** Returns the methods and paths of all requests, in order, such as {@code POST /repos/add}. */
    public List<String> requests() {
        return server.requests();
    }

    /**
     * Adds the creation of a record, as a live event.
     *
     * @return the id
     */
    public long create(Did did, Nsid collection, RecordKey recordKey, LexMap record) {
        return record(did, true, "create", collection, recordKey, record);
    }

    /**
     * Adds a record that existed already when the repository was added: an event that isn't live.
     *
     * @return the id
     */
    public long backfill(Did did, Nsid collection, RecordKey recordKey, LexMap record) {
        return record(did, false, "create", collection, recordKey, record);
    }

    /**
     * Adds the update of a record, as a live event.
     *
     * @return the id
     */
    public long update(Did did, Nsid collection, RecordKey recordKey, LexMap record) {
        return record(did, true, "update", collection, recordKey, record);
    }

    /**
     * Adds the deletion of a record, as a live event.
     *
     * @return the id
     */
    public long delete(Did did, Nsid collection, RecordKey recordKey) {
        return record(did, true, "delete", collection, recordKey, null);
    }

    private long record(
            Did did, boolean live, String action, Nsid collection, RecordKey recordKey, @Nullable LexMap record) {
        String rev = Tid.of(revisions.incrementAndGet(), 0).toString();
        LexMap.Builder content = LexMap.builder()
                .put("live", LexBoolean.of(live))
                .put("did", did.toString())
                .put("rev", rev)
                .put("collection", collection.toString())
                .put("rkey", recordKey.toString())
                .put("action", action);
        if (record != null) {
            content.put("record", record)
                    .put("cid", Cid.ofDagCbor(record.toCbor()).toString());
        }
        repos.change(did.toString(), rev, collection + "/" + recordKey, record != null);
        return event("record", did, live, content.build());
    }

    /**
     * Adds a change of an account's handle or status.
     *
     * @param handle the handle, or null if the account has no valid one
     * @param status {@code active}, or why the account isn't active, such as {@code deleted}
     * @return the id
     */
    public long identity(Did did, @Nullable Handle handle, String status) {
        String name = handle == null ? "handle.invalid" : handle.toString();
        repos.identity(did.toString(), name, status);
        return event(
                "identity",
                did,
                false,
                LexMap.builder()
                        .put("did", did.toString())
                        .put("handle", name)
                        .put("is_active", LexBoolean.of(status.equals("active")))
                        .put("status", status)
                        .build());
    }

    /**
     * Adds an event of any type.
     *
     * @param type the type, such as {@code record}
     * @param live whether the event waits for all earlier ones of the account, and all later ones wait for it
     * @param content the content of the field that has the name of the type
     * @return the id
     */
    public long event(String type, Did did, boolean live, LexMap content) {
        return outbox.add(
                did.toString(),
                live,
                id -> LexMap.builder()
                        .put("id", new LexInteger(id))
                        .put("type", new LexString(type))
                        .put(type, content)
                        .build()
                        .toJson());
    }

    /** Sets the DID document that {@code /resolve} returns for an account. */
    public void didDocument(Did did, LexMap document) {
        repos.document(did.toString(), document);
    }

    /** Returns the accounts whose repositories the program has added, and those of all events. */
    public List<Did> repos() {
        return repos.dids().stream().map(Did::of).toList();
    }

    /** Returns the ids that consumers have acknowledged, in order. An id that was acknowledged twice occurs twice. */
    public List<Long> acknowledged() {
        return outbox.acknowledged();
    }

    /** Returns the ids of the events that aren't acknowledged, in order. */
    public List<Long> unacknowledged() {
        return outbox.unacknowledged();
    }

    /**
     * Waits until all events are acknowledged.
     *
     * @param timeout the longest wait
     * @throws AssertionError if the timeout elapses first
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public void awaitAcknowledged(Duration timeout) throws InterruptedException {
        if (!outbox.awaitEmpty(timeout.toNanos())) {
            throw new AssertionError("expected all events to be acknowledged within " + timeout + " (missing "
                    + outbox.unacknowledged() + ")");
        }
    }

    /** Closes all connections and stops the server. */
    @Override
    public void close() {
        server.close();
    }

    /** Returns a string that contains the URL. */
    @Override
    public String toString() {
        return "LocalTap[" + url() + "]";
    }
}
