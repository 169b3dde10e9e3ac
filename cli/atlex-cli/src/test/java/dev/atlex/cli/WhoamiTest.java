package dev.atlex.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.client.CallOptions;
import dev.atlex.client.XrpcException;
import dev.atlex.session.SessionData;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.MutableClock;
import dev.atlex.testkit.TestAccount;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
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

    private void tokensExpire() {
        clock.advance(Duration.ofHours(3));
    }

    @Test
    void saysWhoIsSignedInAtTheCostOfOneRequest() {
        Cli.Result result = cli.run("whoami").succeeds();
        assertThat(result.out())
                .isEqualTo("{\"did\":\"" + alice.did() + "\",\"handle\":\"alice.test\",\"email\":\"" + alice.email()
                        + "\",\"emailConfirmed\":false,\"active\":true,\"service\":\"" + pds.url() + "\",\"pds\":\""
                        + pds.url() + "\"}\n");
        assertThat(pds.requests()).hasSize(1);
    }

    @Test
    void tellsOfADeactivatedAccount() {
        pds.deactivate(alice.did());
        assertThat(cli.run("whoami").succeeds().json())
                .containsEntry("active", dev.atlex.data.LexValue.of(false))
                .containsEntry("status", dev.atlex.data.LexValue.of("deactivated"));
    }

    @Test
    void renewsTokensThatHaveExpiredAndKeepsTheNewOnes() {
        String old = Cli.token(cli.stored(), "refreshJwt");
        tokensExpire();
        cli.run("whoami").succeeds();
        assertThat(Cli.token(cli.stored(), "refreshJwt")).isNotEqualTo(old);
        pds.clearRequests();
        cli.run("whoami").succeeds();
        assertThat(pds.requests()).hasSize(1);
    }

    @Test
    void aSessionThatTheServerHasEndedIsForgotten() {
        pds.revokeSessions(alice.did());
        tokensExpire();
        cli.run("whoami").fails(3, "ExpiredToken");
        assertThat(cli.store.list()).isEmpty();
        cli.run("whoami").fails(3, "NotSignedIn");
    }

    @Test
    void tokensThatCannotBeRenewedJustNowAreAsTheServerSaysAndKept() {
        tokensExpire();
        pds.faults().always(REFRESH_SESSION, Fault.status(400, "SomethingElse", "come back later"));
        cli.run("whoami").fails(1, "SomethingElse");
        assertThat(cli.stored().did()).isEqualTo(alice.did());
    }

    @Test
    void aNetworkThatFailsWhileTokensAreRenewedIsTheNetwork() {
        tokensExpire();
        pds.faults().always(REFRESH_SESSION, Fault.dropBeforeProcessing());
        cli.run("whoami").fails(4, "Network");
        assertThat(cli.stored().did()).isEqualTo(alice.did());
    }

    @Test
    void anAccountThatWasTakenDownKeepsItsSession() {
        pds.takedown(alice.did());
        tokensExpire();
        cli.run("whoami").fails(1, "AccountTakedown");
        assertThat(cli.store.list()).hasSize(1);
    }

    @Test
    void aServerThatIsGoneIsTheNetwork() {
        pds.close();
        cli.run("whoami").fails(4, "Network");
        assertThat(cli.store.list()).hasSize(1);
    }

    @Test
    void anAnswerThatBreaksOffIsTheNetwork() {
        pds.faults().next(GET_SESSION, Fault.truncatedBody());
        cli.run("whoami").fails(4, "Network");
    }

    @Test
    void anAnswerThatIsNoneIsTheServersFault() {
        pds.faults().next(GET_SESSION, Fault.garbageJson());
        cli.run("whoami").fails(1, "InvalidResponse");
        pds.faults().next(GET_SESSION, Fault.html(200));
        cli.run("whoami").fails(1, "InvalidResponse");
        pds.faults().next(GET_SESSION, Fault.html(502));
        cli.run("whoami").fails(1, "UpstreamFailure");
    }

    @Test
    void ofSeveralAccountsOneHasToBeChosen() {
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
    void aDamagedFileIsNamed() throws Exception {
        Path file = cli.folder.resolve(alice.did().toString().replace(':', '_') + ".json");
        Files.writeString(file, Files.readString(file).substring(0, 200));
        assertThat(cli.run("whoami").fails(3, "NotSignedIn").err()).contains(file + ".damaged-");
    }

    @Test
    void newTokensThatCannotBeSavedAreWarnedOf() throws Exception {
        SessionData data = cli.stored();
        tokensExpire();
        Path notAFolder = Files.writeString(temp.resolve("file"), "");
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        CliEnvironment world = new CliEnvironment(
                Map.of(),
                new ByteArrayInputStream(new byte[0]),
                System.out,
                new PrintStream(err, true, UTF_8),
                () -> null);
        StoredSession stored = new StoredSession(new Atlex(world), new FileSessionStore(notAFolder), data);
        stored.use(CallOptions.DEFAULTS, client -> client.call(com.atproto.server.GetSession.QUERY));
        assertThat(err.toString(UTF_8)).startsWith("warning: Storage: ").hasLineCount(1);
    }

    @Test
    void withNothingToWarnOfTheFailureIsTheCallsOwn() {
        tokensExpire();
        pds.faults().next(GET_SESSION, Fault.status(400, "ExpiredToken", "not really"));
        pds.faults().next(GET_SESSION, Fault.status(400, "ExpiredToken", "not really"));
        CliEnvironment world =
                new CliEnvironment(Map.of(), new ByteArrayInputStream(new byte[0]), System.out, System.err, () -> null);
        StoredSession stored = new StoredSession(new Atlex(world), cli.store, cli.stored());
        assertThatThrownBy(() ->
                        stored.use(CallOptions.DEFAULTS, client -> client.call(com.atproto.server.GetSession.QUERY)))
                .isInstanceOfSatisfying(
                        XrpcException.class, e -> assertThat(e.error()).isEqualTo("ExpiredToken"));
    }
}
