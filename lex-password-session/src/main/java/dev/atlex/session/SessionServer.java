package dev.atlex.session;

import com.atproto.server.CreateAccount;
import com.atproto.server.CreateSession;
import com.atproto.server.DeleteSession;
import com.atproto.server.GetSession;
import com.atproto.server.RefreshSession;
import dev.atlex.client.Agent;
import dev.atlex.client.Call;
import dev.atlex.client.CallOptions;
import dev.atlex.client.RetryOptions;
import dev.atlex.client.ServiceAgent;
import dev.atlex.client.XrpcException;
import dev.atlex.client.XrpcInvalidResponseException;
import dev.atlex.client.XrpcResponse;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.client.internal.Deadline;
import dev.atlex.client.internal.HttpDates;
import dev.atlex.client.internal.Retries;
import dev.atlex.client.internal.Timing;
import dev.atlex.client.internal.Xrpc;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexMap;
import dev.atlex.schema.LexObject;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The server that keeps the sessions, and the five methods by which it does. */
final class SessionServer {
    /** Long enough for a server that takes its time over passwords, short enough that waiting calls don't give up. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** A handle that is none must not cost somebody the tokens that came with it: what matters is checked here. */
    private static final CallOptions OPTIONS =
            CallOptions.of(call -> call.timeout(TIMEOUT).strict(false).validateResponse(false));

    private static final System.Logger LOG = System.getLogger(PasswordSession.class.getName());

    private final URI service;
    private final SessionOptions options;
    private final Xrpc xrpc;

    SessionServer(URI service, SessionOptions options) {
        this.service = service;
        this.options = options;
        this.xrpc = new Xrpc(agent(service), options.timing());
    }

    /** What tells of a session comes from its own server, or not at all: no redirect is followed. */
    private Agent agent(URI server) {
        return ServiceAgent.builder(server)
                .transport(options.transport())
                .followRedirects(false)
                .build();
    }

    /**
     * An answer that holds a session.
     *
     * @param data the session
     * @param fields the answer's body
     * @param clockOffset how far the server's clock is ahead of ours, or null where it did not tell
     */
    record Answer(SessionData data, LexMap fields, @Nullable Duration clockOffset) {
        /** Whether it leaves out what getSession would say. */
        boolean isIncomplete() {
            return data.pds() == null || fields.getBoolean("emailConfirmed") == null;
        }
    }

    Answer create(Credentials credentials) {
        return answer(
                Call.of(
                        CreateSession.PROCEDURE,
                        input -> input.identifier(credentials.identifier())
                                .password(credentials.password())
                                .authFactorToken(credentials.authFactorToken())
                                .allowTakendown(credentials.allowTakendown() ? Boolean.TRUE : null)),
                OPTIONS);
    }

    Answer createAccount(Consumer<? super CreateAccount.Input.Builder> account) {
        return answer(Call.of(CreateAccount.PROCEDURE, account), OPTIONS);
    }

    /**
     * Trades the refresh token for new tokens. An answer that is lost does no harm: the same token brings the same
     * successor for some time, so asking again is safe.
     */
    Answer refresh(String refreshJwt, Deadline deadline) {
        RetryOptions retries = RetryOptions.of(2)
                .delays(Duration.ofMillis(250), Duration.ofSeconds(2), 3)
                .when((failure, attempt) -> failure.retryable() && !isRateLimit(failure));
        CallOptions call = authorized(refreshJwt, deadline.leftWithin(TIMEOUT)).toBuilder()
                .retries(retries)
                .build();
        return answer(Call.of(RefreshSession.PROCEDURE), call);
    }

    private static boolean isRateLimit(XrpcException failure) {
        return failure instanceof XrpcResponseException refusal && refusal.status() == 429;
    }

