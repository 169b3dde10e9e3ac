package dev.atlex.cli.session;

import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Failure;
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
 * An open session from the store. Its tokens are refreshed only when they have expired or are about to, so most
 * commands send a single request.
 */
public final class StoredSession implements SessionHooks {
    private final CommandContext context;
    private final FileSessionStore store;
    private final SessionData data;
    private final PasswordSession session;
    private @Nullable RuntimeException logoutFailure;
    private @Nullable RuntimeException refreshFailure;

    StoredSession(CommandContext context, FileSessionStore store, SessionData data) {
        this.context = context;
        this.store = store;
        this.data = data;
        context.redactor().add(data);
        this.session = PasswordSession.of(
                data,
                SessionOptions.of(options ->
                        options.store(store).transport(context.transport()).hooks(this)));
    }

    /**
     * Opens the chosen session.
     *
     * @throws Failure if there is no such session, or several match
     */
    public static StoredSession open(CommandContext context, AccountOption account) {
        FileSessionStore store = context.store();
        return new StoredSession(context, store, account.choose(context));
    }

    SessionData data() {
        return data;
    }

    /** Like {@link #use(Function)}, with a client that uses the given call options. */
    public <T> T use(CallOptions options, Function<Client, T> calls) {
        return use(session -> calls.apply(new Client(session, options)));
    }

    /** Makes calls as the account, then retries pending logouts and warns if new tokens could not be saved. */
    public <T> T use(Function<PasswordSession, T> calls) {
        try {
            return calls.apply(session);
        } catch (XrpcResponseException e) {
            // If the refresh fails, the session returns the server's response to the call. The reason why the refresh
            // failed is more helpful.
            throw e.is("ExpiredToken") && refreshFailure != null ? refreshFailure : e;
        } finally {
            finishLogouts();
            if (!session.isSaved()) {
                context.environment()
                        .err()
                        .println("warning: Storage: failed to save the refreshed session in "
                                + context.redactor().line(store.folder().toString())
                                + "; the stored tokens will soon stop working");
            }
        }
    }

    /**
     * Deletes the session and ends it on the server.
     *
     * @throws Failure if the server could not be reached, or the session could not be deleted
     */
    void logout() {
        boolean confirmed = session.logout();
        boolean deleted = store.load(data.did()) == null;
        if (confirmed && deleted) {
            return;
        }
        Failure cause = logoutFailure == null ? null : Failure.of(logoutFailure);
        String here = deleted
                ? "deleted the session of " + data.did()
                : "failed to delete the session of " + data.did() + " from " + store.folder();
        String there = confirmed ? ", but ended it at its server" : ", but " + unconfirmed(cause);
        String reason = confirmed || cause == null ? "" : ": " + cause.getMessage();
        if (!deleted) {
            throw new Failure(Failure.WRONG_USE, "Storage", here + there + reason, cause);
        }
        throw new Failure(
                cause == null ? Failure.NETWORK : cause.status(),
                cause == null ? "Network" : cause.code(),
                here + there + reason,
                cause);
    }

    /** Describes what happens to a logout that the server hasn't confirmed. */
    private String unconfirmed(@Nullable Failure cause) {
        boolean unreachable = cause == null || cause.status() == Failure.NETWORK;
        boolean queued = store.load(new SessionStore.Key(
                        SessionStore.Kind.LOGOUT, data.did().toString()))
                != null;
        return (unreachable ? "its server could not be reached" : "its server refused the logout")
                + (queued
                        ? "; the revocation is queued, and later commands such as atlex logout retry it"
                        : "; the revocation could not be queued either, so revoke the app password");
    }

    static boolean hasPendingLogouts(FileSessionStore store) {
        List<SessionStore.Entry> entries = new ArrayList<>();
        store.forEach(SessionStore.Kind.LOGOUT, entries::add);
        return !entries.isEmpty();
    }

    /**
     * Retries the pending logouts.
     *
     * @return the number of accounts that still have pending logouts
     */
    static int finishLogouts(CommandContext context) {
        return PasswordSession.finishLogouts(
                SessionOptions.of(options -> options.store(context.store()).transport(context.transport())));
    }

    /**
     * Retries pending logouts as a side effect of another command, so failures are printed only with {@code --verbose}.
     */
    private void finishLogouts() {
        try {
            finishLogouts(context);
        } catch (SessionStoreException e) {
            if (context.verbose()) {
                context.environment().err().println(context.redactor().line(String.valueOf(e.getMessage())));
            }
        }
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
