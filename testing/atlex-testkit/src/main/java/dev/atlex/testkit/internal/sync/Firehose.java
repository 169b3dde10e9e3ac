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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The events of {@code com.atproto.sync.subscribeRepos}, and the consumers that receive them. Thread-safe. */
public final class Firehose {
    private final FirehoseSettings settings;
    private final Clock clock;
    private final EventLog log;
    private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
    private final ReentrantLock counting = new ReentrantLock();
    private final Condition counted = counting.newCondition();

    public Firehose(FirehoseSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.log = new EventLog(settings);
    }

    /** Announces a new account with its first commit. */
    public void created(String did, String handle, RepoChange first) {
        identity(did, handle);
        account(did, null);
        commit(first);
        sync(first.commit());
    }

    /** Announces that an account has been reactivated. */
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

    /** Announces a deletion, and forgets the account's earlier events. */
    public void deleted(String did) {
        log.purge(did);
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
        log.append(did, type, body.build());
        for (Subscription subscription : subscriptions) {
            // A consumer that doesn't read at all can't even receive the error.
            if (!settings.isQuiet() && subscription.tooSlow(2 * settings.maxLag)) {
                subscription.abort();
            }
        }
    }

    /**
     * Accepts a consumer. Without a cursor, it receives all events from now on.
     *
     * @param cursor the parameter of the request, or null
     * @return serves the consumer until its connection ends
     */
    public Consumer<WebSocket> accept(@Nullable String cursor) {
        long position = log.end();
        return socket -> serve(new Subscription(log, settings, socket, position), socket, cursor);
    }

    private void serve(Subscription subscription, WebSocket socket, @Nullable String cursor) {
        subscription.silence(settings.silent);
        Thread sender = new Thread(
                () -> subscription.send(cursor), Thread.currentThread().getName() + "-events");
        sender.setDaemon(true);
        subscriptions.add(subscription);
        count();
        sender.start();
        try {
            socket.read(new WebSocket.Listener() {});
        } finally {
            subscription.stop();
            subscriptions.remove(subscription);
            count();
            join(sender);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void count() {
        counting.lock();
        try {
            counted.signalAll();
        } finally {
            counting.unlock();
        }
    }

    /** Returns the number of consumers. */
    public int connections() {
        return subscriptions.size();
    }

    /** Waits until there are exactly that many consumers. Returns false after the timeout. */
    public boolean awaitConnections(int count, long timeoutNanos) throws InterruptedException {
        long left = timeoutNanos;
        counting.lock();
        try {
            while (subscriptions.size() != count) {
                if (left <= 0) {
                    return false;
                }
                left = counted.awaitNanos(left);
            }
            return true;
        } finally {
            counting.unlock();
        }
    }

    /** Returns the sequence number of the latest event, or 0. */
    public long lastSeq() {
        return log.lastSeq();
    }

    public void skip(long count) {
        log.skip(count);
    }

    public void restart() {
        log.restart();
    }

    /** Applies changed settings to the connections. */
    public void applySettings() {
        each(subscription -> subscription.silence(settings.silent));
        log.wake();
    }

    public void abortAll() {
        each(Subscription::abort);
    }

    public void closeAll(int code, String reason) {
        each(subscription -> subscription.close(code, reason));
    }

    public void failAll(String error, String message) {
        each(subscription -> subscription.end(error, message));
    }

    public void frameToAll(byte[] frame) {
        each(subscription -> subscription.frame(frame));
    }

    private void each(Consumer<Subscription> action) {
        subscriptions.forEach(action);
    }

    /** Ends all connections and forgets all events. */
    public void reset() {
        settings.reset();
        abortAll();
        log.restart();
    }

    /** Stops all threads. */
    public void close() {
        log.close();
        abortAll();
    }
}
