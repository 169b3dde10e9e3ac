package dev.atlex.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    @TempDir
    Path temp;

    private Cli.Result run(String... args) {
        return runOn(new ByteArrayOutputStream(), args);
    }

    private static Cli.Result runOn(OutputStream out, String... args) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        CliEnvironment world = new CliEnvironment(
                Map.of(),
                new ByteArrayInputStream("1\n".getBytes(UTF_8)),
                new PrintStream(out, false, UTF_8),
                new PrintStream(err, false, UTF_8),
                () -> null);
        int status = Main.run(world, args);
        byte[] written = out instanceof ByteArrayOutputStream bytes ? bytes.toByteArray() : new byte[0];
        return new Cli.Result(status, written, err.toString(UTF_8));
    }

    @Test
    void helpListsAllCommandsAndTheExitStatuses() {
        assertThat(run("--help").succeeds().out())
                .contains("login", "whoami", "sessions", "logout", "export", "import", "call", "validate", "pds")
                .contains("cid", "json2cbor", "cbor2json", "build", "install")
                .contains("3 not signed in");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "login",
                "whoami",
                "sessions",
                "logout",
                "export",
                "import",
                "call",
                "validate",
                "cid",
                "json2cbor",
                "cbor2json",
                "build",
                "install",
                "pds"
            })
    void eachCommandHasHelpAndAVersion(String command) {
        assertThat(run(command, "--help").succeeds().out())
                .startsWith("Usage: atlex " + command)
                .contains("--store", "--verbose");
        assertThat(run(command, "--version").succeeds().out()).startsWith("atlex ");
        assertThat(run(command, "--nonsense").fails(2, "Usage").err()).contains("see atlex " + command + " --help");
    }

    @Test
    void noCommandAndAnUnknownOneAreWrongUse() {
        run().fails(2, "Usage");
        assertThat(run("lgin").fails(2, "Usage").err()).contains("unknown command lgin");
        run("--store").fails(2, "Usage");
    }

    @Test
    void optionsOfAllCommandsMayComeFirst() {
        String folder = temp.resolve("absent").toString();
        assertThat(run("--store", folder, "sessions").succeeds().out()).isEqualTo("[]\n");
        assertThat(run("sessions", "--store", folder).succeeds().out()).isEqualTo("[]\n");
    }

    @Test
    void argumentsThatLookLikeFilesOfArgumentsAreNot() throws Exception {
        Path file = java.nio.file.Files.writeString(temp.resolve("args"), "--help");
        run("import", "@" + file).fails(2, "Storage");
    }

    @Test
    void anOutputThatCannotBeWrittenIsAFailure() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        runOn(full, "cid").fails(2, "Storage");
    }

    @Test
    void theConfigurationIsWhereTheSystemKeepsIt() {
        Path home = Path.of("/home/alice");
        assertThat(folder(Map.of(), "linux", home)).isEqualTo(Path.of("/home/alice/.config/atlex"));
        assertThat(folder(Map.of("XDG_CONFIG_HOME", "/etc/alice"), "linux", home))
                .isEqualTo(Path.of("/etc/alice/atlex"));
        assertThat(folder(Map.of("XDG_CONFIG_HOME", "relative"), "linux", home))
                .isEqualTo(Path.of("/home/alice/.config/atlex"));
        assertThat(folder(Map.of("XDG_CONFIG_HOME", "/etc/alice"), "mac os x", home))
                .isEqualTo(Path.of("/home/alice/Library/Application Support/atlex"));
        assertThat(folder(Map.of("APPDATA", "/appdata"), "windows 11", home)).isEqualTo(Path.of("/appdata/atlex"));
        assertThat(folder(Map.of(), "windows 11", home)).isEqualTo(Path.of("/home/alice/AppData/Roaming/atlex"));
    }

    private static Path folder(Map<String, String> environment, String system, Path home) {
        CliEnvironment world = new CliEnvironment(
                environment, new ByteArrayInputStream(new byte[0]), System.out, System.err, () -> null);
        return ConfigFolder.of(world, system, home);
    }

    @Test
    void homeIsTheOneOfTheEnvironment() {
        assertThat(home("/home/me", "/jvm")).isEqualTo(Path.of("/home/me"));
        assertThat(home("", "/jvm")).isEqualTo(Path.of("/jvm"));
        assertThat(home("relative", "/jvm")).isEqualTo(Path.of("/jvm"));
        assertThat(home("bad\0", "/jvm")).isEqualTo(Path.of("/jvm"));
        assertThatThrownBy(() -> home("", "?")).isInstanceOf(Failure.class).hasMessageContainingAll("$HOME", "--store");
        CliEnvironment world = world(Map.of("HOME", "/home/me"));
        assertThat(ConfigFolder.home(world, "windows 11", "/jvm")).isEqualTo(Path.of("/jvm"));
        if (System.getProperty("os.name", "").startsWith("Linux")) {
            assertThat(ConfigFolder.of(world)).isEqualTo(Path.of("/home/me/.config/atlex"));
            assertThat(ConfigFolder.of(world(Map.of("HOME", "/home/me", "XDG_CONFIG_HOME", "here"))))
                    .isEqualTo(Path.of("/home/me/.config/atlex"));
            assertThat(ConfigFolder.of(world(Map.of("HOME", "/home/me", "XDG_CONFIG_HOME", "/conf"))))
                    .isEqualTo(Path.of("/conf/atlex"));
        }
    }

    private static Path home(String variable, String ofJvm) {
        return ConfigFolder.home(world(Map.of("HOME", variable)), "linux", ofJvm);
    }

    private static CliEnvironment world(Map<String, String> environment) {
        return new CliEnvironment(environment, InputStream.nullInputStream(), System.out, System.err, () -> null);
    }

    @Test
    void stderrIsOneLineWithoutSecrets() {
        Redactor redactor = new Redactor();
        redactor.add("secret-1");
        redactor.add("abc");
        redactor.add((String) null);
        assertThat(redactor.line("a\nb\r\u001b[0m secret-1 abc \u202e é 👍")).isEqualTo("a b  [0m *** abc   é 👍");
        assertThat(redactor.redact("a\nsecret-1")).isEqualTo("a\n***");
        assertThat(redactor.line("x".repeat(100_000))).hasSizeLessThan(5000);
        assertThat(List.of(redactor.line("").length())).containsExactly(0);
    }
}
