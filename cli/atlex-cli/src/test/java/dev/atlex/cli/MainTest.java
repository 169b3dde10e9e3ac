package dev.atlex.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.cli.runtime.CliEnvironment;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MainTest {
    @TempDir
    Path temp;

    private Cli.Result run(String... args) {
        return runOn(new ByteArrayOutputStream(), args);
    }

    private static Cli.Result runOn(OutputStream out, String... args) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        CliEnvironment environment = new CliEnvironment(
                Map.of(),
                new ByteArrayInputStream("1\n".getBytes(UTF_8)),
                new PrintStream(out, false, UTF_8),
                new PrintStream(err, false, UTF_8),
                () -> null,
                () -> false,
                () -> 0);
        int status = Main.run(environment, args);
        byte[] written = out instanceof ByteArrayOutputStream bytes ? bytes.toByteArray() : new byte[0];
        return new Cli.Result(status, written, err.toString(UTF_8));
    }

    @Test
    void help_listsCommandsAndExitStatuses() {
        assertThat(run("--help").succeeds().out())
                .contains("login", "whoami", "sessions", "logout", "export", "import", "call", "validate", "pds")
                .contains("cid", "json2cbor", "cbor2json", "build", "install")
                .contains("3 not signed in");
    }

    private static List<String> commands() {
        return List.copyOf(Main.commands());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void eachCommandHasHelpAndVersion(String command) {
        assertThat(run(command, "--help").succeeds().out())
                .startsWith("Usage: atlex " + command)
                .contains("--store", "--verbose")
                .containsPattern("Examples:\\R  .*atlex " + command + ".*\\R  .*atlex " + command);
        assertThat(run(command, "--version").succeeds().out()).startsWith("atlex ");
        assertThat(run(command, "--nonsense").fails(2, "Usage").err()).contains("see atlex " + command + " --help");
    }

    @Test
    void missingOrUnknownCommandIsUsageError() {
        assertThat(run().fails(2, "Usage").out()).startsWith("Usage: atlex").contains("whoami", "Examples:");
        assertThat(run("lgin").fails(2, "Usage").err()).contains("unknown command lgin; did you mean login?");
        assertThat(run("xyzzy").fails(2, "Usage").err()).contains("unknown command xyzzy; see");
        run("--store").fails(2, "Usage");
    }

    @Test
    void unknownOption_suggestsTheClosest() {
        assertThat(run("call", "--procdure", "x").fails(2, "Usage").err())
                .contains("unknown option --procdure; did you mean --procedure?");
        assertThat(run("sessions", "--sotre", "secret-folder").fails(2, "Usage").err())
                .contains("did you mean --store?")
                .doesNotContain("secret-folder");
    }

    @Test
    void methodAsCommand_suggestsCall() {
        assertThat(run("app.bsky.actor.getprofile").fails(2, "Usage").err())
                .contains("did you mean atlex call app.bsky.actor.getProfile?");
        assertThat(run("getProfile").fails(2, "Usage").err())
                .contains("did you mean atlex call app.bsky.actor.getProfile?");
    }

    @Test
    void globalOptionsMayPrecedeTheCommand() {
        String folder = temp.resolve("absent").toString();
        assertThat(run("--store", folder, "sessions").succeeds().out()).isEqualTo("[]\n");
        assertThat(run("sessions", "--store", folder).succeeds().out()).isEqualTo("[]\n");
    }

    @Test
    void argumentFilesAreNotExpanded() throws Exception {
        Path file = java.nio.file.Files.writeString(temp.resolve("args"), "--help");
        run("import", "@" + file).fails(2, "Storage");
    }

    @Test
    void unwritableStdoutIsStorageError() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        runOn(full, "cid").fails(2, "Storage");
    }
}
