package dev.atlex.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.oauth.OAuthClient;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.SessionStore;
import dev.atlex.testkit.TestAccount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** The session of one account, whose processes are killed one after another. Used by one thread. */
final class KilledSession {
    private static final List<String> SMALL_HEAP = List.of("-Xmx64m");

    /** Longer than the server takes to finish the refresh of a killed process in the short form. */
    private static final Duration SERVER_TIME = Duration.ofSeconds(1);

    /** Longer than a process waits for a lease and for the end of an announced refresh, on a busy machine. */
    private static final int MINUTES = 8;

    /** How long a process that finds an announced refresh sends nothing. */
    private static final Duration QUIET = Duration.ofSeconds(30);

    /**
     * A kill, and the session's entry after it.
     *
     * @param issuedAt when the saved tokens were issued
     * @param isAnnounced whether the entry announces a refresh
     * @param before a time before the next process's first refresh
     */
    private record Kill(KillStep step, Instant issuedAt, boolean isAnnounced, Instant before) {}

    private final OAuthServer server;
    private final StoreLocation place;
    private final SessionStore store;
    private final OAuthClient client;
    private final TestAccount account;
    private final KillTally tally;
    private final Random random;
    private final Key key;

    /** The kills after which no process has got so far as to use the session. */
    private final List<Kill> unresolved = new ArrayList<>();

    private int kills;
    private int signIns = 1;

    KilledSession(
            OAuthServer server,
            StoreLocation place,
            SessionStore store,
            OAuthClient client,
            TestAccount account,
            KillTally tally,
            Random random) {
        this.server = server;
        this.place = place;
        this.store = store;
        this.client = client;
        this.account = account;
        this.tally = tally;
        this.random = random;
        this.key = Key.oauth(account.did(), null);
    }

    /** Starts a process and kills it at the step. Returns false if the session had ended, so that there was no kill. */
    boolean kill(KillStep step) throws Exception {
        try (ChildProcess child = start(step)) {
            List<String> output = new ArrayList<>();
            if (step == KillStep.ANY_TIME) {
                TimeUnit.MILLISECONDS.sleep(random.nextInt(2_000));
            } else if (!isUsed(child)) {
                return false;
            } else if (step == KillStep.REFRESHING) {
                child.await("sending");
                TimeUnit.MICROSECONDS.sleep(random.nextInt(150_000));
            } else {
                output.add(child.next());
            }
            if (!step.halts()) {
                child.kill();
            }
            output.addAll(child.rest());
            if (output.contains("continued")) {
                resolve(false);
            } else if (output.contains("ended REFRESH_LOST") || store.load(key) == null) {
                signInAgain();
                return false;
            }
            assertThat(output)
                    .as("output of a process killed at %s", step)
                    .allMatch(line -> List.of("open", "sending", "continued", "(end of output)")
                            .contains(line));
        }
        kills++;
        unresolved.add(killed(step));
        return true;
    }

    /** Checks that a process can use the session after the last kill, or that it reports that it is lost. */
    void finish() throws Exception {
        try (ChildProcess child = start(KillStep.NEVER)) {
            isUsed(child);
        }
        assertThat(server.sessions(account.did())).as("sessions of %s", account).isEqualTo(2);
    }

    private ChildProcess start(KillStep step) throws Exception {
        // In the short form, a minute passes between two processes at once.
        if (!Scale.LONG) {
            place.expireLeases(key.name());
        }
        long ahead = Scale.LONG ? 0 : kills * 60L;
        return ChildProcess.start(
                EnduranceTest.SCANNER,
                OAuthKilledProcess.class,
                SMALL_HEAP,
                place.where(),
                server.plcUrl().toString(),
                account.did().toString(),
                step.name(),
                Long.toString(ahead));
    }

    /** Waits until a process has used the session. Returns false if it had ended, after signing in again. */
    private boolean isUsed(ChildProcess child) throws Exception {
        assertThat(child.next(MINUTES)).isEqualTo("open");
        String line = child.next(MINUTES);
        while (line.equals("sending")) {
            line = child.next(MINUTES);
        }
        assertThat(line)
                .as("a process that fails by itself, on a machine that is too busy")
                .isNotEqualTo("failed");
        if (line.equals("continued")) {
            resolve(false);
            return true;
        }
        assertThat(line).isEqualTo("ended REFRESH_LOST");
        signInAgain();
        return false;
    }

    private void signInAgain() throws Exception {
        resolve(true);
        assertThat(store.load(key)).as("entry of a lost session").isNull();
        OAuthProgram.signIn(client, server, account, null);
        signIns++;
    }

    /** Counts the kills before a process that has used the session. Only lost tokens may have cost it. */
    private void resolve(boolean isLost) {
        List<Instant> rotations = server.rotations(account.did());
        KillState last = KillState.SETTLED;
        Instant issuedAt = null;
        for (Kill kill : unresolved) {
            KillState state = state(kill, rotations);
            if (kill.step().state() != null) {
                assertThat(state)
                        .as("after a kill at %s", kill.step())
                        .isEqualTo(kill.step().state());
            }
            boolean isUnchanged =
                    kill.isAnnounced() && state == last && kill.issuedAt().equals(issuedAt);
            tally.add(kill.step(), isUnchanged ? KillState.UNCHANGED : state, state == KillState.ROTATED);
            last = state;
            issuedAt = kill.issuedAt();
        }
        assertThat(isLost).as("lost after %s", unresolved).isEqualTo(last == KillState.ROTATED);
        unresolved.clear();
    }

    /** Compares the entry with the server's records. */
    private static KillState state(Kill kill, List<Instant> rotations) {
        if (!kill.isAnnounced()) {
            return KillState.SETTLED;
        }
        // The entry has milliseconds. The client received the saved tokens after their rotation.
        boolean isRotated = rotations.stream()
                .anyMatch(at -> at.toEpochMilli() > kill.issuedAt().toEpochMilli() && at.isBefore(kill.before()));
        return isRotated ? KillState.ROTATED : KillState.ANNOUNCED;
    }

    private Kill killed(KillStep step) throws InterruptedException {
        Entry entry = Objects.requireNonNull(store.load(key), "entry");
        LexMap record = (LexMap) LexValue.parseJson(entry.value());
        Instant issuedAt = Instant.ofEpochMilli(Objects.requireNonNull(record.getInteger("issuedAt")));
        LexMap marker = record.getMap("refreshing");
        if (marker == null) {
            return new Kill(step, issuedAt, false, issuedAt);
        }
        if (Scale.LONG) {
            Instant announced = Instant.ofEpochMilli(Objects.requireNonNull(marker.getInteger("at")));
            return new Kill(step, issuedAt, true, announced.plus(QUIET));
        }
        // The next process doesn't wait.
        TimeUnit.NANOSECONDS.sleep(SERVER_TIME.toNanos());
        return new Kill(step, issuedAt, true, Instant.now());
    }

    /** Returns how often the account has signed in. */
    int signIns() {
        return signIns;
    }
}
