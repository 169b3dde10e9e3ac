package dev.atlex.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.session.SessionData;
import dev.atlex.session.store.SessionStore;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.MutableClock;
import dev.atlex.testkit.TestAccount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests {@code sessions}, {@code logout}, {@code export} and {@code import}. */
class SessionCommandsTest {
    private static final String DELETE_SESSION = "com.atproto.server.deleteSession";

    @TempDir
    Path temp;

    private final MutableClock clock = MutableClock.atPresent();
    private LocalPds pds;
    private TestAccount alice;
    private Cli cli;

    @BeforeEach
    void start() {
        pds = LocalPds.start(o -> o.clock(clock));
        alice = pds.createAccount("alice.test", Cli.PASSWORD);
        pds.createAccount("bob.test", Cli.PASSWORD);
        cli = new Cli(temp.resolve("atlex"));
    }

    @AfterEach
    void stop() {
        pds.close();
    }

    @Test
    void sessions_none_printsAnEmptyArray() {
        assertThat(cli.run("sessions").succeeds().out()).isEqualTo("[]\n");
    }

    @Test
    void sessions_areSortedAndNeedNoRequest() {
        cli.login(pds, "bob.test");
        cli.login(pds, "alice.test");
        pds.clearRequests();
        LexArray sessions =
                (LexArray) LexValue.parseJson(cli.run("sessions").succeeds().out());
        assertThat(sessions)
                .hasSize(2)
                .extracting(LexMap.class::cast)
                .isSortedAccordingTo(
                        (a, b) -> String.valueOf(a.getString("did")).compareTo(String.valueOf(b.getString("did"))));
        assertThat(sessions)
                .extracting(LexMap.class::cast)
                .allSatisfy(session -> assertThat(session.keySet())
                        .containsExactly(
                                "did",
                                "handle",
                                "service",
                                "pds",
                                "active",
                                "health",
                                "savedAt",
                                "accessExpiresAt",
                                "refreshExpiresAt"))
                .extracting(session -> session.getString("handle"))
                .containsExactlyInAnyOrder("alice.test", "bob.test");
        assertThat(pds.requests()).isEmpty();
    }

    @Test
    void encrypt_encryptsTheStore() {
        cli.login(pds, "alice.test");
        cli.run("sessions", "--encrypt").fails(2, "Usage");
        cli.environment.put("ATLEX_STORE_PASSPHRASE", "correct horse");
        for (String[] command : new String[][] {{"sessions"}, {"whoami"}, {"logout"}}) {
            assertThat(cli.run(command).fails(2, "Storage").err()).contains("plain text", "atlex sessions --encrypt");
        }
        int requests = pds.requests().size();
        cli.runWith(Cli.PASSWORD, "login", "--service", pds.url().toString(), "alice.test")
                .fails(2, "Storage");
        assertThat(pds.requests()).as("no sign-in is wasted").hasSize(requests);

        // The session, and the entries for its sign-in identifiers.
        assertThat(cli.run("sessions", "--encrypt").succeeds().out()).matches("\\{\"encrypted\":[1-9]\\}\n");

        cli.run("whoami").succeeds();
        assertThat(cli.run("sessions", "--encrypt").succeeds().out()).isEqualTo("{\"encrypted\":0}\n");
        cli.environment.remove("ATLEX_STORE_PASSPHRASE");
        cli.run("whoami").fails(2, "Storage");
    }

    @Test
    void unencryptedEntry_isNamedAndIgnored() throws Exception {
        cli.login(pds, "alice.test");
        cli.environment.put("ATLEX_STORE_PASSPHRASE", "correct horse");
        cli.run("sessions", "--encrypt").succeeds();
        cli.runWith(Cli.PASSWORD, "login", "--service", pds.url().toString(), "bob.test")
                .succeeds();
        Path planted = cli.folder.resolve(alice.did().toString().replace(':', '_') + ".json");
        String plain = "{\"v\":1,\"kind\":\"session\",\"name\":\"" + alice.did()
                + "\",\"generation\":7,\"savedAt\":7,\"value\":{\"session\":{}}}\n";
        Files.writeString(planted, plain);

        Cli.Result marked = cli.run("sessions");
        assertThat(marked.status()).isZero();
        assertThat(marked.out()).contains("bob.test").doesNotContain(alice.did().toString());
        assertThat(marked.err()).contains("quarantined as " + planted);

        Files.delete(cli.folder.resolve(".encrypted"));
        Files.writeString(planted, plain);
        Cli.Result unmarked = cli.run("sessions");
        assertThat(unmarked.status()).isZero();
        assertThat(unmarked.out())
                .contains("bob.test")
                .doesNotContain(alice.did().toString());
        assertThat(unmarked.err()).contains(planted + " is unencrypted");
        Cli.Result logout = cli.run("logout", "--all");
        assertThat(logout.status()).isZero();
        assertThat(logout.err()).contains("unencrypted entries ignored: 1");
        assertThat(planted).exists();
    }

