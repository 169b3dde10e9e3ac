package dev.atlex.session.internal.persist;

/** The result of deleting the entry of a session that has ended. */
public sealed interface Removal<T> {
    /** Returns the new state of the entry. */
    EntryState state();

    /** The session was removed from the store, as far as possible. */
    record Removed<T>(EntryState state) implements Removal<T> {}

    /** In the meantime, another process has saved newer tokens, which belong to a session that hasn't ended. */
    record Newer<T>(EntryState state, T session) implements Removal<T> {
        /** Returns a description without tokens. */
        @Override
        public String toString() {
            return "Newer[" + state + "]";
        }
    }
}
