package dev.atlex.session;

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
import dev.atlex.schema.LexObject;
import dev.atlex.schema.MediaTypes;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.Output;
import dev.atlex.schema.Procedure;
import dev.atlex.schema.Query;
import dev.atlex.schema.Unit;
import dev.atlex.session.internal.ScrubbedTransport;
import dev.atlex.session.internal.SessionFields;
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

/** The server that keeps the sessions, and the five methods by which it does. */
final class AuthServerClient {
    /** Long enough for a server that takes its time over passwords, short enough that waiting calls don't give up. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final CallOptions OPTIONS = CallOptions.of(call -> call.timeout(TIMEOUT));

    // The methods with their responses as bytes, which are read field by field: nothing else in a response may cost the
    // tokens that came with it.
    private static final Procedure<CreateSession.Input, CreateSession.Input.Builder, Bytes> CREATE =
            untyped(CreateSession.PROCEDURE);
    private static final Procedure<CreateAccount.Input, CreateAccount.Input.Builder, Bytes> CREATE_ACCOUNT =
            untyped(CreateAccount.PROCEDURE);
    private static final Procedure<Unit, Unit.Builder, Bytes> REFRESH = untyped(RefreshSession.PROCEDURE);
    private static final Query<Unit, Unit.Builder, Bytes> GET =
            new Query<>(GetSession.QUERY.nsid(), GetSession.QUERY.parameters(), bytes(), GetSession.QUERY.errors());

    private static final System.Logger LOG = System.getLogger(PasswordSession.class.getName());

    private final URI service;
    private final SessionOptions options;

    /** The tokens of the session, once there is one; a server may quote them. */
    private volatile Supplier<? extends Collection<String>> secrets = List::of;

    AuthServerClient(URI service, SessionOptions options) {
        this.service = service;
        this.options = options;
    }

    private static <I extends LexObject, B extends ObjectBuilder<I, B>> Procedure<I, B, Bytes> untyped(
            Procedure<I, B, ?> method) {
        return new Procedure<>(method.nsid(), method.parameters(), method.input(), bytes(), method.errors());
    }

    private static Output<Bytes> bytes() {
        return Output.binary(MediaTypes.JSON);
    }

    /** The session's tokens, which no exception may show. */
    void keepSecret(Supplier<? extends Collection<String>> tokens) {
        secrets = tokens;
    }

    /** Returns the transport for calls with the session's tokens. It follows redirects; no exception shows the tokens. */
    Transport transport() {
        Transport following = request -> Redirects.send(options.transport(), request);
        return ScrubbedTransport.ofCalls(following, () -> secrets.get());
    }

    /** Makes calls to a server whose responses show none of these secrets, nor the session's. */
    private RetryLoop xrpc(URI server, @Nullable LexObject input) {
        List<String> given = new ArrayList<>();
        if (input != null) {
            input.toLexMap().forEach((name, value) -> {
                if (value instanceof LexString text && (Secrets.isSecret(name) || name.equals("verificationCode"))) {
                    given.add(text.value());
                }
            });
        }
        Transport transport = ScrubbedTransport.ofSessions(options.transport(), () -> {
            List<String> all = new ArrayList<>(given);
            all.addAll(secrets.get());
            return all;
        });
        // What tells of a session comes from its own server, or not at all: no redirect is followed.
        Agent agent = ServiceAgent.builder(server)
                .transport(transport)
                .followRedirects(false)
                .build();
        return new RetryLoop(agent, options.timing());
    }

    /**
     * An answer that holds a session.
     *
     * @param data the session
     * @param fields what the answer's body says of it in a usable form
     * @param clockOffset how far the server's clock is ahead of ours, or null where it did not tell
     */
    record Answer(SessionData data, LexMap fields, @Nullable Duration clockOffset) {
        /** Whether it leaves out what getSession would say. */
        boolean isIncomplete() {
            return data.pds() == null || fields.getBoolean("emailConfirmed") == null;
        }
    }

    Answer create(Credentials credentials) {
        Call<Bytes> call = Call.of(
                CREATE,
                input -> input.identifier(credentials.identifier())
                        .password(credentials.password())
                        .authFactorToken(credentials.authFactorToken())
                        .allowTakendown(credentials.allowTakendown() ? Boolean.TRUE : null));
        return answer(call, OPTIONS, credentials.identifier());
    }

    Answer createAccount(Consumer<? super CreateAccount.Input.Builder> account) {
        Call<Bytes> call = Call.of(CREATE_ACCOUNT, account);
        LexObject input = input(call);
        return answer(call, OPTIONS, input == null ? null : input.toLexMap().getString("handle"));
    }

    /**
     * Trades the refresh token for new tokens. An answer that is lost does no harm: the same token brings the same
     * successor for some time, so asking again is safe.
     */
    Answer refresh(String refreshJwt, Deadline deadline) {
        RetryOptions retries = RetryOptions.of(retry -> retry.maxRetries(2)
                .minDelay(Duration.ofMillis(250))
                .maxDelay(Duration.ofSeconds(2))
                .factor(3)
                .when((failure, attempt) -> failure.retryable() && !isRateLimit(failure)));
        CallOptions call = authorized(refreshJwt, deadline.leftWithin(TIMEOUT)).toBuilder()
                .retries(retries)
                .build();
        return answer(Call.of(REFRESH), call, null);
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
            LexMap more = fields(xrpc(service, null).call(Call.of(GET), authorized(data.accessJwt(), limit)));
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
        return "InvalidToken".equals(getSessionError(xrpc(other, null), data, deadline))
                && getSessionError(xrpc(service, null), data, deadline) == null;
    }

    /** Returns whether another server takes the session's access token; false too if it can't be asked. */
    boolean isKnownTo(URI other, SessionData data, Deadline deadline) {
        try {
            return getSessionError(xrpc(other, null), data, deadline) == null;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** The error with which a server refuses to tell of the session, or null if it tells. */
    private static @Nullable String getSessionError(RetryLoop server, SessionData data, Deadline deadline) {
        try {
            server.call(Call.of(GET), authorized(data.accessJwt(), deadline.leftWithin(TIMEOUT)));
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

    /** @param identifier what the account is called as far as the caller knows; if it is a handle, it fills in for none */
    private Answer answer(Call<Bytes> call, CallOptions how, @Nullable String identifier) {
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
            // Neither the body nor the cause: the tokens in it are nobody's yet.
            throw new XrpcInvalidResponseException(
                    call.method(), response.status(), response.headers(), "no session: " + e.getMessage(), null);
        }
        return new Answer(data, fields, clockOffset(response.headers(), options.timing()));
    }

    /** How far the server's clock is ahead of ours, or null where it does not tell. */
    static @Nullable Duration clockOffset(HttpHeaders headers, TimeSource timing) {
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