    @Test
    void logout_endsSessionOnServer() {
        cli.login(pds, "alice.test");
        assertThat(cli.run("logout").succeeds().out()).isEmpty();
        assertThat(pds.requests(DELETE_SESSION))
                .singleElement()
                .satisfies(request -> assertThat(request.status()).isEqualTo(200));
        assertThat(cli.store.list()).isEmpty();
        cli.run("logout").fails(3, "NotSignedIn");
    }

    @Test
    void logout_failed_isRetriedByLaterCommands() {
        cli.login(pds, "alice.test");
        String did = String.valueOf(cli.stored().did());
        pds.faults().next(DELETE_SESSION, Fault.status(400, "SomethingElse", "not now"));
        assertThat(cli.run("logout").fails(1, "SomethingElse").err()).contains("later commands");
        assertThat(cli.store.list()).as("deleted locally").isEmpty();
        assertThat(cli.run("sessions", "--logouts").succeeds().out()).contains(did);

        makeDue(did);
        cli.login(pds, "bob.test");
        cli.run("whoami").succeeds();

        assertThat(pds.count(DELETE_SESSION)).isEqualTo(2);
        assertThat(cli.run("sessions", "--logouts").succeeds().out()).isEqualTo("[]\n");
    }

    @Test
    void logout_retriesPendingLogouts() {
        cli.login(pds, "alice.test");
        String did = String.valueOf(cli.stored().did());
        pds.faults().next(DELETE_SESSION, Fault.status(400, "SomethingElse", "not now"));
        cli.run("logout").fails(1, "SomethingElse");

        assertThat(cli.run("logout").fails(4, "Network").err()).contains("sessions --logouts");
        assertThat(cli.run("logout", "--all").fails(4, "Network").err()).contains("1 account");
        cli.run("logout", "--account", "bob.test").fails(3, "NotSignedIn");
        makeDue(did);
        cli.run("logout").succeeds();

        assertThat(pds.count(DELETE_SESSION)).isEqualTo(2);
        assertThat(cli.run("sessions", "--logouts").succeeds().out()).isEqualTo("[]\n");
        cli.run("logout").fails(3, "NotSignedIn");
        cli.run("logout", "--all").succeeds();
    }

    /** Makes a pending logout due for a retry. */
    private void makeDue(String did) {
        SessionStore.Entry entry = cli.store.load(new SessionStore.Key(SessionStore.Kind.LOGOUT, did));
        assertThat(entry).isNotNull();
        cli.store.save(
                entry.key(), entry.generation(), entry.value().replaceAll("\"notBefore\":\\d+", "\"notBefore\":0"));
    }

    @Test
    void logout_unreachableServer_deletesTheSession() {
        cli.login(pds, "alice.test");
        String did = String.valueOf(cli.stored().did());
        pds.close();
        assertThat(cli.run("logout").fails(4, "Network").err())
                .startsWith("error: Network: deleted the session for " + did + ", but its server could not be reached")
                .contains("the revocation is queued, and later commands such as atlex logout retry it");
        assertThat(cli.store.list()).isEmpty();
        assertThat(cli.run("sessions", "--logouts").succeeds().out()).contains(did);
    }

    @Test
    void logoutAll_unreachableServer_reportsQueuedRevocation() {
        cli.login(pds, "alice.test");
        cli.login(pds, "bob.test");
        pds.close();
        assertThat(cli.run("logout", "--all").fails(4, "Network").err())
                .startsWith("error: Network: 2 of 2 logouts failed; deleted the session for did:")
                .contains("but its server could not be reached; the revocation is queued");
        assertThat(cli.store.list()).isEmpty();
    }

