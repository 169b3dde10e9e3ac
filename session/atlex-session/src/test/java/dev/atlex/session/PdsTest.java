package dev.atlex.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.atproto.server.CheckAccountStatus;
import dev.atlex.client.Client;
import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.session.internal.TimeSourceClock;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.LocalPdsOptions;
import dev.atlex.testkit.MutableClock;
import dev.atlex.testkit.TestAccount;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A server, an account and a clock. After each test, everything logged, thrown ({@link #failureOf}) or
 * {@linkplain #shown printed}, and each event, is searched for the passwords and for each token that was sent.
 */
abstract class PdsTest {
    static final String CREATE = "com.atproto.server.createSession";
    static final String REFRESH = "com.atproto.server.refreshSession";
    static final String DELETE = "com.atproto.server.deleteSession";
    static final String GET = "com.atproto.server.getSession";

    /** The method that {@link #call} calls. */
    static final String CALL = "com.atproto.server.checkAccountStatus";

    static final String PASSWORD = "alice-main-password";

    /** Longer than any access token lives, and shorter than the refresh tokens. */
    static final Duration EXPIRY = Duration.ofHours(3);

    final MutableClock clock = MutableClock.atPresent();
    final List<Duration> slept = new CopyOnWriteArrayList<>();
    final Set<String> secrets = ConcurrentHashMap.newKeySet();
    final List<SessionEvent> told = new CopyOnWriteArrayList<>();
    private final List<String> shown = new CopyOnWriteArrayList<>();

    LocalPds pds;
    TestAccount alice;
    String appPassword;

    @BeforeEach
    void startServer() {
        CapturedLogs.lines().clear();
        pds = server(LocalPdsOptions.of(o -> o.clock(clock)));
        alice = pds.createAccount("alice.test", PASSWORD);
        appPassword = pds.createAppPassword(alice.did(), "bot");
        secrets.addAll(List.of(PASSWORD, appPassword));
    }

    LocalPds server(LocalPdsOptions options) {
        return LocalPds.start(options);
    }

    @AfterEach
    void stopServerAndLookForSecrets() {
        pds.close();
        for (String secret : secrets) {
            assertThat(CapturedLogs.lines()).noneMatch(line -> line.contains(secret));
            assertThat(shown).noneMatch(text -> text.contains(secret));
        }
    }

    /** Options for this test's clock, and for a transport that takes down each token it sends. */
    SessionOptions options(Consumer<? super SessionOptions.Builder> more) {
        return SessionOptions.of(options -> {
            options.clock(new TimeSourceClock(new TimeSource(clock, slept::add, () -> 1)))
                    .transport(this::send)
                    .listener(this::tell);
            more.accept(options);
        });
    }

    SessionOptions options() {
        return options(none -> {});
    }

    private void tell(SessionEvent event) {
        told.add(event);
        shown(event);
        // An exception from the user's hook or store isn't searched, because its message is the user's.
        RuntimeException failure = event instanceof SessionEvent.RefreshFailed failed
                ? failed.failure()
                : event instanceof SessionEvent.LogoutPostponed failed
                        ? failed.failure()
                        : event instanceof SessionEvent.Ended ended ? ended.reason() : null;
        if (failure != null) {
            shown(CapturedLogs.text(failure));
        }
    }

    /** The names of the events so far. */
    List<String> events() {
        return told.stream().map(event -> event.getClass().getSimpleName()).toList();
    }

    TransportResponse send(TransportRequest request) {
        String authorization = request.headers().first("authorization");
        if (authorization != null) {
            secrets.add(authorization.replace("Bearer ", ""));
        }
        shown(request);
        TransportResponse response = Transport.jdk().send(request);
        shown(response);
        return response;
    }

    Credentials credentials() {
        return Credentials.of(pds.url().toString(), alice.handle(), appPassword);
    }

    PasswordSession login() {
        return login(none -> {});
    }

    PasswordSession login(Consumer<? super SessionOptions.Builder> more) {
        return know(PasswordSession.login(credentials(), options(more)));
    }

    /** Remembers the session's tokens as secrets. */
    <S extends Session> S know(S session) {
        know(((PasswordSession) session).data());
        return session;
    }

    void know(SessionData data) {
        secrets.add(data.accessJwt());
        secrets.add(data.refreshJwt());
        shown(data);
    }

    static void call(Session session) {
        new Client(session).call(CheckAccountStatus.QUERY);
    }

    /** Returns the session's health, and searches its printed form for secrets too. */
    SessionHealth health(PasswordSession session) {
        SessionHealth health = session.health();
        shown(health);
        return health;
    }

    void shown(Object printed) {
        shown.add(String.valueOf(printed));
    }

    /** Returns the exception that the code throws. */
    Throwable failureOf(ThrowingCallable code) {
        try {
            code.call();
        } catch (Throwable e) {
            shown.add(CapturedLogs.text(e));
            return e;
        }
        throw new AssertionError("nothing was thrown");
    }

    <T extends Throwable> T failureOf(Class<T> type, ThrowingCallable code) {
        Throwable failure = failureOf(code);
        assertThat(failure).isInstanceOf(type);
        return type.cast(failure);
    }

    /** Returns the number of refresh requests to the server. */
    int refreshes() {
        return pds.count(REFRESH);
    }
}
