package dev.atlex.cli.session;

import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.client.Agent;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionHookException;
import dev.atlex.session.SessionHooks;
import dev.atlex.session.SessionOptions;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.session.store.SessionStore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An open session that started with a password. */
final class PasswordStoredSession extends StoredSession implements SessionHooks {
    private final FileSessionStore store;
    private final SessionData data;
    private final PasswordSession session;
    private @Nullable RuntimeException logoutFailure;
    private @Nullable RuntimeException refreshFailure;

    PasswordStoredSession(CommandContext context, FileSessionStore store, SessionData data) {
        super(context);
        this.store = store;
        this.data = data;
        context.redactor().add(data);
        this.session = PasswordSession.of(
                data,
                SessionOptions.of(options ->
                        options.store(store).transport(context.transport()).hooks(this)));
    }

    @Override
    StoredAccount account() {
        return new PasswordAccount(data);
    }

    @Override
    <T> T calls(Function<Agent, T> calls) {
        try {
            return calls.apply(session);
        } catch (XrpcResponseException e) {
            // If the refresh fails, the session returns the server's response to the call. The reason why the refresh
            // failed is more helpful.
            throw e.is("ExpiredToken") && refreshFailure != null ? refreshFailure : e;
        }
    }

    @Override
    boolean isSaved() {
        return session.isSaved();
    }

    @Override
    void logout() {
        boolean confirmed = session.logout();
        boolean deleted = store.load(data.did()) == null;
        boolean queued = store.load(new SessionStore.Key(
                        SessionStore.Kind.LOGOUT, data.did().toString()))
                != null;
        report(confirmed, deleted, queued, logoutFailure, "revoke the app password");
    }

    @Override
    public void onUpdated(PasswordSession refreshed, SessionData newer) {
        context.redactor().add(newer);
        refreshFailure = null;
    }

    @Override
    public void onUpdateFailure(PasswordSession old, SessionData older, RuntimeException failure) {
        if (!(failure instanceof SessionHookException)) {
            refreshFailure = failure;
        }
    }

    @Override
    public void onDeleteFailure(PasswordSession open, SessionData left, RuntimeException failure) {
        logoutFailure = failure;
    }
}
