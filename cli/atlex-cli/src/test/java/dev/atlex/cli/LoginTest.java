package dev.atlex.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.testkit.Fault;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.TestAccount;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LoginTest {
    @TempDir
    Path temp;

    private LocalPds pds;
    private TestAccount alice;
    private Cli cli;

    @BeforeEach
    void start() {
        pds = LocalPds.start();
        alice = pds.createAccount("alice.test", Cli.PASSWORD);
        cli = new Cli(temp.resolve("config").resolve("atlex"));
    }

    @AfterEach
    void stop() {
        pds.close();
    }

    private Cli.Result login(String input, String... more) {
        List<String> args = new java.util.ArrayList<>(
                List.of("login", "--service", pds.url().toString(), "alice.test"));
        args.addAll(List.of(more));
        return cli.runWith(input, args.toArray(new String[0]));
    }

    /** Answers what it is told to, and keeps what it was asked. */
    private static final class Typist implements Terminal {
        final Deque<String> answers = new ArrayDeque<>();
        final List<String> prompts = new java.util.ArrayList<>();
        final List<String> hidden = new java.util.ArrayList<>();

        Typist(String... answers) {
            this.answers.addAll(List.of(answers));
        }

        @Override
        public @Nullable String readLine(String prompt) {
            prompts.add(prompt);
            return answers.poll();
        }

        @Override
        public @Nullable String readPassword(String prompt) {
            hidden.add(prompt);
            return answers.poll();
        }
    }

    @Test
    void takesThePasswordFromTheFirstLineOfStdinAndPrintsTheAccount() {
        Cli.Result result = login(Cli.PASSWORD + "\r\nanother line\n").succeeds();
        assertThat(result.out())
                .isEqualTo("{\"did\":\"" + alice.did() + "\",\"handle\":\"alice.test\",\"service\":\"" + pds.url()
                        + "\",\"pds\":\"" + pds.url() + "\",\"active\":true}\n");
        assertThat(cli.stored().did()).isEqualTo(alice.did());
    }

    @Test
    void takesThePasswordFromTheEnvironmentBeforeStdin() {
        cli.environment.put("ATLEX_PASSWORD", Cli.PASSWORD);
        login("not the password\n").succeeds();
    }

    @Test
    void anEmptyVariableIsNone() {
        cli.environment.put("ATLEX_PASSWORD", "");
        login(Cli.PASSWORD).succeeds();
    }

    @Test
    void asksForThePasswordWithoutEchoWhereThereIsATerminal() {
        Typist typist = new Typist(Cli.PASSWORD);
        cli.terminal = typist;
        login("").succeeds();
        assertThat(typist.hidden).containsExactly("Password of alice.test: ");
        assertThat(typist.prompts).isEmpty();
    }

    @Test
    void withoutAPasswordItIsWrongUse() {
        login("").fails(2, "Usage");
        login("\n" + Cli.PASSWORD).fails(2, "Usage");
        assertThat(pds.requests()).isEmpty();
    }

    @Test
    void aWrongPasswordIsRefusedByTheServerAndNothingIsStored() {
        cli.secrets.add("wrong-password");
        login("wrong-password").fails(1, "AuthenticationRequired");
        assertThat(cli.store.list()).isEmpty();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "POSIX permissions")
    void theSessionIsReadableByItsOwnerOnly() throws Exception {
        cli.login(pds, "alice.test");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cli.folder)))
                .isEqualTo("rwx------");
        try (var files = Files.walk(cli.folder)) {
            assertThat(files)
                    .allSatisfy(file -> assertThat(mode(file))
                            .as(file.toString())
                            .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------"));
        }
    }

    private static String mode(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void theServiceHasToBeAUrl() {
        cli.runWith(Cli.PASSWORD, "login", "--service", "pds.example.com", "alice.test")
                .fails(2, "InvalidInput");
        cli.runWith(Cli.PASSWORD, "login", "--service", "https://alice:" + Cli.PASSWORD + "@pds.test", "alice.test")
                .fails(2, "InvalidInput");
    }

    @Test
    void theIdentifierMayBeADidAnAddressOrAHandleWithAnAt() {
        for (String identifier : List.of(
                alice.did().toString(),
                alice.email(),
                "@alice.test",
                "\u202aAlice.test\u202c",
                "\ufeff@alice.test. ",
                "https://bsky.app/profile/alice.test")) {
            cli.login(pds, identifier);
            assertThat(cli.stored().did()).isEqualTo(alice.did());
        }
    }

    @Test
    void anIdentifierThatIsNoneIsRefusedBeforeThePasswordIsAskedFor() {
        Typist typist = new Typist(Cli.PASSWORD);
        cli.terminal = typist;
        for (String identifier : List.of("alice", "@", "al ice.test", "alice@", "handle.invalid")) {
            cli.run("login", "--service", pds.url().toString(), identifier).fails(2, "InvalidInput");
        }
        assertThat(cli.run("login", "--service", pds.url().toString(), "alice")
                        .fails(2, "InvalidInput")
                        .err())
                .contains("did you mean \"alice.bsky.social\"?");
        assertThat(typist.hidden).isEmpty();
        assertThat(pds.requests()).isEmpty();
    }

    @Test
    void whatSurroundsAPasswordIsLeftOut() {
        String appPassword = pds.createAppPassword(alice.did(), "bot");
        for (String text : List.of(Cli.PASSWORD + "\r\n", " " + appPassword + "\u00a0\r\n", "\ufeff" + appPassword)) {
            cli.runWith(text, "login", "--new", "--service", pds.url().toString(), "alice.test")
                    .succeeds();
            cli.environment.put("ATLEX_PASSWORD", text);
            cli.run("login", "--new", "--service", pds.url().toString(), "alice.test")
                    .succeeds();
            cli.environment.remove("ATLEX_PASSWORD");
        }
        cli.runWith(" " + Cli.PASSWORD, "login", "--new", "--service", pds.url().toString(), "alice.test")
                .fails(1, "AuthenticationRequired");
    }

    @Test
    void aSecondFactorIsTheServersErrorWhereNobodyCanBeAsked() {
        pds.behavior().twoFactor(true);
        login(Cli.PASSWORD).fails(1, "AuthFactorTokenRequired");
        login(Cli.PASSWORD, "--auth-factor-token", pds.behavior().authFactorCode())
                .succeeds();
    }

    @Test
    void aSecondFactorIsAskedForInTheServersWords() {
        pds.behavior().twoFactor(true);
        Typist typist = new Typist(Cli.PASSWORD, pds.behavior().authFactorCode());
        cli.terminal = typist;
        login("").succeeds();
        assertThat(typist.prompts)
                .singleElement()
                .satisfies(prompt -> assertThat(prompt).contains("sign in code").endsWith("\nCode: "));
    }

    @Test
    void whoeverGivesUpWhenAskedForTheCodeIsNotSignedIn() {
        pds.behavior().twoFactor(true);
        cli.terminal = new Typist(Cli.PASSWORD);
        login("").fails(1, "AuthFactorTokenRequired");
        assertThat(cli.store.list()).isEmpty();
    }

    @Test
    void anAccountThatWasTakenDownIsTheServersError() {
        pds.takedown(alice.did());
        login(Cli.PASSWORD).fails(1, "AccountTakedown");
    }

    @Test
    void tooManySignInsAreTheServersError() {
        pds.faults().next("com.atproto.server.createSession", Fault.rateLimited(60));
        login(Cli.PASSWORD).fails(1, "RateLimitExceeded");
    }

    @Test
    void aServerThatCannotBeReachedIsTheNetwork() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        cli.runWith(Cli.PASSWORD, "login", "--service", "http://127.0.0.1:" + free, "alice.test")
                .fails(4, "Network");
    }

    @Test
    void whatCannotBeStoredIsNotLeftAtTheServer() throws Exception {
        Files.createDirectories(cli.folder.getParent());
        Files.writeString(cli.folder, "a file where the folder should be");
        login(Cli.PASSWORD).fails(2, "Storage");
        assertThat(pds.requests())
                .as("a store that does not work costs no sign-in")
                .isEmpty();
        login(Cli.PASSWORD, "--new").fails(2, "Storage");
        assertThat(pds.requests("com.atproto.server.deleteSession"))
                .singleElement()
                .satisfies(request -> assertThat(request.status()).isEqualTo(200));
    }

    @Test
    void loggingInTwiceSignsInOnce() {
        String first = login(Cli.PASSWORD).succeeds().out();
        assertThat(login(Cli.PASSWORD).succeeds().out()).isEqualTo(first);
        assertThat(pds.count("com.atproto.server.createSession")).isEqualTo(1);
        assertThat(pds.count("com.atproto.server.refreshSession"))
                .as("that the session works is tried")
                .isEqualTo(1);
        login(Cli.PASSWORD, "--new").succeeds();
        assertThat(pds.count("com.atproto.server.createSession")).isEqualTo(2);
    }

    @Test
    void aStoredSessionThatHasEndedIsReplaced() {
        login(Cli.PASSWORD).succeeds();
        pds.revokeSessions(cli.stored().did());
        login(Cli.PASSWORD).succeeds();
        assertThat(pds.count("com.atproto.server.createSession")).isEqualTo(2);
        cli.run("whoami").succeeds();
    }

    @Test
    void aServerThatLocksOutIsNotAskedAgainBeforeItsTime() {
        pds.faults()
                .next(
                        "com.atproto.server.createSession",
                        Fault.status(429, "RateLimitExceeded", "Rate Limit Exceeded"));
        login(Cli.PASSWORD).fails(1, "RateLimitExceeded");
        int asked = pds.count("com.atproto.server.createSession");
        assertThat(login(Cli.PASSWORD).fails(1, "RateLimitExceeded").err()).contains("possible at 20");
        assertThat(pds.count("com.atproto.server.createSession")).isEqualTo(asked);
    }

    @Test
    void aPassphraseEncryptsWhatIsStored() throws Exception {
        cli.environment.put("ATLEX_STORE_PASSPHRASE", "correct horse");
        login(Cli.PASSWORD).succeeds();
        try (var files = Files.walk(cli.folder)) {
            assertThat(files.filter(Files::isRegularFile))
                    .allSatisfy(file -> assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
                            .doesNotContain("accessJwt")
                            // With its point: the letters that tokens begin with may come by chance.
                            .doesNotContainPattern("eyJ[\\w-]+\\.eyJ"));
        }
        cli.run("whoami").succeeds();
        cli.environment.remove("ATLEX_STORE_PASSPHRASE");
        assertThat(cli.run("whoami").fails(2, "Storage").err()).contains("no key was given", "ATLEX_STORE_PASSPHRASE");
    }

    @Test
    void aStoreThatThePassphraseDoesNotOpenIsNoEmptyOne() {
        cli.environment.put("ATLEX_STORE_PASSPHRASE", "correct horse");
        login(Cli.PASSWORD).succeeds();
        pds.createAccount("bob.test", Cli.PASSWORD);
        int asked = pds.requests().size();
        for (String wrong : List.of("", "another horse")) {
            cli.environment.put("ATLEX_STORE_PASSPHRASE", wrong);
            for (List<String> command : List.of(
                    List.of("whoami"),
                    List.of("whoami", "--account", "alice.test"),
                    List.of("whoami", "--account", alice.did().toString()),
                    List.of("sessions"),
                    List.of("logout"),
                    List.of("logout", "--all"))) {
                assertThat(cli.run(command.toArray(new String[0]))
                                .fails(2, "Storage")
                                .err())
                        .as("%s with '%s'", command, wrong)
                        .contains(wrong.isEmpty() ? "no key was given" : "wrong passphrase");
            }
            cli.runWith(Cli.PASSWORD, "login", "--service", pds.url().toString(), "bob.test")
                    .fails(2, "Storage");
        }
        assertThat(pds.requests()).hasSize(asked);
        cli.environment.put("ATLEX_STORE_PASSPHRASE", "correct horse");
        cli.run("logout", "--all").succeeds();
    }

    @Test
    void aServerThatQuotesThePasswordOrCommandsTheTerminalIsNotRepeated() {
        pds.faults()
                .next(
                        "com.atproto.server.createSession",
                        Fault.status(400, "InvalidRequest", "no\n\u001b[31m" + Cli.PASSWORD + "\u2028here"));
        Cli.Result result = login(Cli.PASSWORD).fails(1, "InvalidRequest");
        assertThat(result.err()).contains("***").doesNotContain("\u001b", "\u2028");
    }

    @Test
    void aPasswordAmongTheArgumentsIsNotRepeated() {
        String service = pds.url().toString();
        cli.run("login", "--service", service, "alice.test", Cli.PASSWORD).fails(2, "Usage");
        cli.run("login", "--service", service, "alice.test", "--password=" + Cli.PASSWORD)
                .fails(2, "Usage");
        cli.run("login", "--service", service, "alice.test", "--password", Cli.PASSWORD)
                .fails(2, "Usage");
    }

    @Test
    void verboseShowsRequestsWithoutSecrets() {
        Cli.Result result = login(Cli.PASSWORD, "--verbose");
        assertThat(result.status()).isZero();
        assertThat(result.err())
                .startsWith("POST " + pds.url() + "/xrpc/com.atproto.server.createSession -> 200 (")
                .hasLineCount(1);
        // That no secret is in it, the runner has checked.
        cli.secrets.add("wrong-password");
        Cli.Result refused = login("wrong-password", "--verbose", "--new");
        assertThat(refused.err()).contains("-> 401 (", "InvalidCredentialsException", "\n\tat dev.atlex.");
    }
}
