package dev.atlex.session.store;

import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.internal.Digests;
import dev.atlex.session.internal.Origins;
import dev.atlex.session.internal.persist.CompareAndSet;
import dev.atlex.session.internal.persist.SessionRecord;
import dev.atlex.session.internal.persist.Values;
import dev.atlex.syntax.Did;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where sessions live between runs of a program, and where programs that share an account meet. Used by many threads, and
 * by many processes or machines as far as the implementation reaches.
 *
 * <p>A store keeps small values under keys, and a number with each, its generation. A value is a text of JSON: an object, say,
 * or a number. It comes back letter by letter as it was saved, and what it means is not the store's business. A store has to do five things: load, list,
 * save and delete where the generation is still the one that the caller knows, and lend a lease. All else is made of
 * these: that no process writes old tokens over new ones, that one of many refreshes, that sign-ins are counted and failed
 * logouts remembered. {@code SessionStoreTck} of {@code atlex-session-tck} tests whether an implementation keeps
 * its word.
 *
 * <p>What a store throws does not end a session: it goes on with its new tokens, reports, and saves again.
 *
 * <p>The values hold tokens. An implementation keeps them as it would keep passwords, and shows nothing of them in what it
 * throws or logs.
 */
public interface SessionStore {
    /** What an entry is about. */
    enum Kind {
        /** An account's session. Its key is the DID. */
        SESSION,
        /**
         * What is known of an identifier that signs in somewhere: whose it is, and how often it did. Also digests of the
         * refresh tokens of an account that were logged out.
         */
        LOGIN,
        /** A session that is over here, and that its server does not know of yet. */
        LOGOUT
    }

    /**
     * The key of an entry.
     *
     * @param kind what the entry is about
     * @param name 1 to 2048 of the letters A-Z and a-z, the digits, and {@code . _ : % -}
     */
    record Key(Kind kind, String name) {
        /** @throws IllegalArgumentException if the name has other characters or lengths */
        public Key {
            if (name.isEmpty() || name.length() > 2048 || !name.chars().allMatch(Key::isAllowed)) {
                throw new IllegalArgumentException("the name of a store's key: 1 to 2048 of A-Z a-z 0-9 . _ : % -");
            }
        }

        private static boolean isAllowed(int c) {
            return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "._:%-".indexOf(c) >= 0;
        }

        /** The session of an account. */
        public static Key session(Did did) {
            return new Key(Kind.SESSION, did.toString());
        }

        /**
         * The sign-ins of an identifier. The name is a digest, so that no e-mail address is in a file's name.
         *
         * @param service where it signs in
         * @param identifier a handle, an e-mail address or a DID; case does not matter
         */
        public static Key login(URI service, String identifier) {
            return new Key(
                    Kind.LOGIN,
                    Digests.sha256(Origins.canonical(service) + " "
                            + identifier.strip().toLowerCase(Locale.ROOT)));
        }
    }

    /**
     * What a store has under a key.
     *
     * @param key where it is
     * @param generation greater than that of any entry that was under this key before, deleted ones included; 1 at least
     * @param value a text of JSON, as it was saved; a secret
     * @param savedAt when it was saved, by the clock of whoever keeps it
     */
    record Entry(Key key, long generation, String value, Instant savedAt) {
        /** Without the value. */
        @Override
        public String toString() {
            return "Entry[" + key + ", generation " + generation + ", saved " + savedAt + "]";
        }
    }

    /**
     * The right to be the only one that changes what is under a key. Others can still save, and generations decide; a
     * lease keeps them from doing work twice.
     */
    interface Lease extends AutoCloseable {
        /** Gives the lease back. Does nothing if it is over already, and does not throw. */
        @Override
        void close();
    }

    /**
     * The generation to {@link #save} with where there is no entry yet. It also stands where an entry was deleted.
     */
    long NONE = 0;

    /**
     * What is under a key now, or null if nothing is.
     *
     * @throws SessionStoreException if that can't be said; null only where it is certain
     */
    @Nullable
    Entry load(Key key);

