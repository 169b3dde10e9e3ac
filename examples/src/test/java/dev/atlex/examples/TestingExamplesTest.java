package dev.atlex.examples;

import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.feed.Post;
import com.atproto.server.GetSession;
import dev.atlex.client.Client;
import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionOptions;
import dev.atlex.syntax.Datetime;
import dev.atlex.testkit.LocalPds;
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
}
