package dev.atlex.cli;

import dev.atlex.session.SessionData;
import dev.atlex.session.store.FileSessionStore;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "logout",
        mixinStandardHelpOptions = true,
        description = {
            "Ends the session at its server and removes it.",
            "Where the server can't be told, the session is over here all the same, and later commands tell the server, "
                    + "atlex logout among them. Prints nothing."
        })
final class Logout implements Callable<Integer> {
    private final Atlex atlex;

    @Mixin
    private AccountOption account = new AccountOption();

    @Option(names = "--all", description = "All stored sessions.")
    private boolean all;

    Logout(Atlex atlex) {
        this.atlex = atlex;
    }

    @Override
    public Integer call() {
        FileSessionStore store = atlex.store();
        boolean unfinished = StoredSession.hasUnfinishedLogouts(store);
        if (!all) {
            try {
                StoredSession.open(atlex, account).logout();
            } catch (Failure failure) {
                // Nobody is signed in, but there may be something left to do all the same.
                if (!unfinished || account.isGiven() || failure.status() != Failure.NOT_SIGNED_IN) {
                    throw failure;
                }
            }
            finishEarlier(unfinished);
            return 0;
        }
        if (account.isGiven()) {
            throw Failure.usage("either --account or --all");
        }
        List<SessionData> sessions = Accounts.stored(atlex);
        int failed = 0;
        Failure first = null;
        for (SessionData data : sessions) {
            Failure failure = end(store, data);
            if (failure != null) {
                failed++;
                first = first == null ? failure : first;
            }
        }
        if (first != null) {
            if (unfinished) {
                StoredSession.finishLogouts(atlex);
            }
            String message = failed + " of " + sessions.size() + " sessions are not logged out; " + first.getMessage();
            throw new Failure(first.status(), first.code(), message, first);
        }
        finishEarlier(unfinished);
        return 0;
    }

    /** Tells servers of sessions that earlier commands could not tell them of. */
    private void finishEarlier(boolean unfinished) {
        int left = unfinished ? StoredSession.finishLogouts(atlex) : 0;
        if (left > 0) {
            String message = "the server of " + left + (left == 1 ? " account" : " accounts")
                    + " does not know yet of an earlier logout; atlex sessions --logouts shows which";
            throw new Failure(Failure.NETWORK, "Network", message, null);
        }
    }

    /** One that fails must not keep the others signed in. */
    private @Nullable Failure end(FileSessionStore store, SessionData data) {
        try {
            new StoredSession(atlex, store, data).logout();
            return null;
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            return Failure.of(e);
        }
    }
}
