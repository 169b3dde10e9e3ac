package dev.atlex.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.client.transport.Transport;
import dev.atlex.oauth.OAuthClient;
import dev.atlex.session.store.SessionStore;
import dev.atlex.syntax.Did;
import dev.atlex.testkit.TestAccount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Processes with many threads that share OAuth sessions whose access tokens live for 3 seconds.
 *
 * @param processes the number of processes
 * @param threads the number of threads in each
 * @param accounts the number of sessions
 * @param expiries how often an access token expires, in total
 */
record OAuthHerd(int processes, int threads, int accounts, int expiries) {
    private static final Duration LIFETIME = Duration.ofSeconds(3);

    /**
     * A token's own expiry has whole seconds, rounded down, so it lives for 2 to 3 seconds. A second rotation for one expiry
     * would follow the first within the time of a call.
     */
    private static final Duration MIN_INTERVAL = Duration.ofMillis(1_990);

    /** After a refresh without a response, nothing is sent for half a minute. */
    private static final Duration MAX_INTERVAL = Duration.ofSeconds(30);

    private static final int PROGRESS = 500;

    /**
     * Runs until the tokens have expired that often. Checks each account's rotations in the server's records, and that no
     * process has seen a failure.
     *
     * @return the figures
     */
    String run(OAuthServer server, StoreLocation place) throws Exception {
        server.accessTokenLifetime(LIFETIME);
        List<TestAccount> users = new ArrayList<>();
        List<ChildProcess> children = new ArrayList<>();
        SessionStore store = place.open(2);
        OAuthClient client = OAuthProgram.client(store, server.plcUrl().toString(), Transport.jdk(), o -> {});
        try {
            for (int i = 0; i < accounts; i++) {
                users.add(server.createAccount("herd" + i + ".test"));
            }
            for (TestAccount user : users) {
                OAuthProgram.signIn(client, server, user, null);
            }
            for (int i = 0; i < processes; i++) {
                children.add(start(server, place, users));
            }
            for (ChildProcess child : children) {
                child.await("open");
            }
            long begin = System.nanoTime();
            awaitExpiries(server, users, children);
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            long[] totals = end(children);
            Intervals intervals = new Intervals();
            int rotations = 0;
            for (TestAccount user : users) {
                List<Instant> times = server.rotations(user.did());
                intervals.add(user.did(), times);
                rotations += times.size();
                assertThat(server.sessions(user.did()))
                        .as("sessions of %s", user.did())
                        .isEqualTo(1);
            }
            assertThat(server.failedRefreshes()).isEmpty();
            assertThat(totals[1]).as("refreshes of the processes").isEqualTo(rotations);
            return String.format(
                    "%d processes x %d threads, %d accounts; %d expiries, one rotation each, %d to %d ms apart; %d calls,"
                            + " no failure, no session lost; searched %d log records; %d s",
                    processes,
                    threads,
                    accounts,
                    rotations,
                    intervals.min.toMillis(),
                    intervals.max.toMillis(),
                    totals[0],
                    totals[2],
                    took.toSeconds());
        } finally {
            children.forEach(ChildProcess::close);
            if (store instanceof AutoCloseable closeable) {
                closeable.close();
            }
        }
    }

    private ChildProcess start(OAuthServer server, StoreLocation place, List<TestAccount> users) throws Exception {
        List<String> arguments = new ArrayList<>();
        arguments.add(place.where());
        arguments.add(server.plcUrl().toString());
        arguments.add(Integer.toString(threads));
        arguments.add(Integer.toString(Scale.of("pause", 20, 200)));
        users.forEach(user -> arguments.add(user.did().toString()));
        return ChildProcess.start(
                EnduranceTest.SCANNER,
                OAuthCallingProcess.class,
                List.of("-Xmx128m"),
                arguments.toArray(new String[0]));
    }

    private void awaitExpiries(OAuthServer server, List<TestAccount> users, List<ChildProcess> children)
            throws Exception {
        int needed = (expiries + accounts - 1) / accounts;
        int reported = 0;
        long start = System.nanoTime();
        while (true) {
            TimeUnit.MILLISECONDS.sleep(250);
            for (ChildProcess child : children) {
                assertThat(child.poll(Duration.ZERO)).as("output of a process").isNull();
            }
            int total = 0;
            int least = Integer.MAX_VALUE;
            for (TestAccount user : users) {
                int count = server.rotations(user.did()).size();
                total += count;
                least = Math.min(least, count);
            }
            if (least >= needed) {
                return;
            }
            if (total / PROGRESS > reported) {
                reported = total / PROGRESS;
                EnduranceTest.figures(
                        "OAuth expiries: %d so far, in %d s", total, (System.nanoTime() - start) / 1_000_000_000);
            }
        }
    }

    /** Ends the processes. Returns the sums of their calls, refreshes and log records. */
    private static long[] end(List<ChildProcess> children) throws Exception {
        for (ChildProcess child : children) {
            child.send("end");
        }
        long[] totals = new long[3];
        for (ChildProcess child : children) {
            String line = child.next();
            assertThat(line).startsWith("done ");
            String[] words = line.split(" ");
            for (int i = 0; i < totals.length; i++) {
                totals[i] += Long.parseLong(words[i + 1]);
            }
        }
        return totals;
    }

    /** The times between two rotations of an account. */
    private static final class Intervals {
        private Duration min = Duration.ofDays(1);
        private Duration max = Duration.ZERO;

        void add(Did did, List<Instant> rotations) {
            for (int i = 1; i < rotations.size(); i++) {
                Duration interval = Duration.between(rotations.get(i - 1), rotations.get(i));
                assertThat(interval).as("between two rotations of %s", did).isBetween(MIN_INTERVAL, MAX_INTERVAL);
                min = interval.compareTo(min) < 0 ? interval : min;
                max = interval.compareTo(max) > 0 ? interval : max;
            }
        }
    }
}
