package dev.atlex.cli;

import dev.atlex.cli.runtime.CliEnvironment;
import dev.atlex.testkit.LocalPds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs the usual commands once, so that the JVM can record the classes that they use. Argument: a folder for the store. */
final class Training {
    private static final String PASSWORD = "training";

    private Training() {}

    public static void main(String[] args) throws IOException {
        String store = Path.of(args[0]).toString();
        try (LocalPds pds = LocalPds.start()) {
            pds.createAccount("alice.test", PASSWORD);
            String url = pds.url().toString();
            List<String[]> commands = List.of(
                    new String[] {"login", "--service", url, "alice.test"},
                    new String[] {"whoami"},
                    new String[] {"sessions"},
                    new String[] {"post", "Hello #java https://example.com"},
                    new String[] {"timeline"},
                    new String[] {"notifications"},
                    new String[] {"call", "app.bsky.actor.getProfile", "actor=alice.test"},
                    new String[] {"call", "com.atproto.server.activateAccount"},
                    new String[] {"get", "at://alice.test/app.bsky.feed.post", "--service", url},
                    new String[] {"help", "app.bsky.feed.getTimeline"},
                    new String[] {"methods", "app.bsky.feed"},
                    new String[] {"--help"},
                    new String[] {"logout"});
            for (boolean terminal : new boolean[] {false, true}) {
                for (String[] command : commands) {
                    run(store, terminal, command);
                }
            }
        }
    }

    private static void run(String store, boolean terminal, String... command) throws IOException {
        InputStream in = new ByteArrayInputStream((PASSWORD + "\n").getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
                PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            CliEnvironment environment =
                    new CliEnvironment(Map.of("ATLEX_STORE", store), in, out, errors, () -> null, () -> terminal, () -> 80);
            int status = Main.run(environment, command);
            if (status != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed: " + err.toString(StandardCharsets.UTF_8));
            }
        }
    }
}
