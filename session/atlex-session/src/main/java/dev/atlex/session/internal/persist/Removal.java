package dev.atlex.session.internal.persist;

/** What deleting the entry of a session that is over did. */
public sealed interface Removal<T> {
    /** Returns the new state of the entry. */
    EntryState state();

    /** Nothing of the session is left in the store, as far as that could be done. */
    record Removed<T>(EntryState state) implements Removal<T> {}

    /** Another process has saved newer tokens meanwhile: they are of a session that isn't over. */
    record Newer<T>(EntryState state, T session) implements Removal<T> {
        /** Shows no token. */
        @Override
        public String toString() {
            return "Newer[" + state + "]";
        }
    }
}
