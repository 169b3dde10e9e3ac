package dev.atlex.session.internal.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.atproto.server.CreateAccount;
import com.atproto.server.CreateSession;
import com.atproto.server.DeleteSession;
import com.atproto.server.GetSession;
import com.atproto.server.RefreshSession;
import dev.atlex.client.Agent;
import dev.atlex.client.Call;
import dev.atlex.client.CallBody;
import dev.atlex.client.CallOptions;
import dev.atlex.client.RetryOptions;
import dev.atlex.client.ServiceAgent;
import dev.atlex.client.XrpcException;
import dev.atlex.client.XrpcInvalidResponseException;
import dev.atlex.client.XrpcResponse;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.client.internal.HttpDates;
import dev.atlex.client.internal.Redirects;
import dev.atlex.client.internal.Retries;
import dev.atlex.client.internal.RetryAfter;
import dev.atlex.client.internal.RetryLoop;
import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.Deadline;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.Transport;
import dev.atlex.data.Bytes;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.data.Secrets;
import dev.atlex.data.internal.MediaType;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.Output;
import dev.atlex.schema.Procedure;
import dev.atlex.schema.Query;
import dev.atlex.schema.Unit;
import dev.atlex.session.AccountInactiveException;
import dev.atlex.session.AccountMismatchException;
import dev.atlex.session.AuthFactorRequiredException;
import dev.atlex.session.InvalidCredentialsException;
import dev.atlex.session.SessionData;
import dev.atlex.session.SignInRateLimitedException;
import dev.atlex.session.UnexpectedErrorException;
import dev.atlex.session.internal.Failures;
import dev.atlex.session.internal.SessionContext;
import dev.atlex.session.internal.SessionLog;
import dev.atlex.syntax.Handle;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls the server that issues and keeps sessions. Immutable.
 *
 * <p>Responses are read field by field, so that no other field can make the session lose the tokens.
 */
public final class AuthServerClient {
    /**
     * The time limit for a request: long enough for servers that check passwords slowly, but short enough that waiting
     * calls don't give up.
     */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final CallOptions OPTIONS = CallOptions.of(call -> call.timeout(TIMEOUT));

    /** A lost response does no harm, because the same token returns the same successor for some time. */
    private static final RetryOptions REFRESH_RETRIES = RetryOptions.of(retry -> retry.maxRetries(2)
            .minDelay(Duration.ofMillis(250))
            .maxDelay(Duration.ofSeconds(2))
            .factor(3)
            .when((failure, attempt) -> failure.retryable() && !isRateLimit(failure)));

    private static final Procedure<CreateSession.Input, CreateSession.Input.Builder, Bytes> CREATE =
            untyped(CreateSession.PROCEDURE);
    private static final Procedure<CreateAccount.Input, CreateAccount.Input.Builder, Bytes> CREATE_ACCOUNT =
            untyped(CreateAccount.PROCEDURE);
    private static final Procedure<Unit, Unit.Builder, Bytes> REFRESH = untyped(RefreshSession.PROCEDURE);
    private static final Query<Unit, Unit.Builder, Bytes> GET =
            new Query<>(GetSession.QUERY.nsid(), GetSession.QUERY.parameters(), bytes(), GetSession.QUERY.errors());

    private static final System.Logger LOG = SessionLog.LOG;

    private final URI service;
    private final SessionContext context;
    private final Collection<String> secrets;

    /** Creates the client for a server. */
    public AuthServerClient(URI service, SessionContext context) {
        this(service, context, List.of());
    }

    private AuthServerClient(URI service, SessionContext context, Collection<String> secrets) {
        this.service = service;
        this.context = context;
        this.secrets = secrets;
    }

    /** Returns a client whose exceptions show none of these tokens, even if a server quotes them. */
    public AuthServerClient hiding(Collection<String> tokens) {
        return new AuthServerClient(service, context, tokens);
    }

    private static <I extends LexObject, B extends ObjectBuilder<I, B>> Procedure<I, B, Bytes> untyped(
            Procedure<I, B, ?> method) {
        return new Procedure<>(method.nsid(), method.parameters(), method.input(), bytes(), method.errors());
    }

    private static Output<Bytes> bytes() {
        return Output.binary(MediaType.JSON);
    }

    /**
     * Returns the transport for calls with a session's tokens. It follows redirects, and no exception shows the tokens.
     *
     * @param tokens the supplier of the session's tokens, called when a call has failed
     */
    public Transport transport(Supplier<? extends Collection<String>> tokens) {
        Transport following = request -> Redirects.send(context.transport(), request);
        return ScrubbedTransport.ofCalls(following, tokens);
    }

