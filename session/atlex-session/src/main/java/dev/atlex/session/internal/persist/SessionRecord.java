package dev.atlex.session.internal.persist;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.internal.Failures;
import dev.atlex.session.internal.TokenText;
import dev.atlex.session.internal.persist.RotatedTokens.Rotated;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of a password session.
 *
 * @param data the session
 * @param rotated refresh tokens that the server may still accept, and that must be revoked with the session, because
 *     any of them would revive it
 */
public record SessionRecord(SessionData data, List<Rotated> rotated) {
    private static final System.Logger LOG = System.getLogger("dev.atlex.session.store.SessionStore");

    /** The end of the year 9999, in seconds. Later times are invalid. */
    private static final long MAX_TIME = 253_402_300_799L;

    /**
     * Reads an entry.
     *
     * @throws SessionStoreException if it is corrupt or belongs to a different account; the message doesn't quote it
     */
    public static SessionRecord of(Entry entry) {
        try {
            SessionRecord found = parse(entry.value());
            if (!Key.session(found.data().did()).equals(entry.key())) {
                throw new LexDataException("$.session.did", "another account's session");
            }
            return found;
        } catch (LexException e) {
            throw new SessionStoreException("the store's " + entry.key() + " is corrupt: " + e.getMessage(), e);
        }
    }

    private static SessionRecord parse(String json) {
        if (!(LexValue.parseJson(json, ReadOptions.LENIENT) instanceof LexMap map)) {
            throw new LexDataException("$", "entry is not a JSON object");
        }
        LexMap session = map.getMap("session");
        if (session == null) {
            throw new LexDataException("$.session", "entry has no session");
        }
        List<Rotated> rotated = new ArrayList<>();
        LexArray tokens = map.getArray("superseded");
        if (tokens != null) {
            for (LexValue entry : tokens) {
                String token = entry instanceof LexMap one ? one.getString("token") : null;
                Long at = entry instanceof LexMap one ? one.getInteger("at") : null;
                boolean usable = token != null && TokenText.isSendable(token) && at != null && Math.abs(at) <= MAX_TIME;
                if (usable && token != null && at != null) {
                    rotated.add(new Rotated(token, Instant.ofEpochSecond(at)));
                }
            }
        }
        return new SessionRecord(SessionData.of(session), List.copyOf(rotated));
    }

    /** Returns the record as JSON. */
    public String toJson() {
        List<LexMap> tokens = new ArrayList<>();
        for (Rotated one : rotated) {
            tokens.add(LexMap.builder()
                    .put("token", one.token())
                    .put("at", one.at().getEpochSecond())
                    .build());
        }
        return LexMap.builder()
                .put("session", LexMap.copyOf(data.fields()))
                .put("superseded", LexValue.of(tokens))
                .build()
                .toJson();
    }

    /** Returns an entry's record, or logs that it is corrupt and returns null. */
    public static @Nullable SessionRecord readable(Entry entry) {
        try {
            return of(entry);
        } catch (RuntimeException | Error e) {
            leftOut(entry, e);
            return null;
        }
    }

    /** Logs that an entry is skipped. Rethrows fatal errors. */
    public static void leftOut(Entry entry, Throwable why) {
        Failures.rethrowFatal(why);
        // The messages of other exceptions may quote the entry.
        LOG.log(
                Level.WARNING,
                "skipping the stored session for {0}: {1}",
                entry.key().name(),
                Failures.describe(why));
    }
}
