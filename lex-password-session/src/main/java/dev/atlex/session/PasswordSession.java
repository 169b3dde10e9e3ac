package dev.atlex.session;

import com.atproto.server.CreateAccount;
import dev.atlex.client.Agent;
import dev.atlex.client.AgentRequest;
import dev.atlex.client.XrpcException;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.session.SessionState.Tokens;
import dev.atlex.session.internal.Refusals;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A session that was made with a password: the {@link Agent} of an account.
 *
 * <p>It adds the access token to each request and sends it to the account's server. When the token has expired it is
 * renewed, once for all calls that wait, and the request is sent again. Passing failures leave the session as it is; when
 * the server says that it is over, calls throw {@link SessionEndedException}. Any number of threads may use a session.
 *
 * <p>Follows {@code @atproto/lex-password-session}.
 */
public final class PasswordSession implements Agent, AutoCloseable {
    private static final String AUTHORIZATION = "authorization";

    private final SessionState state;
    private final Transport transport;
    private final Clock clock;
    private final Did did;
    private final boolean logoutOnClose;

    private PasswordSession(SessionServer server, SessionData data, SessionOptions options, boolean fresh) {
        this.state = new SessionState(this, server, data, options);
        this.transport = options.transport();
        this.clock = options.timing().clock();
        this.did = data.did();
        Boolean asked = options.logoutOnClose();
        boolean kept = options.store() != null || options.hooks() != SessionHooks.NONE;
        this.logoutOnClose = asked == null ? fresh && !kept : asked;
    }

    /**
     * Signs in.
     *
     * @param service the URL of the account's server or its entryway: {@code https://bsky.social}
     * @param identifier the account's handle, e-mail address or DID
     * @param password an app password
     * @throws InvalidCredentialsException if the server knows no such account and password
     * @throws AuthFactorRequiredException if a code is needed beside the password
     * @throws AccountInactiveException if the account was taken down or suspended
     * @throws LoginRateLimitedException if there were too many sign-ins
     * @throws XrpcException if the server answers otherwise, or not at all
     * @throws IllegalArgumentException if the service is no URL, or something is empty
     */
    public static PasswordSession login(String service, String identifier, String password) {
        return login(Credentials.of(service, identifier, password), SessionOptions.DEFAULTS);
    }

    /**
     * Signs in with a login URL: {@code https://alice.example.com:app-password@pds.example.com}.
     *
     * @throws IllegalArgumentException if it is none; the message shows nothing of it
     * @throws SessionException as {@link #login(String, String, String)}
     */
    public static PasswordSession login(String loginUrl) {
        return login(Credentials.parse(loginUrl), SessionOptions.DEFAULTS);
    }

    /** As {@link #login(String, String, String)}, with options. */
    public static PasswordSession login(Credentials credentials, SessionOptions options) {
        SessionServer server = new SessionServer(credentials.service(), options);
        try {
            return start(server, server.create(credentials), options);
        } catch (XrpcException e) {
            RuntimeException failure = server.explainLogin(e);
            String code = failure instanceof AuthFactorRequiredException factor && credentials.authFactorToken() == null
                    ? askForCode(factor, options)
                    : null;
            if (code == null) {
                throw failure;
            }
            return login(credentials.withAuthFactorToken(code), options);
        }
    }

    private static @Nullable String askForCode(AuthFactorRequiredException factor, SessionOptions options) {
        Function<? super AuthFactorRequiredException, @Nullable String> callback = options.authFactor();
        String code = callback == null ? null : callback.apply(factor);
        return code == null || code.isBlank() ? null : code.strip();
    }

    /**
     * Makes an account and signs in as it.
     *
     * @param service the server that is to hold the account
     * @param account sets what the server needs: handle, password, e-mail address, invite code…
     * @throws XrpcException if the server refuses; {@link CreateAccount} has the errors' names
     */
    public static PasswordSession createAccount(
            String service, Consumer<? super CreateAccount.Input.Builder> account, SessionOptions options) {
        SessionServer server = new SessionServer(Credentials.origin(service), options);
        return start(server, server.createAccount(account), options);
    }

    private static PasswordSession start(SessionServer server, SessionServer.Answer answer, SessionOptions options) {
        SessionData data = SessionData.of(answer.fields().toBuilder()
                .put("service", server.service().toString())
                .build());
        PasswordSession session = new PasswordSession(server, data, options, true);
        session.state.announce();
        return session;
    }

    /**
     * Goes on with a saved session, and renews its tokens at once. If that fails for a reason that may pass (the network,
     * a busy server), the session is there all the same and tries again when it is used.
     *
     * @throws SessionEndedException if the session is over for certain
     * @throws AccountInactiveException if the account was taken down or suspended; the saved session stays good
     * @throws SessionConflictException if the server answers with another account's tokens
     */
    public static PasswordSession resume(SessionData data, SessionOptions options) {
        PasswordSession session = of(data, options);
        session.refresh();
        return session;
    }

    /** As {@link #resume(SessionData, SessionOptions)}, without options. */
    public static PasswordSession resume(SessionData data) {
        return resume(data, SessionOptions.DEFAULTS);
    }