    /** Returns a loop that calls a server and removes the secrets of the input and the session from the responses. */
    private RetryLoop xrpc(URI server, @Nullable LexObject input) {
        List<String> hidden = new ArrayList<>(secrets);
        if (input != null) {
            input.toLexMap().forEach((name, value) -> {
                if (value instanceof LexString text && (Secrets.isSecret(name) || name.equals("verificationCode"))) {
                    hidden.add(text.value());
                }
            });
        }
        Transport transport = ScrubbedTransport.ofSessions(context.transport(), () -> hidden);
        // Redirects aren't followed, because only a session's own server may report on it.
        Agent agent = ServiceAgent.builder(server)
                .observer(context.observer())
                .transport(transport)
                .followRedirects(false)
                .build();
        return new RetryLoop(agent, context.timing());
    }

    /**
     * A response that contains a session.
     *
     * @param data the session
     * @param fields the usable fields of the response's body
     * @param clockOffset how far the server's clock is ahead of ours, or null if the response doesn't say
     */
    public record IssuedSession(
            SessionData data, LexMap fields, @Nullable Duration clockOffset) {
        /** Returns whether the response lacks fields that {@code getSession} would return. */
        boolean isIncomplete() {
            return SessionMerge.isIncomplete(data, fields);
        }
    }

    /**
     * Signs in.
     *
     * @param identifier the identifier, which is used as the handle if it is one and the response has none
     * @throws XrpcException if the server rejects the sign-in, or there is no usable response; see {@link #explain}
     */
    public IssuedSession create(String identifier, Consumer<? super CreateSession.Input.Builder> input) {
        return issued(Call.of(CREATE, input), OPTIONS, identifier);
    }

    /**
     * Creates an account and signs in.
     *
     * @throws XrpcException if the server refuses, or there is no usable response
     */
    public IssuedSession createAccount(Consumer<? super CreateAccount.Input.Builder> account) {
        Call<Bytes> call = Call.of(CREATE_ACCOUNT, account);
        LexObject input = input(call);
        return issued(call, OPTIONS, input == null ? null : input.toLexMap().getString("handle"));
    }

    /**
     * Exchanges a session's refresh token for new tokens.
     *
     * @throws VirtualMachineError if the JVM fails; every other failure is returned as a reply
     */
    public RefreshReply refresh(SessionData old, Deadline deadline) {
        IssuedSession issued;
        try {
            issued = exchange(old.refreshJwt(), deadline);
        } catch (XrpcException e) {
            return refused(e, deadline);
        } catch (RuntimeException | Error e) {
            // The failure is about one response, or comes from a transport, so the session is unchanged.
            Failures.rethrowFatal(e);
            RuntimeException failure = UnexpectedErrorException.of("the refresh for " + old.did(), e);
            return new RefreshReply.Unavailable(failure, null, false, false);
        }
        SessionData next = SessionMerge.merge(old, issued.fields());
        return next.did().equals(old.did())
                ? new RefreshReply.Rotated(next, issued.isIncomplete(), issued.clockOffset())
                // This server's information about the session can't be trusted.
                : new RefreshReply.Inactive(new AccountMismatchException(old.did(), next.did()));
    }

    private RefreshReply refused(XrpcException failure, Deadline deadline) {
        boolean settled = failure instanceof XrpcResponseException refusal && refusal.status() < 500;
        if (Retries.endedByCaller(failure, deadline)) {
            return new RefreshReply.Unavailable(failure, null, true, settled);
        }
        if (settled && failure instanceof XrpcResponseException refusal) {
            switch (refusal.error()) {
                case "ExpiredToken", "InvalidToken" -> {
                    return new RefreshReply.Rejected(refusal, retryAt(refusal));
                }
                case "AccountTakedown", "AccountSuspended", "AccountDeactivated" -> {
                    AccountInactiveException inactive = AccountInactiveException.of(refusal.error(), refusal);
                    if (inactive != null) {
                        return new RefreshReply.Inactive(inactive);
                    }
                }
                default -> {
                    // The token may still be valid.
                }
            }
        }
        return new RefreshReply.Unavailable(failure, retryAt(failure), false, settled);
    }

    private IssuedSession exchange(String refreshJwt, Deadline deadline) {
        CallOptions call = authorized(refreshJwt, deadline.leftWithin(TIMEOUT)).toBuilder()
                .retries(REFRESH_RETRIES)
                .build();
        return issued(Call.of(REFRESH), call, null);
    }

    private static boolean isRateLimit(XrpcException failure) {
        return failure instanceof XrpcResponseException refusal && refusal.status() == 429;
    }

    /**
     * Returns the data completed by {@code getSession}, or the same data if that call fails or returns a different
     * account. Failures of this call must never make the session lose its tokens.
     */
    public SessionData describe(SessionData data, Deadline deadline) {
        Duration limit = deadline.leftWithin(TIMEOUT);
        if (limit.isZero()) {
            return data;
        }
        try {
            LexMap more = fields(xrpc(service, null).call(Call.of(GET), authorized(data.accessJwt(), limit)));
            return data.did().toString().equals(more.getString("did")) ? SessionMerge.describe(data, more) : data;
        } catch (RuntimeException e) {
            LOG.log(
                    Level.DEBUG,
                    "getSession failed for {0}: {1}; using the data from the refresh",
                    data.did(),
                    e.getClass().getName());
            return data;
        } catch (Error e) {
            LOG.log(
                    Level.WARNING,
                    "getSession failed for {0}: {1}; using the data from the refresh",
                    data.did(),
                    e.getClass().getName());
            return data;
        }
    }

