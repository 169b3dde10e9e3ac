package dev.atlex.oauth.internal.session;

import dev.atlex.client.AgentRequest;
import dev.atlex.client.internal.Redirects;
import dev.atlex.client.transport.Deadline;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.oauth.ProofTargetException;
import dev.atlex.oauth.ScopeMissingException;
import dev.atlex.oauth.SessionBusyException;
import dev.atlex.oauth.internal.dpop.DpopProofs;
import dev.atlex.oauth.internal.session.CallFailure.Kind;
import dev.atlex.oauth.internal.session.RefreshOutcome.Kept;
import dev.atlex.session.AccountInactiveException;
import dev.atlex.session.internal.auth.ScrubbedTransport;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/**
 * Sends a session's calls, each with the access token and a proof. A call is sent again with the nonce that the server
 * demands, with a corrected date, or with new tokens.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9449#section-7">RFC 9449, section 7</a>
 */
public final class DpopSender {
    /**
     * The maximum number of times that a call is sent again because tokens were rejected before they were old. Tokens
     * that another process has saved may be rejected, too.
     */
    private static final int MAX_REFRESHES = 3;

    /** The maximum number of attempts at a call with new tokens, even if each token expires in transit. */
    private static final int MAX_ATTEMPTS = 20;

    /**
     * The maximum age of a nonce for sending a body that can't be sent twice. Servers accept nonces for at least two
     * minutes.
     */
    private static final Duration MAX_NONCE_AGE = Duration.ofSeconds(90);

    /** A call without side effects that needs no scope, to get a nonce from its response. */
    private static final AgentRequest PROBE = AgentRequest.get("/xrpc/com.atproto.server.getSession");

    private final OAuthMachine session;
    private final OAuthContext context;

    /** Creates the sender for a session. */
    public DpopSender(OAuthMachine session, OAuthContext context) {
        this.session = session;
        this.context = context;
    }

    /**
     * A transport that records the nonce and the time in the headers of responses before anything is removed from them.
     */
    private final class Observed implements Transport {
        /** A nonce may look like a token, which would be removed. */
        private HttpHeaders headers = HttpHeaders.of();

        @Override
        public TransportResponse send(TransportRequest request) {
            TransportResponse response = context.transport().send(request);
            if (request.headers().first("DPoP") != null) {
                headers = response.headers();
                context.dpop().observe(request.uri(), headers);
            }
            return response;
        }
    }

    /**
     * Sends a request.
     *
     * @throws IllegalArgumentException if it has an {@code Authorization} or {@code DPoP} header
     * @throws dev.atlex.session.SessionException if the session has ended, or can't be used now
     * @throws TransportException if there is no response
     */
    public TransportResponse send(AgentRequest request) {
        if (request.headers().first("Authorization") != null
                || request.headers().first("DPoP") != null) {
            throw new IllegalArgumentException(
                    "The request has an Authorization or DPoP header, which the session sets; remove it");
        }
        Deadline deadline = request.deadline(context.timing().nanoTime());
        Tokens tokens = session.await(request.isReplayable(), deadline);
        if (!request.isReplayable()) {
            tokens = readyForStream(tokens, deadline);
        }
        boolean nonceTried = false;
        boolean dateTried = false;
        int refreshes = 0;
        for (int attempts = 1; ; attempts++) {
            Instant date = context.dpop().clock().now(tokens.data().pds());
            CallFailure result = attempt(request, tokens, date, deadline);
            if (!request.isReplayable()) {
                return settled(request, result, tokens);
            }
            if (result.kind() == Kind.NONCE && !nonceTried) {
                nonceTried = true;
            } else if (result.kind() == Kind.PROOF && !dateTried && isOff(date, tokens)) {
                dateTried = true;
            } else if (result.kind() == Kind.TOKEN
                    && attempts < MAX_ATTEMPTS
                    && mayRefresh(tokens, refreshes)
                    && !deadline.isOver()) {
                refreshes += tokens.isOld(context.now()) ? 0 : 1;
                tokens = successor(result, tokens, deadline);
            } else {
                return settled(request, result, tokens);
            }
            result.response().close();
        }
    }

