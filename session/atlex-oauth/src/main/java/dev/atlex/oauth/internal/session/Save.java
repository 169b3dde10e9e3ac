package dev.atlex.oauth.internal.session;

/** The outcome of saving tokens that a server has just issued. */
sealed interface Save {
    /**
     * The tokens are saved.
     *
     * @param generation the entry's generation
     */
    record Saved(long generation) implements Save {}

    /**
     * The entry belongs to another session of the account, which signed in meanwhile.
     *
     * @param record its content
     * @param generation its generation
     */
    record Superseded(OAuthRecord record, long generation) implements Save {}

    /** The session was logged out meanwhile. */
    record LoggedOut() implements Save {}

    /**
     * The store failed. The tokens may be saved.
     *
     * @param failure the store's exception
     */
    record Failed(Throwable failure) implements Save {}
}
