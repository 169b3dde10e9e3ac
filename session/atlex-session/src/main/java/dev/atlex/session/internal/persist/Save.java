package dev.atlex.session.internal.persist;

import java.net.URI;

/** The result of saving a session. */
public sealed interface Save<T> {
    /** Returns the new state of the entry. */
    EntryState state();

    /** The store has the data, or there is no store. */
    record Saved<T>(EntryState state) implements Save<T> {}

    /** Another process has saved newer tokens, which are kept. */
    record Superseded<T>(EntryState state, T session) implements Save<T> {
        /** Returns a description without tokens. */
        @Override
        public String toString() {
            return "Superseded[" + state + "]";
        }
    }

    /** Another process has logged the session out. Nothing was saved, and nothing will be. */
    record LoggedOutElsewhere<T>(EntryState state) implements Save<T> {}

    /** The entry was removed without a trace of a logout. Nothing is saved until the server confirms the tokens. */
    record Unconfirmed<T>(EntryState state) implements Save<T> {}

    /**
     * The entry holds the account's session at a different service, and is kept.
     *
     * @param generation the entry's generation, for a sign-in that replaces it
     */
    record Foreign<T>(EntryState state, URI service, long generation) implements Save<T> {}

    /** The store failed. */
    record Failed<T>(EntryState state, Throwable failure) implements Save<T> {}
}
