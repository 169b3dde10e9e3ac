package dev.atlex.cli;

import dev.atlex.client.CallOptions;
import dev.atlex.client.Client;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionHookException;
import dev.atlex.session.SessionHooks;
import dev.atlex.session.SessionOptions;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.session.store.SessionStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A session of the store in use. Its tokens are renewed when they have expired, not at each start: a command costs one
 * request.
 */
final class StoredSession implements SessionHooks {
    private final Atlex atlex;
    private final FileSessionStore store;
    private final SessionData data;
    private final PasswordSession session;
    private @Nullable RuntimeException notLoggedOut;
    private @Nullable RuntimeException notRenewed;

    StoredSession(Atlex atlex, FileSessionStore store, SessionData data) {
        this.atlex = atlex;
        this.store = store;
        this.data = data;
        atlex.redactor().add(data);
        this.session = PasswordSession.of(
                data,
                SessionOptions.of(options ->
                        options.store(store).transport(atlex.transport()).hooks(this)));
    }

    static StoredSession open(Atlex atlex, AccountOption account) {
        FileSessionStore store = atlex.store();
        return new StoredSession(atlex, store, account.choose(atlex));
    }

    SessionData data() {
        return data;
    }

    PasswordSession session() {
        return session;
    }

    /** Calls as the account. */
    <T> T use(CallOptions options, Function<Client, T> calls) {
        try {
            return calls.apply(new Client(session, options));
        } catch (XrpcResponseException e) {
            // The session shows the server's refusal where it could not renew its tokens; the reason says more.
            throw e.is("ExpiredToken") && notRenewed != null ? notRenewed : e;
        } finally {
            finishLogouts();
            if (!session.isSaved()) {
                atlex.world()
                        .err()
                        .println("warning: Storage: the renewed session could not be saved in "
                                + atlex.redactor().line(store.folder().toString())
                                + "; the old one will soon stop working");
            }
        }
    }

    /** Ends the session, here for certain and at the server if it can be asked. */
    void logout() {
        boolean confirmed = session.logout();
        if (store.load(data.did()) != null) {
            throw new Failure(
                    Failure.WRONG_USE,
                    "Storage",
                    "the session of " + data.did() + " is logged out, but could not be removed from " + store.folder(),
                    null);
        }
        if (!confirmed) {
            Failure why = notLoggedOut == null ? null : Failure.of(notLoggedOut);
            throw new Failure(
                    why == null ? Failure.NETWORK : why.status(),
                    why == null ? "Network" : why.code(),
                    "the session of " + data.did() + " is over here, but its server does not know yet; "
                            + "later commands will tell it" + (why == null ? "" : ": " + why.getMessage()),
                    why);
        }
    }

    static boolean hasUnfinishedLogouts(FileSessionStore store) {
        List<SessionStore.Entry> entries = new ArrayList<>();
        store.forEach(SessionStore.Kind.LOGOUT, entries::add);
        return !entries.isEmpty();
    }

    /**
     * Finishes the logouts that earlier commands could not.
     *
     * @return how many accounts still have some
     */
    static int finishLogouts(Atlex atlex) {
        return PasswordSession.finishLogouts(
                SessionOptions.of(options -> options.store(atlex.store()).transport(atlex.transport())));
    }

    /** Logouts that could not be finished, by this command or an earlier one. That is not what was asked for: nothing is said. */
    private void finishLogouts() {
        try {
            finishLogouts(atlex);
        } catch (SessionStoreException e) {
            if (atlex.verbose()) {
                atlex.world().err().println(atlex.redactor().line(String.valueOf(e.getMessage())));
            }
        }
    }

    @Override
    public void onUpdated(PasswordSession renewed, SessionData newer) {
        atlex.redactor().add(newer);
        notRenewed = null;
    }

    @Override
    public void onUpdateFailure(PasswordSession old, SessionData older, RuntimeException failure) {
        if (!(failure instanceof SessionHookException)) {
            notRenewed = failure;
        }
    }

    @Override
    public void onDeleteFailure(PasswordSession open, SessionData left, RuntimeException failure) {
        notLoggedOut = failure;
    }
}
