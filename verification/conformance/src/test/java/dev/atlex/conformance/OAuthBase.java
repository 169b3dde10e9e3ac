package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.atproto.server.GetSession;
import dev.atlex.client.Client;
import dev.atlex.client.transport.Transport;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.oauth.Authorization;
import dev.atlex.oauth.ClientKeys;
import dev.atlex.oauth.ClientMetadata;
import dev.atlex.oauth.OAuthClient;
import dev.atlex.oauth.OAuthOptions;
import dev.atlex.oauth.OAuthSession;
import dev.atlex.oauth.Scope;
import dev.atlex.oauth.Scopes;
import dev.atlex.session.SessionEvent;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.testkit.TestAccount;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Base class for OAuth scenarios with programs that share a store, and their users. */
abstract class OAuthBase extends Scenarios {
    static final Scopes SCOPES = Scopes.of(Scope.ATPROTO, Scope.TRANSITION_GENERIC);
    private static final URI WEB_CLIENT = URI.create("https://app.example.com/oauth-client-metadata.json");

    final OAuthServer oauth;
    final CountingTransport transport = new CountingTransport();
    final SessionStore store = new MemorySessionStore();
    final List<SessionEvent> events = new CopyOnWriteArrayList<>();
    private final Map<String, String> dns = new ConcurrentHashMap<>();
    final TestAccount alice;

    OAuthBase(Server server) {
        super(server);
        this.oauth = server.oauth();
        this.alice = account();
    }

    /** Creates an account whose handle resolves. */
    final TestAccount account() {
        TestAccount account = server.createAccount();
        dns.put("_atproto." + account.handle(), "did=" + account.did());
        return account;
    }

    final IdentityResolver identity(Transport over) {
        return IdentityResolver.builder()
                .transport(over)
                .plcUrl(server.plcUrl())
                .dns(name -> dns.containsKey(name) ? List.of(dns.get(name)) : List.of())
                .allowPrivateAddresses(true)
                .build();
    }

    /** Returns a public client, which needs no published document. */
    final OAuthClient publicClient() {
        return client(store, oauth.clock(), o -> o.metadata(ClientMetadata.loopback(SCOPES)));
    }

    /** Returns a confidential client whose document the server knows. */
    final OAuthClient confidentialClient(Clock clock) {
        return confidentialClient(clock, ClientKeys.generate());
    }

    /** Like {@link #confidentialClient(Clock)}, with keys, which replace those that were published before. */
    final OAuthClient confidentialClient(Clock clock, ClientKeys keys) {
        OAuthClient client = client(
                store,
                clock,
                o -> o.keys(keys)
                        .metadata(ClientMetadata.web(
                                WEB_CLIENT,
                                m -> m.redirectUri("https://app.example.com/callback")
                                        .scopes(SCOPES))));
        oauth.publish(client.metadata());
        return client;
    }

    final OAuthClient client(SessionStore sessions, Clock clock, Consumer<? super OAuthOptions.Builder> options) {
        return OAuthClient.of(sessions, o -> {
            o.transport(transport).identity(identity(transport)).clock(clock).listener(events::add);
            options.accept(o);
        });
    }

    /** Signs in to an account, as its user would. */
    final OAuthSession signIn(OAuthClient client, TestAccount account) {
        return finish(client, client.authorize(account.did()), account);
    }

    /** Finishes a sign-in, as its user would. */
    final OAuthSession finish(OAuthClient client, Authorization authorization, TestAccount account) {
        return client.callback(oauth.authorize(authorization.url(), account), authorization.browserSecret())
                .session();
    }

    /** Returns a store with a copy of the account's session. */
    final SessionStore copyOfStore(TestAccount account) {
        Key key = Key.oauth(account.did(), null);
        SessionStore copy = new MemorySessionStore();
        copy.save(key, 0, Objects.requireNonNull(store.load(key)).value());
        return copy;
    }

    static void call(OAuthSession session) {
        assertThat(new Client(session).call(GetSession.QUERY).did()).isEqualTo(session.did());
    }
}
