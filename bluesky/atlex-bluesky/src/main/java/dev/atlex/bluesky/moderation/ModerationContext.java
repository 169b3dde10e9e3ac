package dev.atlex.bluesky.moderation;

/** A place in which an app shows a subject, or a part of it. */
public enum ModerationContext {
    /** An account in a list, such as search results or followers. */
    PROFILE_LIST,
    /** An account's own page. */
    PROFILE_VIEW,
    /** The avatar, wherever it is shown. */
    AVATAR,
    /** The banner of a profile, list or feed. */
    BANNER,
    /** The display name, wherever it is shown. */
    DISPLAY_NAME,
    /** Content in a list, such as a post in a timeline. */
    CONTENT_LIST,
    /** Content on its own page, such as the post at the center of a thread. */
    CONTENT_VIEW,
    /** The images, the video or the card of a post. */
    CONTENT_MEDIA
}