    /**
     * Returns tokens for a body that can be sent only once. They aren't due for a refresh, and the server's nonce is
     * known.
     */
    private Tokens readyForStream(Tokens tokens, Deadline deadline) {
        if (tokens.isExpired(context.now())) {
            RefreshOutcome outcome = session.refresh(tokens, false, deadline);
            if (outcome instanceof Kept kept) {
                throw busy(kept, tokens);
            }
        }
        URI pds = tokens.data().pds();
        if (context.dpop().nonces().current(pds, MAX_NONCE_AGE) == null) {
            send(PROBE.withDeadline(deadline)).close();
        }
        return session.await(false, deadline);
    }

    private CallFailure attempt(AgentRequest request, Tokens tokens, Instant date, Deadline deadline) {
        URI pds = tokens.data().pds();
        String accessToken = tokens.data().accessToken();
        TransportRequest unsigned = request.withDeadline(deadline).to(pds);
        String nonce = context.dpop().nonces().current(unsigned.uri());
        String proof = tokens.proofs().proof(unsigned.method(), unsigned.uri(), date, nonce, accessToken);
        HttpHeaders headers = unsigned.headers().toBuilder()
                .set("Authorization", "DPoP " + accessToken)
                .set("DPoP", proof)
                .build();
        TransportRequest signed = unsigned.toBuilder().headers(headers).build();
        Observed observed = new Observed();
        TransportResponse response = ScrubbedTransport.ofCalls(
                        redirected -> Redirects.send(observed, redirected), session::secrets)
                .send(signed);
        if (Redirects.isFromElsewhere(response, signed)) {
            // A response from a different host doesn't concern the session, because that host received no token.
            return new CallFailure(response, Kind.NONE, null, null);
        }
        CallFailure result = CallFailure.of(response);
        if (result.kind() == Kind.NONCE) {
            context.dpop().nonces().observe(unsigned.uri(), observed.headers, true);
        }
        // The caller gets the response, and the session's health shows the state until a call succeeds.
        String account = result.kind() == Kind.ACCOUNT ? result.error() : null;
        session.noteAccount(
                AccountInactiveException.of(account, null), result.response().status());
        return result;
    }

    /** Returns whether the server's clock, as it is known now, shows that the date of the rejected proof was wrong. */
    private boolean isOff(Instant date, Tokens tokens) {
        Instant now = context.dpop().clock().now(tokens.data().pds());
        return Duration.between(date, now).abs().compareTo(Duration.ofSeconds(30)) > 0;
    }

    /**
     * Returns whether new tokens may be accepted. If the server has rejected fresh tokens, it would reject any others
     * too.
     */
    private boolean mayRefresh(Tokens rejected, int refreshes) {
        if (refreshes == MAX_REFRESHES && rejected.fresh()) {
            session.noteRefused(rejected);
        }
        return refreshes < MAX_REFRESHES && !rejected.isRefreshFutile(context.now());
    }

    /**
     * Returns the tokens with which to resend a rejected call.
     *
     * @throws SessionBusyException if the tokens can't be refreshed now
     */
    private Tokens successor(CallFailure rejected, Tokens tokens, Deadline deadline) {
        try {
            RefreshOutcome outcome = session.refresh(tokens, false, deadline);
            if (outcome instanceof Kept kept) {
                throw busy(kept, tokens);
            }
            return session.await(true, deadline);
        } catch (RuntimeException | Error e) {
            rejected.response().close();
            throw e;
        }
    }

    private static SessionBusyException busy(Kept kept, Tokens tokens) {
        return new SessionBusyException(tokens.data().did(), kept.retryAt(), kept.failure());
    }

    /** Returns the response to a call that isn't repeated, or throws a typed exception for it. */
    private static TransportResponse settled(AgentRequest request, CallFailure result, Tokens tokens) {
        if (result.kind() == Kind.SCOPE) {
            result.response().close();
            throw new ScopeMissingException(tokens.data().did(), result.missingScope(), null);
        } else if (result.kind() == Kind.PROOF && DpopProofs.isTargetMismatch(result.error(), result.message())) {
            result.response().close();
            URI url = tokens.data().pds().resolve(request.path().split("\\?", 2)[0]);
            String method = url.getPath().substring(url.getPath().lastIndexOf('/') + 1);
            throw ProofTargetException.of(
                    method, url, tokens.data().issuer(), result.response().status(), result.message(), null);
        }
        return result.response();
    }
}
