package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.actor.GetProfile;
import dev.atlex.client.Client;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests for the fixture itself. */
@Tag("appview")
class AppViewNetworkTest {
    @Test
    void network_stopsWithItsDatabases() {
        List<ProcessHandle> children;
        AppViewNetwork network = AppViewNetwork.start();
        try (network) {
            String handle = network.newHandle();
            try (PasswordSession session = PasswordSession.createAccount(
                    network.url().toString(),
                    account -> account.handle(handle).email("a@example.test").password("password"),
                    SessionOptions.DEFAULTS)) {
                network.index();
                assertThat(new Client(session)
                                .call(GetProfile.QUERY, p -> p.actor(session.did()))
                                .handle())
                        .hasToString(handle);
            }
            children =
                    ProcessHandle.of(network.pid()).orElseThrow().descendants().toList();
            assertThat(children).hasSizeGreaterThan(2);
        }
        assertThat(network.exitCode()).isZero();
        assertThat(children).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void network_killed_stopsItsDatabasesToo() throws Exception {
        AppViewNetwork network = AppViewNetwork.start();
        ProcessHandle node = ProcessHandle.of(network.pid()).orElseThrow();
        List<ProcessHandle> children = node.descendants().toList();
        node.destroyForcibly();
        for (ProcessHandle child : children) {
            child.onExit().get();
        }
        network.close();
        assertThat(children).isNotEmpty().noneMatch(ProcessHandle::isAlive);
    }
}
