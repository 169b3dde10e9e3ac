package dev.atlex.cli.session;

import dev.atlex.cli.runtime.Command;
import dev.atlex.cli.runtime.CommandBuilder;
import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.cli.runtime.Options;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Ends stored sessions: deletes them here and revokes them on their servers. */
public final class Logout implements Command {
    private final CommandContext context;
    private final AccountOption account = new AccountOption();
    private boolean all;

    /** Creates the command. */
    public Logout(CommandContext context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return CommandBuilder.of("logout", this)
                .description(
                        "End the session on its server and delete it from the store.",
                        "If the server can't be reached, the session is deleted anyway and the logout is queued: later commands, "
                                + "including atlex logout, retry it. Prints nothing.")
                .examples("atlex logout", "atlex logout --account alice.example.com")
                .add(account)
                .add(Options.flag("--all", "Log out of all stored sessions.", value -> all = value))
                .build();
    }

    @Override
    public Integer call() {
        boolean pending = PendingLogouts.exist(context);
        if (!all) {
            try {
                StoredSession.open(context, account).logout();
            } catch (Failure failure) {
                // Even without a session, earlier logouts may be pending.
                if (!pending || account.isGiven() || failure.status() != Failure.NOT_SIGNED_IN) {
                    throw failure;
                }
            }
            retryPending(pending);
            return 0;
        }
        if (account.isGiven()) {
            throw Failure.usage("--account and --all can't be combined");
        }
        List<StoredAccount> sessions = Accounts.stored(context);
        int failed = 0;
        Failure first = null;
        for (StoredAccount session : sessions) {
            Failure failure = logout(session);
            if (failure != null) {
                failed++;
                first = first == null ? failure : first;
            }
        }
        if (first != null) {
            if (pending) {
                PendingLogouts.finish(context);
            }
            String message = failed + " of " + sessions.size() + " logouts failed; " + first.getMessage();
            throw new Failure(first.status(), first.code(), message, first);
        }
        retryPending(pending);
        return 0;
    }

    /** Retries the logouts that earlier commands left pending. */
    private void retryPending(boolean pending) {
        int left = pending ? PendingLogouts.finish(context) : 0;
        if (left > 0) {
            String message = "earlier logouts of " + left + (left == 1 ? " account" : " accounts")
                    + " are still pending; atlex sessions --logouts lists them";
            throw new Failure(Failure.NETWORK, "Network", message, null);
        }
    }

    /** Ends one session. Returns the failure, if any, so that the remaining sessions are ended too. */
    private @Nullable Failure logout(StoredAccount session) {
        try {
            session.open(context).logout();
            return null;
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            return Failure.of(e);
        }
    }
}
