package dev.atlex.endurance;

import dev.atlex.syntax.Did;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.RecordedRequest;
import dev.atlex.testkit.TestAccount;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** {@link LocalPds} as an authorization server. */
record LocalOAuthServer(LocalPds pds) implements OAuthServer {
    private static final String TOKEN = "/oauth/token";

    @Override
    public URI plcUrl() {
        return pds.plcUrl();
    }

    @Override
    public void accessTokenLifetime(Duration lifetime) {
        pds.oauth().accessTokenLifetime(lifetime);
    }

    @Override
    public TestAccount createAccount(String handle) {
        return pds.createAccount(handle, Secrets.password(handle));
    }

    @Override
    public URI authorize(URI url, TestAccount account) {
        return pds.authorize(url, account);
    }

    @Override
    public List<Instant> rotations(Did did) {
        return pds.oauth().rotations(did);
    }

    @Override
    public long sessions(Did did) {
        return pds.oauth().sessions(did);
    }

    /** A 400 is a demand for a nonce, or ends the session, which {@link #sessions} then shows. */
    @Override
    public List<Integer> failedRefreshes() {
        return pds.requests().stream()
                .filter(request -> request.path().equals(TOKEN))
                .map(RecordedRequest::status)
                .filter(status -> status != 200 && status != 400)
                .toList();
    }

    @Override
    public void close() {
        pds.close();
    }
}
