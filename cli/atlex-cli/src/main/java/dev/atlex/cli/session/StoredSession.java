package dev.atlex.cli.session;

import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.client.Agent;
import dev.atlex.client.CallOptions;
import dev.atlex.client.Client;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An open session from the store. Its tokens are refreshed only when they have expired or are about to, so most
 * commands send a single request.
 */
public abstract class StoredSession {
    final CommandContext context;

    StoredSession(CommandContext context) {
        this.context = context;
    }

    /**
     * Opens the chosen session.
     *
     * @throws Failure if there is no such session, or several match
     */
    public static StoredSession open(CommandContext context, AccountOption account) {
        return account.choose(context).open(context);
    }

    /** Returns the account as it was stored. */
    abstract StoredAccount account();

    /** Like {@link #use(Function)}, but with a client that uses the given call options. */
    public <T> T use(CallOptions options, Function<Client, T> calls) {
        return use(session -> calls.apply(new Client(session, options)));
    }

    /** Makes calls as the account, then retries pending logouts and warns if new tokens couldn't be saved. */
    public <T> T use(Function<Agent, T> calls) {
        try {
            return calls(calls);
        } finally {
            PendingLogouts.finishQuietly(context);
            if (!isSaved()) {
                context.environment()
                        .err()
                        .println("warning: Storage: failed to save the refreshed session in "
                                + context.redactor()
                                        .line(context.store().folder().toString())
                                + "; the stored tokens will soon stop working");
            }
        }
    }

    /** Makes calls as the account. */
    abstract <T> T calls(Function<Agent, T> calls);

    /** Returns whether the store has the latest tokens. */
    abstract boolean isSaved();

    /**
     * Deletes the session and ends it on the server.
     *
     * @throws Failure if the server couldn't be reached, or the session couldn't be deleted
     */
    abstract void logout();

    /**
     * Reports the outcome of a logout.
     *
     * @param confirmed whether the server has confirmed it
     * @param deleted whether the session has been deleted from the store
     * @param queued whether the revocation has been queued for a retry
     * @param failure the reason why the server hasn't confirmed the logout, or null if the reason is unknown
     * @param remedy what the user should do if the revocation couldn't be queued
     * @throws Failure if the session isn't deleted, or the server hasn't confirmed the logout
     */
    final void report(
            boolean confirmed, boolean deleted, boolean queued, @Nullable RuntimeException failure, String remedy) {
        if (confirmed && deleted) {
            return;
        }
        Failure cause = failure == null ? null : Failure.of(failure);
        Object did = account().did();
        String here = deleted
                ? "deleted the session for " + did
                : "failed to delete the session for " + did + " from "
                        + context.store().folder();
        String there = confirmed
                ? ", but ended it on its server"
                : (deleted ? ", but " : ", and ") + unconfirmed(queued, cause, remedy);
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

    /** Describes the state of a logout that the server hasn't confirmed. */
    private static String unconfirmed(boolean queued, @Nullable Failure cause, String remedy) {
        boolean unreachable = cause == null || cause.status() == Failure.NETWORK;
        return (unreachable ? "its server could not be reached" : "its server refused the logout")
                + (queued
                        ? "; the revocation is queued, and later commands such as atlex logout retry it"
                        : "; the revocation could not be queued either, so " + remedy);
    }
}
