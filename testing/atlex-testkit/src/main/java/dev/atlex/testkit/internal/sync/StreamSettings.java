package dev.atlex.testkit.internal.sync;

/** The current behavior of an event stream. */
public final class StreamSettings {
    /** The initial maximum number of kept events of a firehose. */
    public static final int BACKFILL = 10_000;

    /** The initial number of events that a consumer may be behind, the same as on the reference server. */
    public static final int MAX_LAG = 500;

    public volatile boolean stalled;
    public volatile boolean silent;
    public volatile boolean duplicates;
    public volatile int backfill = BACKFILL;
    public volatile int maxLag = MAX_LAG;
    public volatile int dropAfter;
    public volatile int fragment;

    /** Restores the initial behavior. */
    public void reset() {
        stalled = false;
        silent = false;
        duplicates = false;
        backfill = BACKFILL;
        maxLag = MAX_LAG;
        dropAfter = 0;
        fragment = 0;
    }

    /** Returns whether no events are sent. */
    boolean isQuiet() {
        return stalled || silent;
    }

    @Override
    public String toString() {
        return "stall=" + stalled + ", halfOpen=" + silent + ", duplicates=" + duplicates + ", backfillLimit="
                + backfill + ", slowConsumerLimit=" + maxLag + ", dropAfter=" + dropAfter + ", fragmentSize="
                + fragment;
    }
}
