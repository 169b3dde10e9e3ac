package dev.atlex.examples.recipes;

import dev.atlex.identity.IdentityResolver;
import dev.atlex.oauth.Browser;
import dev.atlex.oauth.ClientMetadata;
import dev.atlex.oauth.OAuthClient;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.TestAccount;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** A server inside this program, with the account alice.test, for the recipes that sign in with OAuth. */
final class OAuthDemo implements AutoCloseable {
    private final LocalPds pds = LocalPds.start();
    private final SessionStore store = new MemorySessionStore();
    private final TestAccount alice = pds.createAccount("alice.test", "password");

    LocalPds pds() {
        return pds;
    }

    TestAccount alice() {
        return alice;
    }

    /** Returns a client that can resolve alice.test, and may use addresses of this machine. */
    OAuthClient client(ClientMetadata metadata) {
        return OAuthClient.of(store, o -> o.metadata(metadata).identity(identity()));
    }

    IdentityResolver identity() {
        return IdentityResolver.builder()
                .plcUrl(pds.plcUrl())
                .dns(name -> name.equals("_atproto.alice.test") ? List.of("did=" + alice.did()) : List.of())
                .allowPrivateAddresses(true)
                .build();
    }

    /** Returns a browser whose user signs in as alice.test and grants the request. */
    Browser browser() {
        return url -> HttpClient.newHttpClient()
                .sendAsync(HttpRequest.newBuilder(pds.authorize(url, alice)).build(), BodyHandlers.discarding());
    }

    @Override
    public void close() {
        pds.close();
    }
}
