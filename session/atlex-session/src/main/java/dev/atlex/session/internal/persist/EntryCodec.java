package dev.atlex.session.internal.persist;

import dev.atlex.session.SessionStoreException;
import dev.atlex.session.internal.persist.RotatedTokens.Rotated;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.syntax.Did;
import java.net.URI;
import java.util.List;

/**
 * Describes a kind of session in a store: its key, its text and the parts that {@link SessionRepository} compares.
 *
 * @param <T> the session's data; immutable
 */
public interface EntryCodec<T> {
    /** Returns the key for an account's entry. */
    Key key(Did account);

    /**
     * Reads an entry.
     *
     * @throws SessionStoreException if the entry is corrupt or belongs to a different account; the message doesn't
     *     quote it
     */
    Stored<T> decode(Entry entry);

    /** Returns the entry's text, a JSON object. */
    String encode(T session, List<Rotated> rotated);

    /** Returns the account. */
    Did account(T session);

    /** Returns the server that keeps the session. */
    URI service(T session);

    /** Returns the refresh token. */
    String refreshToken(T session);

    /**
     * The decoded content of an entry.
     *
     * @param session the session
     * @param rotated refresh tokens that the server may still accept, and that must be deleted with the session
     */
    record Stored<T>(T session, List<Rotated> rotated) {
        /** Returns a description without tokens. */
        @Override
        public String toString() {
            return "Stored[" + rotated.size() + " rotated]";
        }
    }
}
