package dev.atlex.oauth.internal.session;

/** The result of looking for a session's entry in its store. */
sealed interface Found {
    /** The entry that the session knows. */
    record Same() implements Found {}

    /**
     * An entry that was saved later, by this process or another one. It decides what the session is.
     *
     * @param record its content
     * @param generation its generation
     */
    record Newer(OAuthRecord record, long generation) implements Found {}

    /**
     * No entry, a corrupt one, or one that was saved earlier, for example because a backup was restored. Its tokens may
     * have been used. A missing entry doesn't end a session, because files can get lost.
     *
     * @param generation the generation that the next save replaces; {@code EntryStore.NONE} if there is no entry
     */
    record Lost(long generation) implements Found {}
}
