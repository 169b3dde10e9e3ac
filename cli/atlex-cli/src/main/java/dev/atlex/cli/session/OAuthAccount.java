package dev.atlex.cli.session;

import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Redactor;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexMap;
import dev.atlex.oauth.OAuthSessionData;
import dev.atlex.oauth.internal.session.OAuthRecord;
import dev.atlex.oauth.internal.session.SessionKeys;
import dev.atlex.session.internal.persist.CompareAndSet;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.SessionStore;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A session that started with an OAuth sign-in. */
final class OAuthAccount implements StoredAccount {
    /** The handle in an exported session. The TypeScript package ignores it. */
    private static final String HANDLE = "handle";

    private final OAuthRecord record;
    private final @Nullable Instant savedAt;
    private final @Nullable String sessionId;

    private OAuthAccount(OAuthRecord record, @Nullable Instant savedAt, @Nullable String sessionId) {
        this.record = record;
        this.savedAt = savedAt;
        this.sessionId = sessionId;
    }

    /**
     * Reads an entry in the store.
     *
     * @throws dev.atlex.session.SessionStoreException if it is corrupt
     */
    OAuthAccount(Entry entry) {
        this(OAuthRecord.of(entry), entry.savedAt(), OAuthRecord.sessionId(entry.key()));
    }

    /**
     * Reads an exported session.
     *
     * @throws LexDataException if it is invalid, or belongs to a client that this program can't act as
     * @throws dev.atlex.session.SessionStoreException if its key can't be used
     */
    static OAuthAccount imported(LexMap fields) {
        OAuthSessionData data =
                OAuthSessionData.of(fields.toBuilder().remove(HANDLE).build());
        if (data.clientId() == null) {
            // A refresh by any client other than the session's own would end the session.
            throw new LexDataException(
                    "$.clientId",
                    "missing; only the client that the user authorized can use an OAuth session, so sign in with "
                            + "atlex login --oauth");
        }
        OAuthClients.metadata(data);
        SessionKeys.of(data);
        OAuthRecord record = OAuthRecord.of(data);
        String handle = fields.getString(HANDLE);
        return new OAuthAccount(handle == null || !Handle.isValid(handle) ? record : record.named(handle), null, null);
    }

    OAuthSessionData data() {
        return record.data();
    }

    @Override
    public Did did() {
        return data().did();
    }

    @Override
    public Handle handle() {
        String handle = record.identifier();
        return Handle.unchecked(handle == null || !Handle.isValid(handle) ? "handle.invalid" : handle);
    }

    @Override
    public URI service() {
        return data().issuer();
    }

    @Override
    public URI pds() {
        return data().pds();
    }

    @Override
    public LexMap describe() {
        return describe(true, null);
    }

    /** Returns the same object with the account's state, as its server has just reported it. */
    LexMap describe(boolean active, @Nullable String status) {
        return Accounts.account(did(), handle(), service(), pds(), active, status)
                .build();
    }

    /** Returns the object with {@code "health","savedAt","accessExpiresAt","scope","sessionId"}. */
    LexMap describeHealth() {
        LexMap.Builder account =
                Accounts.account(did(), handle(), service(), pds(), true, null).put("health", "active");
        Accounts.put(account, "savedAt", savedAt);
        Accounts.put(account, "accessExpiresAt", data().expiresAt());
        account.put("scope", data().scope());
        return sessionId == null
                ? account.build()
                : account.put("sessionId", sessionId).build();
    }

    @Override
    public String export() {
        LexMap fields = (LexMap) data().fields();
        return (handle().isInvalid()
                        ? fields
                        : fields.toBuilder().put(HANDLE, handle().toString()).build())
                .toJson();
    }

    @Override
    public StoredSession open(CommandContext context) {
        return new OAuthStoredSession(context, this);
    }

    /** Saves the session, which replaces the account's stored one. */
    void save(SessionStore store) {
        CompareAndSet.replace(store, Key.oauth(did(), null), now -> record.toJson());
    }

    /** Sets the handle of an account in the store, and returns the account. */
    static OAuthAccount named(SessionStore store, Did did, Handle handle) {
        Entry saved = CompareAndSet.replace(
                store,
                Key.oauth(did, null),
                now -> OAuthRecord.of(Objects.requireNonNull(now))
                        .named(handle.toString())
                        .toJson());
        return new OAuthAccount(saved);
    }

    /** Registers a session's secrets with the redactor. */
    static void redact(Redactor redactor, OAuthSessionData data) {
        redactor.add(data.accessToken());
        redactor.add(data.refreshToken());
        if (data.fields().get("dpopJwk") instanceof LexMap key) {
            redactor.add(key.getString("d"));
        }
    }

    /** Returns the account without tokens. */
    @Override
    public String toString() {
        return "OAuthAccount[" + did() + "]";
    }
}