    /**
     * Shows each entry of a kind, in no particular order. What is saved or deleted meanwhile is shown or not. Nothing but
     * the entry that is shown is held in memory, and the action may use the store. An entry that can't be read is reported
     * in the log and left out: one that is damaged must not hide the others.
     *
     * @throws SessionStoreException if the store can't be read
     */
    void forEach(Kind kind, Consumer<? super Entry> action);

    /**
     * Saves a value if what is under the key is still of the expected generation. When this returns the new entry, it is
     * safe: it outlives a crash of the process, and of the machine as far as the store's disk does. An interrupt does not
     * stop it, and the thread's interrupt flag stays set.
     *
     * @param expected the generation that the caller knows, or {@link #NONE}
     * @param value a text of JSON
     * @return the entry as it is now, or null if another generation is there; nothing has changed then
     * @throws SessionStoreException if it can't be saved, or it is not certain that it was
     * @throws IllegalArgumentException if the value is no JSON or too long ({@link #requireJson}); nothing has changed then
     */
    @Nullable
    Entry save(Key key, long expected, String value);

    /**
     * For implementations: what all stores ask of a value, so that what one of them takes, the others take too.
     *
     * @throws IllegalArgumentException if the value is no text of JSON in whole characters, or has more than 4 MiB in
     *     UTF-8; the message shows nothing of it
     */
    static void requireJson(Key key, String value) {
        Values.json(key, value);
    }

    /**
     * Deletes what is under a key if it is still of the expected generation.
     *
     * @return whether there is nothing under the key now; false if another generation is there
     * @throws SessionStoreException if it can't be deleted
     */
    boolean delete(Key key, long expected);

    /**
     * Lends the lease of a key to one caller at a time: no other thread, store object, process or machine that shares the
     * store gets it until it is closed, its process is dead, or {@code atMost} is over. Where leases die with their process,
     * one may last longer than {@code atMost} while that lives; nowhere may it outlast both. It can't be taken twice, not
     * even by the same thread.
     *
     * @param atMost how long the holder will need at most
     * @param patience how long to wait for it; zero to try only
     * @return the lease, or null if another one has it still
     * @throws SessionStoreException if the store does not work
     * @throws InterruptedException if the thread was interrupted; nothing is lent
     */
    @Nullable
    Lease acquireLease(Key key, Duration atMost, Duration patience) throws InterruptedException;

    /**
     * The account's session, or null if there is none.
     *
     * @throws SessionStoreException if that can't be said
     */
    default @Nullable SessionData load(Did did) {
        Entry entry = load(Key.session(did));
        return entry == null ? null : SessionRecord.of(entry).data();
    }

    /**
     * All sessions, in no particular order. Where there may be very many, {@link #forEach} needs less memory. An entry that
     * is not a session is reported in the log and left out.
     *
     * @throws SessionStoreException if the store can't be read
     */
    default List<SessionData> list() {
        List<SessionData> sessions = new ArrayList<>();
        forEach(Kind.SESSION, entry -> {
            SessionRecord stored = SessionRecord.readable(entry);
            if (stored != null) {
                sessions.add(stored.data());
            }
        });
        return sessions;
    }

    /**
     * Saves a session in place of the one that is there, whatever that is: one that was made elsewhere, say.
     *
     * @throws SessionStoreException if it can't be saved, or other writers were faster 200 times
     */
    default void save(SessionData data) {
        Key key = Key.session(data.did());
        String value = new SessionRecord(data, List.of()).toJson();
        CompareAndSet.replace(this, key, now -> value);
    }

    /**
     * Removes an account's session, if there is one. At its server it stays open: {@link PasswordSession#logout} ends it.
     *
     * @throws SessionStoreException if it can't be deleted, or other writers were faster 200 times
     */
    default void delete(Did did) {
        CompareAndSet.delete(this, Key.session(did));
    }
}
