package dev.atlex.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import com.atproto.server.GetSession;
import dev.atlex.client.Client;
import dev.atlex.client.transport.Transport;
import dev.atlex.oauth.OAuthClient;
import dev.atlex.oauth.OAuthSession;
import dev.atlex.session.store.SessionStore;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.TestAccount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Processes are killed at each step of a refresh, and at random moments. Only a process that is killed after the server
 * has rotated the tokens and before they are saved may cost the session, and its successor must report that.
 */
class OAuthKillTest extends EnduranceTest {
    /** The id of a second session of each account, which no kill may hurt. */
    private static final String OTHER = "other";

    /** Gives random kills a chance to hit a refresh before and after its rotation. */
    private static final Duration SERVER_DELAY = Duration.ofMillis(40);

    /** The short form on PostgreSQL uses only the first ones. */
    private static final List<KillStep> STEPS = List.of(
            KillStep.ANSWERED,
            KillStep.MARKED,
            KillStep.SAVED,
            KillStep.REFRESHING,
            KillStep.UNMARKED,
            KillStep.SENT,
            KillStep.ANY_TIME);

    @ParameterizedTest
    @EnumSource
    void kill_costsOnlyUnsavedTokens(StoreLocation.Kind kind) throws Exception {
        boolean files = kind == StoreLocation.Kind.FILES;
        int kills = Scale.of("oauth-kills", files ? STEPS.size() : 4, 500);
        // The successors of killed processes mostly wait, especially for leases in a database.
        int accounts = Math.min(kills, Scale.of("killed-sessions", STEPS.size(), files ? 24 : 40));
        long start = System.nanoTime();
        try (LocalPds pds = LocalPds.start();
                OAuthServer server = new LocalOAuthServer(pds);
                StoreLocation place = StoreLocation.create(kind)) {
            pds.oauth().slowRotation(SERVER_DELAY, SERVER_DELAY).proofWindow(Duration.ofDays(1), Duration.ofDays(1));
            SessionStore store = place.open(8);
            OAuthClient client = OAuthProgram.client(store, pds.plcUrl().toString(), Transport.jdk(), o -> {});
            KillTally tally = new KillTally();
            List<TestAccount> users = new ArrayList<>();
            List<KilledSession> sessions = new ArrayList<>();
            for (int i = 0; i < accounts; i++) {
                TestAccount user = server.createAccount("killed" + i + ".test");
                users.add(user);
                OAuthProgram.signIn(client, server, user, null);
                OAuthProgram.signIn(client, server, user, OTHER);
                sessions.add(new KilledSession(
                        server, place, store, client, user, tally, new Random(Scale.SEED * 1_000L + i)));
            }
            killAll(sessions, kills);
            for (TestAccount user : users) {
                try (OAuthSession other = client.resume(user.did(), OTHER)) {
                    new Client(other).call(GetSession.QUERY);
                    assertThat(other.refresh().refreshed()).isTrue();
                }
            }
            assertThat(tally.kills()).isEqualTo(kills);
            assertThat(sessions.stream().mapToInt(KilledSession::signIns).sum() - accounts)
                    .isEqualTo(tally.lost());
            assertThat(server.failedRefreshes()).isEmpty();
            figures(
                    "OAuth kills, %s: %d kills, %d sessions; %d lost, each after its rotation and reported; %d s; %s",
                    kind,
                    kills,
                    accounts,
                    tally.lost(),
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start),
                    tally);
            if (store instanceof AutoCloseable closeable) {
                closeable.close();
            }
        }
    }

    private static void killAll(List<KilledSession> sessions, int kills) throws Exception {
        AtomicInteger next = new AtomicInteger();
        ExecutorService executor = Executors.newFixedThreadPool(sessions.size());
        List<Future<Void>> running = new ArrayList<>();
        for (KilledSession session : sessions) {
            running.add(executor.submit(() -> {
                try {
                    killRepeatedly(session, next, kills);
                } catch (Exception | Error e) {
                    next.set(kills);
                    throw e;
                }
                return null;
            }));
        }
        try {
            for (Future<Void> one : running) {
                one.get();
            }
        } finally {
            executor.shutdownNow();
            assertThat(executor.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    private static void killRepeatedly(KilledSession session, AtomicInteger next, int kills) throws Exception {
        for (int kill = next.getAndIncrement(); kill < kills; kill = next.getAndIncrement()) {
            while (!session.kill(STEPS.get(kill % STEPS.size()))) {
                // The session was lost, and has been replaced.
            }
            if (kill > 0 && kill % 100 == 0) {
                figures("OAuth kills: %d so far", kill);
            }
        }
        session.finish();
    }
}
