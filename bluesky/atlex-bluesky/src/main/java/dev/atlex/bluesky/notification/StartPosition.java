package dev.atlex.bluesky.notification;

/** The point at which a consumer without a saved cursor begins. */
public enum StartPosition {
    /** Handles notifications that arrive from now on. */
    NOW,
    /** Handles all notifications that the service still has, oldest first. */
    OLDEST
}
