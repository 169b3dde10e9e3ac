package dev.atlex.examples;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionOptions;
import dev.atlex.syntax.Datetime;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.MethodException;
import dev.atlex.testkit.MutableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The examples of {@code docs/testing-your-bot.md}. */
class TestingExamplesTest {
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
}
