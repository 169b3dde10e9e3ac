package dev.atlex.oauth.internal.session;

/** The result of looking for a session's entry in its store. */
sealed interface Found {
    /** The entry is the one that the session already knows. */
    record Same() implements Found {}

    /**
     * An entry was saved later, by this process or another one. Its content takes precedence.
     *
     * @param record its content
     * @param generation its generation
     */
    record Newer(OAuthRecord record, long generation) implements Found {}

    /**
     * The entry is missing, corrupt, or was saved earlier, for example because a backup was restored. Its tokens may
     * have been used. A missing entry doesn't end a session, because files can get lost.
     *
     * @param generation the generation that the next save replaces; {@code EntryStore.NONE} if there is no entry
     */
    record Lost(long generation) implements Found {}
}
