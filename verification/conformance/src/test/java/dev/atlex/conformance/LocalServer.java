package dev.atlex.conformance;

import dev.atlex.session.SessionData;
import dev.atlex.syntax.Did;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.MutableClock;
import dev.atlex.testkit.TestAccount;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** {@link LocalPds} without an AppView, like the reference PDS. Its clock is advanced to expire tokens. */
final class LocalServer implements Server {
    private final MutableClock clock = MutableClock.atPresent();
    private final LocalPds pds = LocalPds.start(o -> o.clock(clock).appView(false));
    private final AtomicInteger accounts = new AtomicInteger();

    LocalPds pds() {
        return pds;
    }

    @Override
    public URI url() {
        return pds.url();
    }

    @Override
    public URI plcUrl() {
        return pds.plcUrl();
    }

    @Override
    public TestAccount createAccount() {
        String name = "user" + accounts.incrementAndGet();
        return pds.createAccount(name + ".test", name + "@example.test", "main-password-of-" + name);
    }

    @Override
    public void setTakenDown(Did did, boolean takenDown) {
        if (takenDown) {
            pds.takedown(did);
        } else {
            pds.reinstate(did);
        }
    }

    @Override
    public void setDeactivated(Did did, boolean deactivated) {
        if (deactivated) {
            pds.deactivate(did);
        } else {
            pds.activate(did);
        }
    }

    @Override
    public <T> T withExpiredAccessTokens(Supplier<T> work) {
        pds.behavior().accessTokenLifetime(Duration.ofSeconds(1));
        pds.oauth().accessTokenLifetime(Duration.ofSeconds(1));
        T result = work.get();
        pds.behavior().accessTokenLifetime(Duration.ofHours(2));
        pds.oauth().accessTokenLifetime(Duration.ofHours(1));
        clock.advance(Duration.ofSeconds(2));
        return result;
    }

    @Override
    public SessionData withExpiredRefreshToken(SessionData data) {
        clock.advance(Duration.ofDays(91));
        return data;
    }

    @Override
    public void endGracePeriods(Did did) {
        clock.advance(Duration.ofHours(3));
    }

    @Override
    public OAuthServer oauth() {
        return new LocalOAuthServer(pds, clock);
    }

    @Override
    public Server startWithRateLimits() {
        LocalServer server = new LocalServer();
        server.pds.behavior().rateLimits(true);
        return server;
    }

    @Override
    public void close() {
        pds.close();
    }
}
