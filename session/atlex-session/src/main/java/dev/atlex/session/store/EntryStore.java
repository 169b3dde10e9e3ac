package dev.atlex.session.store;

import dev.atlex.client.internal.Origins;
import dev.atlex.data.internal.Sha256;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.internal.persist.Values;
import dev.atlex.syntax.Did;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The five operations that every {@link SessionStore} provides: load, list, save and delete small values under keys,
 * and acquire a lease. Authors of stores implement these operations, in a class that implements {@link SessionStore},
 * which adds typed methods for callers.
 *
 * <p>A value is a JSON text of at most 4 MiB in UTF-8. The store returns it unchanged, character by character, and
 * never interprets it. Each value has a generation, a number that grows with every save. {@link #save} and
 * {@link #delete} take the generation that the caller last saw, and do nothing if another one is stored. Everything
 * else is built on these operations: old tokens never overwrite new ones, only one of many processes refreshes a
 * session, sign-ins are counted, and failed logouts are retried.
 *
 * <p>All methods may be called by any number of threads concurrently. The implementation determines whether an
 * entry is shared within a process, a machine or a cluster.
 *
 * <p>Values contain tokens. Protect them like passwords, and never show any part of a value in an exception or a log
 * message.
 *
 * <p>Test an implementation with {@code SessionStoreTck} from {@code atlex-session-tck}.
 */
public interface EntryStore {
    /** The kinds of entries. */
    enum Kind {
        /** An account's session. The key's name is the account's DID. */
        SESSION,
        /**
         * Facts about sign-ins: which account an identifier belongs to, and how often it signed in. Such an entry also
         * holds digests of the account's refresh tokens that were logged out.
         */
        LOGIN,
        /**
         * A logout that the server hasn't confirmed yet. The key's name is the account's DID for a session that began
         * with a password, and starts with {@link Key#OAUTH_LOGOUT} for an OAuth session.
         */
        LOGOUT,
        /** A consumer's position in a stream; see {@link CursorStore}. */
        CURSOR,
        /** An account's OAuth session; see {@link Key#oauth}. */
        OAUTH,
        /** An OAuth sign-in that is waiting for its callback; see {@link Key#authorization}. */
        AUTHORIZATION
    }

    /**
     * The key of an entry.
     *
     * @param kind the kind of entry
     * @param name the name, 1 to 2,048 characters: ASCII letters, digits and {@code . _ : % -}; case matters
     */
    record Key(Kind kind, String name) {
        /** The beginning of the name of each {@link Kind#LOGOUT} entry that belongs to an OAuth session. */
        public static final String OAUTH_LOGOUT = "oauth:";

        /** @throws IllegalArgumentException if the name is empty, too long, or contains any other character */
        public Key {
            if (name.isEmpty() || name.length() > 2048 || !name.chars().allMatch(Key::isAllowed)) {
                throw new IllegalArgumentException(
                        "invalid name of a store key: expected 1 to 2048 characters out of A-Z a-z 0-9 . _ : % -");
            }
        }

        private static boolean isAllowed(int c) {
            return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "._:%-".indexOf(c) >= 0;
        }

        /** Returns the key for an account's session. */
        public static Key session(Did did) {
            return new Key(Kind.SESSION, did.toString());
        }

        /**
         * Returns the key for an account's OAuth session.
         *
         * @param id the ID that distinguishes several sessions of one account: 1 to 128 characters, ASCII letters,
         *     digits and {@code . _ -}; null for the default session
         * @throws IllegalArgumentException if the ID is empty, too long, or contains any other character
         */
        public static Key oauth(Did did, @Nullable String id) {
            if (id == null) {
                return new Key(Kind.OAUTH, did.toString());
            }
            if (!id.matches("[A-Za-z0-9._-]{1,128}")) {
                throw new IllegalArgumentException(
                        "invalid session id: expected 1 to 128 characters out of A-Z a-z 0-9 . _ -");
            }
            // The ID comes first, because a DID can contain every character that a key can. No DID begins with "id.".
            return new Key(Kind.OAUTH, "id." + id + ":" + did);
        }

        /**
         * Returns the key for an OAuth sign-in that is waiting for its callback. The name is a digest, so that the
         * state, which is a secret, never becomes part of a file name.
         */
        public static Key authorization(String state) {
            return new Key(Kind.AUTHORIZATION, Sha256.hex(state));
        }

        /**
         * Returns the key for an identifier's sign-ins. The name is a digest, so an email address never becomes part of
         * a file name.
         *
         * @param service the service that the identifier signs in to; only its origin counts, and a trailing dot of the
         *     host is ignored
         * @param identifier a handle, email address or DID; case and surrounding whitespace don't matter
         * @throws IllegalArgumentException if the service isn't an http or https URL, or has a user name
         */
        public static Key login(URI service, String identifier) {
            return new Key(
                    Kind.LOGIN,
                    Sha256.hex(Origins.canonical(Origins.parse(service.toString())) + " "
                            + identifier.strip().toLowerCase(Locale.ROOT)));
        }
    }

    /**
     * A stored value.
     *
     * @param key the key that the value is stored under
     * @param generation the generation, 1 or more, and greater than the generation of any earlier entry under this key,
     *     including deleted ones
     * @param value the JSON text exactly as it was saved; a secret
     * @param savedAt the time at which it was saved, by the store's clock
     */
    record Entry(Key key, long generation, String value, Instant savedAt) {
        /** Returns everything but the value. */
        @Override
        public String toString() {
            return "Entry[" + key + ", generation " + generation + ", saved " + savedAt + "]";
        }
    }

    /**
     * The exclusive right to work on one key's entry. A lease prevents duplicate work; it doesn't lock the entry.
     * Others can still save, and the generation decides which save wins.
     */
    interface Lease extends AutoCloseable {
        /** Releases the lease. Never throws; does nothing if the lease was released or has expired. */
        @Override
        void close();
    }

    /** The generation of an entry that doesn't exist, because it was never saved or was deleted. */
    long NONE = 0;

    /**
     * The time for which a lease stays exclusive even if its holder loses its connection, provided that its {@code ttl}
     * is at least as long: one minute. See {@link #acquireLease}.
     */
    Duration EXCLUSIVE_TTL = Duration.ofMinutes(1);

    /**
     * Returns the entry under a key, or null if there is none.
     *
     * @throws SessionStoreException if the entry can't be read; null is returned only if it is certain that there is no
     *     entry
     */
    @Nullable
    Entry load(Key key);

    /**
     * Passes each entry of a kind to an action, in no particular order. Entries that are saved or deleted during the
     * listing may or may not be included. Only the current entry is held in memory, and the action may call the store.
     * An unreadable entry is logged and skipped, so that it doesn't hide other entries. If the action throws an
     * exception, the listing ends, and the caller gets the exception.
     *
     * @throws SessionStoreException if the store can't be read
     */
    void forEach(Kind kind, Consumer<? super Entry> action);

    /**
     * Saves a value if the entry under the key still has the expected generation.
     *
     * <p>When this method returns an entry, the value is durable. It survives a crash of the process, and a crash of
     * the machine if the disk keeps flushed data. An interrupt doesn't cancel a save, and the thread's interrupt
     * status is kept.
     *
     * @param expected the generation that the caller last saw, or {@link #NONE} to create an entry
     * @param value a JSON text
     * @return the new entry, or null if the stored generation isn't the expected one; in that case, nothing has changed
     * @throws SessionStoreException if saving failed, or may have failed
     * @throws IllegalArgumentException if {@link #requireJson} rejects the value; in that case, nothing has changed
     */
    @Nullable
    Entry save(Key key, long expected, String value);

    /**
     * Checks a value. Every implementation of {@link #save} calls this first, so that all stores accept the same
     * values.
     *
     * @throws IllegalArgumentException if the value isn't well-formed JSON, contains an unpaired surrogate, or exceeds
     *     4 MiB in UTF-8; the message doesn't quote the value
     */
    static void requireJson(Key key, String value) {
        Values.utf8(key.toString(), value);
    }

    /**
     * Deletes the entry under a key if it still has the expected generation.
     *
     * @param expected the generation that the caller last saw
     * @return true if there is no entry under the key now, false if a different generation is stored
     * @throws SessionStoreException if deleting failed, or may have failed
     */
    boolean delete(Key key, long expected);

    /**
     * Acquires the lease on a key. No other thread, store object, process or machine that shares the store can acquire
     * it until it is closed, {@code ttl} has passed, or the holder's process has died. That holds even if the holder
     * loses its connection to the storage or is suspended: an OAuth refresh token works once, so two living processes
     * must never refresh at the same time. A store may presume a silent holder dead only after {@link #EXCLUSIVE_TTL}.
     *
     * <p>The store determines whether a lease ends when its holder dies or at its {@code ttl}. A store whose leases end
     * with their process may let one outlast {@code ttl} while that process lives, but no lease outlasts both. Leases
     * aren't reentrant: a thread that holds one can't acquire it again.
     *
     * @param ttl the longest time that the holder needs the lease; positive
     * @param maxWait the longest wait for another holder; zero to try once
     * @return the lease, or null if it was still held after {@code maxWait}
     * @throws SessionStoreException if the store fails
     * @throws InterruptedException if the thread is interrupted on entry or while it waits; in that case, it doesn't
     *     hold the lease
     */
    @Nullable
    Lease acquireLease(Key key, Duration ttl, Duration maxWait) throws InterruptedException;
}
