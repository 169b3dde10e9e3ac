package dev.atlex.conformance;

import dev.atlex.oauth.ClientMetadata;
import dev.atlex.syntax.Did;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.TestAccount;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;

/** {@link LocalPds} as an authorization server. */
record LocalOAuthServer(LocalPds pds, Clock clock) implements OAuthServer {
    @Override
    public URI issuer() {
        return pds.url();
    }

    @Override
    public void publish(ClientMetadata client) {
        pds.oauth().register(client.clientId().toString(), client.toJson());
    }

    @Override
    public URI authorize(URI url, TestAccount account) {
        return pds.authorize(url, account);
    }

    @Override
    public URI authorize(URI url, TestAccount account, String scopes) {
        pds.oauth().grantOnly(scopes.split(" "));
        try {
            return pds.authorize(url, account);
        } finally {
            pds.oauth().grantAll();
        }
    }

    @Override
    public URI deny(URI url) {
        return pds.deny(url);
    }

    @Override
    public long sessions(Did did) {
        return pds.oauth().sessions(did);
    }

    @Override
    public void forgetNonces() {
        pds.oauth().newNonces();
    }

    @Override
    public void slowRotation(Duration before, Duration after) {
        pds.oauth().slowRotation(before, after);
    }

    @Override
    public void deleteAccount(Did did) {
        pds.deleteAccount(did);
    }
}
