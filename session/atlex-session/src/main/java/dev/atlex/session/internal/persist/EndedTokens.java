package dev.atlex.session.internal.persist;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.data.internal.Sha256;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.store.EntryStore;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.syntax.Did;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Digests of the refresh tokens that were logged out: one entry per account, kept as long as a refresh token lives.
 *
 * <p>A queued logout is deleted once the server has confirmed it. If a process couldn't save its newer tokens in the
 * meantime, it then finds nothing under the account's key, as if the store had been emptied, and would save the session
 * again. But its own tokens descend from a token whose digest is in this entry, which shows that the session was logged
 * out. A digest isn't a secret and can't revoke anything.
 */
public final class EndedTokens {
    /**
     * The time for which a digest is kept. It is longer than the lifetime of refresh tokens at the reference server.
     */
    private static final Duration LIFE = Duration.ofDays(100);

    /**
     * The maximum number of digests in an entry, for accounts that log in and out all the time. The newest digests are
     * kept.
     */
    private static final int MAX = 300;

    private EndedTokens() {}

    /** Returns the key for an account's entry. */
    public static Key key(Did did) {
        return new Key(Kind.LOGIN, "ended:" + Sha256.hex(did.toString()));
    }

    /**
     * Adds tokens.
     *
     * @throws SessionStoreException if the store fails
     */
    public static void add(EntryStore store, Did did, Collection<String> tokens, Clock clock) {
        Instant now = clock.instant();
        CompareAndSet.replace(store, key(did), entry -> {
            Map<String, Instant> all = new LinkedHashMap<>();
            if (entry != null) {
                read(entry).forEach((digest, at) -> {
                    // A digest must not be kept forever because the clock was set back.
                    if (at.plus(LIFE).isAfter(now) && !at.isAfter(now.plus(LIFE))) {
                        all.put(digest, at);
                    }
                });
            }
            for (String token : tokens) {
                String digest = Sha256.hex(token);
                all.remove(digest);
                all.put(digest, now);
            }
            return write(all);
        });
    }

    /**
     * Returns whether one of these tokens was logged out.
     *
     * @throws SessionStoreException if the store fails
     */
    public static boolean contain(EntryStore store, Did did, Collection<String> tokens) {
        Entry entry = CompareAndSet.load(store, key(did));
        if (entry == null) {
            return false;
        }
        Map<String, Instant> ended = read(entry);
        return tokens.stream().map(Sha256::hex).anyMatch(ended::containsKey);
    }

    /** Returns the readable part of the entry. */
    private static Map<String, Instant> read(Entry entry) {
        Map<String, Instant> all = new LinkedHashMap<>();
        LexArray ended = array(entry);
        if (ended != null) {
            for (LexValue one : ended) {
                String digest = one instanceof LexMap map ? map.getString("token") : null;
                Long at = one instanceof LexMap map ? map.getInteger("at") : null;
                if (digest != null && at != null) {
                    put(all, digest, at);
                }
            }
        }
        return all;
    }

    private static @Nullable LexArray array(Entry entry) {
        try {
            return LexValue.parseJson(entry.value(), ReadOptions.LENIENT) instanceof LexMap map
                    ? map.getArray("ended")
                    : null;
        } catch (LexException e) {
            return null;
        }
    }

    private static void put(Map<String, Instant> all, String digest, long at) {
        try {
            Instant time = Instant.ofEpochSecond(at);
            time.plus(LIFE);
            all.put(digest, time);
        } catch (DateTimeException | ArithmeticException e) {
            // The time wasn't written by this class.
            return;
        }
    }

    private static String write(Map<String, Instant> all) {
        List<LexMap> list = all.entrySet().stream()
                .skip(Math.max(0, all.size() - MAX))
                .map(one -> LexMap.builder()
                        .put("token", one.getKey())
                        .put("at", one.getValue().getEpochSecond())
                        .build())
                .toList();
        return LexMap.builder().put("ended", LexValue.of(list)).build().toJson();
    }
}
