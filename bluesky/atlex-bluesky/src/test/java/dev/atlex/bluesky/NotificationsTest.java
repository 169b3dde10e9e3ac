package dev.atlex.bluesky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.bsky.feed.Post;
import app.bsky.graph.Follow;
import app.bsky.notification.ListNotifications.Notification;
import dev.atlex.bluesky.notification.NotificationHandler;
import dev.atlex.bluesky.notification.Notifications;
import dev.atlex.bluesky.notification.StartPosition;
import dev.atlex.session.store.CursorStore;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Datetime;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.LocalPds;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests handling notifications and replying to them, on a server. */
@Timeout(120)
class NotificationsTest {
    private static final String LIST = "app.bsky.notification.listNotifications";

    @TempDir
    Path folder;

    private final LocalPds pds = LocalPds.start();
    private final Bluesky bsky = SignedIn.bluesky(pds, pds.createAccount("bot.test", "bot's password"));
    private final Bluesky user = SignedIn.bluesky(pds, pds.createAccount("user.test", "user's password"));
    private final List<AtUri> handled = new ArrayList<>();

    @AfterEach
    void stop() {
        pds.close();
    }

    private Notifications mentions() {
        return bsky.notifications(n -> n.reasons("mention", "reply")
                .cursor(CursorStore.file(folder))
                .from(StartPosition.OLDEST)
                .interval(Duration.ofSeconds(1)));
    }

    private List<String> replies() {
        return pds.records(bsky.did(), "app.bsky.feed.post").values().stream()
                .map(post -> String.valueOf(post.getString("text")))
                .toList();
    }

    @Test
    void forEach_mention_isAnswered() {
        AtUri mention = user.post("Good morning @bot.test").uri();
        Notifications mentions = mentions();
        mentions.forEach(notification -> {
            bsky.reply(notification, "Hello!");
            mentions.close();
        });

        Post reply = Post.RECORD.from(pds.records(bsky.did(), "app.bsky.feed.post")
                .values()
                .iterator()
                .next());
        assertThat(reply.text()).isEqualTo("Hello!");
        Post.ReplyRef ref = Objects.requireNonNull(reply.reply());
        assertThat(ref.parent().uri()).isEqualTo(mention);
        assertThat(ref.root().uri()).isEqualTo(mention);
    }

    @Test
    void reply_repeated_existsOnce() {
        user.post("@bot.test one");
        user.post("@bot.test two");
        List<Notification> found = new ArrayList<>();
        mentions().pollOnce(found::add);
        assertThat(found).hasSize(2);
        List<Posted> posts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String text = "Hello " + i;
            found.forEach(notification -> posts.add(bsky.reply(notification, text)));
        }

