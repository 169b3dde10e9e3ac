package dev.atlex.endurance;

/** The state of a session after its process was killed. */
enum KillState {
    /** The store has the session's tokens, and announces no refresh. */
    SETTLED,
    /** The store announces a refresh, but the tokens weren't rotated. */
    ANNOUNCED,
    /** The server has rotated the tokens, and the store doesn't have them. Nothing can restore the session. */
    ROTATED,
    /** The same as after the previous kill: the process had not finished the earlier refresh. */
    UNCHANGED
}
