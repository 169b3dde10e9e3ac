package dev.atlex.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.testkit.TestAccount;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests signing in without {@code --service}. */
class LoginByHandleTest {
    @TempDir
    Path temp;

    private Network network;
    private TestAccount alice;
    private Cli cli;

    @BeforeEach
    void start() throws IOException {
        network = new Network();
        alice = network.pds.createAccount("alice.test", Cli.PASSWORD);
        network.txt.put("_atproto.alice.test", "did=" + alice.did());
        cli = new Cli(temp.resolve("atlex"));
    }

    @AfterEach
    void stop() {
        network.close();
    }

    private Cli.Result login(String identifier) {
        return cli.runWith(Cli.PASSWORD, network.args("login", identifier));
    }

    @Test
    void handleOrDid_findsTheServer() {
        for (String identifier :
                new String[] {"alice.test", "@alice.test", alice.did().toString()}) {
            assertThat(login(identifier).succeeds().json().getString("did"))
                    .isEqualTo(alice.did().toString());
            assertThat(cli.stored().did()).isEqualTo(alice.did());
            cli.run("whoami").succeeds();
            cli.run("logout").succeeds();
        }
    }

    @Test
    void unknownAccount_isRefused() {
        assertThat(login("bob.test").fails(1, "HandleNotFound").err()).contains("bob.test");
        login("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa").fails(1, "DidNotFound");
        network.txt.put("_atproto.mallory.test", "did=" + alice.did());
        login("mallory.test").fails(1, "HandleMismatch");
        assertThat(network.pds.requests("com.atproto.server.createSession")).isEmpty();
    }

    @Test
    void unreachableDirectory_isNetworkError() {
        network.pds.close();
        login(alice.did().toString()).fails(4, "Network");
    }

    @Test
    void unsupportedIdentifier_isWrongInput() {
        cli.runWith(Cli.PASSWORD, "login", "alice.test").fails(2, "ForbiddenHost");
        login("did:example:alice").fails(2, "UnsupportedDid");
        assertThat(login("alice@mail.test").fails(2, "Usage").err()).contains("--service");
        assertThat(login("alice").fails(2, "InvalidInput").err()).contains("alice.bsky.social");
        cli.run("login", "alice.test", "--plc", "plc.test").fails(2, "InvalidInput");
        cli.run("login", "alice.test", "--dns", "127.0.0.1").fails(2, "InvalidInput");
        cli.run("login", "alice.test", "--dns", "127.0.0.1:x").fails(2, "InvalidInput");
        String service = network.pds.url().toString();
        cli.runWith(Cli.PASSWORD, "login", "alice.test", "--service", service, "--allow-private")
                .fails(2, "Usage");
    }
}
