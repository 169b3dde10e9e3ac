package dev.atlex.oauth;

import dev.atlex.client.transport.Transport;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.syntax.Handle;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.LocalPdsOptions;
import dev.atlex.testkit.TestAccount;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** An authorization server with two accounts, and clients of it. */
final class OAuthWorld implements AutoCloseable {
    static final Scopes SCOPES = Scopes.of(Scope.ATPROTO, Scope.TRANSITION_GENERIC);
    static final URI WEB_CLIENT = URI.create("https://app.example.com/oauth-client-metadata.json");
    static final String WEB_REDIRECT = "https://app.example.com/oauth/callback";

    final TestClock clock = new TestClock();
    final TestTransport transport = new TestTransport();
    final SessionStore store = new MemorySessionStore();
    final LocalPds pds;
    final TestAccount alice;
    final TestAccount bob;

    private final Map<String, String> dns = new ConcurrentHashMap<>();

    OAuthWorld() {
        this(o -> {});
    }

    OAuthWorld(Consumer<? super LocalPdsOptions.Builder> options) {
        pds = LocalPds.start(o -> {
            o.clock(clock);
            options.accept(o);
        });
        alice = account("alice.test");
        bob = account("bob.test");
    }

    TestAccount account(String handle) {
        TestAccount account = pds.createAccount(handle, handle + "-password");
        dns.put("_atproto." + handle, "did=" + account.did());
        return account;
    }

    IdentityResolver identity() {
        return identity(transport);
    }

    IdentityResolver identity(Transport transport) {
        return IdentityResolver.builder()
                .transport(transport)
                .plcUrl(pds.plcUrl())
                .dns(name -> dns.containsKey(name) ? List.of(dns.get(name)) : List.of())
                .allowPrivateAddresses(true)
                .build();
    }

    /** Returns a client without a published document. */
    OAuthClient client() {
        return client(store, o -> o.metadata(ClientMetadata.loopback(SCOPES)));
    }

    OAuthClient client(SessionStore store, Consumer<? super OAuthOptions.Builder> options) {
        return OAuthClient.of(store, o -> {
            o.transport(transport).identity(identity()).clock(clock);
            options.accept(o);
        });
    }

    /** Returns a confidential client whose document the server knows. */
    OAuthClient webClient(ClientKeys keys) {
        OAuthClient client = client(
                store,
                o -> o.metadata(ClientMetadata.web(
                                WEB_CLIENT, m -> m.redirectUri(WEB_REDIRECT).scopes(SCOPES)))
                        .keys(keys));
        pds.oauth().register(WEB_CLIENT.toString(), client.metadata().toJson());
        return client;
    }

    static Handle handle(TestAccount account) {
        return Handle.of(account.handle());
    }

    /** Signs an account in, as its user would. */
    OAuthSession signIn(OAuthClient client, TestAccount account) {
        Authorization authorization = client.authorize(handle(account));
        return client.callback(pds.authorize(authorization.url(), account), authorization.browserSecret())
                .session();
    }

    int entries(Kind kind) {
        int[] count = new int[1];
        store.forEach(kind, entry -> count[0]++);
        return count[0];
    }

    @Override
    public void close() {
        pds.close();
    }
}
