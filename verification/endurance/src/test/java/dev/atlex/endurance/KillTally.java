package dev.atlex.endurance;

import java.util.EnumMap;
import java.util.Map;

/** Counts kills by step, by the state of the session, and by its outcome. Thread-safe. */
final class KillTally {
    /** The numbers of kills whose session continued, and of those that cost it, by {@link KillState}. */
    private record Counts(int[] continued, int[] lost) {
        Counts() {
            this(new int[KillState.values().length], new int[KillState.values().length]);
        }
    }

    private final Map<KillStep, Counts> counts = new EnumMap<>(KillStep.class);
    private int kills;

    synchronized void add(KillStep step, KillState state, boolean isLost) {
        kills++;
        Counts count = counts.computeIfAbsent(step, key -> new Counts());
        (isLost ? count.lost() : count.continued())[state.ordinal()]++;
    }

    synchronized int kills() {
        return kills;
    }

    /** Returns the number of sessions that were lost. */
    synchronized int lost() {
        return counts.values().stream()
                .mapToInt(count -> count.lost()[KillState.ROTATED.ordinal()])
                .sum();
    }

    /** Returns the table as one line. */
    @Override
    public synchronized String toString() {
        StringBuilder text = new StringBuilder();
        counts.forEach((step, count) -> {
            text.append(text.isEmpty() ? "" : "; ").append(step).append(':');
            for (KillState state : KillState.values()) {
                append(text, count.continued()[state.ordinal()], state, "continued");
                append(text, count.lost()[state.ordinal()], state, "REFRESH_LOST");
            }
        });
        return text.toString();
    }

    private static void append(StringBuilder text, int count, KillState state, String outcome) {
        if (count > 0) {
            text.append(' ').append(count).append(' ').append(state).append(' ').append(outcome);
        }
    }
}
