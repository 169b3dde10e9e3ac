package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.atproto.server.CreateAccount;
import com.atproto.server.GetSession;
import dev.atlex.client.Client;
import dev.atlex.session.Credentials;
import dev.atlex.session.InvalidCredentialsException;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionEndedException.Reason;
import dev.atlex.session.SessionOptions;
import dev.atlex.session.SignInRateLimitedException;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.testkit.TestAccount;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Scenarios for signing in and signing up. */
abstract class LoginScenarios extends Scenarios {
    LoginScenarios(Server server) {
        super(server);
    }

    @Test
    void login_withHandleEmailOrDid() {
        TestAccount account = server.createAccount();

        for (String identifier : new String[] {
            account.handle(),
            account.handle().toUpperCase(Locale.ROOT),
            account.email(),
            account.did().toString()
        }) {
            PasswordSession session = PasswordSession.login(server.url().toString(), identifier, account.password());
            GetSession.Output me = new Client(session).call(GetSession.QUERY);

            assertThat(me.did()).as(identifier).isEqualTo(account.did()).isEqualTo(session.did());
            assertThat(me.handle()).as(identifier).hasToString(account.handle()).isEqualTo(session.handle());
            assertThat(me.email()).as(identifier).isEqualTo(account.email());
            assertThat(me.active()).as(identifier).isTrue();
        }
    }

    @Test
    void login_appPasswordHasFewerRights() {
        TestAccount account = server.createAccount();
        String appPassword = createAppPassword(login(account), "bot");

        PasswordSession session = PasswordSession.login(server.url().toString(), account.handle(), appPassword);
        Client client = new Client(session);

        assertThat(client.create(app.bsky.feed.Post.RECORD, post("by a bot")).uri())
                .isNotNull();
        assertThat(session.data().email()).isEqualTo(account.email());
        assertRejected(400, "InvalidToken", () -> createAppPassword(session, "another"));
        assertThat(session.isEnded())
                .as("a missing permission does not end the session")
                .isFalse();
    }

    @Test
    void login_withUrl() {
        TestAccount account = server.createAccount();
        String authority = server.url().getAuthority();

        PasswordSession byHandle =
                PasswordSession.login("http://" + account.handle() + ":" + account.password() + "@" + authority);
        PasswordSession byEmail = PasswordSession.login(
                "http://" + account.email().replace("@", "%40") + ":" + account.password() + "@" + authority + "/");

        assertThat(byHandle.did()).isEqualTo(account.did());
        assertThat(byEmail.did()).isEqualTo(account.did());
    }

    @Test
    void login_wrongPasswordOrIdentifierIsReported() {
        TestAccount account = server.createAccount();
        String url = server.url().toString();

        for (String[] wrong : new String[][] {
            {account.handle(), "not-the-password"},
            {account.email(), "not-the-password"},
            {"nobody.test", account.password()},
            {"did:plc:aaaaaaaaaaaaaaaaaaaaaaaa", account.password()},
            {account.handle(), "x".repeat(600)},
        }) {
            assertThatThrownBy(() -> PasswordSession.login(url, wrong[0], wrong[1]))
                    .as(wrong[0])
                    .isInstanceOfSatisfying(
                            InvalidCredentialsException.class,
                            refused -> assertThat(refused.error()).isEqualTo("AuthenticationRequired"))
                    .hasMessageNotContaining(wrong[1]);
        }
    }

    @Test
    void sessionData_hasFieldsOfTypeScriptPackage() {
        TestAccount account = server.createAccount();

        SessionData data = login(account).data();

        assertThat(data.fields())
                .containsOnlyKeys(
                        "accessJwt",
                        "refreshJwt",
                        "did",
                        "didDoc",
                        "handle",
                        "email",
                        "emailConfirmed",
                        "active",
                        "service");
        assertThat(data.service()).isEqualTo(server.url());
        assertThat(data.emailConfirmed()).isFalse();
        for (String secret : new String[] {"accessJwt", "refreshJwt"}) {
            assertThat(data.toString())
                    .doesNotContain(String.valueOf(data.fields().get(secret)));
        }
        assertThat(SessionData.parse(data.toJson())).isEqualTo(data);
    }

    @Test
    void createAccount_signsInAndCanBeResumed() {
        // All scenarios on a server share its handles, so derive an unused one from the name of a new account.
        String name = "new" + server.createAccount().handle().replace(".test", "");
        MemorySessionStore store = new MemorySessionStore();

        PasswordSession session = PasswordSession.createAccount(
                server.url().toString(),
                account -> account.handle(name + ".test")
                        .email(name + "@example.test")
                        .password("a-password"),
                SessionOptions.of(options -> options.store(store)));

        assertThat(new Client(session).call(GetSession.QUERY).handle()).hasToString(name + ".test");
        assertThat(store.load(session.did())).isEqualTo(session.data());
        PasswordSession resumed = PasswordSession.resume(session.data());
        assertThat(resumed.data().email()).isEqualTo(name + "@example.test");
        assertThat(PasswordSession.login(server.url().toString(), name + ".test", "a-password")
                        .did())
                .isEqualTo(session.did());
    }

    @Test
    void createAccount_failureIsReported() {
        TestAccount taken = server.createAccount();

        assertRejected(400, "InvalidRequest", () -> signUp(taken.handle()));
        assertRejected(400, CreateAccount.ERROR_UNSUPPORTED_DOMAIN, () -> signUp("someone.example.com"));
        assertRejected(400, CreateAccount.ERROR_INVALID_HANDLE, () -> signUp("a.test"));
    }

    private void signUp(String handle) {
        PasswordSession.createAccount(
                server.url().toString(),
                account -> account.handle(handle).email("someone@example.test").password("a-password"),
                SessionOptions.DEFAULTS);
    }

    @Test
    void close_unsavedSessionLogsOut() {
        SessionData data;
        try (PasswordSession session = login(server.createAccount())) {
            data = session.data();
        }
        assertEnded(Reason.REVOKED, () -> PasswordSession.resume(data));
    }

    @Test
    void close_storedSessionIsKept() {
        MemorySessionStore store = new MemorySessionStore();
        SessionData data;
        try (PasswordSession session = login(server.createAccount(), options -> options.store(store))) {
            data = session.data();
        }
        assertThat(store.list()).containsExactly(data);
        assertThat(PasswordSession.resume(data).did()).isEqualTo(data.did());
    }

    @Test
    void login_rateLimitReportsRetryTime() {
        try (Server limited = server.startWithRateLimits()) {
            TestAccount account = limited.createAccount();
            Credentials wrong = Credentials.of(limited.url().toString(), account.handle(), "not-the-password");
            for (int i = 0; i < 30; i++) {
                assertThatThrownBy(() -> PasswordSession.login(wrong, SessionOptions.DEFAULTS))
                        .as("sign-in %d of 30 allowed in 5 minutes", i + 1)
                        .isInstanceOf(InvalidCredentialsException.class);
            }

            SignInRateLimitedException refused = catchThrowableOfType(
                    SignInRateLimitedException.class,
                    () -> PasswordSession.login(
                            Credentials.of(limited.url().toString(), account.handle(), account.password()),
                            SessionOptions.DEFAULTS));

            assertThat(refused).as("the 31st sign-in, with the right password").isNotNull();
            assertThat(refused.error()).isEqualTo("RateLimitExceeded");
            assertThat(refused.retryAt()).isBetween(Instant.now(), Instant.now().plusSeconds(310));
        }
    }
}
