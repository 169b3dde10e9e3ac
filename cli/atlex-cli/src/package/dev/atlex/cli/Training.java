package dev.atlex.cli;

import dev.atlex.cli.runtime.CliEnvironment;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Runs the usual commands once, so that the JVM can record the classes that they use. Argument: the URL of a test server with the
 * account alice.test, which runs in another process, because the cache should contain none of its classes. $ATLEX_STORE and
 * $ATLEX_PASSWORD are set.
 */
final class Training {
    private Training() {}

    public static void main(String[] args) {
        String url = args[0];
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
        for (String[] command : commands) {
            Main.main(command);
        }
        for (String[] command : commands) {
            runOnTerminal(command);
        }
    }

    private static void runOnTerminal(String... command) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
                PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            CliEnvironment environment = new CliEnvironment(
                    System.getenv(), InputStream.nullInputStream(), out, errors, () -> null, () -> true, () -> 80);
            int status = Main.run(environment, command);
            if (status != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed: " + err.toString(StandardCharsets.UTF_8));
            }
        }
    }
}
