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

/** Many threads of many processes use one account when its access token expires, over and over. */
class HerdTest extends Watched {
    private static final String REFRESH = "com.atproto.server.refreshSession";
    private static final String SIGN_IN = "com.atproto.server.createSession";
    private static final String CALL = "com.atproto.server.getSession";

    @ParameterizedTest
    @EnumSource
    void eachExpiryTakesOneRefreshAndNobodyNotices(Place.Kind kind) throws Exception {
        int processes = Size.of("processes", 3, 8);
        int threads = Size.of("threads", 4, 16);
        int expiries = Size.of("expiries", 30, 10_000);
        String handle = "herd.test";
        Random random = new Random(1);
        long start = System.nanoTime();
        long calls = 0;
        List<Child> herds = new ArrayList<>();
        try (LocalPds pds = LocalPds.start();
                Place place = Place.make(kind)) {
            TestAccount account = pds.createAccount(handle, Secrets.password(handle));
            SessionStore store = place.open(1);
            PasswordSession.open(Credentials.of(pds.url().toString(), handle, account.password()), store)
                    .close();
            assertThat(pds.count(SIGN_IN)).isEqualTo(1);
            pds.clearRequests();
            try {
                for (int i = 0; i < processes; i++) {
                    herds.add(Child.start(
                            WATCH,
                            Herd.class,
                            List.of("-Xmx128m"),
                            place.where(),
                            pds.url().toString(),
                            handle,
                            Integer.toString(threads)));
                }
                for (Child herd : herds) {
                    herd.await("open");
                }
                long begin = System.nanoTime();
                for (int expiry = 1; expiry <= expiries; expiry++) {
                    if (random.nextBoolean()) {
                        // Nobody is calling.
                        pds.expireAccessTokens();
                        tell(herds, "go " + expiry + "\nexpired " + expiry);
                    } else {
                        // In the midst of calls.
                        tell(herds, "go " + expiry);
                        TimeUnit.MICROSECONDS.sleep(random.nextInt(5_000));
                        pds.expireAccessTokens();
                        tell(herds, "expired " + expiry);
                    }
                    for (Child herd : herds) {
                        herd.await("done " + expiry);
                    }
                    assertThat(pds.requests(REFRESH))
                            .as("refreshes after expiry %s", expiry)
                            .extracting(RecordedRequest::status)
                            .containsExactly(200);
                    assertThat(pds.count(SIGN_IN)).isZero();
                    calls += pds.count(CALL);
                    pds.clearRequests();
                    if (expiry % 500 == 0 && expiry < expiries) {
                        figures("%s: %d expiries in %d s", kind, expiry, (System.nanoTime() - begin) / 1_000_000_000);
                    }
                }
                Duration took = Duration.ofNanos(System.nanoTime() - begin);
                long records = 0;
                for (Child herd : herds) {
                    herd.say("end");
                    String said = herd.next();
                    assertThat(said).startsWith("records ");
                    records += Long.parseLong(said.substring("records ".length()));
                }
                figures(
                        "%s: %d processes x %d threads, %d expiries, as many refreshes, %d requests of the threads, no error,"
                                + " no sign-in; %d log records searched; %.1f s, %.1f ms an expiry",
                        kind,
                        processes,
                        threads,
                        expiries,
                        calls,
                        records,
                        took.toMillis() / 1000.0,
                        took.toMillis() / (double) expiries);
            } finally {
                herds.forEach(Child::close);
                if (store instanceof AutoCloseable closeable) {
                    closeable.close();
                }
            }
        }
    }

    private static void tell(List<Child> herds, String order) throws Exception {
        for (Child herd : herds) {
            herd.say(order);
        }
    }
}
