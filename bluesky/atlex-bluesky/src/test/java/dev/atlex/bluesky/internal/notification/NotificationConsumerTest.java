package dev.atlex.bluesky.internal.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.bsky.notification.ListNotifications.Notification;
import dev.atlex.bluesky.notification.NotificationHandler;
import dev.atlex.bluesky.notification.NotificationListener;
import dev.atlex.bluesky.notification.NotificationOptions;
import dev.atlex.bluesky.notification.StartPosition;
import dev.atlex.client.Agent;
import dev.atlex.data.ReadProblem;
import dev.atlex.session.store.CursorStore;
import dev.atlex.session.store.EntryStore;
import dev.atlex.session.store.MemorySessionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class NotificationConsumerTest {
    private final TestTime time = new TestTime();
    private final FakeAppView appView = new FakeAppView(time);
    private final MemorySessionStore store = new MemorySessionStore();
    private final List<String> handled = new ArrayList<>();
    private final NotificationHandler handler = notification -> handled.add(FakeAppView.id(notification));

    /** Returns a consumer as a newly started process would create it. */
    private NotificationConsumer started(Consumer<NotificationOptions.Builder> more) {
        return new NotificationConsumer(
                appView, NotificationOptions.of(o -> more.accept(o.cursor(CursorStore.of(store)))), time.timing());
    }

    private NotificationConsumer started() {
        return started(o -> {});
    }

    private NotificationConsumer fromOldest() {
        return started(o -> o.from(StartPosition.OLDEST));
    }

    @Nested
    class FirstStart {
        @Test
        void fromNow_handlesOnlyWhatComesLater() {
            appView.mentions(250);

            assertThat(started().pollOnce(handler)).isZero();
            assertThat(started().pollOnce(handler)).isZero();
            time.pass(Duration.ofSeconds(1));
            String later = appView.mention();

            assertThat(started().pollOnce(handler)).isEqualTo(1);
            assertThat(handled).containsExactly(later);
        }

        @Test
        void fromNow_withoutAnyNotification_handlesTheFirstOne() {
            started().pollOnce(handler);
            String first = appView.mention();

            started().pollOnce(handler);
            assertThat(handled).containsExactly(first);
        }

        @Test
        void fromNow_moreThanTheWindowHolds_handlesNone() {
            appView.mentions(1500);
            started().pollOnce(handler);

            started().pollOnce(handler);
            assertThat(handled).isEmpty();
        }

        @Test
        void fromOldest_handlesAllInOrder() {
            List<String> all = appView.mentions(250);

            assertThat(fromOldest().pollOnce(handler)).isEqualTo(250);
            assertThat(handled).isEqualTo(all);
        }

        @Test
        void fromInstant_handlesLaterNotifications() {
            List<String> all = appView.mentions(10);
            Instant since = appView.items.get(4).time();

            started(o -> o.from(since)).pollOnce(handler);
            assertThat(handled).isEqualTo(all.subList(4, 10));
        }

        @Test
        void agentWithoutAccount_isRefused() {
            assertThatThrownBy(() -> new NotificationConsumer(
                            Agent.of("https://pds.test"), NotificationOptions.DEFAULTS, time.timing()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("not signed in");
        }
    }

    @Nested
    class Finding {
        @Test
        void fromFollowedOnly_omitsOtherAccounts() {
            List<String> all = appView.mentions(3);
            appView.followed.add(all.get(1));

            started(o -> o.from(StartPosition.OLDEST).fromFollowedOnly(true)).pollOnce(handler);

            assertThat(handled).containsExactly(all.get(1));
            assertThat(appView.requests.get(0)).contains("priority=true");
        }

        @Test
        void pollOnce_repeatedly_handlesEachOnce() {
            List<String> all = new ArrayList<>(appView.mentions(3));
            fromOldest().pollOnce(handler);
            for (int i = 0; i < 5; i++) {
                time.pass(Duration.ofMinutes(1));
                all.add(appView.mention());
                fromOldest().pollOnce(handler);
                fromOldest().pollOnce(handler);
            }

            assertThat(handled).isEqualTo(all);
        }

        @Test
        void newestHandledWasDeleted_losesAndRepeatsNothing() {
            List<String> all = new ArrayList<>(appView.mentions(120));
            fromOldest().pollOnce(handler);
            all.subList(60, 120).forEach(appView::remove);
            time.pass(Duration.ofSeconds(1));
            all.add(appView.mention());

            fromOldest().pollOnce(handler);
            assertThat(handled).isEqualTo(all);
        }

        @Test
        void severalWithSameTime_areAllHandled() {
            List<String> all = new ArrayList<>(appView.mentions(50));
            Instant tied = time.instant().plusMillis(1);
            for (int i = 0; i < 90; i++) {
                all.add(appView.add("mention", tied));
            }
            for (int i = 0; i < 50; i++) {
                all.add(appView.add("mention", tied.plusMillis(1 + i)));
            }
            fromOldest().pollOnce(handler);
            assertThat(handled).containsExactlyInAnyOrderElementsOf(all);

            String oneMore = appView.add("mention", tied);
            fromOldest().pollOnce(handler);
            assertThat(handled).hasSize(191).endsWith(oneMore);
        }

        @Test
        void moreThanAPageWithSameTime_endsAndContinues() {
            Instant tied = time.instant();
            IntStream.range(0, 150).forEach(i -> appView.add("mention", tied));
            String older = appView.add("mention", tied.minusSeconds(1));

            // The service itself can't list more than a page of notifications with the same time.
            assertThat(fromOldest().pollOnce(handler)).isEqualTo(101);
            assertThat(handled).contains(older);
        }

        @Test
        void listedLateWithAnOlderTime_isHandled() {
            appView.mentions(150);
            fromOldest().pollOnce(handler);
            String late = appView.add("mention", time.instant().minus(Duration.ofHours(20)));

            fromOldest().pollOnce(handler);
            assertThat(handled).hasSize(151).endsWith(late);
        }

        @Test
        void listedAfterMoreThanThreeDays_isNotHandled() {
            started().pollOnce(handler);
            appView.add("mention", time.instant().minus(Duration.ofDays(4)));

            started().pollOnce(handler);
            assertThat(handled).isEmpty();
        }

        @Test
        void edited_isHandledAgain() {
            appView.mention();
            fromOldest().pollOnce(handler);
            Notification first = FakeAppView.notification("at://did:plc:a/app.bsky.feed.post/b", cid("one"));
            Notification edited = FakeAppView.notification("at://did:plc:a/app.bsky.feed.post/b", cid("two"));

            assertThat(Window.Mark.of(edited)).isNotEqualTo(Window.Mark.of(first));
        }

        @Test
        void longBacklog_isHandledInOrder() {
            List<String> all = appView.mentions(2200);

            assertThat(fromOldest().pollOnce(handler)).isEqualTo(2200);
            assertThat(handled).isEqualTo(all);
        }

        @Test
        void otherReasons_areSkipped() {
            List<String> wanted = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                Instant at = time.instant().plusMillis(i);
                if (i % 125 == 0) {
                    wanted.add(appView.add(i % 2 == 0 ? "mention" : "reply", at));
                } else {
                    appView.add("like", at);
                }
            }
            started(o -> o.from(StartPosition.OLDEST).reasons("mention", "reply"))
                    .pollOnce(handler);
            assertThat(handled).isEqualTo(wanted);
            assertThat(appView.requests.get(0)).contains("reasons=mention", "reasons=reply", "priority=false");

            handled.clear();
            appView.ignoresReasons = true;
            started(o -> o.from(StartPosition.OLDEST).reasons("reply")).pollOnce(handler);
            assertThat(handled).hasSize(4);
        }

        @Test
        void consumersWithOtherNames_areIndependent() {
            appView.mentions(2);
            fromOldest().pollOnce(handler);
            started(o -> o.from(StartPosition.OLDEST).name("other")).pollOnce(handler);

            assertThat(handled).hasSize(4);
        }

        @Test
        void invalidItems_areSkippedAndReportedOnce() {
            List<ReadProblem> reported = new ArrayList<>();
            NotificationListener listener = new NotificationListener() {
                @Override
                public void onInvalid(ReadProblem problem) {
                    reported.add(problem);
                }
            };
            appView.add("invalid", time.instant());
            String valid = appView.mention();
            NotificationConsumer consumer =
                    started(o -> o.from(StartPosition.OLDEST).listener(listener));
            consumer.pollOnce(handler);
            consumer.pollOnce(handler);

            assertThat(handled).containsExactly(valid);
            assertThat(reported).hasSize(1);
        }

        @Test
        void cursor_staysSmall() {
            fromOldest().pollOnce(handler);
            for (int i = 0; i < 12; i++) {
                time.pass(Duration.ofMinutes(10));
                appView.mentions(100);
                fromOldest().pollOnce(handler);
            }

            assertThat(handled).hasSize(1200).doesNotHaveDuplicates();
            store.forEach(
                    EntryStore.Kind.CURSOR,
                    entry -> assertThat(entry.value().length()).isLessThan(40_000));
        }

        @Test
        void monthsWithoutNotifications_advanceFloor() {
            started().pollOnce(handler);
            for (int day = 0; day < 60; day++) {
                time.pass(Duration.ofDays(1));
                IntStream.range(0, 200).forEach(i -> appView.add("like", time.instant()));
                started(o -> o.reasons("mention").name("all")).pollOnce(handler);
            }
            appView.requests.clear();
            started(o -> o.reasons("mention").name("all")).pollOnce(handler);

            assertThat(appView.requests).hasSizeLessThan(15);
        }
    }

    private static String cid(String content) {
        return FakeAppView.cid(content).toString();
    }

    @Nested
    class Seen {
        @Test
        void pollOnce_marksNothingAsSeen() {
            appView.mentions(3);
            fromOldest().pollOnce(handler);
            assertThat(appView.seen).isEmpty();
            assertThat(handled).hasSize(3);
        }

        @Test
        void markSeen_marksUpToTheNewestHandled() {
            started().markSeen();
            assertThat(appView.seen).isEmpty();
            appView.mentions(3);
            fromOldest().pollOnce(handler);

            started().markSeen();
            assertThat(appView.seen).hasSize(1);
            assertThat(appView.seen.get(0).getString("seenAt"))
                    .isEqualTo(appView.items.get(2).time().plusMillis(1).toString());
        }
    }
}