    @Test
    void logout_undeletableSession_doesNotClaimToBeLoggedOut() throws Exception {
        cli.login(pds, "alice.test");
        String did = String.valueOf(cli.stored().did());
        Path store = temp.resolve("atlex");
        pds.close();
        // If the lock file is a folder, every change of the entry fails.
        try (Stream<Path> locks = Files.list(store.resolve(".locks"))) {
            for (Path lock :
                    locks.filter(path -> path.toString().endsWith(".save")).toList()) {
                if (lock.getFileName().toString().startsWith("did_")) {
                    Files.delete(lock);
                    Files.createDirectory(lock);
                }
            }
        }
        assertThat(cli.run("logout").fails(2, "Storage").err())
                .startsWith("error: Storage: failed to delete the session for " + did)
                .contains(", and its server could not be reached; the revocation is queued")
                .doesNotContain("logged out");
    }

    @Test
    void logout_expiredSession_succeeds() {
        cli.login(pds, "alice.test");
        clock.advance(Duration.ofDays(100));
        cli.run("logout").succeeds();
        assertThat(cli.store.list()).isEmpty();
    }

    @Test
    void logoutAll_continuesAfterAFailure() {
        cli.login(pds, "alice.test");
        cli.login(pds, "bob.test");
        pds.faults().next(DELETE_SESSION, Fault.status(400, "SomethingElse", "not now"));
        assertThat(cli.run("logout", "--all").fails(1, "SomethingElse").err()).contains("1 of 2 logouts failed");
        assertThat(cli.store.list()).isEmpty();
        cli.run("logout", "--all").fails(4, "Network");
    }

    @Test
    void logout_account_keepsOtherSessions() {
        cli.login(pds, "alice.test");
        cli.login(pds, "bob.test");
        cli.run("logout").fails(2, "Usage");
        cli.run("logout", "--all", "--account", "bob.test").fails(2, "Usage");
        cli.run("logout", "--account", "bob.test").succeeds();
        assertThat(cli.stored().did()).isEqualTo(alice.did());
    }

    @Test
    void export_import_continuesTheSession() throws Exception {
        cli.login(pds, "alice.test");
        String exported = cli.runAndPrintSecrets("export").succeeds().out();
        assertThat(exported).isEqualTo(cli.stored().toJson() + "\n");

        Cli elsewhere = new Cli(temp.resolve("elsewhere"));
        Path file = Files.writeString(temp.resolve("session.json"), exported);
        assertThat(elsewhere.run("import", file.toString()).succeeds().json().getString("handle"))
                .isEqualTo("alice.test");
        assertThat(elsewhere.run("whoami").succeeds().json().getString("did"))
                .isEqualTo(alice.did().toString());

        Cli fromStdin = new Cli(temp.resolve("stdin"));
        fromStdin.runWith(exported, "import", "-").succeeds();
        assertThat(fromStdin.stored()).isEqualTo(cli.stored());
    }

    @Test
    void import_keepsUnknownFields() {
        cli.runWith(
                        "{\"did\":\"" + alice.did()
                                + "\",\"handle\":\"alice.test\",\"accessJwt\":\"a.a.a\",\"refreshJwt\":\"r.r.r\",\"service\":\"https://pds.test\",\"later\":{\"x\":1.5}}",
                        "import",
                        "-")
                .succeeds();
        assertThat(cli.stored().fields()).containsKey("later");
    }

    @Test
    void import_invalid_failsWithoutQuoting() throws Exception {
        cli.secrets.add("eyJhbGciOi");
        cli.runWith("eyJhbGciOi", "import", "-").fails(2, "InvalidInput");
        cli.runWith("[\"eyJhbGciOi\"]", "import", "-").fails(2, "InvalidInput");
        cli.runWith("", "import", "-").fails(2, "InvalidInput");
        cli.runWith("{\"did\":\"did:plc:abc\",\"service\":\"eyJhbGciOi\"}", "import", "-")
                .fails(2, "InvalidInput");
        assertThat(cli.runWith(
                                "{\"did\":\"" + alice.did()
                                        + "\",\"handle\":\"alice.test\",\"accessJwt\":\"eyJhbGciOi\",\"service\":\"https://pds.test\"}",
                                "import",
                                "-")
                        .fails(2, "InvalidInput")
                        .err())
                .contains("$.refreshJwt");
        cli.run("import", temp.resolve("absent").toString()).fails(2, "Storage");
        assertThat(cli.store.list()).isEmpty();
    }

