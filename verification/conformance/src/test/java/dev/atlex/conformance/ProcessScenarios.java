package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.atproto.server.GetSession;
import dev.atlex.client.Client;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionData;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.testkit.TestAccount;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scenarios for sessions that outlive a process. */
abstract class ProcessScenarios extends Scenarios {
    ProcessScenarios(Server server) {
        super(server);
    }

    @Test
    void otherProcess_resumesSessionAndExits(@TempDir Path folder) throws Exception {
        TestAccount account = server.createAccount();
        FileSessionStore store = new FileSessionStore(folder.resolve("sessions"));
        SessionData first = login(account, options -> options.store(store)).data();

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ResumeInAnotherProcess.class.getName(),
                        store.folder().toString())
                .redirectErrorStream(true)
                .start();
        List<String> lines;
        long ended;
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("has ended").isTrue();
            ended = System.currentTimeMillis();
            lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } finally {
            process.destroyForcibly();
        }

        assertThat(lines).hasSize(2).first().isEqualTo(account.handle());
        assertThat(process.exitValue()).isZero();
        assertThat(ended - Long.parseLong(lines.get(1)))
                .as("milliseconds from the end of main to the exit of the process (idle pool threads live for 60 s)")
                .isLessThan(10_000);
        SessionData second = Objects.requireNonNull(store.load(first.did()));
        assertThat(second).isNotEqualTo(first);
        PasswordSession resumed = PasswordSession.resume(second);
        assertThat(new Client(resumed).call(GetSession.QUERY).handle()).hasToString(account.handle());
    }
}
