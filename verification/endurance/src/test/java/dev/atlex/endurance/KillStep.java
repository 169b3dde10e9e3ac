package dev.atlex.endurance;

/** When a process that refreshes is killed. */
enum KillStep {
    /** The process halts before the refresh is announced in the store. */
    UNMARKED,
    /** The process halts once the refresh is announced. */
    MARKED,
    /** The process halts when the request is about to be sent. */
    SENT,
    /** The process halts once the response has arrived. */
    ANSWERED,
    /** The process halts once the new tokens are saved. */
    SAVED,
    /** The process is killed at a random moment of a refresh. */
    REFRESHING,
    /** The process is killed at a random moment, such as while it starts or waits. */
    ANY_TIME,
    /** The process ends in an orderly way. */
    NEVER;

    /** Returns whether the process kills itself. */
    boolean halts() {
        return compareTo(SAVED) <= 0;
    }

    /** Returns what the store and the server must show afterward, or null if that depends on the moment. */
    KillState state() {
        return switch (this) {
            case UNMARKED, SAVED -> KillState.SETTLED;
            case MARKED, SENT -> KillState.ANNOUNCED;
            case ANSWERED -> KillState.ROTATED;
            default -> null;
        };
    }
}
