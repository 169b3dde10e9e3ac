package dev.atlex.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.syntax.Did;
import dev.atlex.testkit.LocalJetstream;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.TestAccount;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the program in its own process, from the class path of the tests. */
class ProcessTest {
    /** A generous limit. A thread left running would exceed it. */
    private static final int SECONDS = 40;

    @TempDir
    Path temp;

    private record Done(int status, String out, String err) {}

    private ProcessBuilder atlex(String... args) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.atlex.cli.Main"));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("XDG_CONFIG_HOME", temp.toString());
        builder.environment().put("APPDATA", temp.toString());
        builder.environment().remove("ATLEX_PASSWORD");
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        return builder;
    }

    private Done run(String input, String... args) throws Exception {
        Path out = Files.createTempFile(temp, "out", "");
        Path err = Files.createTempFile(temp, "err", "");
        Process process = atlex(args)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(UTF_8));
        }
        try {
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        Done done = new Done(process.exitValue(), Files.readString(out), Files.readString(err));
        assertThat(done.out() + done.err()).doesNotContain(Cli.PASSWORD, "eyJ");
        return done;
    }

    @Test
    void wholeSession_exitsPromptly() throws Exception {
        // Explicit, because on macOS the default store is in the real home folder.
        String store = temp.resolve("store").toString();
        try (LocalPds pds = LocalPds.start()) {
            pds.createAccount("alice.test", Cli.PASSWORD);
            Done login = run(
                    Cli.PASSWORD + "\n", "login", "--service", pds.url().toString(), "alice.test", "--store", store);
            assertThat(login).extracting(Done::status, Done::err).containsExactly(0, "");
            Done whoami = run("", "whoami", "--verbose", "--store", store);
            assertThat(whoami.status()).isZero();
            assertThat(((LexMap) LexValue.parseJson(whoami.out())).getString("handle"))
                    .isEqualTo("alice.test");
            Done refused = run("", "call", "com.atproto.repo.describeRepo", "repo=bob.test", "--store", store);
            assertThat(refused.status()).isEqualTo(1);
            assertThat(refused.err()).startsWith("error: RepoNotFound: ").hasLineCount(1);
            assertThat(run("", "logout", "--store", store).status()).isZero();
            assertThat(run("", "whoami", "--store", store).status()).isEqualTo(3);
        }
    }

    @Test
    void passwordSession_loadsNoOAuthClasses() throws Exception {
        String store = temp.resolve("store").toString();
        try (LocalPds pds = LocalPds.start()) {
            TestAccount alice = pds.createAccount("alice.test", Cli.PASSWORD);
            String url = pds.url().toString();
            new Cli(Path.of(store)).login(pds, "alice.test");
            for (String[] command : new String[][] {
                {"whoami"},
                {"sessions"},
                {"call", "app.bsky.actor.getProfile", "actor=alice.test"},
                {"login", "--service", url, "alice.test"},
                {"logout"}
            }) {
                assertThat(loaded(store, command))
                        .contains("dev.atlex.cli.session.")
                        .doesNotContain("dev.atlex.oauth.");
            }
            Cli oauth = new Cli(Path.of(store));
            oauth.browser = page -> visit(pds.authorize(page, alice));
            assertThat(oauth.run("login", "--oauth", "--no-browser", "--service", url, "alice.test")
                            .status())
                    .isZero();
            assertThat(loaded(store, "whoami")).contains("dev.atlex.oauth.");
        }
    }

    /** Returns the JVM's list of classes that a command loads. */
    private String loaded(String store, String... command) throws Exception {
        Path classes = temp.resolve("classes");
        ProcessBuilder atlex = atlex(command);
        atlex.command().addAll(List.of("--store", store));
        atlex.command().add(1, "-Xlog:class+load:file=" + classes);
        atlex.environment().put("ATLEX_PASSWORD", Cli.PASSWORD);
        Process process = atlex.redirectErrorStream(true)
                .redirectOutput(temp.resolve("out").toFile())
                .start();
        process.getOutputStream().close();
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(temp.resolve("out")))
                .isZero();
        return Files.readString(classes);
    }

    private static void visit(URI callback) {
        try (InputStream page = callback.toURL().openStream()) {
            page.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @EnabledOnOs(value = OS.LINUX, disabledReason = "BROWSER is a convention of Linux")
    void oauth_opensBrowserIfPossible(boolean opens) throws Exception {
        Path opened = temp.resolve("opened");
        Path browser = Files.writeString(
                temp.resolve("browser"),
                "#!/bin/sh\n" + (opens ? "printf %s \"$1\" > \"" + opened + "\"\n" : "exit 1\n"),
                UTF_8);
        assertThat(browser.toFile().setExecutable(true)).isTrue();
        try (LocalPds pds = LocalPds.start()) {
            TestAccount alice = pds.createAccount("alice.test", Cli.PASSWORD);
            ProcessBuilder atlex = atlex(
                    "login",
                    "--oauth",
                    "--service",
                    pds.url().toString(),
                    "--store",
                    temp.resolve("store").toString(),
                    "alice.test");
            atlex.environment().put("BROWSER", browser.toString());
            Process process = atlex.redirectOutput(temp.resolve("out").toFile()).start();
            try (BufferedReader err = new BufferedReader(new InputStreamReader(process.getErrorStream(), UTF_8))) {
                String line = String.valueOf(err.readLine());
                assertThat(line).startsWith("open: ");
                if (!opens) {
                    assertThat(err.readLine()).startsWith("warning: can't open a browser (");
                }
                String url = line.substring("open: ".length());
                visit(pds.authorize(URI.create(url), alice));
                assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
                assertThat(err.readLine()).isNull();
                if (opens) {
                    assertThat(opened).hasContent(url);
                }
            } finally {
                process.destroyForcibly();
            }
            assertThat(process.exitValue()).isZero();
            assertThat(temp.resolve("out")).content().contains("\"handle\":\"alice.test\"");
        }
    }

    @Test
    void libraryLogs_stayOffStderr_unlessConfigured() throws Exception {
        Path store = Files.createDirectories(temp.resolve("store"));
        String corrupt = "did_plc_aaaaaaaaaaaaaaaaaaaaaaaa.json";
        Files.writeString(store.resolve(corrupt), "{");
        Done silent = run("", "whoami", "--store", store.toString());
        assertThat(silent.status()).isEqualTo(3);
        assertThat(silent.err()).startsWith("error: NotSignedIn: ").hasLineCount(1);

        Files.writeString(store.resolve(corrupt), "{");
        Path logging = Files.writeString(
                temp.resolve("logging.properties"), "handlers=java.util.logging.ConsoleHandler\n.level=INFO\n");
        ProcessBuilder configured = atlex("whoami", "--store", store.toString());
        configured.command().add(1, "-Djava.util.logging.config.file=" + logging);
        Path err = temp.resolve("log");
        Process process = configured.redirectError(err.toFile()).start();
        process.getOutputStream().close();
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(3);
        assertThat(Files.readString(err)).contains("WARNING", "error: NotSignedIn: ");
    }

    /** Sends a termination signal, and checks that the process ends without further output. */
    private static void terminate(Process process, BufferedReader out) throws Exception {
        // Process.destroy() would close the stream, which the test still has to read.
        process.toHandle().destroy();
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(out.readLine()).isNull();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no graceful termination signal")
    void pds_reportsReadiness_andExitsCleanly() throws Exception {
        Process process = atlex("pds", "--account", "alice.test:" + Cli.PASSWORD, "--account", "bob.test:x:y")
                .redirectError(temp.resolve("err").toFile())
                .start();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            String line = out.readLine();
            assertThat(line).doesNotContain(Cli.PASSWORD);
            LexMap ready = (LexMap) LexValue.parseJson(line);
            assertThat((LexArray) ready.get("accounts"))
                    .extracting(account -> ((LexMap) account).getString("handle"))
                    .containsExactly("alice.test", "bob.test");
            Cli cli = new Cli(temp.resolve("store"));
            String url = ready.getString("url");
            cli.runWith("x:y", "login", "--service", url, "bob.test").succeeds();
            terminate(process, out);
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).isZero();
        assertThat(temp.resolve("err")).isEmptyFile();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no graceful termination signal")
    void stream_printsEventsUntilTerminated() throws Exception {
        try (LocalJetstream jetstream = LocalJetstream.start()) {
            Process process = atlex(
                            "stream", "jetstream", "--service", jetstream.url().toString())
                    .redirectError(temp.resolve("err").toFile())
                    .start();
            try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
                jetstream.behavior().awaitConnections(1, Duration.ofSeconds(SECONDS));
                jetstream.account(Did.of("did:plc:alice"), null);
                assertThat(out.readLine()).startsWith("{\"seq\":1,\"kind\":\"account\",\"did\":\"did:plc:alice\",");
                terminate(process, out);
            } finally {
                process.destroyForcibly();
            }
            assertThat(process.exitValue()).isZero();
            assertThat(temp.resolve("err")).isEmptyFile();
        }
    }

    @Test
    void pds_methods_printsServerMethods() throws Exception {
        List<String> printed =
                new Cli(temp).run("pds", "--methods").succeeds().out().lines().toList();

        try (LocalPds pds = LocalPds.start()) {
            assertThat(printed)
                    .containsExactlyElementsOf(
                            pds.methods().stream().map(Object::toString).toList())
                    .contains("app.bsky.feed.getTimeline", "chat.bsky.convo.sendMessage");
        }
    }

    @Test
    void pds_invalidOptions_fail() throws Exception {
        Cli cli = new Cli(temp);
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            assertThat(cli.run("pds", "--port", Integer.toString(taken.getLocalPort()))
                            .fails(2, "Storage")
                            .err())
                    .contains(Integer.toString(taken.getLocalPort()));
        }
        cli.run("pds", "--port", "70000").fails(2, "Usage");
        cli.run("pds", "--port", "x").fails(2, "Usage");
        cli.run("pds", "--account", "alice.test").fails(2, "Usage");
        cli.run("pds", "--account", "not a handle:" + Cli.PASSWORD).fails(2, "InvalidInput");
        cli.run("pds", "--account", "alice.test:" + Cli.PASSWORD, "--account", "alice.test:" + Cli.PASSWORD)
                .fails(2, "InvalidInput");
    }
}
