package dev.atlex.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShortcutTest {
    @TempDir
    Path temp;

    @Test
    void takesWhatIsPlain() {
        Shortcut call = Shortcut.of("call", "--store", "a b", "com.example.get", "x=1", "--verbose", "x=2");
        assertThat(call).isNotNull();
        assertThat(call.store).isEqualTo(Path.of("a b"));
        assertThat(call.account).isNull();
        assertThat(call.verbose).isTrue();
        assertThat(call.operands).containsExactly("com.example.get", "x=1", "x=2");
        Shortcut whoami = Shortcut.of("whoami", "--account", "alice.test");
        assertThat(whoami).isNotNull();
        assertThat(whoami.account).isEqualTo("alice.test");
        assertThat(whoami.verbose).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--help",
                "--store x whoami",
                "whoami --help",
                "whoami -h",
                "whoami extra",
                "whoami --store",
                "whoami --store=x",
                "whoami --store --verbose",
                "whoami --store x --store y",
                "whoami --account a --account b",
                "whoami --verbose --verbose",
                "whoami --verbose=false",
                "whoami whoami",
                "whoami --account login",
                "call",
                "call --verbose",
                "call com.example.get --timeout 5",
                "call com.example.get --input -",
                "call com.example.get -- x=1",
                "call com.example.get x=\"1\"",
                "sessions"
            })
    void leavesTheRestToPicocli(String line) {
        assertThat(Shortcut.of(line.isEmpty() ? new String[0] : line.split(" ")))
                .isNull();
    }

    @Test
    void failsAsPicocliDoes() {
        Cli cli = new Cli(temp);
        for (String[] pair : new String[][] {
            {"whoami", "--account", "nobody.test"},
            {"whoami", "--account", "not a handle"},
            {"call", "com.example.get", "nonsense"},
            {"call", "nonsense"}
        }) {
            String[] other = pair.clone();
            // Two that are the same are for picocli.
            other = java.util.Arrays.copyOf(other, other.length + 1);
            other[other.length - 1] = "--store=" + temp;
            Cli.Result quick = cli.run(pair);
            Cli.Result slow = runAlone(other);
            assertThat(quick.status()).isEqualTo(slow.status()).isNotZero();
            assertThat(quick.err()).isEqualTo(slow.err());
        }
    }

    private static Cli.Result runAlone(String... args) {
        var out = new java.io.ByteArrayOutputStream();
        var err = new java.io.ByteArrayOutputStream();
        CliEnvironment world = new CliEnvironment(
                java.util.Map.of(),
                java.io.InputStream.nullInputStream(),
                new java.io.PrintStream(out),
                new java.io.PrintStream(err),
                () -> null);
        int status = Main.run(world, args);
        return new Cli.Result(status, out.toByteArray(), err.toString(java.nio.charset.StandardCharsets.UTF_8));
    }
}
