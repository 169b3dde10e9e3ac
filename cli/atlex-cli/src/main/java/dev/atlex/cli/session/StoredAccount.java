package dev.atlex.cli.session;

import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.data.LexMap;
import dev.atlex.session.SessionData;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.SessionStore;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A session in the store, started with a password or with OAuth. Only this interface and its implementations know the
 * difference; commands use {@link StoredSession}.
 *
 * <p>A sign-in of one kind replaces a session of the other kind. The classes for OAuth are loaded only if the store has an
 * OAuth session.
 */
sealed interface StoredAccount permits PasswordAccount, OAuthAccount {
    /** Returns the account. */
    Did did();

    /** Returns the account's last known handle; {@code handle.invalid} if it is unknown. */
    Handle handle();

    /** Returns the service that issued the session. */
    URI service();

    /** Returns the server that holds the account's data, or null if it is unknown. */
    @Nullable
    URI pds();

    /** Returns {@code {"did","handle","service","pds","active","status"}}; pds and status are left out if unknown. */
    LexMap describe();

    /** Returns the session as JSON, with its tokens. */
    String export();

    /** Opens the session. No request is sent. */
    StoredSession open(CommandContext context);

    /** Returns an account's session, or null if there is none. */
    static @Nullable StoredAccount find(SessionStore store, Did did) {
        SessionData data = store.load(did);
        if (data != null) {
            return new PasswordAccount(data);
        }
        SessionStore.Entry entry = store.load(Key.oauth(did, null));
        return entry == null ? null : new OAuthAccount(entry);
    }

    /** Ends the account's session of the other kind, if there is one. Prints a warning if that fails. */
    static void endOther(CommandContext context, StoredAccount kept) {
        SessionStore store = context.store();
        StoredAccount other = null;
        try {
            if (kept instanceof PasswordAccount) {
                SessionStore.Entry entry = store.load(Key.oauth(kept.did(), null));
                other = entry == null ? null : new OAuthAccount(entry);
            } else {
                SessionData data = store.load(kept.did());
                other = data == null ? null : new PasswordAccount(data);
            }
            if (other != null) {
                other.open(context).logout();
            }
        } catch (RuntimeException e) {
            context.warn("failed to end the account's earlier session: " + e.getMessage());
        }
    }
}
