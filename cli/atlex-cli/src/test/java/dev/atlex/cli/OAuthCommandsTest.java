package dev.atlex.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.session.store.SessionStore;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.MutableClock;
import dev.atlex.testkit.TestAccount;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests signing in with OAuth and using the session. */
class OAuthCommandsTest {
    private static final String REVOKE = "/oauth/revoke";

    @TempDir
    Path temp;

    private final MutableClock clock = MutableClock.atPresent();
    private LocalPds pds;
    private TestAccount alice;
    private TestAccount bob;
    private Cli cli;

    @BeforeEach
    void start() {
        pds = LocalPds.start(o -> o.clock(clock));
        alice = pds.createAccount("alice.test", Cli.PASSWORD);
        bob = pds.createAccount("bob.test", Cli.PASSWORD);
        cli = new Cli(temp.resolve("atlex"));
        cli.browser = url -> visit(pds.authorize(url, alice));
    }

    @AfterEach
    void stop() {
        pds.close();
    }

    /** Follows the redirect to the callback, as a browser does. */
    private static void visit(URI callback) {
        try (InputStream page = callback.toURL().openStream()) {
            page.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Cli.Result login(String identifier, String... more) {
        List<String> args = new ArrayList<>(List.of("login", "--oauth", "--no-browser", "--service"));
        args.addAll(List.of(pds.url().toString(), identifier));
        args.addAll(Arrays.asList(more));
        return cli.run(args.toArray(new String[0]));
    }

    private Cli.Result signIn(String identifier, String... more) {
        Cli.Result result = login(identifier, more);
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.err())
                .startsWith("open: " + pds.url() + "/oauth/authorize?")
                .hasLineCount(1);
        return result;
    }

    private static void fails(Cli.Result result, int status, String code) {
        assertThat(result.err().lines().toList()).hasSize(2).last().asString().startsWith("error: " + code + ": ");
        assertThat(result.status()).isEqualTo(status);
    }

    private LexMap only(String... command) {
        LexArray array =
                (LexArray) LexValue.parseJson(cli.run(command).succeeds().out());
        assertThat(array).hasSize(1);
        return (LexMap) array.get(0);
    }

    private String account() {
        return "{\"did\":\"" + alice.did() + "\",\"handle\":\"alice.test\",\"service\":\"" + pds.url() + "\",\"pds\":\""
                + pds.url() + "\",\"active\":true}\n";
    }

    @Nested
    class Login {
        @Test
        void login_printsAccountLikePasswordLogin() {
            assertThat(signIn("alice.test").out()).isEqualTo(account());
            assertThat(cli.oauth()).hasSize(1);
        }

        @Test
        void identifier_acceptsEveryForm() {
            for (String identifier : List.of(
                    "@alice.test", alice.did().toString(), alice.email(), "https://bsky.app/profile/alice.test")) {
                assertThat(signIn(identifier, "--new").out()).isEqualTo(account());
            }
            assertThat(pds.oauth().sessions(alice.did())).isEqualTo(1);
        }

        @Test
        void service_isFoundByHandle() throws Exception {
            try (Network network = new Network()) {
                TestAccount carol = network.pds.createAccount("carol.test", Cli.PASSWORD);
                network.txt.put("_atproto.carol.test", "did=" + carol.did());
                cli.browser = url -> visit(network.pds.authorize(url, carol));

                Cli.Result login = cli.run(network.args("login", "--oauth", "--no-browser", "carol.test"));

                assertThat(login.status()).as(login.err()).isZero();
                assertThat(login.json().getString("handle")).isEqualTo("carol.test");
                assertThat(cli.run("whoami").succeeds().json().getString("did"))
                        .isEqualTo(carol.did().toString());
            }
        }

        @Test
        void storedSession_isRefreshedInstead() {
            signIn("alice.test");

            assertThat(login("alice.test").succeeds().out()).isEqualTo(account());
            assertThat(pds.oauth().rotations()).isEqualTo(1);

            pds.oauth().revokeSessions(alice.did());
            signIn("alice.test");
        }

        @Test
        void storedSession_isReplacedWithNewOption() {
            signIn("alice.test");
            signIn("alice.test", "--new");

            assertThat(pds.oauth().sessions(alice.did())).isEqualTo(1);
        }

        @Test
        void otherAccount_isRefused_andKeepsItsSession() {
            signIn("alice.test");

            Cli.Result result = login("bob.test");

            fails(result, 1, "AccountMismatch");
            assertThat(result.err()).contains(alice.did().toString(), bob.did().toString());
            assertThat(pds.oauth().sessions(alice.did())).isEqualTo(1);
            cli.run("whoami").succeeds();
        }

        @Test
        void unknownHandle_opensNothing() {
            login("nobody.test").fails(1, "HandleNotFound");
        }

        @Test
        void denial_isRefused() {
            cli.browser = url -> visit(pds.deny(url));

            fails(login("alice.test"), 1, "access_denied");
            assertThat(cli.oauth()).isEmpty();
        }

        @Test
        void passwordSession_isReplaced() {
            cli.login(pds, "alice.test");

            signIn("alice.test");

            assertThat(cli.store.list()).isEmpty();
            only("sessions");
        }

        @Test
        void password_replacesTheOAuthSession() {
            signIn("alice.test");

            cli.login(pds, "alice.test");

            assertThat(cli.oauth()).isEmpty();
            assertThat(pds.oauth().sessions(alice.did())).isZero();
            only("sessions");
        }

        @Test
        void scopes_areRequested_withAtproto() {
            signIn("alice.test", "--scope", "repo:app.bsky.feed.post", "--scope", "blob:image/* identity:handle");

            assertThat(only("sessions").getString("scope"))
                    .isEqualTo("atproto repo:app.bsky.feed.post blob:image/* identity:handle");
            assertThat(cli.run("post", "Hello").succeeds().out()).contains("at://");
            cli.run("call", "app.bsky.actor.getPreferences").fails(1, "ScopeMissing");
        }

        @Test
        void storedSession_isReplaced_ifOtherScopesAreRequested() {
            signIn("alice.test");
            int before = pds.oauth().rotations();
            signIn("alice.test", "--scope", "repo:app.bsky.feed.post");
            assertThat(only("sessions").getString("scope")).isEqualTo("atproto repo:app.bsky.feed.post");

            Cli.Result again = login("alice.test", "--scope", "atproto repo:app.bsky.feed.post");
            assertThat(again.status()).isZero();
            assertThat(again.err()).as("refreshed instead").isEmpty();
            assertThat(login("alice.test").err()).as("any scopes will do").isEmpty();
            assertThat(pds.oauth().rotations()).isEqualTo(before + 2);
            assertThat(pds.oauth().sessions(alice.did())).isEqualTo(1);
        }

        @Test
        void invalidScope_isAnInputError() {
            pds.clearRequests();
            for (String scope :
                    List.of("repoo:app.bsky.feed.post", "repo:not-an-nsid", "transition:generic \"x\"", "http")) {
                assertThat(login("alice.test", "--scope", scope)
                                .fails(2, "InvalidInput")
                                .err())
                        .contains("--scope: ");
            }
            assertThat(login("alice.test", "--scope", "repo:not-an-nsid").err()).contains("NSID");
            assertThat(pds.requests()).isEmpty();
            cli.run("login", "--scope", "atproto", "alice.test").fails(2, "Usage");
        }

        @Test
        void wrongOptions_areUsageErrors() {
            cli.run("login", "--no-browser", "alice.test").fails(2, "Usage");
            cli.run("login", "--oauth", "--auth-factor-token", "12345", "alice.test")
                    .fails(2, "Usage");
            cli.run("login", "--oauth", "alice@example.com").fails(2, "Usage");
            cli.run("login", "--oauth", "--service", "pds.test", "alice.test").fails(2, "InvalidInput");
            cli.run("login", "--oauth", "--service", "http://127.0.0.1:1", "alice.test")
                    .fails(4, "Network");
        }
    }

    @Nested
    class Use {
        @BeforeEach
        void start() {
            signIn("alice.test");
        }

        @Test
        void whoami_printsTheAccount() {
            LexMap account =
                    cli.run("whoami", "--account", "alice.test", "--verbose").json();

            assertThat(account.getString("did")).isEqualTo(alice.did().toString());
            assertThat(account.getString("handle")).isEqualTo("alice.test");
            assertThat(account.getString("email")).isEqualTo(alice.email());
            assertThat(account.getString("service")).isEqualTo(pds.url().toString());
        }

        @Test
        void post_and_timeline_and_call_work() {
            String uri = String.valueOf(
                    cli.run("post", "Hello from OAuth").succeeds().json().getString("uri"));

            assertThat(cli.run("timeline").succeeds().out()).contains(uri);
            assertThat(cli.run("thread", uri).succeeds().out()).contains("Hello from OAuth");
            assertThat(cli.run("call", "com.atproto.server.getSession")
                            .succeeds()
                            .json()
                            .getString("did"))
                    .isEqualTo(alice.did().toString());
            cli.run("call", "chat.bsky.convo.listConvos", "--proxy", "did:web:api.bsky.chat#bsky_chat")
                    .succeeds();
            cli.run("notifications").succeeds();
        }

        @Test
        void expiredToken_isRefreshedAndSaved() {
            String before = cli.oauth().get(0).accessToken();
            clock.advance(Duration.ofHours(3));

            cli.run("whoami").succeeds();

            assertThat(cli.oauth().get(0).accessToken()).isNotEqualTo(before);
            cli.run("whoami").succeeds();
        }

        @Test
        void sessionEndedByServer_isSignedOut() {
            clock.advance(Duration.ofHours(3));
            pds.oauth().revokeSessions(alice.did());

            assertThat(cli.run("whoami").fails(3, "SessionEnded").err())
                    .contains(alice.did().toString());
            cli.run("whoami").fails(3, "NotSignedIn");
        }

        @Test
        void missingScope_isNamed() {
            pds.oauth().grantOnly("atproto");
            signIn("alice.test", "--new");

            cli.run("post", "Hello").fails(1, "ScopeMissing");
        }

        @Test
        void sessions_showScope() {
            LexMap session = only("sessions");

            assertThat(session.keySet())
                    .containsExactly(
                            "did",
                            "handle",
                            "service",
                            "pds",
                            "active",
                            "health",
                            "savedAt",
                            "accessExpiresAt",
                            "scope");
            assertThat(session.getString("scope")).contains("transition:generic");
        }

        @Test
        void sessionsWithAnId_areListed_andNotUsed() {
            SessionStore.Entry entry = cli.store.load(SessionStore.Key.oauth(alice.did(), null));
            cli.store.save(SessionStore.Key.oauth(alice.did(), "browser-1"), SessionStore.NONE, entry.value());

            LexArray listed =
                    (LexArray) LexValue.parseJson(cli.run("sessions").succeeds().out());

            assertThat(listed).hasSize(2);
            assertThat(((LexMap) listed.get(0)).getString("sessionId")).isNull();
            assertThat(((LexMap) listed.get(1)).getString("sessionId")).isEqualTo("browser-1");
            cli.run("whoami").succeeds();
            cli.run("logout").succeeds();
            assertThat(only("sessions").getString("sessionId")).isEqualTo("browser-1");
        }

        @Test
        void encryptedStore_keepsTheSession() {
            cli.environment.put("ATLEX_STORE_PASSPHRASE", "correct horse");
            cli.run("sessions", "--encrypt").succeeds();

            assertThat(cli.run("whoami").succeeds().json().getString("handle")).isEqualTo("alice.test");
        }

        @Test
        void corruptEntry_isReported() {
            SessionStore.Key key = SessionStore.Key.oauth(bob.did(), null);
            cli.store.save(key, SessionStore.NONE, "{}");

            Cli.Result sessions = cli.run("sessions");

            assertThat(sessions.status()).isZero();
            assertThat(sessions.out()).contains("alice.test");
            assertThat(sessions.err())
                    .startsWith("warning: Storage: ")
                    .contains(bob.did().toString())
                    .hasLineCount(1);
        }
    }

    @Nested
    class Logout {
        @BeforeEach
        void start() {
            signIn("alice.test");
        }

        @Test
        void endsTheSession() {
            assertThat(cli.run("logout").succeeds().out()).isEmpty();

            assertThat(pds.oauth().sessions(alice.did())).isZero();
            cli.run("whoami").fails(3, "NotSignedIn");
        }

        @Test
        void all_endsBothKindsOfSessions() {
            cli.login(pds, "bob.test");

            cli.run("logout", "--all").succeeds();

            assertThat(cli.oauth()).isEmpty();
            assertThat(cli.store.list()).isEmpty();
        }

        @Test
        void severalAccounts_optionSelectsOne() {
            cli.login(pds, "bob.test");

            assertThat(cli.run("whoami").fails(2, "Usage").err()).contains("alice.test", "bob.test");
            cli.run("whoami", "--account", alice.did().toString()).succeeds();
            cli.run("logout", "--account", "alice.test").succeeds();

            assertThat(only("sessions").getString("handle")).isEqualTo("bob.test");
        }

        @Test
        void serverFails_revocationIsQueuedAndRetried() {
            pds.faults().always(REVOKE, Fault.dropBeforeProcessing());

            assertThat(cli.run("logout").fails(4, "Network").err())
                    .contains("deleted the session for " + alice.did(), "the revocation is queued");
            assertThat(only("sessions", "--logouts").getString("did"))
                    .isEqualTo(alice.did().toString());
            assertThat(cli.run("logout").fails(4, "Network").err()).contains("atlex sessions --logouts");
        }
    }

    @Nested
    class ExportAndImport {
        private String export() {
            signIn("alice.test");
            return cli.runAndPrintSecrets("export").succeeds().out();
        }

        @Test
        void imported_continuesTheSession() throws Exception {
            Path file = Files.writeString(temp.resolve("session.json"), export());
            Cli elsewhere = new Cli(temp.resolve("elsewhere"));
            elsewhere.login(pds, "alice.test");

            assertThat(elsewhere.run("import", file.toString()).succeeds().out())
                    .isEqualTo(account());

            assertThat(elsewhere.store.list()).isEmpty();
            assertThat(elsewhere
                            .run("whoami", "--account", "alice.test")
                            .succeeds()
                            .json()
                            .getString("did"))
                    .isEqualTo(alice.did().toString());
            assertThat(elsewhere.oauth()).isEqualTo(cli.oauth());
        }

        @Test
        void exported_hasSameFieldsAsTypeScript() {
            LexMap exported = (LexMap) LexValue.parseJson(export());

            assertThat(exported.keySet())
                    .containsExactlyInAnyOrder("authMethod", "dpopJwk", "tokenSet", "clientId", "handle");
        }

        @Test
        void sessionFromAnotherClient_isRejected() {
            LexMap exported = (LexMap) LexValue.parseJson(export());
            for (LexMap foreign : List.of(
                    exported.toBuilder()
                            .put("clientId", "https://app.example.com/client.json")
                            .build(),
                    exported.toBuilder().remove("clientId").build())) {
                assertThat(cli.runWith(foreign.toJson(), "import", "-")
                                .fails(2, "InvalidInput")
                                .err())
                        .contains("clientId", "atlex login --oauth");
            }
            cli.runWith(
                            exported.toBuilder()
                                    .put("tokenSet", LexMap.of())
                                    .build()
                                    .toJson(),
                            "import",
                            "-")
                    .fails(2, "InvalidInput");
        }

        @Test
        void sessionWithOtherScopes_worksWithItsOwnClient() {
            String id = "http://localhost?redirect_uri=http%3A%2F%2F127.0.0.1%2Fcallback&scope=atproto";
            LexMap exported = (LexMap) LexValue.parseJson(export());

            cli.runWith(exported.toBuilder().put("clientId", id).build().toJson(), "import", "-")
                    .succeeds();

            cli.run("whoami").succeeds();
            assertThat(cli.oauth().get(0).clientId()).isEqualTo(id);
        }
    }
}
