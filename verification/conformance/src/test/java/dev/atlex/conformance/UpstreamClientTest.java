package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.testkit.LocalPds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests {@link LocalPds} with upstream's TypeScript client, {@code @atproto/api}. */
@Tag("appview")
class UpstreamClientTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @Test
    void appViewMethods_workWithUpstreamClient() throws IOException {
        Installation installation = Installation.appView();
        Path out = installation.newLog("upstream-client-out");
        Path err = installation.newLog("upstream-client");
        try (LocalPds pds =
                LocalPds.start(o -> o.account("alice.test", "alice-password").account("bob.test", "bob-password"))) {
            List<String> arguments =
                    List.of(pds.url().toString(), "alice.test", "alice-password", "bob.test", "bob-password");

            int exit = Installation.run(installation.command("upstream-client.mjs", arguments), out, err, LIMIT);

            assertThat(exit).as("exit code, after %s", Installation.tail(err)).isZero();
            assertThat(Files.readAllLines(out)).hasSize(18);
        }
    }
}
