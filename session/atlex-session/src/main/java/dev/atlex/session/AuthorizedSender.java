package dev.atlex.session;

import dev.atlex.client.AgentRequest;
import dev.atlex.client.internal.Deadline;
import dev.atlex.client.internal.Redirects;
import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.session.internal.ExponentialBackoff;
import dev.atlex.session.internal.auth.AuthServerClient;
import dev.atlex.session.internal.auth.Refusals;
import dev.atlex.session.internal.state.Tokens;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Sends requests with a session's tokens, and once more with new ones where those are refused. */
final class AuthorizedSender {
    private static final String AUTHORIZATION = "authorization";

    /** Between renewals of tokens that were called expired when they were fresh. */
    private static final ExponentialBackoff EXPIRED_PAUSES =
            new ExponentialBackoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

    private final SessionState state;
    private final AuthServerClient server;
    private final Transport transport;
    private final TimeSource timing;
    private final Clock clock;

    /** How many fresh tokens in a row were called expired. */
    private final AtomicInteger expiredWhenFresh = new AtomicInteger();

    AuthorizedSender(SessionState state, AuthServerClient server, SessionOptions options) {
        this.state = state;
        this.server = server;
        this.transport = server.transport();
        this.timing = options.context().timing();
        this.clock = timing.clock();
    }

    /** As {@link PasswordSession#send}. */
    TransportResponse send(AgentRequest request) {
        if (request.headers().first(AUTHORIZATION) != null) {
            throw new IllegalArgumentException("the session sets the Authorization header");
        }
        Deadline deadline = timing.deadline(request.timeout());
        Tokens tokens = state.await(deadline);
        if (!request.isReplayable() && tokens.isExpired(clock)) {
            // What can be sent only once is not spent on a token that will be refused.
            state.refresh(tokens, false, deadline);
            tokens = state.await(deadline);
        }
        if (tokens.isDue(clock)) {
            state.refreshAhead(tokens, deadline);
            tokens = state.await(deadline);
        }
        Refusals.Refusal refusal = attempt(request, tokens, deadline);
        // Once more with new tokens; those that another process got may turn out to be no better, then these are
        // renewed.
        for (int more = 2; more > 0 && refusal.refreshMayHelp() && !tokens.refreshIsFutile(clock); more--) {
            state.calibrate(AuthServerClient.clockOffset(refusal.response().headers(), timing));
            Tokens next = null;
            boolean handedOn = false;
            try {
                next = successor(tokens, request, deadline);
                handedOn = next == null;
            } finally {
                if (!handedOn) {
                    refusal.response().close();
                }
            }
            if (next == null) {
                break;
            }
            tokens = next;
            refusal = attempt(request, tokens, deadline);
            if (!refusal.refreshMayHelp()) {
                expiredWhenFresh.set(0);
            } else if (tokens.fresh) {
                noteFutile(tokens, refusal.tokenExpired());
            }
        }
        return refusal.response();
    }

    /** Each refusal of tokens that are fresh makes the next try wait longer: a method may always say so. */
    private void noteFutile(Tokens tokens, boolean expired) {
        if (expired) {
            tokens.expiredWhenFresh(clock, () -> EXPIRED_PAUSES.after(expiredWhenFresh.getAndIncrement()));
        } else {
            tokens.refusedWhenFresh(clock);
        }
    }

    private Refusals.Refusal attempt(AgentRequest request, Tokens tokens, Deadline deadline) {
        TransportRequest sent = authorized(request, tokens, deadline);
        TransportResponse response = transport.send(sent);
        if (Redirects.isFromElsewhere(response, sent)) {
            // Another host, which got no token, tells nothing of the token or the account.
            return new Refusals.Refusal(response, false, false, false, null);
        }
        Refusals.Refusal refusal = Refusals.of(response);
        if (refusal.tokenUnknown()) {
            checkMigrated(tokens, deadline);
        }
        // A refusal for the account's state is the caller's; its health tells it too, until a call succeeds.
        state.noteAccount(
                AccountInactiveException.of(refusal.ofTheAccount(), null),
                refusal.response().status());
        return refusal;
    }

    /**
     * An account can move while its old server goes on with the session: that one's tokens are worth nothing at the new
     * server.
     *
     * @throws AccountMigratedException if the account's server does not know the tokens at all; the session stays as it is
     */
    private void checkMigrated(Tokens unknown, Deadline deadline) {
        if (!unknown.mayBeForeign()) {
            return;
        }
        if (server.isForeignTo(unknown.target, unknown.data, deadline)) {
            throw new AccountMigratedException(unknown.data.did(), unknown.target, null);
        }
        unknown.knownAtTarget();
    }

    /** The tokens to send a refused request with once more, or null where that makes no sense. */
    private @Nullable Tokens successor(Tokens refused, AgentRequest request, Deadline deadline) {
        RefreshResult outcome = state.refresh(refused, false, deadline);
        if (!outcome.refreshed()
                || !request.isReplayable()
                || Thread.currentThread().isInterrupted()) {
            return null;
        }
        Tokens next = state.await(deadline);
        if (next.data.accessJwt().equals(refused.data.accessJwt())) {
            if (!next.fresh && next != refused) {
                return successor(next, request, deadline);
            }
            noteFutile(next, true);
            return null;
        }
        return deadline.isOver() ? null : next;
    }

    private static TransportRequest authorized(AgentRequest request, Tokens tokens, Deadline deadline) {
        HttpHeaders headers = request.headers().toBuilder()
                .set(AUTHORIZATION, "Bearer " + tokens.data.accessJwt())
                .build();
        Duration left = deadline.left();
        Duration limit = left != null && left.isZero() ? Duration.ofMillis(1) : left;
        return request.withHeaders(headers).withTimeout(limit).to(tokens.target);
    }
}
