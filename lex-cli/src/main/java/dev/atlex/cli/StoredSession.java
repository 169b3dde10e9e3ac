package dev.atlex.cli;

import dev.atlex.client.CallOptions;
import dev.atlex.client.Client;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.session.FileSessionStore;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionHookException;
import dev.atlex.session.SessionHooks;
import dev.atlex.session.SessionOptions;
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
        return new StoredSession(atlex, store, account.choose(store));
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
            if (!session.isSaved()) {
                atlex.world()
                        .err()
                        .println("warning: Storage: the renewed session could not be saved in "
                                + atlex.redactor().line(store.folder().toString())
                                + "; the old one will soon stop working");
            }
        }
    }

    /**
     * Ends the session at the server and removes it. One that the server does not know any more is only removed.
     */
    void logout() {
        session.logout();
        if (store.load(data.did()) != null) {
            throw new Failure(
                    Failure.WRONG_USE,
                    "Storage",
                    "the session of " + data.did() + " is logged out, but could not be removed from " + store.folder(),
                    null);
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
}
