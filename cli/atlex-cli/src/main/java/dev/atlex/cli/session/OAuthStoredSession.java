package dev.atlex.cli.session;

import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.client.Agent;
import dev.atlex.oauth.OAuthSession;
import dev.atlex.session.RefreshResult;
import dev.atlex.session.SessionEvent;
import dev.atlex.session.store.EntryStore.Key;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An open session that started with an OAuth sign-in. */
final class OAuthStoredSession extends StoredSession {
    private final OAuthAccount account;
    private final OAuthSession session;
    private volatile @Nullable RuntimeException logoutFailure;
    private volatile boolean queued;

    OAuthStoredSession(CommandContext context, OAuthAccount account) {
        super(context);
        this.account = account;
        OAuthAccount.redact(context.redactor(), account.data());
        this.session = OAuthClients.of(context, account.data(), this::listen).resume(account.did());
    }

    private void listen(SessionEvent event) {
        if (event instanceof SessionEvent.LogoutPostponed postponed) {
            logoutFailure = postponed.failure();
            queued = true;
        } else if (event instanceof SessionEvent.LogoutGivenUp givenUp) {
            logoutFailure = givenUp.failure();
        }
    }

    @Override
    OAuthAccount account() {
        return account;
    }

    @Override
    <T> T calls(Function<Agent, T> calls) {
        try {
            return calls.apply(session);
        } finally {
            // Wait for a refresh in progress: the command closes its connections at its end, and the response must not
            // be lost.
            session.close();
            redact();
        }
    }

    /** Registers refreshed tokens as secrets before anything about them is printed. */
    private void redact() {
        if (!session.isEnded()) {
            OAuthAccount.redact(context.redactor(), session.data());
        }
    }

    /**
     * Refreshes the tokens, which shows whether the session still works.
     *
     * @throws RuntimeException if the session no longer works, or the refresh fails for another reason
     */
    void refresh() {
        RefreshResult result = session.refresh();
        redact();
        if (result.failure() != null) {
            throw result.failure();
        }
    }

    @Override
    boolean isSaved() {
        return session.isSaved() || session.isEnded();
    }

    @Override
    void logout() {
        boolean confirmed = session.logout();
        boolean deleted = context.store().load(Key.oauth(account.did(), null)) == null;
        report(confirmed, deleted, queued, logoutFailure, "remove the session in the settings of your account");
    }
}
