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
     * The entry now belongs to another session, because the account signed in again in the meantime.
     *
     * @param record its content
     * @param generation its generation
     */
    record Superseded(OAuthRecord record, long generation) implements Save {}

    /** The session was logged out in the meantime. */
    record LoggedOut() implements Save {}

    /**
     * The store failed. The tokens may be saved.
     *
     * @param failure the store's exception
     */
    record Failed(Throwable failure) implements Save {}
}