    /**
     * The data with what the server knows of the session beside its tokens; the same data if it does not say now, or
     * talks of another account. Whatever happens here, it must not cost the tokens.
     */
    SessionData describe(SessionData data, Deadline deadline) {
        Duration limit = deadline.leftWithin(TIMEOUT);
        if (limit.isZero()) {
            return data;
        }
        try {
            LexMap more = xrpc.call(Call.of(GetSession.QUERY), authorized(data.accessJwt(), limit))
                    .body()
                    .toLexMap();
            return data.did().toString().equals(more.getString("did")) ? data.describedBy(more) : data;
        } catch (RuntimeException e) {
            LOG.log(
                    Level.DEBUG,
                    "getSession did not complete a session: {0}",
                    e.getClass().getName());
            return data;
        }
    }

    /**
     * Whether another server, to which the account's document leads, can't make anything of the session's tokens, while
     * this one takes them.
     */
    boolean isForeignTo(URI other, SessionData data, Deadline deadline) {
        Xrpc there = new Xrpc(agent(other), options.timing());
        return "InvalidToken".equals(getSessionError(there, data, deadline))
                && getSessionError(xrpc, data, deadline) == null;
    }

    /** Returns whether another server takes the session's access token; false too if it can't be asked. */
    boolean isKnownTo(URI other, SessionData data, Deadline deadline) {
        try {
            return getSessionError(new Xrpc(Agent.of(other, options.transport()), options.timing()), data, deadline)
                    == null;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** The error with which a server refuses to tell of the session, or null if it tells. */
    private static @Nullable String getSessionError(Xrpc server, SessionData data, Deadline deadline) {
        try {
            server.call(Call.of(GetSession.QUERY), authorized(data.accessJwt(), deadline.leftWithin(TIMEOUT)));
            return null;
        } catch (XrpcException e) {
            return e.error();
        }
    }

    /**
     * Returns the refresh token that the server gives for another one, or null if it refuses that one: then there is nothing
     * that could be learned.
     *
     * @throws XrpcException if the server can't be asked now
     */
    @Nullable
    String successor(String refreshJwt) {
        try {
            return refresh(refreshJwt, Deadline.in(TIMEOUT)).data().refreshJwt();
        } catch (XrpcResponseException e) {
            if (e.status() >= 500 || e.status() == 429) {
                throw e;
            }
            return null;
        }
    }

    void delete(String refreshJwt) {
        xrpc.call(Call.of(DeleteSession.PROCEDURE), authorized(refreshJwt, TIMEOUT));
    }

    private static CallOptions authorized(String token, Duration limit) {
        return OPTIONS.toBuilder()
                .header("Authorization", "Bearer " + token)
                .timeout(limit)
                .build();
    }

    private <O extends LexObject> Answer answer(Call<O> call, CallOptions how) {
        XrpcResponse<O> response = xrpc.call(call, how);
        LexMap fields = response.body().toLexMap();
        SessionData data;
        try {
            data = SessionData.of(
                    fields.toBuilder().put("service", service.toString()).build());
        } catch (LexDataException e) {
            throw new XrpcInvalidResponseException(
                    call.method(), response.status(), response.headers(), "no session: " + e.getMessage(), e);
        }
        return new Answer(data, fields, clockOffset(response.headers(), options.timing()));
    }

    /** How far the server's clock is ahead of ours, or null where it does not tell. */
    static @Nullable Duration clockOffset(HttpHeaders headers, Timing timing) {
        Instant server = HttpDates.parse(headers.first("Date"));
        return server == null ? null : Duration.between(timing.clock().instant(), server);
    }

    /** What a refused sign-in means, or the failure itself where it means nothing more. */
    RuntimeException explainLogin(XrpcException failure) {
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
            default -> refusal.status() == 429 ? new LoginRateLimitedException(refusal, retryAt(refusal)) : failure;
        };
    }

    /** When the server wants to be asked again, or null where it does not say. */
    @Nullable
    Instant retryAt(XrpcException failure) {
        if (!(failure instanceof XrpcResponseException refusal)) {
            return null;
        }
        // Every answer may tell when a limit is reset; only to a 429 does that matter.
        boolean asks = refusal.status() == 429 || refusal.headers().first("Retry-After") != null;
        Clock clock = options.timing().clock();
        Duration wait = asks ? Retries.askedFor(refusal.headers(), clock) : null;
        return wait == null ? null : clock.instant().plus(wait);
    }

    URI service() {
        return service;
    }
}
