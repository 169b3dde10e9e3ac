package dev.atlex.oauth.internal.session;

import dev.atlex.data.LexMap;
import dev.atlex.oauth.OAuthSessionData;
import dev.atlex.oauth.internal.server.AuthServer;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.internal.Failures;
import dev.atlex.session.internal.SessionLog;
import dev.atlex.session.internal.persist.CompareAndSet;
import dev.atlex.session.store.EntryStore;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.Did;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The OAuth sessions in a store. */
public final class SessionEntries {
    private static final System.Logger LOG = SessionLog.LOG;

    private final OAuthContext context;
    private final EntryStore store;

    /** Creates a view of the sessions in a client's store. */
    public SessionEntries(OAuthContext context) {
        this.context = context;
        this.store = context.store();
    }

    /**
     * Saves a session that has just begun. It replaces the account's stored session with the same ID, which is then
     * revoked at its server. If the revocation fails, it stays queued, and the sign-in still succeeds.
     *
     * @param server the authorization server, whose endpoints are saved, too
     * @param issuedAt the time at which the tokens were issued, by our clock
     * @param sessionId the ID that distinguishes several sessions of an account; null for the default session
     * @param identifier the handle that the user signed in with, or null
     * @return the entry; the session is durable
     * @throws SessionStoreException if the session can't be saved
     */
    public Entry saveNew(
            OAuthSessionData data,
            AuthServer server,
            Instant issuedAt,
            @Nullable String sessionId,
            @Nullable String identifier) {
        String name = identifier == null ? null : identifier.toLowerCase(Locale.ROOT);
        return replace(OAuthRecord.issued(data, issuedAt, server, name), sessionId);
    }

    /**
     * Saves a session of this client that was imported from another program. Replaces the stored session like {@link
     * #saveNew}.
     *
     * @return the entry; the session is durable
     * @throws SessionStoreException if the session belongs to a different client, its key can't be used, or it can't be
     *     saved
     * @throws dev.atlex.oauth.MissingClientKeyException if the client doesn't have the session's key
     */
    public Entry saveImported(OAuthSessionData data) {
        context.auth(data);
        SessionKeys.of(data);
        LexMap fields = (LexMap) data.fields();
        OAuthSessionData ours = OAuthSessionData.of(
                fields.toBuilder().put("clientId", context.clientId()).build());
        return replace(OAuthRecord.of(ours), null);
    }

    private Entry replace(OAuthRecord by, @Nullable String sessionId) {
        OAuthSessionData data = by.data();
        String value = by.toJson();
        Entry[] before = new Entry[1];
        Entry saved = CompareAndSet.replace(store, Key.oauth(data.did(), sessionId), now -> {
            before[0] = now;
            return value;
        });
        if (before[0] != null) {
            revokeReplaced(before[0], data);
        }
        return saved;
    }

    /**
     * Queues the revocation of a session that was never used because its sign-in was refused.
     *
     * @throws SessionStoreException if the store doesn't accept it
     */
    public void revokeLater(OAuthSessionData data, AuthServer server, Instant issuedAt) {
        new LogoutQueue(context).add(OAuthRecord.issued(data, issuedAt, server, null));
    }

    private void revokeReplaced(Entry entry, OAuthSessionData by) {
        try {
            OAuthRecord replaced = OAuthRecord.of(entry);
            if (!replaced.isSameSession(OAuthRecord.of(by))) {
                LogoutQueue logouts = new LogoutQueue(context);
                logouts.add(replaced);
                logouts.finish(replaced);
            }
        } catch (RuntimeException | Error e) {
            Failures.rethrowFatal(e);
            LOG.log(
                    Level.WARNING,
                    "failed to revoke the replaced session for {0}: {1}; it expires on its own",
                    by.did(),
                    Failures.describe(e));
        }
    }

    /**
     * Returns an account's session, or null if this client has none for the account.
     *
     * @param account the account's DID, or the handle that it signed in with
     * @param sessionId the session's ID, or null
     * @throws SessionStoreException if the store fails, or the entry is corrupt
     */
    public @Nullable Entry find(AtIdentifier account, @Nullable String sessionId) {
        if (account instanceof Did did) {
            Entry entry = store.load(Key.oauth(did, sessionId));
            return entry == null || isOurs(OAuthRecord.of(entry)) ? entry : null;
        }
        String name = account.toString().toLowerCase(Locale.ROOT);
        Entry[] found = new Entry[1];
        forEach(entry -> {
            if (Objects.equals(sessionId, OAuthRecord.sessionId(entry.key()))
                    && name.equals(OAuthRecord.of(entry).identifier())) {
                found[0] = entry;
            }
        });
        return found[0];
    }

    /**
     * Passes each of this client's entries to an action. A corrupt entry is logged and skipped.
     *
     * @throws SessionStoreException if the store can't be read
     */
    public void forEach(Consumer<? super Entry> action) {
        store.forEach(Kind.OAUTH, entry -> {
            if (isReadable(entry)) {
                action.accept(entry);
            }
        });
    }

    /**
     * Returns this client's entries whose tokens were issued before a time.
     *
     * @throws SessionStoreException if the store can't be read
     */
    public List<Entry> idleSince(Instant time) {
        List<Entry> idle = new ArrayList<>();
        forEach(entry -> {
            Instant issued = OAuthRecord.of(entry).issuedAt();
            if ((issued == null ? entry.savedAt() : issued).isBefore(time)) {
                idle.add(entry);
            }
        });
        return idle;
    }

    private boolean isReadable(Entry entry) {
        try {
            return isOurs(OAuthRecord.of(entry));
        } catch (SessionStoreException e) {
            LOG.log(Level.WARNING, "skipping a stored session: {0}", e.getMessage());
            return false;
        }
    }

    private boolean isOurs(OAuthRecord record) {
        return context.isOurs(record.data());
    }
}
