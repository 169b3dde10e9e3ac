package dev.atlex.session.internal.auth;

import dev.atlex.client.AgentRequest;
import dev.atlex.client.internal.Redirects;
import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.Deadline;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.session.AccountInactiveException;
import dev.atlex.session.AccountMigratedException;
import dev.atlex.session.SessionException;
import dev.atlex.session.internal.SessionContext;
import dev.atlex.session.internal.state.AccessTokens;
import dev.atlex.session.internal.state.Freshness;
import dev.atlex.session.internal.state.RefreshOutcome;
import dev.atlex.session.internal.state.SessionMachine;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Sends requests with a session's access token, and once more with new tokens if the server refuses it. */
public final class AuthenticatedSender {
    private static final String AUTHORIZATION = "authorization";

    /** Another process's tokens may be refused too; then those are refreshed. */
    private static final int MAX_REPLAYS = 2;

    private final SessionMachine session;
    private final AuthServerClient server;
    private final Transport transport;
    private final TimeSource timing;
    private final Clock clock;

    /** Creates the sender of a session. */
    public AuthenticatedSender(SessionMachine session, AuthServerClient server, SessionContext context) {
        this.session = session;
        this.server = server;
        this.transport = server.transport(session::secrets);
        this.timing = context.timing();
        this.clock = timing.clock();
    }

    /**
     * Sends a request.
     *
     * @throws IllegalArgumentException if it has an {@code Authorization} header
     * @throws SessionException if the session is over, or can't be used now
     * @throws dev.atlex.client.transport.TransportException if no response came
     */
    public TransportResponse send(AgentRequest request) {
        if (request.headers().first(AUTHORIZATION) != null) {
            throw new IllegalArgumentException(
                    "The request has an Authorization header, which the session sets; remove it");
        }
        Deadline deadline = request.deadline(timing.nanoTime());
        AccessTokens tokens = session.await(deadline);
        if (!request.isReplayable() && Freshness.of(tokens, clock.instant()) == Freshness.EXPIRED) {
            // A body that can be sent only once isn't spent on a token that will be refused.
            session.refresh(tokens, false, deadline);
            tokens = session.await(deadline);
        }
        if (tokens.isDue(clock.instant())) {
            session.refreshAhead(tokens, deadline);
            tokens = session.await(deadline);
        }
        AuthFailure result = attempt(request, tokens, deadline);
        for (int left = MAX_REPLAYS; left > 0 && mayReplay(result, tokens); left--) {
            session.noteClockOffset(
                    AuthServerClient.clockOffset(result.response().headers(), timing));
            AccessTokens next = null;
            boolean returned = false;
            try {
                next = successor(tokens, request, deadline);
                returned = next == null;
            } finally {
                if (!returned) {
                    result.response().close();
                }
            }
            if (next == null) {
                break;
            }
            tokens = next;
            result = attempt(request, tokens, deadline);
            if (!result.refreshMayHelp()) {
                session.noteAccepted();
            } else if (tokens.fresh()) {
                session.noteRefused(tokens, result.tokenExpired());
            }
        }
        return result.response();
    }

    private boolean mayReplay(AuthFailure result, AccessTokens tokens) {
        return result.refreshMayHelp() && !session.isRefreshFutile(tokens);
    }

    private AuthFailure attempt(AgentRequest request, AccessTokens tokens, Deadline deadline) {
        TransportRequest sent = authorized(request, tokens, deadline);
        TransportResponse response = transport.send(sent);
        if (Redirects.isFromElsewhere(response, sent)) {
            // Another host, which got no token, says nothing about the token or the account.
            return AuthFailure.none(response);
        }
        AuthFailure result = AuthFailure.of(response);
        if (result.tokenUnknown()) {
            checkMigrated(tokens, deadline);
        }
        // The caller gets a refusal because of the account's state; the session's health shows it too, until a call
        // succeeds.
        session.noteAccount(
                AccountInactiveException.of(result.ofTheAccount(), null),
                result.response().status());
        return result;
    }

    /**
     * An account can migrate while its old server keeps the session: the old server's tokens are worth nothing at the
     * new one.
     *
     * @throws AccountMigratedException if the account's server doesn't know the tokens at all; the session stays as it
     *     is
     */
    private void checkMigrated(AccessTokens unknown, Deadline deadline) {
        if (!session.mayBeForeign(unknown)) {
            return;
        }
        if (server.hiding(session.secrets()).isForeignTo(unknown.target(), unknown.data(), deadline)) {
            throw new AccountMigratedException(unknown.data().did(), unknown.target(), null);
        }
        session.noteKnownAtTarget(unknown);
    }

    /** Returns the tokens to repeat a refused request with, or null to give up. */
    private @Nullable AccessTokens successor(AccessTokens refused, AgentRequest request, Deadline deadline) {
        RefreshOutcome outcome = session.refresh(refused, false, deadline);
        if (!(outcome instanceof RefreshOutcome.Refreshed)
                || !request.isReplayable()
                || Thread.currentThread().isInterrupted()) {
            return null;
        }
        AccessTokens next = session.await(deadline);
        if (next.data().accessJwt().equals(refused.data().accessJwt())) {
            if (!next.fresh() && next.generation() != refused.generation()) {
                return successor(next, request, deadline);
            }
            session.noteRefused(next, true);
            return null;
        }
        return deadline.isOver() ? null : next;
    }

    private static TransportRequest authorized(AgentRequest request, AccessTokens tokens, Deadline deadline) {
        HttpHeaders headers = request.headers().toBuilder()
                .set(AUTHORIZATION, "Bearer " + tokens.data().accessJwt())
                .build();
        return request.withHeaders(headers).withDeadline(deadline).to(tokens.target());
    }
}