    /** Goes on with a saved session without asking the server: its tokens are renewed when they have expired. */
    public static PasswordSession of(SessionData data, SessionOptions options) {
        return new PasswordSession(new SessionServer(data.service(), options), data, options, false);
    }

    /**
     * Ends a saved session at the server, without going on with it.
     *
     * @throws XrpcException if that fails; try again, or the session stays open
     */
    public static void delete(SessionData data, SessionOptions options) {
        of(data, options).logout();
    }

    /** The account, also after the session has ended. */
    @Override
    public Did did() {
        return did;
    }

    /**
     * The account's handle.
     *
     * @throws SessionEndedException if the session has ended
     */
    public Handle handle() {
        return data().handle();
    }

    /**
     * What is to be saved to go on with the session later.
     *
     * @throws SessionEndedException if the session has ended
     */
    public SessionData data() {
        return state.data();
    }

    /** Whether the session is over. */
    public boolean isEnded() {
        return state.isEnded();
    }

    /** Whether store and hooks have taken the session's newest data; if not, it is tried again when the session is used. */
    public boolean isSaved() {
        return state.isSaved();
    }

    /**
     * Renews the tokens, whether they have expired or not.
     *
     * @return whether there are new tokens, and if not, what stood in the way that may pass
     * @throws SessionEndedException if the session is over
     * @throws AccountInactiveException if the account was taken down or suspended; the session stays
     * @throws SessionConflictException if the server answers with another account's tokens
     */
    public RefreshOutcome refresh() {
        return state.refresh(state.await(null), true, null);
    }

    /**
     * Ends the session at the server. Nothing happens if it has ended already.
     *
     * @throws XrpcException if that fails; the session lives on, and this can be tried again
     */
    public void logout() {
        state.logout();
    }

    /**
     * Lets go of the session: one that could not be resumed anyway is logged out, one that is kept in a store or by hooks
     * stays for the next run ({@link SessionOptions.Builder#logoutOnClose} decides otherwise). Does not throw: when the
     * logout fails, {@link SessionHooks#onDeleteFailure} is told.
     */
    @Override
    public void close() {
        if (logoutOnClose) {
            try {
                logout();
            } catch (XrpcException | TransportException e) {
                // The hook was told; an exception from here would hide the one that may be on its way.
                return;
            }
        }
    }

    /**
     * Sends a request as the account.
     *
     * @throws IllegalArgumentException if it has an {@code Authorization} header of its own
     * @throws SessionEndedException if the session is over
     * @throws AccountInactiveException if the token has expired and the account was taken down meanwhile
     * @throws TransportException if no response came
     */
    @Override
    public TransportResponse send(AgentRequest request) {
        if (request.headers().first(AUTHORIZATION) != null) {
            throw new IllegalArgumentException("the session sets the Authorization header");
        }
        Instant deadline = request.timeout() == null ? null : clock.instant().plus(request.timeout());
        Tokens tokens = state.await(request.timeout());
        if (!request.isReplayable() && tokens.isExpired(clock)) {
            // What can be sent only once is not spent on a token that will be refused.
            state.refresh(tokens, false, left(deadline));
            tokens = state.await(left(deadline));
        }
        TransportResponse first = transport.send(authorized(request, tokens, left(deadline)));
        Refusals.Refusal refusal = Refusals.of(first, tokens.refreshIsFutile);
        if (!refusal.refreshMayHelp()) {
            return refusal.response();
        }
        RefreshOutcome outcome = state.refresh(tokens, false, left(deadline));
        Tokens next = state.await(left(deadline));
        boolean sameToken = next.data.accessJwt().equals(tokens.data.accessJwt());
        if (!outcome.refreshed()
                || sameToken
                || !request.isReplayable()
                || Thread.currentThread().isInterrupted()) {
            return refusal.response();
        }
        Duration left = left(deadline);
        if (left != null && left.isZero()) {
            return refusal.response();
        }
        Refusals.Refusal second = Refusals.of(transport.send(authorized(request, next, left)), false);
        if (second.refreshMayHelp() && !second.isExpiry()) {
            next.refreshIsFutile = true;
        }
        return second.response();
    }

    private static TransportRequest authorized(AgentRequest request, Tokens tokens, @Nullable Duration left) {
        HttpHeaders headers = request.headers().toBuilder()
                .set(AUTHORIZATION, "Bearer " + tokens.data.accessJwt())
                .build();
        Duration limit = left != null && left.isZero() ? Duration.ofMillis(1) : left;
        return request.withHeaders(headers).withTimeout(limit).to(tokens.target);
    }

    private @Nullable Duration left(@Nullable Instant deadline) {
        if (deadline == null) {
            return null;
        }
        Duration left = Duration.between(clock.instant(), deadline);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** The server that requests go to: the account's own, or the service where that is not known. */
    public URI target() {
        return state.await(null).target;
    }

    @Override
    public String toString() {
        return "PasswordSession[" + did + (isEnded() ? ", ended" : "") + "]";
    }
}
