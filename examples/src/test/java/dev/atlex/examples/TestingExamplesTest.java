package dev.atlex.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.bsky.feed.GetFeed;
import app.bsky.feed.Like;
import app.bsky.feed.Post;
import app.bsky.notification.ListNotifications;
import com.atproto.repo.CreateRecord;
import com.atproto.server.GetSession;
import dev.atlex.client.Client;
import dev.atlex.client.StrongRefs;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.oauth.ClientMetadata;
import dev.atlex.oauth.ClientMetadataException;
import dev.atlex.oauth.OAuthClient;
import dev.atlex.oauth.Scope;
import dev.atlex.oauth.Scopes;
import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionOptions;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.syntax.Datetime;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.MethodException;
import dev.atlex.testkit.MutableClock;
import dev.atlex.testkit.TestAccount;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The examples of {@code docs/testing-your-bot.md}. */
class TestingExamplesTest {
    private static final Scopes SCOPES = Scopes.of(Scope.ATPROTO);

    @Test
    void postsWithoutJUnitExtension() {
        try (LocalPds pds = LocalPds.start(o -> o.account("alice.test", "alice-password"))) {
            PasswordSession session = PasswordSession.login(pds.url().toString(), "alice.test", "alice-password");
            new Client(session).create(Post.RECORD, p -> p.text("Hello").createdAt(Datetime.now()));
            assertThat(pds.records(session.did(), "app.bsky.feed.post")).hasSize(1);
        }
    }

    @Test
    void refreshesWhenTheClockAdvances() {
        MutableClock clock = MutableClock.atPresent();
        try (LocalPds pds = LocalPds.start(o -> o.clock(clock).account("alice.test", "alice-password"))) {
            PasswordSession session = PasswordSession.login(
                    Credentials.of(pds.url().toString(), "alice.test", "alice-password"),
                    SessionOptions.of(o -> o.clock(clock)));
            clock.advance(Duration.ofHours(3));
            new Client(session).call(GetSession.QUERY); // the access token has expired, so this refreshes first
            assertThat(pds.count("com.atproto.server.refreshSession")).isEqualTo(1);
        }
    }

    @Test
    void readsWhatWasPosted() {
        try (LocalPds server = LocalPds.start(o -> o.account("alice.test", "a").account("bob.test", "b"))) {
            Client alice = new Client(PasswordSession.login(server.url().toString(), "alice.test", "a"));
            Client bob = new Client(PasswordSession.login(server.url().toString(), "bob.test", "b"));
            CreateRecord.Output post =
                    alice.create(Post.RECORD, p -> p.text("Hello").createdAt(Datetime.now()));
            bob.create(Like.RECORD, like -> like.subject(StrongRefs.of(post)).createdAt(Datetime.now()));

            ListNotifications.Output output = alice.call(ListNotifications.QUERY);
            assertThat(output.notifications().get(0).author().handle()).hasToString("bob.test");
        }
    }

    @Test
    void implementsMissingMethods() {
        try (LocalPds server = LocalPds.start(o -> o.account("alice.test", "a"))) {
            server.handle("app.bsky.feed.getFeed", call -> {
                if (call.param("feed") == null) {
                    throw MethodException.of(400, "UnknownFeed", "no such feed");
                }
                return LexMap.of("feed", LexArray.of());
            });
            Client alice = new Client(PasswordSession.login(server.url().toString(), "alice.test", "a"));

            assertThat(alice.call(GetFeed.QUERY, query -> query.feed("at://feeds.test/app.bsky.feed.generator/news"))
                            .feed())
                    .isEmpty();
        }
    }

    @Test
    void signsInByOAuth() {
        try (LocalPds server = LocalPds.start()) {
            TestAccount alice = server.createAccount("alice.test", "alice-password");
            OAuthClient client = client(server, ClientMetadata.loopback(SCOPES));

            URI authorizationUrl = client.authorize(alice.did()).url();
            URI callback = server.authorize(authorizationUrl, alice); // http://127.0.0.1/callback?iss=…&state=…&code=…
            authorizationUrl = client.authorize(alice.did()).url();
            URI denied = server.deny(authorizationUrl); // …&error=access_denied

            assertThat(callback).hasParameter("code");
            assertThat(denied).hasParameter("error", "access_denied");
        }
    }

    @Test
    void registersAnOAuthClient() {
        try (LocalPds server = LocalPds.start()) {
            TestAccount alice = server.createAccount("alice.test", "alice-password");
            ClientMetadata metadata = ClientMetadata.web(
                    URI.create("https://app.example.com/oauth-client-metadata.json"),
                    m -> m.redirectUri("https://app.example.com/oauth/callback").scopes(SCOPES));
            OAuthClient client = client(server, metadata);
            assertThatThrownBy(() -> client.authorize(alice.did())).isInstanceOf(ClientMetadataException.class);

            String metadataJson = metadata.toJson();
            server.oauth().register("https://app.example.com/oauth-client-metadata.json", metadataJson);

            assertThat(server.authorize(client.authorize(alice.did()).url(), alice))
                    .hasHost("app.example.com");
        }
    }

    private static OAuthClient client(LocalPds server, ClientMetadata metadata) {
        IdentityResolver identity = IdentityResolver.builder()
                .plcUrl(server.plcUrl())
                .allowPrivateAddresses(true)
                .build();
        return OAuthClient.of(
                new MemorySessionStore(), o -> o.metadata(metadata).identity(identity));
    }
}
