package dev.atlex.session;

import com.atproto.server.CreateAccount;
import com.atproto.server.CreateSession;
import com.atproto.server.DeleteSession;
import com.atproto.server.GetSession;
import com.atproto.server.RefreshSession;
import dev.atlex.client.Agent;
import dev.atlex.client.Call;
import dev.atlex.client.CallOptions;
import dev.atlex.client.Client;
import dev.atlex.client.RetryOptions;
import dev.atlex.client.XrpcException;
import dev.atlex.client.XrpcResponse;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.client.XrpcTransportException;
import dev.atlex.client.internal.Retries;
import dev.atlex.client.internal.Timing;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.data.LexMap;
import dev.atlex.schema.LexObject;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The server that keeps the sessions, and the five methods by which it does. */
final class SessionServer {
    /** Long enough for a server that takes its time over passwords, short enough that waiting calls don't give up. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final URI service;
    private final SessionOptions options;
    private final Client client;

    SessionServer(URI service, SessionOptions options) {
        this.service = service;
        this.options = options;
        // Read leniently: a handle that is none must not cost somebody the tokens that came with it.
        this.client = new Client(
                Agent.of(service, options.transport()),
                CallOptions.of(call -> call.timeout(TIMEOUT).strict(false)));
    }

    /**
     * An answer that holds a session.
     *
     * @param fields its body
     * @param clockOffset how far the server's clock is ahead of ours, as far as it told
     */
    record Answer(LexMap fields, Duration clockOffset) {}

    Answer create(Credentials credentials) {
        return answer(client.xrpc(Call.of(
                CreateSession.PROCEDURE,
                input -> input.identifier(credentials.identifier())
                        .password(credentials.password())
                        .authFactorToken(credentials.authFactorToken())
                        .allowTakendown(credentials.allowTakendown() ? Boolean.TRUE : null))));
    }

    Answer createAccount(Consumer<? super CreateAccount.Input.Builder> account) {
        return answer(client.xrpc(Call.of(CreateAccount.PROCEDURE, account)));
    }

    /**
     * Trades the refresh token for new tokens. An answer that is lost does no harm: the same token brings the same
     * successor for some time, so asking again is safe.
     */
    Answer refresh(String refreshJwt) {
        RetryOptions retries = RetryOptions.of(2)
                .delays(Duration.ofMillis(250), Duration.ofSeconds(2), 3)
                .when((failure, attempt) -> failure.retryable() && !isRateLimit(failure));
        CallOptions call = authorized(refreshJwt).orElse(CallOptions.of(o -> o.retries(retries)));
        return answer(client.xrpc(Call.of(RefreshSession.PROCEDURE), call));
    }

    private static boolean isRateLimit(XrpcException failure) {
        return failure instanceof XrpcResponseException refusal && refusal.status() == 429;
    }

    /** What the server knows of the session beside its tokens, or null if it does not say now. */
    @Nullable
    LexMap describe(String accessJwt) {
        try {
            return client.xrpc(Call.of(GetSession.QUERY), authorized(accessJwt))
                    .body()
                    .toLexMap();
        } catch (XrpcException e) {
            return null;
        }
    }

    void delete(String refreshJwt) {
        client.xrpc(Call.of(DeleteSession.PROCEDURE), authorized(refreshJwt));
    }

    private static CallOptions authorized(String token) {
        return CallOptions.of(call -> call.header("Authorization", "Bearer " + token));
    }

    private Answer answer(XrpcResponse<? extends LexObject> response) {
        LexMap fields = response.body().toLexMap();
        return new Answer(fields, clockOffset(response.headers(), options.timing()));
    }

    private static Duration clockOffset(HttpHeaders headers, Timing timing) {
        String date = headers.first("Date");
        if (date == null) {
            return Duration.ZERO;
        }
        try {
            Instant server = ZonedDateTime.parse(date.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Duration.between(timing.clock().instant(), server);
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }

    /** What a refused sign-in means, or the failure itself where it means nothing more. */
    RuntimeException explainLogin(XrpcException failure) {
        if (!(failure instanceof XrpcResponseException refusal)) {
            return failure;
        }
        return switch (refusal.error()) {
            case "AuthFactorTokenRequired" -> new AuthFactorRequiredException(refusal);
            case "AuthenticationRequired" -> new InvalidCredentialsException(refusal);
            case "AccountTakedown" -> new AccountInactiveException("takendown", refusal);
            case "AccountSuspended" -> new AccountInactiveException("suspended", refusal);
            case "AccountDeactivated" -> new AccountInactiveException("deactivated", refusal);
            default -> refusal.status() == 429 ? new LoginRateLimitedException(refusal, retryAt(refusal)) : failure;
        };
    }

    /** When the server wants to be asked again, or null where it does not say. */
    @Nullable
    Instant retryAt(XrpcException failure) {
        Duration wait = failure instanceof XrpcResponseException refusal
                ? Retries.askedFor(refusal.headers(), options.timing().clock())
                : null;
        return wait == null ? null : options.timing().clock().instant().plus(wait);
    }

    /** Whether nobody knows if the server did what it was asked to. */
    static boolean isUnknown(XrpcException failure) {
        return failure instanceof XrpcTransportException lost && lost.requestMayHaveBeenProcessed();
    }

    URI service() {
        return service;
    }
}
