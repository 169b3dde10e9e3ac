package dev.atlex.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.store.SessionStore;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.RecordedRequest;
import dev.atlex.testkit.TestAccount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many threads in several processes share an account whose access token expires again and again. */
class ExpiryTest extends EnduranceTest {
    private static final String REFRESH = "com.atproto.server.refreshSession";
    private static final String SIGN_IN = "com.atproto.server.createSession";
    private static final String CALL = "com.atproto.server.getSession";

    @ParameterizedTest
    @EnumSource
    void expiry_causesOneRefreshAndNoFailure(StoreLocation.Kind kind) throws Exception {
        int processCount = Scale.of("processes", 3, 8);
        int threads = Scale.of("threads", 4, 16);
        int expiries = Scale.of("expiries", 30, 10_000);
        String handle = "shared.test";
        Random random = new Random(Scale.SEED);
        long start = System.nanoTime();
        long calls = 0;
        List<ChildProcess> processes = new ArrayList<>();
        try (LocalPds pds = LocalPds.start();
                StoreLocation place = StoreLocation.create(kind)) {
            TestAccount account = pds.createAccount(handle, Secrets.password(handle));
            SessionStore store = place.open(1);
            PasswordSession.open(Credentials.of(pds.url().toString(), handle, account.password()), store)
                    .close();
            assertThat(pds.count(SIGN_IN)).isEqualTo(1);
            pds.clearRequests();
            try {
                for (int i = 0; i < processCount; i++) {
                    processes.add(ChildProcess.start(
                            SCANNER,
                            CallingProcess.class,
                            List.of("-Xmx128m"),
                            place.where(),
                            pds.url().toString(),
                            handle,
                            Integer.toString(threads)));
                }
                for (ChildProcess process : processes) {
                    process.await("open");
                }
                long begin = System.nanoTime();
                for (int expiry = 1; expiry <= expiries; expiry++) {
                    if (random.nextBoolean()) {
                        // No call is in progress.
                        pds.expireAccessTokens();
                        send(processes, "go " + expiry + "\nexpired " + expiry);
                    } else {
                        // While calls are in progress.
                        send(processes, "go " + expiry);
                        TimeUnit.MICROSECONDS.sleep(random.nextInt(5_000));
                        pds.expireAccessTokens();
                        send(processes, "expired " + expiry);
                    }
                    for (ChildProcess process : processes) {
                        process.await("done " + expiry);
                    }
                    assertThat(pds.requests(REFRESH))
                            .as("refreshes after expiry %s", expiry)
                            .extracting(RecordedRequest::status)
                            .containsExactly(200);
                    assertThat(pds.count(SIGN_IN)).isZero();
                    calls += pds.count(CALL);
                    pds.clearRequests();
                    if (expiry % 500 == 0 && expiry < expiries) {
                        figures(
                                "expiries, %s: %d so far, in %d s",
                                kind, expiry, (System.nanoTime() - begin) / 1_000_000_000);
                    }
                }
                Duration took = Duration.ofNanos(System.nanoTime() - begin);
                long records = 0;
                for (ChildProcess process : processes) {
                    process.send("end");
                    String line = process.next();
                    assertThat(line).startsWith("records ");
                    records += Long.parseLong(line.substring("records ".length()));
                }
                figures(
                        "expiries, %s: %d processes x %d threads; %d expiries, one refresh each; %d calls, no failure, no sign-in;"
                                + " searched %d log records; %.1f s, %.1f ms per expiry",
                        kind,
                        processCount,
                        threads,
                        expiries,
                        calls,
                        records,
                        took.toMillis() / 1000.0,
                        took.toMillis() / (double) expiries);
            } finally {
                processes.forEach(ChildProcess::close);
                if (store instanceof AutoCloseable closeable) {
                    closeable.close();
                }
            }
        }
    }

    private static void send(List<ChildProcess> processes, String command) throws Exception {
        for (ChildProcess process : processes) {
            process.send(command);
        }
    }
}
