package dev.atlex.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.feed.Post;
import dev.atlex.bluesky.Bluesky;
import dev.atlex.bluesky.notification.Notifications;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.testkit.LocalPds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A bot that replies to mentions is killed again and again. Each mention must get exactly one reply. */
class MentionKillTest extends EnduranceTest {
    private static final String BOT = "bot.test";
    private static final String USER = "user.test";
    private static final List<String> SMALL_HEAP = List.of("-Xmx96m");

    private final int kills = Scale.of("bot-kills", 5, 200);
    private final int mentions = Scale.of("mentions", 25, 500);
    private final Random random = new Random(Scale.SEED);
    private final List<String> mentioned = new ArrayList<>();
    private final List<String> output = new ArrayList<>();

    @Test
    void kill_eachMentionGetsOneReply() throws Exception {
        long start = System.nanoTime();
        try (LocalPds pds = LocalPds.start();
                StoreLocation place = StoreLocation.create(StoreLocation.Kind.FILES)) {
            pds.createAccount(BOT, Secrets.password(BOT));
            pds.createAccount(USER, Secrets.password(USER));
            String service = pds.url().toString();
            Bluesky user = ReplyingProcess.signIn(new MemorySessionStore(), service, USER);
            SessionStore store = place.open(2);
            Bluesky bot = ReplyingProcess.signIn(store, service, BOT);

            killRepeatedly(place, service, user);
            Notifications rest = ReplyingProcess.mentions(bot, store);
            int last = rest.pollOnce(mention -> bot.reply(mention, "Hello!"));
            int again = repeated();

            Map<String, Integer> replies = replies(pds, bot);
            figures(
                    "mentions: %d kills, %d mentions, %d replies; %d mentions were handled again, %d by the last process; %d s",
                    kills,
                    mentions,
                    replies.values().stream().mapToInt(Integer::intValue).sum(),
                    again,
                    last,
                    Duration.ofNanos(System.nanoTime() - start).toSeconds());
            assertThat(replies.keySet()).containsExactlyInAnyOrderElementsOf(mentioned);
            assertThat(replies.values()).containsOnly(1);
            assertThat(rest.setAside()).isEmpty();
            assertThat(output)
                    .allMatch(line -> line.startsWith("handling at://") || line.startsWith("replied to at://"));
        }
    }

    /** Kills a bot while the next one is waiting for its lease. */
    private void killRepeatedly(StoreLocation place, String service, Bluesky user) throws Exception {
        ChildProcess current = start(place, service);
        try {
            current.await("open");
            for (int kill = 1; kill <= kills; kill++) {
                ChildProcess next = start(place, service);
                try {
                    next.await("open");
                    int due = mentions * kill / kills;
                    while (mentioned.size() < due) {
                        mentioned.add(user.post("@" + BOT + " " + mentioned.size())
                                .uri()
                                .toString());
                    }
                    if (random.nextInt(4) == 0) {
                        TimeUnit.MILLISECONDS.sleep(random.nextInt(500));
                    } else {
                        awaitWork(current);
                        TimeUnit.MICROSECONDS.sleep(random.nextInt(60_000));
                    }
                } finally {
                    current.kill();
                    output.addAll(current.rest());
                    current = next;
                }
            }
        } finally {
            current.kill();
            output.addAll(current.rest());
        }
    }

    /** Waits until a bot has handled some mentions, but not for long, because the other bot may have the lease. */
    private void awaitWork(ChildProcess bot) throws Exception {
        for (int lines = 1 + random.nextInt(4 * mentions / kills); lines > 0; lines--) {
            String line = bot.poll(Duration.ofSeconds(3));
            if (line == null) {
                return;
            }
            output.add(line);
        }
    }

    /** Returns how many mentions were handled more than once. */
    private int repeated() {
        Set<String> handled = new HashSet<>();
        Set<String> repeated = new HashSet<>();
        output.stream()
                .filter(line -> line.startsWith("handling ") && !handled.add(line))
                .forEach(repeated::add);
        return repeated.size();
    }

    private static Map<String, Integer> replies(LocalPds pds, Bluesky bot) {
        Map<String, Integer> replies = new HashMap<>();
        pds.records(bot.did(), "app.bsky.feed.post").values().forEach(record -> {
            Post.ReplyRef ref = Objects.requireNonNull(Post.RECORD.from(record).reply());
            replies.merge(ref.parent().uri().toString(), 1, Integer::sum);
        });
        return replies;
    }

    private static ChildProcess start(StoreLocation place, String service) throws Exception {
        return ChildProcess.start(SCANNER, ReplyingProcess.class, SMALL_HEAP, place.where(), service, BOT);
    }
}
