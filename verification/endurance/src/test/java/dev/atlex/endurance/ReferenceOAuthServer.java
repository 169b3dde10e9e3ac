package dev.atlex.endurance;

import dev.atlex.conformance.ReferenceNetwork;
import dev.atlex.conformance.ReferencePages;
import dev.atlex.syntax.Did;
import dev.atlex.testkit.TestAccount;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The reference PDS as an authorization server. */
final class ReferenceOAuthServer implements OAuthServer {
    private final ReferenceNetwork network = ReferenceNetwork.start(ReferenceNetwork.Options.DEFAULT);

    /** Visits the pages of the issuer, which has a name although the PDS listens on 127.0.0.1. */
    private final ReferencePages pages =
            new ReferencePages(URI.create("http://localhost:" + network.pdsUrl().getPort()));

    @Override
    public URI plcUrl() {
        return network.plcUrl();
    }

    /** The response to a refresh has whole seconds, rounded down from a little less than the lifetime. */
    @Override
    public void accessTokenLifetime(Duration lifetime) {
        network.setOAuthTokenLifetime(lifetime.plusSeconds(1));
    }

    @Override
    public TestAccount createAccount(String handle) {
        ReferenceNetwork.Account account = network.createAccount();
        return TestAccount.of(Did.of(account.did()), account.handle(), account.email(), account.password());
    }

    @Override
    public URI authorize(URI url, TestAccount account) {
        return pages.authorizeOverHttp(url, account, null);
    }

    @Override
    public List<Instant> rotations(Did did) {
        return network.oauthRotations().stream()
                .filter(rotation -> rotation.did().equals(did.toString()))
                .map(ReferenceNetwork.Rotation::at)
                .toList();
    }

    @Override
    public long sessions(Did did) {
        return network.oauthSessions(did.toString());
    }

    /** The server keeps no record of them. A failed refresh ends its session, or shows in the output of a process. */
    @Override
    public List<Integer> failedRefreshes() {
        return List.of();
    }

    @Override
    public void close() {
        network.close();
    }
}
