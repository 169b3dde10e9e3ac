package dev.atlex.bluesky;

/** The purpose of a list. */
public enum ListPurpose {
    /** A list of accounts to read, with a feed of their posts. */
    CURATION("app.bsky.graph.defs#curatelist"),

    /** A list of accounts to mute or block, for everyone who subscribes to it. */
    MODERATION("app.bsky.graph.defs#modlist");

    private final String token;

    ListPurpose(String token) {
        this.token = token;
    }

    /** Returns the value of the {@code purpose} field in records. */
    public String token() {
        return token;
    }
}
