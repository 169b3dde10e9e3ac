package dev.atlex.bluesky.moderation;

/** The kind of subject that a label is attached to. */
public enum LabelTarget {
    /** A whole account, with everything that it publishes. */
    ACCOUNT,
    /** The profile record: name, description, avatar and banner. */
    PROFILE,
    /** A post, list, feed or status. */
    CONTENT
}