        assertThat(replies()).containsExactly("Hello 0", "Hello 0");
        assertThat(posts)
                .extracting(Posted::uri)
                .containsOnly(posts.get(0).uri(), posts.get(1).uri());
    }

    @Test
    void reply_responseWasLost_existsOnce() {
        user.post("@bot.test one");
        AtomicInteger attempts = new AtomicInteger();
        mentions().pollOnce(notification -> {
            if (attempts.incrementAndGet() == 1) {
                pds.faults().next("com.atproto.repo.createRecord", Fault.dropAfterProcessing());
            }
            bsky.reply(notification, "Hello!");
        });

        assertThat(replies()).containsExactly("Hello!");
        assertThat(pds.faults().exhausted()).isTrue();
    }

    /**
     * The service determines the time of the post, so the reply must work even if the clock of this machine is slow.
     */
    @Test
    void reply_clockIsSlow_exists() {
        user.post("@bot.test one");
        Clock slow = Clock.offset(Clock.systemUTC(), Duration.ofHours(-2));
        Bluesky late = Bluesky.of(
                bsky.client().agent(), SignedIn.OPTIONS.toBuilder().clock(slow).build());
        mentions().pollOnce(notification -> late.reply(notification, "Hello!"));

        assertThat(replies()).containsExactly("Hello!");
    }

    @Test
    void reply_notAboutAPost_isRefused() {
        user.client().create(Follow.RECORD, f -> f.subject(bsky.did()).createdAt(Datetime.now()));
        List<Notification> found = new ArrayList<>();
        bsky.notifications(n -> n.from(StartPosition.OLDEST)).pollOnce(found::add);

        assertThat(found).hasSize(1);
        assertThatThrownBy(() -> bsky.reply(found.get(0), "Hello!"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not about a post (got follow at://");
    }

    @Test
    void pollOnce_deletedAndBackdated_losesAndRepeatsNothing() {
        AtUri first = user.post("@bot.test one").uri();
        mentions().pollOnce(notification -> handled.add(notification.uri()));
        user.delete(first);
        AtUri backdated = user.post(
                        p -> p.text("@bot.test two").createdAt(Instant.now().minus(Duration.ofHours(2))))
                .uri();
        mentions().pollOnce(notification -> handled.add(notification.uri()));
        mentions().pollOnce(notification -> handled.add(notification.uri()));

        assertThat(handled).containsExactly(first, backdated);
    }

    @Test
    void onlyMarkSeen_updatesSeen() {
        user.post("@bot.test one");
        mentions().pollOnce(notification -> {});
        assertThat(pds.count("app.bsky.notification.updateSeen")).isZero();

        mentions().markSeen();
        assertThat(pds.count("app.bsky.notification.updateSeen")).isEqualTo(1);
        List<Boolean> read = new ArrayList<>();
        bsky.notifications(n -> n.from(StartPosition.OLDEST).name("other"))
                .pollOnce(notification -> read.add(notification.isRead()));
        assertThat(read).containsExactly(true);
    }

    @Test
    void close_whileHandling_waitsForHandler() throws Exception {
        user.post("@bot.test one");
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch closing = new CountDownLatch(1);
        AtomicInteger finished = new AtomicInteger();
        Notifications mentions = mentions();
        Thread thread = run(mentions, notification -> {
            started.countDown();
            assertThat(closing.await(60, TimeUnit.SECONDS)).isTrue();
            finished.incrementAndGet();
        });
        assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();
        Thread closer = new Thread(() -> {
            mentions.close();
            assertThat(finished).hasValue(1);
        });
        closer.start();
        while (closer.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        closing.countDown();
        closer.join();
        thread.join();

        assertThat(finished).hasValue(1);
        assertThat(mentions().pollOnce(notification -> {})).isZero();
    }

    @Test
    void close_duringARequest_abortsIt() throws Exception {
        pds.faults().always(LIST, Fault.delay(Duration.ofSeconds(60)));
        Notifications mentions = mentions();
        Thread thread = run(mentions, notification -> {});
        pds.awaitRequests(LIST, 1, Duration.ofSeconds(60));
        mentions.close();

        thread.join(Duration.ofSeconds(30).toMillis());
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void close_betweenPolls_endsForEach() throws Exception {
        Notifications mentions = bsky.notifications(n -> n.interval(Duration.ofDays(1)));
        Thread thread = run(mentions, notification -> {});
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        mentions.close();

        thread.join(Duration.ofSeconds(30).toMillis());
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void interrupt_endsForEachAndIsKept() throws Exception {
        Notifications mentions = bsky.notifications(n -> n.interval(Duration.ofDays(1)));
        List<Boolean> interrupted = new ArrayList<>();
        Thread thread = new Thread(() -> {
            mentions.forEach(notification -> {});
            interrupted.add(Thread.currentThread().isInterrupted());
        });
        thread.start();
        pds.awaitRequests(LIST, 1, Duration.ofSeconds(60));
        thread.interrupt();
        thread.join();

        assertThat(interrupted).containsExactly(true);
    }

    @Test
    void twoProcesses_oneTakesOverFromTheOther() throws Exception {
        user.post("@bot.test one");
        Notifications one = mentions();
        Notifications other = mentions();
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        Thread working = run(one, notification -> first.countDown());
        assertThat(first.await(60, TimeUnit.SECONDS)).isTrue();
        Thread waiting = run(other, notification -> second.countDown());
        user.post("@bot.test two");
        one.close();
        working.join();

        if (second.getCount() > 0) {
            user.post("@bot.test three");
        }
        assertThat(second.await(60, TimeUnit.SECONDS)).isTrue();
        other.close();
        waiting.join();
    }

    private static Thread run(Notifications notifications, NotificationHandler handler) {
        Thread thread = new Thread(() -> notifications.forEach(handler), "bot");
        thread.start();
        return thread;
    }
}