    @Test
    void export_withoutSession_isNotSignedIn() {
        cli.run("export").fails(3, "NotSignedIn");
    }

    private void plant(SessionStore.Kind kind, String name, String value) {
        cli.store.save(new SessionStore.Key(kind, name), SessionStore.NONE, value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "7", "{\"session\":{\"did\":\"did:plc:x\",\"accessJwt\":\"planted-secret\"}}"})
    void invalidEntry_doesNotHideOthers(String value) {
        cli.secrets.add("planted-secret");
        cli.login(pds, "alice.test");
        cli.login(pds, "bob.test");
        plant(SessionStore.Kind.SESSION, "did:plc:zzzzzzzzzzzzzzzzzzzzzzzz", value);

        Cli.Result sessions = cli.run("sessions");

        assertThat(sessions.status()).isZero();
        assertThat((LexArray) LexValue.parseJson(sessions.out())).hasSize(2);
        assertThat(sessions.err().strip().lines())
                .singleElement()
                .asString()
                .startsWith("warning: Storage: ")
                .contains("did:plc:zzzzzzzzzzzzzzzzzzzzzzzz");
        assertThat(cli.run("whoami", "--account", "alice.test").status()).isZero();
        assertThat(cli.run("export", "--account", "did:plc:zzzzzzzzzzzzzzzzzzzzzzzz")
                        .fails(2, "Storage")
                        .out())
                .isEmpty();

        Cli.Result logout = cli.run("logout", "--all");

        assertThat(logout.status()).isZero();
        assertThat(logout.err().strip().lines()).singleElement().asString().startsWith("warning: Storage: ");
        assertThat(cli.store.list()).isEmpty();
        assertThat(pds.count(DELETE_SESSION)).isEqualTo(2);
    }

    @Test
    void invalidEntry_isNotChosen() {
        cli.login(pds, "alice.test");
        plant(SessionStore.Kind.SESSION, "did:plc:zzzzzzzzzzzzzzzzzzzzzzzz", "{}");

        Cli.Result result = cli.run("whoami");

        assertThat(result.status()).isZero();
        assertThat(result.json().getString("did")).isEqualTo(alice.did().toString());
        assertThat(result.err()).startsWith("warning: Storage: ");
    }

    @Test
    void logout_unsendable_doesNotBlockOthers() {
        cli.login(pds, "alice.test");
        String did = String.valueOf(cli.stored().did());
        pds.faults().next(DELETE_SESSION, Fault.status(400, "SomethingElse", "not now"));
        cli.run("logout").fails(1, "SomethingElse");
        plant(
                SessionStore.Kind.LOGOUT,
                "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa",
                "{\"sessions\":[{\"service\":\"" + pds.url() + "\",\"token\":\"a\\nb\"}]}");
        plant(SessionStore.Kind.LOGOUT, "no-did", "7");
        assertThat(((LexArray) LexValue.parseJson(
                        cli.run("sessions", "--logouts").succeeds().out())))
                .hasSize(3);
        makeDue(did);

        cli.run("logout").succeeds();

        assertThat(cli.run("sessions", "--logouts").succeeds().out()).isEqualTo("[]\n");
        assertThat(pds.count(DELETE_SESSION)).isEqualTo(2);
    }

    @Test
    void login_formerHandle_signsIn() {
        cli.login(pds, "alice.test");
        // Acts as if the server had reported a new handle since then.
        cli.store.save(SessionData.parse(cli.stored().toJson().replace("\"alice.test\"", "\"first.test\"")));
        pds.clearRequests();

        cli.login(pds, "alice.test");

        assertThat(pds.count("com.atproto.server.createSession")).isEqualTo(1);
        assertThat(cli.stored().handle()).hasToString("alice.test");
        cli.login(pds, "ALICE.test");
        assertThat(pds.count("com.atproto.server.createSession")).isEqualTo(1);
    }
}
