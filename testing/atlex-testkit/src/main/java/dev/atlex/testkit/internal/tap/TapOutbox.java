package dev.atlex.testkit.internal.tap;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The events of a Tap that aren't acknowledged, and the order in which they may be sent. Thread-safe.
 *
 * <p>A live event of an account is sent only after all earlier events of the account are acknowledged, and no other
 * event of the account is sent before it is acknowledged. Events that aren't live are sent without waiting for each
 * other.
 *
 * <p>The real Tap sends an event again when it isn't acknowledged in time. This one has no clock: {@link #redeliver}
 * does.
 *
 * @see <a href="https://github.com/bluesky-social/indigo/blob/main/cmd/tap/outbox.go">Tap: outbox</a>
 */
public final class TapOutbox {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** All events that aren't acknowledged, by id. */
    private final TreeMap<Long, Event> events = new TreeMap<>();

    private final Map<String, Account> accounts = new HashMap<>();

    /** The events to send, over any connection. */
    private final Deque<Event> outgoing = new ArrayDeque<>();

    private final List<Long> acknowledged = new ArrayList<>();
    private long lastId;
    private boolean expectsAcknowledgments = true;
    private boolean losesAcknowledgments;

    /** An event in the form in which it is sent. */
    record Event(long id, String did, boolean live, String json) {}

    /** The events of an account that wait for their turn, and those that have been sent. */
    private record Account(Deque<Event> waiting, Map<Long, Event> sent) {
        Account() {
            this(new ArrayDeque<>(), new TreeMap<>());
        }

        boolean maySend(Event next) {
            return sent.isEmpty() || !next.live() && sent.values().stream().noneMatch(Event::live);
        }
    }

    /**
     * Adds an event.
     *
     * @param json returns the event with its id
     * @return the id
     */
    public long add(String did, boolean live, LongFunction<String> json) {
        lock.lock();
        try {
            long id = ++lastId;
            Event event = new Event(id, did, live, json.apply(id));
            events.put(id, event);
            schedule(event);
            return id;
        } finally {
            lock.unlock();
        }
    }

    private void schedule(Event event) {
        Account account = accounts.computeIfAbsent(event.did(), did -> new Account());
        account.waiting().add(event);
        sendWaiting(account);
    }

    private void sendWaiting(Account account) {
        while (!account.waiting().isEmpty() && account.maySend(account.waiting().element())) {
            Event next = account.waiting().remove();
            account.sent().put(next.id(), next);
            outgoing.add(next);
        }
        changed.signalAll();
    }

    /**
     * Waits for an event to send.
     *
     * @param mayTake whether the connection may send now; {@link #wake} checks it again
     * @param ended whether the connection has ended
     * @return the event, or null if the connection has ended
     */
    @Nullable
    Event take(BooleanSupplier mayTake, BooleanSupplier ended) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!ended.getAsBoolean() && (outgoing.isEmpty() || !mayTake.getAsBoolean())) {
                changed.await();
            }
            return ended.getAsBoolean() ? null : outgoing.poll();
        } finally {
            lock.unlock();
        }
    }

    /** Makes all connections check their conditions again. */
    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Called after an event was sent. */
    void sent(Event event) {
        lock.lock();
        try {
            if (!expectsAcknowledgments) {
                remove(event.id());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Handles an acknowledgment from a consumer. */
    void acknowledge(long id) {
        lock.lock();
        try {
            if (expectsAcknowledgments && !losesAcknowledgments) {
                acknowledged.add(id);
                remove(id);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void remove(long id) {
        Event event = events.remove(id);
        Account account = event == null ? null : accounts.get(event.did());
        if (account != null) {
            account.sent().remove(id);
            sendWaiting(account);
        }
        changed.signalAll();
    }

    /** Resends all events that were sent but not acknowledged. */
    public void redeliver() {
        lock.lock();
        try {
            accounts.values().forEach(account -> outgoing.addAll(account.sent().values()));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Restarts with the events that aren't acknowledged. The next id follows theirs. */
    public void restart() {
        lock.lock();
        try {
            outgoing.clear();
            accounts.clear();
            lastId = events.isEmpty() ? 0 : events.lastKey() + 1;
            events.values().forEach(this::schedule);
        } finally {
            lock.unlock();
        }
    }

    /** Removes an account's events. */
    public void removeAccount(String did) {
        lock.lock();
        try {
            for (Iterator<Event> i = events.values().iterator(); i.hasNext(); ) {
                if (i.next().did().equals(did)) {
                    i.remove();
                }
            }
            outgoing.removeIf(event -> event.did().equals(did));
            accounts.remove(did);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Sets whether events wait for acknowledgments. If not, they are removed when they are sent. */
    public void expectAcknowledgments(boolean on) {
        lock.lock();
        try {
            expectsAcknowledgments = on;
        } finally {
            lock.unlock();
        }
    }

    /** Sets whether acknowledgments are ignored. */
    public void loseAcknowledgments(boolean on) {
        lock.lock();
        try {
            losesAcknowledgments = on;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the ids that consumers have acknowledged, in order, including repeated ones. */
    public List<Long> acknowledged() {
        lock.lock();
        try {
            return List.copyOf(acknowledged);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the ids of the events that aren't acknowledged, in order. */
    public List<Long> unacknowledged() {
        lock.lock();
        try {
            return List.copyOf(events.keySet());
        } finally {
            lock.unlock();
        }
    }

    /** Waits until no event is unacknowledged. Returns false after the timeout. */
    public boolean awaitEmpty(long timeoutNanos) throws InterruptedException {
        return await(events::isEmpty, timeoutNanos);
    }

    /** Waits until a condition is true. It is checked after each change. Returns false after the timeout. */
    boolean await(BooleanSupplier condition, long timeoutNanos) throws InterruptedException {
        long left = timeoutNanos;
        lock.lockInterruptibly();
        try {
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
