package dev.atlex.session.internal.persist;

/** The result of reading a session's entry. */
public sealed interface Reload<T> {
    /** Returns the new state of the entry. */
    EntryState state();

    /** The entry has no newer tokens. */
    record Unchanged<T>(EntryState state) implements Reload<T> {}

    /** Another process has saved newer tokens. */
    record Newer<T>(EntryState state, T session) implements Reload<T> {
        /** Returns a description without tokens. */
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
