package dev.atlex.oauth.internal.session;

import dev.atlex.data.LexDataException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.session.CorruptStoreEntryException;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Kind;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session that has ended locally, and is kept until its server has revoked it. A revocation needs the session's key
 * and client, and any of its refresh tokens, current or rotated.
 *
 * @param record the session
 * @param attempts the number of failed attempts
 * @param notBefore the time of the next attempt
 */
public record PendingLogout(OAuthRecord record, int attempts, Instant notBefore) {
    /** Returns the key for a session's entry, which contains the thumbprint of its DPoP key. */
    static Key key(String thumbprint) {
        return new Key(Kind.LOGOUT, Key.OAUTH_LOGOUT + thumbprint);
    }

    /**
     * Reads an entry.
     *
     * @throws CorruptStoreEntryException if it is corrupt; the message doesn't quote it
     */
    public static PendingLogout of(Entry entry) {
        try {
            LexMap fields = LexValue.parseJson(entry.value(), ReadOptions.LENIENT) instanceof LexMap map ? map : null;
            LexMap session = fields == null ? null : fields.getMap("logout");
            if (fields == null || session == null) {
                throw corrupt(entry);
            }
            Long attempts = fields.getInteger("attempts");
            return new PendingLogout(
                    OAuthRecord.of(session),
                    attempts == null || attempts < 0 ? 0 : (int) Math.min(attempts, Integer.MAX_VALUE - 1),
                    time(fields.getInteger("notBefore")));
        } catch (LexDataException e) {
            // The message of the cause may quote a part of the entry, which is a secret.
            throw corrupt(entry);
        }
    }

    private static CorruptStoreEntryException corrupt(Entry entry) {
        return new CorruptStoreEntryException("the store's " + entry.key() + " is corrupt", null);
    }

    private static Instant time(@Nullable Long seconds) {
        try {
            return seconds == null ? Instant.EPOCH : Instant.ofEpochSecond(seconds);
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    /** Returns the pending logout as JSON, with secrets. */
    String toJson() {
        return LexMap.builder()
                .put("logout", record.fields())
                .put("attempts", attempts)
                .put("notBefore", notBefore.getEpochSecond())
                .build()
                .toJson();
    }

    /** Returns the logout after a failed attempt. */
    PendingLogout afterFailure(OAuthRecord left, Instant next) {
        return new PendingLogout(left, attempts + 1, next);
    }

    /** Returns a description without secrets. */
    @Override
    public String toString() {
        return "PendingLogout[" + record.data().did() + ", attempts " + attempts + ", not before " + notBefore + "]";
    }
}
