package dev.atlex.session.internal.persist;

/** What reading a session's entry found. */
public sealed interface Reload<T> {
    /** Returns the new state of the entry. */
    EntryState state();

    /** The entry has nothing newer. */
    record Unchanged<T>(EntryState state) implements Reload<T> {}

    /** Another process has saved newer tokens. */
    record Newer<T>(EntryState state, T session) implements Reload<T> {
        /** Shows no token. */
        @Override
        public String toString() {
            return "Newer[" + state + "]";
        }
    }

    /** Another process has logged the session out, and the server may not know yet. */
    record LoggedOutElsewhere<T>(EntryState state) implements Reload<T> {}

    /** The store failed. */
    record Unavailable<T>(EntryState state, Throwable failure) implements Reload<T> {}
}
