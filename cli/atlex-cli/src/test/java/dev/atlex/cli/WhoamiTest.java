package dev.atlex.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.testkit.Fault;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.MutableClock;
import dev.atlex.testkit.TestAccount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhoamiTest {
    private static final String GET_SESSION = "com.atproto.server.getSession";
    private static final String REFRESH_SESSION = "com.atproto.server.refreshSession";

    @TempDir
    Path temp;

    private final MutableClock clock = MutableClock.atPresent();
    private LocalPds pds;
    private TestAccount alice;
    private Cli cli;

    @BeforeEach
    void start() {
        pds = LocalPds.start(o -> o.clock(clock));
        alice = pds.createAccount("alice.test", Cli.PASSWORD);
        cli = new Cli(temp.resolve("atlex"));
        cli.login(pds, "alice.test");
        pds.clearRequests();
    }

    @AfterEach
    void stop() {
        pds.close();
    }

    private void expireTokens() {
        clock.advance(Duration.ofHours(3));
    }

    @Test
    void whoami_sendsOneRequest() {
        Cli.Result result = cli.run("whoami").succeeds();
        assertThat(result.out())
                .isEqualTo("{\"did\":\"" + alice.did() + "\",\"handle\":\"alice.test\",\"email\":\"" + alice.email()
                        + "\",\"emailConfirmed\":false,\"active\":true,\"service\":\"" + pds.url() + "\",\"pds\":\""
                        + pds.url() + "\"}\n");
        assertThat(pds.requests()).hasSize(1);
    }

    @Test
    void whoami_deactivatedAccount_showsItsStatus() {
        pds.deactivate(alice.did());
        assertThat(cli.run("whoami").succeeds().json())
                .containsEntry("active", dev.atlex.data.LexValue.of(false))
                .containsEntry("status", dev.atlex.data.LexValue.of("deactivated"));
    }

    @Test
    void expiredTokens_areRefreshedAndSaved() {
        String old = Cli.token(cli.stored(), "refreshJwt");
        expireTokens();
        cli.run("whoami").succeeds();
        assertThat(Cli.token(cli.stored(), "refreshJwt")).isNotEqualTo(old);
        pds.clearRequests();
        cli.run("whoami").succeeds();
        assertThat(pds.requests()).hasSize(1);
    }

    @Test
    void endedSession_isDeleted() {
        pds.revokeSessions(alice.did());
        expireTokens();
        cli.run("whoami").fails(3, "ExpiredToken");
        assertThat(cli.store.list()).isEmpty();
        cli.run("whoami").fails(3, "NotSignedIn");
    }

    @Test
    void refreshRefused_keepsTheSession() {
        expireTokens();
        pds.faults().always(REFRESH_SESSION, Fault.status(400, "SomethingElse", "come back later"));
        cli.run("whoami").fails(1, "SomethingElse");
        assertThat(cli.stored().did()).isEqualTo(alice.did());
    }

    @Test
    void refreshLost_isNetworkError() {
        expireTokens();
        pds.faults().always(REFRESH_SESSION, Fault.dropBeforeProcessing());
        cli.run("whoami").fails(4, "Network");
        assertThat(cli.stored().did()).isEqualTo(alice.did());
    }

    @Test
    void takenDownAccount_keepsTheSession() {
        pds.takedown(alice.did());
        expireTokens();
        cli.run("whoami").fails(1, "AccountTakedown");
        assertThat(cli.store.list()).hasSize(1);
    }

    @Test
    void unreachableServer_isNetworkError() {
        pds.close();
        cli.run("whoami").fails(4, "Network");
        assertThat(cli.store.list()).hasSize(1);
    }

    @Test
    void truncatedResponse_isNetworkError() {
        pds.faults().next(GET_SESSION, Fault.truncatedBody());
        cli.run("whoami").fails(4, "Network");
    }

    @Test
    void malformedResponse_isInvalidResponse() {
        pds.faults().next(GET_SESSION, Fault.garbageJson());
        cli.run("whoami").fails(1, "InvalidResponse");
        pds.faults().next(GET_SESSION, Fault.html(200));
        cli.run("whoami").fails(1, "InvalidResponse");
        pds.faults().next(GET_SESSION, Fault.html(502));
        cli.run("whoami").fails(1, "UpstreamFailure");
    }

    @Test
    void severalAccounts_needTheAccountOption() {
        TestAccount bob = pds.createAccount("bob.test", Cli.PASSWORD);
        cli.login(pds, "bob.test");
        Cli.Result unclear = cli.run("whoami").fails(2, "Usage");
        assertThat(unclear.err()).contains(alice.did() + " (alice.test)", bob.did() + " (bob.test)");
        for (String account :
                new String[] {bob.did().toString(), "bob.test", "@Bob.Test", "\u202abob.test\u202c", " bob.test."}) {
            assertThat(cli.run("whoami", "--account", account).succeeds().json().getString("did"))
                    .isEqualTo(bob.did().toString());
        }
        cli.run("whoami", "--account", "carol.test").fails(3, "NotSignedIn");
        cli.run("whoami", "--account", "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa").fails(3, "NotSignedIn");
        cli.run("whoami", "--account", "not an account").fails(2, "InvalidInput");
    }

    @Test
    void corruptFile_isNamed() throws Exception {
        Path file = cli.folder.resolve(alice.did().toString().replace(':', '_') + ".json");
        Files.writeString(file, Files.readString(file).substring(0, 200));
        assertThat(cli.run("whoami").fails(3, "NotSignedIn").err()).contains(file + ".damaged-");
    }
}