    /**
     * Returns whether the server in the account's document doesn't recognize the session's tokens, although this server
     * accepts them.
     */
    public boolean isForeignTo(URI other, SessionData data, Deadline deadline) {
        return "InvalidToken".equals(getSessionError(xrpc(other, null), data, deadline))
                && getSessionError(xrpc(service, null), data, deadline) == null;
    }

    /** Returns whether another server accepts the session's access token; also false if it can't be reached. */
    public boolean isKnownTo(URI other, SessionData data, Deadline deadline) {
        try {
            return getSessionError(xrpc(other, null), data, deadline) == null;
        } catch (RuntimeException | Error e) {
            return false;
        }
    }

    /** Returns the error with which a server refuses {@code getSession}, or null if it accepts the token. */
    private static @Nullable String getSessionError(RetryLoop server, SessionData data, Deadline deadline) {
        try {
            server.call(Call.of(GET), authorized(data.accessJwt(), deadline.leftWithin(TIMEOUT)));
            return null;
        } catch (XrpcException e) {
            return e.error();
        }
    }

    /**
     * Returns the successor of a refresh token, or null if the server rejects the token, in which case the successor
     * can't be determined.
     *
     * @throws XrpcException if the server can't be reached now
     */
    public @Nullable String successor(String refreshJwt) {
        try {
            return exchange(refreshJwt, Deadline.in(TIMEOUT)).data().refreshJwt();
        } catch (XrpcResponseException e) {
            if (e.status() >= 500 || e.status() == 429) {
                throw e;
            }
            return null;
        }
    }

    /**
     * Revokes a refresh token.
     *
     * @throws XrpcException if the server refuses, or there is no usable response
     */
    public void revoke(String refreshJwt) {
        xrpc(service, null).call(Call.of(DeleteSession.PROCEDURE), authorized(refreshJwt, TIMEOUT));
    }

    private static CallOptions authorized(String token, Duration limit) {
        return OPTIONS.toBuilder()
                .header("Authorization", "Bearer " + token)
                .timeout(limit)
                .build();
    }

    private static @Nullable LexObject input(Call<?> call) {
        return call.body() instanceof CallBody.JsonObject json ? json.value() : null;
    }

    private static LexMap fields(XrpcResponse<Bytes> response) {
        return SessionFields.ofResponse(new String(response.body().toByteArray(), UTF_8));
    }

    /**
     * @param identifier the account's name if the caller knows it; if it is a handle, it is used when the response has
     *     none
     */
    private IssuedSession issued(Call<Bytes> call, CallOptions how, @Nullable String identifier) {
        XrpcResponse<Bytes> response = xrpc(service, input(call)).call(call, how);
        LexMap fields = fields(response);
        LexMap.Builder whole = fields.toBuilder().put("service", service.toString());
        if (!fields.containsKey("handle") && identifier != null && Handle.isValid(identifier)) {
            whole.put("handle", identifier);
        }
        SessionData data;
        try {
            data = SessionData.of(whole.build());
        } catch (LexDataException e) {
            // The exception has neither the body nor the cause, because they contain tokens that no session hides yet.
            throw new XrpcInvalidResponseException(
                    call.method(), response.status(), response.headers(), "no session: " + e.getMessage(), null);
        }
        return new IssuedSession(data, fields, clockOffset(response.headers(), context.timing()));
    }

    /** Returns how far the server's clock is ahead of ours, or null if the response doesn't say. */
    public static @Nullable Duration clockOffset(HttpHeaders headers, TimeSource timing) {
        Instant server = HttpDates.parse(headers.first("Date"));
        return server == null ? null : Duration.between(timing.clock().instant(), server);
    }

    /** Returns the exception for a rejected sign-in, or the failure itself if it has no special meaning. */
    public RuntimeException explain(XrpcException failure) {
        if (!(failure instanceof XrpcResponseException refusal)) {
            return failure;
        }
        AccountInactiveException inactive = AccountInactiveException.of(refusal.error(), refusal);
        if (inactive != null) {
            return inactive;
        }
        return switch (refusal.error()) {
            case "AuthFactorTokenRequired" -> new AuthFactorRequiredException(refusal);
            case "AuthenticationRequired" -> new InvalidCredentialsException(refusal);
            default -> refusal.status() == 429 ? new SignInRateLimitedException(refusal, retryAt(refusal)) : failure;
        };
    }

    /** Returns the time at which the server allows the next request, or null if it doesn't specify one. */
    public @Nullable Instant retryAt(XrpcException failure) {
        if (!(failure instanceof XrpcResponseException refusal)) {
            return null;
        }
        Clock clock = context.timing().clock();
        Duration wait = RetryAfter.of(refusal.status(), refusal.headers(), clock);
        return wait == null ? null : clock.instant().plus(wait);
    }
}
