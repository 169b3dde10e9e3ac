package dev.atlex.endurance;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** The events that consumers have handled. Thread-safe. */
final class Deliveries {
    private final BitSet handled = new BitSet();
    private final Map<String, Long> latest = new HashMap<>();
    private long duplicates;
    private String disorder = "";

    /** Notes that the handler of an event has finished. */
    synchronized void add(String did, long sequence) {
        if (handled.get((int) sequence)) {
            duplicates++;
        }
        handled.set((int) sequence);
        Long before = latest.put(did, sequence);
        if (before != null && before >= sequence && disorder.isEmpty()) {
            disorder = did + ": " + sequence + " after " + before;
        }
    }

    /** Notes that a new process begins, in which events may be handled again. */
    synchronized void restart() {
        latest.clear();
    }

    /** Returns the highest number whose event, and all before it, have been handled. */
    synchronized long contiguous() {
        return handled.nextClearBit(1) - 1L;
    }

    /** Returns how many events have been handled again. */
    synchronized long duplicates() {
        return duplicates;
    }

    /** Returns the first event that was handled after a later one of its account, or the empty string. */
    synchronized String disorder() {
        return disorder;
    }
}
