package dev.atlex.cli.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.atproto.server.GetSession;
import dev.atlex.cli.runtime.CliEnvironment;
import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.client.CallOptions;
import dev.atlex.client.XrpcException;
import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionOptions;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.MutableClock;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredSessionTest {
    private static final String GET_SESSION = "com.atproto.server.getSession";
    private static final String PASSWORD = "alice-password";

    @TempDir
    Path temp;

    private final MutableClock clock = MutableClock.atPresent();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private LocalPds pds;
    private FileSessionStore store;
    private SessionData data;

    @BeforeEach
    void signIn() {
        pds = LocalPds.start(options -> options.clock(clock));
        pds.createAccount("alice.test", PASSWORD);
        store = new FileSessionStore(temp.resolve("atlex"));
        data = PasswordSession.login(
                        Credentials.of(pds.url().toString(), "alice.test", PASSWORD),
                        SessionOptions.of(options -> options.store(store).logoutOnClose(false)))
                .data();
    }

    @AfterEach
    void stop() {
        pds.close();
    }

    private StoredSession open(FileSessionStore from) {
        CliEnvironment environment = new CliEnvironment(
                Map.of(),
                InputStream.nullInputStream(),
                System.out,
                new PrintStream(err, true, UTF_8),
                () -> null,
                () -> false,
                () -> 0);
        return new PasswordStoredSession(new CommandContext(environment), from, data);
    }

    @Test
    void use_newTokensNotSaved_warns() throws Exception {
        clock.advance(Duration.ofHours(3));
        Path notAFolder = Files.writeString(temp.resolve("file"), "");

        open(new FileSessionStore(notAFolder)).use(CallOptions.DEFAULTS, client -> client.call(GetSession.QUERY));

        assertThat(err.toString(UTF_8)).startsWith("warning: Storage: ").hasLineCount(1);
    }

    @Test
    void use_refreshDidNotFail_throwsFailureOfCall() {
        clock.advance(Duration.ofHours(3));
        pds.faults().next(GET_SESSION, Fault.status(400, "ExpiredToken", "not really"));
        pds.faults().next(GET_SESSION, Fault.status(400, "ExpiredToken", "not really"));
        StoredSession stored = open(store);

        assertThatThrownBy(() -> stored.use(CallOptions.DEFAULTS, client -> client.call(GetSession.QUERY)))
                .isInstanceOfSatisfying(
                        XrpcException.class, e -> assertThat(e.error()).isEqualTo("ExpiredToken"));
    }
}
