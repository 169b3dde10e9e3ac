package dev.atlex.streams.internal.tap;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Recognizes events that Tap delivers again: because an acknowledgment was lost, because a handler was slower than Tap's
 * timeout, or because Tap was restarted. Thread-safe.
 *
 * <p><b>An id isn't enough.</b> Tap numbers its events in memory. After a restart, it continues after the highest id
 * that isn't acknowledged yet, or at 1. So an id may soon be used again for a different event, which must not be
 * dropped. Only an event with the same id and the same content is a duplicate.
 *
 * <p><b>Forgetting is harmless.</b> A forgotten event is handled again, as "at least once" allows. So the memory of
 * acknowledged events is small: a table with a slot for each id modulo its size, which holds about that many recent ids,
 * and only for some minutes. Tap delivers an event again within twice its timeout, which is one minute by default.
 */
public final class AckLedger {
    static final int SLOTS = 1 << 16;
    static final Duration MEMORY = Duration.ofMinutes(10);
    private static final long NONE = -1;

    private final LongSupplier nanoTime;

    /** The content of each event that has arrived but isn't finished. */
    private final Map<Long, Long> inFlight = new HashMap<>();

    private final long[] ids = new long[SLOTS];
    private final long[] contents = new long[SLOTS];
    private final long[] times = new long[SLOTS];
    private long duplicates;

    /** The status of an event that arrives. */
    public enum Delivery {
        /** It must be handled. */
        NEW,
        /** An earlier delivery isn't finished. */
        IN_FLIGHT,
        /** It is finished, and must be acknowledged again. */
        ACKNOWLEDGED
    }

    /** @param nanoTime a replacement for {@link System#nanoTime()} */
    public AckLedger(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        java.util.Arrays.fill(ids, NONE);
    }

    /**
     * Records the arrival of an event.
     *
     * @param content a hash of the content
     */
    public synchronized Delivery receive(long id, long content) {
        Long earlier = inFlight.get(id);
        if (earlier != null && earlier == content) {
            duplicates++;
            return Delivery.IN_FLIGHT;
        } else if (earlier == null && isAcknowledged(id, content)) {
            duplicates++;
            return Delivery.ACKNOWLEDGED;
        }
        inFlight.put(id, content);
        return Delivery.NEW;
    }

    private boolean isAcknowledged(long id, long content) {
        int slot = slot(id);
        return ids[slot] == id && contents[slot] == content && nanoTime.getAsLong() - times[slot] < MEMORY.toNanos();
    }

    /**
     * Records that an event is finished.
     *
     * @param remember whether a later delivery with the same id and content must be the same event
     * @return whether to acknowledge it; false if its id has been used again for a different event
     */
    public synchronized boolean finish(long id, long content, boolean remember) {
        if (!inFlight.remove(id, content)) {
            return false;
        }
        if (remember) {
            int slot = slot(id);
            ids[slot] = id;
            contents[slot] = content;
            times[slot] = nanoTime.getAsLong();
        }
        return true;
    }

    /** Records that an event has failed, so that the next delivery is handled. */
    public synchronized void abandon(long id, long content) {
        inFlight.remove(id, content);
    }

    /** Returns the number of deliveries that weren't new. */
    public synchronized long duplicates() {
        return duplicates;
    }

    private static int slot(long id) {
        return (int) (id & (SLOTS - 1));
    }
}
