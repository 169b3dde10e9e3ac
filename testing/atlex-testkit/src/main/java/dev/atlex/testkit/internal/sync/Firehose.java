package dev.atlex.testkit.internal.sync;

import dev.atlex.data.Bytes;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.repo.CarWriter;
import dev.atlex.repo.Commit;
import dev.atlex.testkit.internal.ws.WebSocket;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Publishes changes as events of {@code com.atproto.sync.subscribeRepos}. Thread-safe. */
public final class Firehose {
    private final Clock clock;
    private final StreamHub<FirehoseEvent> hub;

    public Firehose(StreamSettings settings, Clock clock) {
        this.clock = clock;
        this.hub = new StreamHub<>(settings, event -> event.frame().length);
    }

    /** Publishes a new account with its first commit. */
    public void created(String did, String handle, RepoChange first) {
        identity(did, handle);
        account(did, null);
        commit(first);
        sync(first.commit());
    }

    /** Publishes that an account has been reactivated. */
    public void activated(String did, String handle, @Nullable String status, Commit commit) {
        account(did, status);
        identity(did, handle);
        sync(commit);
    }

    public void identity(String did, String handle) {
        append(did, "#identity", event().put("did", did).put("handle", handle));
    }

    /** @param status the reason why the account isn't active, or null if it is */
    public void account(String did, @Nullable String status) {
        LexMap.Builder body = event().put("did", did).put("active", status == null);
        append(did, "#account", status == null ? body : body.put("status", status));
    }

    /** Publishes the deletion of an account, and forgets the account's earlier events. */
    public void deleted(String did) {
        hub.log().purge(did);
        account(did, "deleted");
    }

    public void sync(Commit commit) {
        byte[] car = CarWriter.toBytes(commit.cid(), Map.of(commit.cid(), commit.block()));
        String did = commit.did().toString();
        append(
                did,
                "#sync",
                event().put("did", did).put("rev", commit.rev().toString()).put("blocks", Bytes.wrap(car)));
    }

    public void commit(RepoChange change) {
        Commit before = change.before();
        String did = change.commit().did().toString();
        LexMap.Builder body = event().put("repo", did)
                .put("commit", change.commit().cid())
                .put("rev", change.commit().rev().toString())
                .put(
                        "since",
                        before == null
                                ? LexValue.ofNull()
                                : LexValue.of(before.rev().toString()))
                .put("blocks", Bytes.wrap(change.slice()))
                .put(
                        "ops",
                        LexArray.copyOf(change.operations().stream()
                                .map(Firehose::operation)
                                .toList()))
                .put("rebase", false)
                .put("tooBig", false)
                .put("blobs", LexArray.of());
        append(did, "#commit", before == null ? body : body.put("prevData", before.data()));
    }

    private static LexMap operation(RepoChange.Operation operation) {
        LexMap.Builder body = LexMap.builder()
                .put("action", operation.action())
                .put("path", operation.path())
                .put("cid", operation.cid() == null ? LexValue.ofNull() : operation.cid());
        return (operation.prev() == null ? body : body.put("prev", operation.prev())).build();
    }

    private LexMap.Builder event() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        String time = now.toString();
        return LexMap.builder().put("time", time.contains(".") ? time : time.replace("Z", ".000Z"));
    }

    private void append(String did, String type, LexMap.Builder body) {
        LexMap event = body.build();
        hub.append(
                did,
                seq -> FirehoseEvent.of(type, event.toBuilder().put("seq", seq).build()));
    }

    /**
     * Accepts a consumer. Without a cursor, it receives all events from now on.
     *
     * @param cursor the parameter of the request, or null
     * @return serves the consumer until its connection ends
     */
    public Consumer<WebSocket> accept(@Nullable String cursor) {
        long position = hub.log().end();
        return socket ->
                hub.serve(new FirehoseSubscription(hub.log(), hub.settings(), socket, position, cursor), socket);
    }

    /** Returns the events and their consumers. */
    public StreamHub<FirehoseEvent> hub() {
        return hub;
    }
}
