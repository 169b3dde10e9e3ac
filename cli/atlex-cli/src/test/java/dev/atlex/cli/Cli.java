package dev.atlex.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.cli.runtime.CliEnvironment;
import dev.atlex.cli.runtime.Terminal;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.oauth.OAuthSessionData;
import dev.atlex.oauth.internal.session.OAuthRecord;
import dev.atlex.session.CorruptStoreEntryException;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.session.store.StoreEncryptionKey;
import dev.atlex.testkit.LocalPds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs commands in this process and asserts that none prints a password or token. */
final class Cli {
    static final String PASSWORD = "alice-password";

    final Path folder;
    final FileSessionStore store;

    /** The environment, which disables colors so that tests can compare the text on a terminal. */
    final Map<String, String> environment = new HashMap<>(Map.of("NO_COLOR", "1"));

    final Set<String> secrets = new HashSet<>(Set.of(PASSWORD));

    @Nullable
    Terminal terminal;

    boolean outIsTerminal;

    /** Called on a separate thread with the URL that an OAuth sign-in prints. */
    @Nullable
    Consumer<URI> browser;

    private boolean secretsExpected;

    Cli(Path folder) {
        this.folder = folder;
        this.store = new FileSessionStore(folder);
    }

    /** The result of a command. */
    record Result(int status, byte[] stdout, String err) {
        String out() {
            return new String(stdout, UTF_8);
        }

        LexMap json() {
            assertThat(out()).endsWith("\n");
            return (LexMap) LexValue.parseJson(stdout, dev.atlex.data.ReadOptions.STRICT);
        }

        Result succeeds() {
            assertThat(this).extracting(Result::status, Result::err).containsExactly(0, "");
            return this;
        }

        /** Asserts that the command failed with a status and a single line on stderr that starts with a code. */
        Result fails(int expected, String code) {
            assertThat(err).startsWith("error: " + code + ": ").endsWith(System.lineSeparator());
            assertThat(err.strip().lines()).hasSize(1);
            assertThat(status).isEqualTo(expected);
            return this;
        }
    }

    Result run(String... args) {
        return runWith("", args);
    }

    Result runWith(String input, String... args) {
        return runWith(input.getBytes(UTF_8), args);
    }

    Result runWith(byte[] input, String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.add("--store");
        all.add(folder.toString());
        collectTokens();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        CliEnvironment env = new CliEnvironment(
                environment,
                new ByteArrayInputStream(input),
                new PrintStream(out, false, UTF_8),
                new BrowserStream(err),
                () -> terminal,
                () -> outIsTerminal,
                () -> 0);
        int status = Main.run(env, all.toArray(new String[0]));
        collectTokens();
        Result result = new Result(status, out.toByteArray(), err.toString(UTF_8));
        for (String secret : secrets) {
            assertThat(result.err()).doesNotContain(secret);
            if (!secretsExpected) {
                assertThat(result.out()).doesNotContain(secret);
            }
        }
        return result;
    }

    Result runAndPrintSecrets(String... args) {
        secretsExpected = true;
        try {
            return run(args);
        } finally {
            secretsExpected = false;
        }
    }

    /** Signs in with {@link #PASSWORD}. */
    void login(LocalPds pds, String handle) {
        runWith(PASSWORD + "\n", "login", "--service", pds.url().toString(), handle)
                .succeeds();
    }

    SessionData stored() {
        assertThat(store.list()).hasSize(1);
        return store.list().get(0);
    }

    /** Passes the URL to the browser. */
    private final class BrowserStream extends PrintStream {
        BrowserStream(OutputStream to) {
            super(to, false, UTF_8);
        }

        @Override
        public void println(@Nullable String line) {
            super.println(line);
            Consumer<URI> user = browser;
            if (user != null && line != null && line.startsWith("open: ")) {
                Thread thread = new Thread(() -> user.accept(URI.create(line.substring("open: ".length()))), "browser");
                thread.setDaemon(true);
                thread.start();
            }
        }
    }

    private void collectTokens() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try {
            for (SessionData data : readable()) {
                secrets.add(token(data, "accessJwt"));
                secrets.add(token(data, "refreshJwt"));
            }
            for (OAuthSessionData data : oauth()) {
                secrets.add(data.accessToken());
                secrets.add(String.valueOf(data.refreshToken()));
                secrets.add(String.valueOf(((LexMap) data.fields().get("dpopJwk")).getString("d")));
            }
        } catch (java.io.UncheckedIOException e) {
            // The test is about a corrupt file.
            return;
        }
    }

    /** Returns the OAuth sessions that can be read without a passphrase. */
    List<OAuthSessionData> oauth() {
        List<OAuthSessionData> sessions = new ArrayList<>();
        if (environment.containsKey("ATLEX_STORE_PASSPHRASE")) {
            return sessions;
        }
        store.forEach(SessionStore.Kind.OAUTH, entry -> {
            try {
                sessions.add(OAuthRecord.of(entry).data());
            } catch (CorruptStoreEntryException e) {
                return; // The test is about a corrupt entry.
            }
        });
        return sessions;
    }

    static String token(SessionData data, String name) {
        return String.valueOf(data.fields().get(name));
    }

    /** Returns the sessions that can be read with the test's passphrase. */
    private List<SessionData> readable() {
        String passphrase = environment.getOrDefault("ATLEX_STORE_PASSPHRASE", "");
        try {
            return passphrase.isEmpty()
                    ? store.list()
                    : FileSessionStore.encrypted(folder, StoreEncryptionKey.ofPassphrase(passphrase.toCharArray()))
                            .list();
        } catch (SessionStoreException e) {
            return List.of();
        }
    }
}
