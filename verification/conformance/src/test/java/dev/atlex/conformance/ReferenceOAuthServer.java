package dev.atlex.conformance;

import dev.atlex.oauth.ClientMetadata;
import dev.atlex.syntax.Did;
import dev.atlex.testkit.TestAccount;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;

/** The authorization server of the reference PDS. */
final class ReferenceOAuthServer implements OAuthServer {
    private final ReferenceNetwork network;
    private final URI issuer;
    private final ReferencePages pages;

    ReferenceOAuthServer(ReferenceNetwork network) {
        this.network = network;
        // The issuer is a host name, although the PDS listens on 127.0.0.1. Proofs, cookies and Origin are compared
        // with it.
        this.issuer = URI.create("http://localhost:" + network.pdsUrl().getPort());
        this.pages = new ReferencePages(issuer);
    }

    @Override
    public URI issuer() {
        return issuer;
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }

    @Override
    public void publish(ClientMetadata client) {
        network.publishClient(client.toJson());
    }

    @Override
    public URI authorize(URI url, TestAccount account) {
        return pages.authorizeOverHttp(url, account, null);
    }

    @Override
    public URI authorize(URI url, TestAccount account, String scopes) {
        return pages.authorizeOverHttp(url, account, scopes);
    }

    @Override
    public URI deny(URI url) {
        return pages.denyOverHttp(url);
    }

    @Override
    public long sessions(Did did) {
        return network.oauthSessions(did.toString());
    }

    @Override
    public void forgetNonces() {
        network.forgetNonces();
    }

    @Override
    public void slowRotation(Duration before, Duration after) {
        boolean first = !before.isZero();
        network.slowRotation(first ? before : after, first ? "before" : "after");
    }

    @Override
    public void deleteAccount(Did did) {
        network.deleteAccount(did.toString());
    }
}
