package dev.atlex.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.cli.runtime.Terminal;
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

    /** A terminal that returns prepared input and records the prompts. */
    private static final class ScriptedTerminal implements Terminal {
        final Deque<String> replies = new ArrayDeque<>();
        final List<String> prompts = new java.util.ArrayList<>();
        final List<String> hidden = new java.util.ArrayList<>();

        ScriptedTerminal(String... replies) {
            this.replies.addAll(List.of(replies));
        }

        @Override
        public @Nullable String readLine(String prompt) {
            prompts.add(prompt);
            return replies.poll();
        }

        @Override
        public @Nullable String readPassword(String prompt) {
            hidden.add(prompt);
            return replies.poll();
        }
    }

    @Test
    void password_fromStdin_printsTheAccount() {
        Cli.Result result = login(Cli.PASSWORD + "\r\nanother line\n").succeeds();
        assertThat(result.out())
                .isEqualTo("{\"did\":\"" + alice.did() + "\",\"handle\":\"alice.test\",\"service\":\"" + pds.url()
                        + "\",\"pds\":\"" + pds.url() + "\",\"active\":true}\n");
        assertThat(cli.stored().did()).isEqualTo(alice.did());
    }

    @Test
    void password_environmentTakesPrecedence() {
        cli.environment.put("ATLEX_PASSWORD", Cli.PASSWORD);
        login("not the password\n").succeeds();
    }

    @Test
    void password_emptyVariableIsIgnored() {
        cli.environment.put("ATLEX_PASSWORD", "");
        login(Cli.PASSWORD).succeeds();
    }

    @Test
    void password_onTerminal_isPromptedWithoutEcho() {
        ScriptedTerminal scripted = new ScriptedTerminal(Cli.PASSWORD);
        cli.terminal = scripted;
        login("").succeeds();
        assertThat(scripted.hidden).containsExactly("Password for alice.test: ");
        assertThat(scripted.prompts).isEmpty();
    }

    @Test
    void password_missing_isUsageError() {
        login("").fails(2, "Usage");
        login("\n" + Cli.PASSWORD).fails(2, "Usage");
        assertThat(pds.requests()).isEmpty();
    }

    @Test
    void password_wrong_storesNothing() {
        cli.secrets.add("wrong-password");
        login("wrong-password").fails(1, "AuthenticationRequired");
        assertThat(cli.store.list()).isEmpty();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "POSIX permissions")
    void storedSessionIsReadableByItsOwnerOnly() throws Exception {
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
    void service_mustBeAUrl() {
        cli.runWith(Cli.PASSWORD, "login", "--service", "pds.example.com", "alice.test")
                .fails(2, "InvalidInput");
        cli.runWith(Cli.PASSWORD, "login", "--service", "https://alice:" + Cli.PASSWORD + "@pds.test", "alice.test")
                .fails(2, "InvalidInput");
    }

    @Test
    void identifier_acceptsEveryForm() {
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
    void identifier_invalid_failsBeforeThePrompt() {
        ScriptedTerminal scripted = new ScriptedTerminal(Cli.PASSWORD);
        cli.terminal = scripted;
        for (String identifier : List.of("alice", "@", "al ice.test", "alice@", "handle.invalid")) {
            cli.run("login", "--service", pds.url().toString(), identifier).fails(2, "InvalidInput");
        }
        assertThat(cli.run("login", "--service", pds.url().toString(), "alice")
                        .fails(2, "InvalidInput")
                        .err())
                .contains("did you mean \"alice.bsky.social\"?");
        assertThat(scripted.hidden).isEmpty();
        assertThat(pds.requests()).isEmpty();
    }

    @Test
    void password_isTrimmed() {
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
    void authFactor_withoutTerminal_isError() {
        pds.behavior().twoFactor(true);
        login(Cli.PASSWORD).fails(1, "AuthFactorTokenRequired");
        login(Cli.PASSWORD, "--auth-factor-token", pds.behavior().authFactorCode())
                .succeeds();
    }

    @Test
    void authFactor_promptsWithTheServersMessage() {
        pds.behavior().twoFactor(true);
        ScriptedTerminal scripted =
                new ScriptedTerminal(Cli.PASSWORD, pds.behavior().authFactorCode());
        cli.terminal = scripted;
        login("").succeeds();
        assertThat(scripted.prompts)
                .singleElement()
                .satisfies(prompt -> assertThat(prompt).contains("sign in code").endsWith("\nCode: "));
    }

    @Test
    void authFactor_cancelled_storesNothing() {
        pds.behavior().twoFactor(true);
        cli.terminal = new ScriptedTerminal(Cli.PASSWORD);
        login("").fails(1, "AuthFactorTokenRequired");
        assertThat(cli.store.list()).isEmpty();
    }

    @Test
    void takenDownAccount_isServerError() {
        pds.takedown(alice.did());
        login(Cli.PASSWORD).fails(1, "AccountTakedown");
    }

    @Test
    void rateLimit_isServerError() {
        pds.faults().next("com.atproto.server.createSession", Fault.rateLimited(60));
        login(Cli.PASSWORD).fails(1, "RateLimitExceeded");
    }

    @Test
    void unreachableServer_isNetworkError() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        cli.runWith(Cli.PASSWORD, "login", "--service", "http://127.0.0.1:" + free, "alice.test")
                .fails(4, "Network");
    }

    @Test
    void storeFails_sessionIsEndedOnServer() throws Exception {
        Files.createDirectories(cli.folder.getParent());
        Files.writeString(cli.folder, "a file where the folder should be");
        login(Cli.PASSWORD).fails(2, "Storage");
        assertThat(pds.requests())
                .as("no sign-in is attempted if the store is broken")
                .isEmpty();
        login(Cli.PASSWORD, "--new").fails(2, "Storage");
        assertThat(pds.requests("com.atproto.server.deleteSession"))
                .singleElement()
                .satisfies(request -> assertThat(request.status()).isEqualTo(200));
    }

    @Test
    void loginTwice_signsInOnce() {
        String first = login(Cli.PASSWORD).succeeds().out();
        assertThat(login(Cli.PASSWORD).succeeds().out()).isEqualTo(first);
        assertThat(pds.count("com.atproto.server.createSession")).isEqualTo(1);
        assertThat(pds.count("com.atproto.server.refreshSession"))
                .as("the stored session is verified")
                .isEqualTo(1);
        login(Cli.PASSWORD, "--new").succeeds();
        assertThat(pds.count("com.atproto.server.createSession")).isEqualTo(2);
    }

    @Test
    void endedSession_isReplaced() {
        login(Cli.PASSWORD).succeeds();
        pds.revokeSessions(cli.stored().did());
        login(Cli.PASSWORD).succeeds();
        assertThat(pds.count("com.atproto.server.createSession")).isEqualTo(2);
        cli.run("whoami").succeeds();
    }

    @Test
    void rateLimited_waitsBeforeTryingAgain() {
        pds.faults()
                .next(
                        "com.atproto.server.createSession",
                        Fault.status(429, "RateLimitExceeded", "Rate Limit Exceeded"));
        login(Cli.PASSWORD).fails(1, "RateLimitExceeded");
        int requests = pds.count("com.atproto.server.createSession");
        assertThat(login(Cli.PASSWORD).fails(1, "RateLimitExceeded").err()).contains("possible at 20");
        assertThat(pds.count("com.atproto.server.createSession")).isEqualTo(requests);
    }

    @Test
    void passphrase_encryptsTheStore() throws Exception {
        cli.environment.put("ATLEX_STORE_PASSPHRASE", "correct horse");
        login(Cli.PASSWORD).succeeds();
        try (var files = Files.walk(cli.folder)) {
            assertThat(files.filter(Files::isRegularFile))
                    .allSatisfy(file -> assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
                            .doesNotContain("accessJwt")
                            // Includes the dot, because the other characters alone may occur by chance.
                            .doesNotContainPattern("eyJ[\\w-]+\\.eyJ"));
        }
        cli.run("whoami").succeeds();
        cli.environment.remove("ATLEX_STORE_PASSPHRASE");
        assertThat(cli.run("whoami").fails(2, "Storage").err())
                .contains("the store has no key", "ATLEX_STORE_PASSPHRASE");
    }

    @Test
    void wrongPassphrase_isNotTreatedAsEmptyStore() {
        cli.environment.put("ATLEX_STORE_PASSPHRASE", "correct horse");
        login(Cli.PASSWORD).succeeds();
        pds.createAccount("bob.test", Cli.PASSWORD);
        int requests = pds.requests().size();
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
                        .contains(wrong.isEmpty() ? "the store has no key" : "wrong passphrase");
            }
            cli.runWith(Cli.PASSWORD, "login", "--service", pds.url().toString(), "bob.test")
                    .fails(2, "Storage");
        }
        assertThat(pds.requests()).hasSize(requests);
        cli.environment.put("ATLEX_STORE_PASSPHRASE", "correct horse");
        cli.run("logout", "--all").succeeds();
    }

    @Test
    void serverMessage_isRedactedAndPrintable() {
        pds.faults()
                .next(
                        "com.atproto.server.createSession",
                        Fault.status(400, "InvalidRequest", "no\n\u001b[31m" + Cli.PASSWORD + "\u2028here"));
        Cli.Result result = login(Cli.PASSWORD).fails(1, "InvalidRequest");
        assertThat(result.err()).contains("***").doesNotContain("\u001b", "\u2028");
    }

    @Test
    void password_amongTheArguments_isNotQuoted() {
        String service = pds.url().toString();
        cli.run("login", "--service", service, "alice.test", Cli.PASSWORD).fails(2, "Usage");
        cli.run("login", "--service", service, "alice.test", "--password=" + Cli.PASSWORD)
                .fails(2, "Usage");
        cli.run("login", "--service", service, "alice.test", "--password", Cli.PASSWORD)
                .fails(2, "Usage");
    }

    @Test
    void verbose_printsRequestsWithoutSecrets() {
        Cli.Result result = login(Cli.PASSWORD, "--verbose");
        assertThat(result.status()).isZero();
        assertThat(result.err())
                .startsWith("POST " + pds.url() + "/xrpc/com.atproto.server.createSession -> 200 (")
                .hasLineCount(1);
        // Cli itself asserts that the output contains no secret.
        cli.secrets.add("wrong-password");
        Cli.Result refused = login("wrong-password", "--verbose", "--new");
        assertThat(refused.err()).contains("-> 401 (", "InvalidCredentialsException", "\n\tat dev.atlex.");
    }
}
