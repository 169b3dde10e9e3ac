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

/** Sends requests with a session's access token, and resends them with new tokens if the server rejects the token. */
public final class AuthenticatedSender {
    private static final String AUTHORIZATION = "authorization";

    /**
     * The maximum number of times that a request is sent again. Tokens that another process has saved may be rejected
     * too, and are then refreshed.
     */
    private static final int MAX_REPLAYS = 2;

    private final SessionMachine session;
    private final AuthServerClient server;
    private final Transport transport;
    private final TimeSource timing;
    private final Clock clock;

    /** Creates the sender for a session. */
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
     * @throws SessionException if the session has ended, or can't be used now
     * @throws dev.atlex.client.transport.TransportException if there is no response
     */
    public TransportResponse send(AgentRequest request) {
        if (request.headers().first(AUTHORIZATION) != null) {
            throw new IllegalArgumentException(
                    "The request has an Authorization header, which the session sets; remove it");
        }
        Deadline deadline = request.deadline(timing.nanoTime());
        AccessTokens tokens = session.await(deadline);
        if (!request.isReplayable() && Freshness.of(tokens, clock.instant()) == Freshness.EXPIRED) {
            // A body that can be sent only once must not be wasted on a token that will be rejected.
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
            // A response from a different host doesn't concern the token or the account, because that host received no
            // token.
            return AuthFailure.none(response);
        }
        AuthFailure result = AuthFailure.of(response);
        if (result.tokenUnknown()) {
            checkMigrated(tokens, deadline);
        }
        // If the server rejects a request because of the account's state, the caller gets the response, and the
        // session's health shows the state until a call succeeds.
        session.noteAccount(
                AccountInactiveException.of(result.accountError(), null),
                result.response().status());
        return result;
    }

    /**
     * Detects a migration during the session. The account's old server may keep the session, but the new one doesn't
     * accept its tokens.
     *
     * @throws AccountMigratedException if the account's server doesn't know the tokens at all; the session stays
     *     unchanged
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

    /** Returns the tokens with which to resend a rejected request, or null to give up. */
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
