package dev.atlex.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.client.XrpcException;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.client.XrpcTransportException;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.syntax.Handle;
import dev.atlex.testkit.Fault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest extends PdsTest {
    private PasswordSession login(String identifier, String password, SessionOptions options) {
        return know(PasswordSession.login(Credentials.of(pds.url().toString(), identifier, password), options));
    }

    @Test
    void handleAddressAndDidSignIn() {
        for (String identifier :
                List.of(alice.handle(), alice.email(), alice.did().toString())) {
            PasswordSession session = login(identifier, appPassword, options());

            assertThat(session.did()).isEqualTo(alice.did());
            assertThat(session.handle()).hasToString("alice.test");
            assertThat(session.data().service()).isEqualTo(pds.url());
            assertThat(session.data().email()).isEqualTo(alice.email());
            assertThat(session.isEnded()).isFalse();
            call(session);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u202aalice.test\u202c",
                "@alice.test",
                "\ufeffalice.test",
                "alice.test.",
                "\u00a0@Alice.test \r\n",
                "https://bsky.app/profile/alice.test"
            })
    void pastedIdentifier_signsIn(String pasted) {
        assertThat(login(pasted, appPassword, options()).did()).isEqualTo(alice.did());
        assertThat(pds.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"alice", "@", "\ufeff", "al ice.test", "alice@", "@alice@bsky.test", "did:plc:", "handle.invalid"
            })
    void invalidIdentifier_costsNoRequestAndNoSignIn(String identifier) {
        MemorySessionStore store = new MemorySessionStore();
        SessionOptions once = options(options -> options.signInLimit(SignInLimit.of(1, 1)));

        for (int i = 0; i < 3; i++) {
            IllegalArgumentException refused = failureOf(
                    IllegalArgumentException.class,
                    () -> PasswordSession.open(
                            Credentials.of(pds.url().toString(), identifier, appPassword), store, once));
            assertThat(refused).hasMessageContaining("the identifier is not a valid");
        }

        assertThat(pds.requests()).isEmpty();
        know(PasswordSession.open(Credentials.of(pds.url().toString(), "@alice.test", appPassword), store, once));
        assertThat(pds.requests()).hasSize(1);
    }

    @Test
    void loginUrlSignsIn() {
        String url =
                "http://alice.test:" + appPassword + "@127.0.0.1:" + pds.url().getPort();

        PasswordSession session = know(PasswordSession.login(url));

        assertThat(session.did()).isEqualTo(alice.did());
        call(session);
    }

    @Test
    void shortFormSignsIn() {
        PasswordSession session = know(PasswordSession.login(pds.url().toString(), alice.handle(), appPassword));

        assertThat(session.did()).isEqualTo(alice.did());
    }

    @Test
    void signingInIsOneRequest() {
        login();

        assertThat(pds.requests()).extracting(r -> r.nsid()).containsExactly(CREATE);
    }

    @Test
    void wrongPasswordIsATypedErrorAndCallsNoHook() {
        RecordingHooks hooks = new RecordingHooks();
        secrets.add("wrong-password");

        InvalidCredentialsException failure = failureOf(
                InvalidCredentialsException.class,
                () -> login(alice.handle(), "wrong-password", options(o -> o.hooks(hooks))));

        assertThat(failure.error()).isEqualTo("AuthenticationRequired");
        assertThat(failure).hasMessageContaining("Invalid identifier or password");
        assertThat(hooks.events).isEmpty();
    }

    @Test
    void authFactor_errorHasTheServersMessage() {
        pds.behavior().twoFactor(true);
        RecordingHooks hooks = new RecordingHooks();

        AuthFactorRequiredException failure = failureOf(
                AuthFactorRequiredException.class, () -> login(alice.handle(), PASSWORD, options(o -> o.hooks(hooks))));

        assertThat(failure).hasMessage("A sign in code has been sent to your email address");
        assertThat(failure.error()).isEqualTo("AuthFactorTokenRequired");
        assertThat(hooks.events).isEmpty();
    }

    @Test
    void authFactor_codeInCredentials_signsIn() {
        pds.behavior().twoFactor(true).authFactorCode("ABCDE-12345");
        secrets.add("ABCDE-12345");
        Credentials credentials =
                Credentials.of(pds.url().toString(), alice.handle(), PASSWORD).withAuthFactorToken("ABCDE-12345");
        shown(credentials);

        know(PasswordSession.login(credentials, options()));

        assertThat(pds.count(CREATE)).isEqualTo(1);
    }

    @Test
    void authFactor_callbackSuppliesTheCode() {
        pds.behavior().twoFactor(true).authFactorCode("ABCDE-12345");
        secrets.add("ABCDE-12345");

        PasswordSession session = login(
                alice.handle(),
                PASSWORD,
                options(o -> o.authFactor(asked -> {
                    assertThat(asked).hasMessage("A sign in code has been sent to your email address");
                    return " ABCDE-12345\n";
                })));

        assertThat(session.did()).isEqualTo(alice.did());
        assertThat(pds.count(CREATE)).isEqualTo(2);
    }

    @Test
    void authFactor_callbackReturnsNull_throws() {
        pds.behavior().twoFactor(true);

        failureOf(
                AuthFactorRequiredException.class,
                () -> login(alice.handle(), PASSWORD, options(o -> o.authFactor(asked -> null))));

        assertThat(pds.count(CREATE)).isEqualTo(1);
    }

    @Test
    void authFactor_wrongCode_doesNotPromptAgain() {
        pds.behavior().twoFactor(true);
        secrets.add("WRONG-CODE1");
        AtomicInteger asked = new AtomicInteger();

        XrpcException failure = failureOf(
                XrpcException.class,
                () -> login(
                        alice.handle(),
                        PASSWORD,
                        options(o -> o.authFactor(factor -> {
                            asked.incrementAndGet();
                            return "WRONG-CODE1";
                        }))));

        assertThat(failure.error()).isEqualTo("InvalidToken");
        assertThat(asked).hasValue(1);
    }

    @Test
    void appPasswordNeedsNoSecondFactor() {
        pds.behavior().twoFactor(true);

        login(alice.handle(), appPassword, options());
    }

    @Test
    void takenDownAccountIsRefusedUnlessAllowed() {
        pds.takedown(alice.did());

        AccountInactiveException failure =
                failureOf(AccountInactiveException.class, () -> login(alice.handle(), PASSWORD, options()));
        assertThat(failure.status()).isEqualTo("takendown");
        assertThat(failure.error()).isEqualTo("AccountTakedown");

        PasswordSession narrow = know(PasswordSession.login(
                Credentials.of(pds.url().toString(), alice.handle(), PASSWORD).withAllowTakendown(true), options()));
        assertThat(narrow.data().active()).isFalse();
        assertThat(narrow.data().status()).isEqualTo("takendown");
    }

    @Test
    void deactivatedAccountSignsInAndShowsItsStatus() {
        pds.deactivate(alice.did());

        PasswordSession session = login();

        assertThat(session.data().active()).isFalse();
        assertThat(session.data().status()).isEqualTo("deactivated");
    }

    @Test
    void tooManySignIns_errorHasTheRetryTime() {
        pds.faults().next(CREATE, Fault.rateLimited(289));

        SignInRateLimitedException failure = failureOf(SignInRateLimitedException.class, this::login);

        assertThat(failure.retryAt()).isEqualTo(clock.instant().plusSeconds(289));
        assertThat(failure.error()).isEqualTo("RateLimitExceeded");
        assertThat(pds.count(CREATE)).isEqualTo(1);
    }

    @Test
    void lostResponse_isNotRetried() {
        pds.faults().next(CREATE, Fault.dropAfterProcessing());

        XrpcTransportException failure = failureOf(XrpcTransportException.class, this::login);

        assertThat(failure.requestMayHaveBeenProcessed()).isTrue();
        assertThat(pds.count(CREATE)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "empty", "truncated", "html"})
    void responseWithoutASessionIsATypedError(String kind) {
        pds.faults()
                .next(
                        CREATE,
                        switch (kind) {
                            case "garbage" -> Fault.garbageJson();
                            case "empty" -> Fault.emptyBody();
                            case "truncated" -> Fault.truncatedBody();
                            default -> Fault.html(200);
                        });

        assertThat(failureOf(this::login)).isInstanceOf(XrpcException.class);
    }

    @Test
    void redirectOfALoginIsNotFollowed() {
        pds.faults().next(CREATE, Fault.redirect(pds.url().resolve("/elsewhere")));

        failureOf(XrpcException.class, this::login);

        assertThat(pds.count("/elsewhere")).isZero();
    }

    @Test
    void createAccountSignsInAsTheNewAccount() {
        RecordingHooks hooks = new RecordingHooks();
        secrets.add("new-password");

        PasswordSession session = know(PasswordSession.createAccount(
                pds.url().toString(),
                account -> account.handle(Handle.of("newcomer.test"))
                        .email("newcomer@mail.test")
                        .password("new-password"),
                options(o -> o.hooks(hooks))));

        assertThat(session.handle()).hasToString("newcomer.test");
        assertThat(hooks.events).containsExactly("updated");
        assertThat(pds.hasAccount("newcomer.test")).isTrue();
        call(session);
    }

    @Test
    void createAccountRefusedNamesTheServersError() {
        secrets.add("new-password");

        XrpcResponseException failure = failureOf(
                XrpcResponseException.class,
                () -> PasswordSession.createAccount(
                        pds.url().toString(),
                        account -> account.handle(Handle.of("alice.test"))
                                .email("other@mail.test")
                                .password("new-password"),
                        options()));

        assertThat(failure.error()).isEqualTo("InvalidRequest");
        assertThat(failure).hasMessageContaining("Handle already taken");
    }

    @Test
    void loginTimesOutIfTheServerDoesNotRespond() {
        pds.faults().next(CREATE, Fault.delay(Duration.ofMinutes(10)));
        SessionOptions impatient = options(o -> o.transport(request ->
                send(request.toBuilder().timeout(Duration.ofMillis(100)).build())));

        failureOf(XrpcTransportException.class, () -> PasswordSession.login(credentials(), impatient));
    }
}
