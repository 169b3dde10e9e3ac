package dev.atlex.bluesky.internal.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.bluesky.notification.NotificationHandler;
import dev.atlex.bluesky.notification.NotificationListener;
import dev.atlex.bluesky.notification.NotificationOptions;
import dev.atlex.bluesky.notification.SetAsideNotification;
import dev.atlex.bluesky.notification.StartPosition;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.TransportException;
import dev.atlex.session.SessionEndedException;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.ratelimit.RateLimitedException;
import dev.atlex.session.store.CursorStore;
import dev.atlex.session.store.MemorySessionStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class NotificationFailuresTest {
    private final TestTime time = new TestTime();
    private final FakeAppView appView = new FakeAppView(time);
    private final FaultyStore store = new FaultyStore(new MemorySessionStore());
    private final List<String> handled = new ArrayList<>();
    private final NotificationHandler handler = notification -> handled.add(FakeAppView.id(notification));

    private NotificationConsumer started(Consumer<NotificationOptions.Builder> more) {
        return new NotificationConsumer(
                appView,
                NotificationOptions.of(
                        o -> more.accept(o.cursor(CursorStore.of(store)).from(StartPosition.OLDEST))),
                time.timing());
    }

    private NotificationConsumer started() {
        return started(o -> {});
    }

    private static List<Duration> seconds(long... seconds) {
        return LongStream.of(seconds).mapToObj(Duration::ofSeconds).toList();
    }

    /** Returns a handler that fails for one notification. */
    private NotificationHandler failingFor(String id, Throwable failure) {
        return notification -> {
            if (FakeAppView.id(notification).equals(id)) {
                NotificationFailuresTest.<RuntimeException>sneak(failure);
            }
            handler.handle(notification);
        };
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable failure) throws T {
        throw (T) failure;
    }

    @Nested
    class Handler {
        @Test
        void failsTwice_isRetriedBeforeTheNextOne() {
            List<String> all = appView.mentions(3);
            AtomicInteger failures = new AtomicInteger(2);

            started().pollOnce(notification -> {
                if (FakeAppView.id(notification).equals(all.get(1)) && failures.getAndDecrement() > 0) {
                    throw new IOException("scripted");
                }
                handler.handle(notification);
            });

            assertThat(handled).isEqualTo(all);
            assertThat(time.pauses).isEqualTo(seconds(1, 2));
            assertThat(started().setAside().list()).isEmpty();
        }

        @Test
        void failsAlways_isSetAsideAndTheNextOneHandled() {
            List<String> all = appView.mentions(3);

            assertThat(started().pollOnce(failingFor(all.get(1), new IllegalStateException("scripted"))))
                    .isEqualTo(3);
            assertThat(started().pollOnce(handler)).isZero();

            assertThat(handled).containsExactly(all.get(0), all.get(2));
            assertThat(time.pauses).isEqualTo(seconds(1, 2, 4, 8));
            assertThat(started().setAside().list()).singleElement().satisfies(item -> {
                assertThat(FakeAppView.id(item.notification())).isEqualTo(all.get(1));
                assertThat(item.attempts()).isEqualTo(5);
                assertThat(item.failedAt()).isEqualTo(Instant.ofEpochMilli(time.millis()));
                assertThat(item.failure()).isEqualTo("java.lang.IllegalStateException: scripted");
            });
        }

        @Test
        void assertionErrorAndStackOverflow_areSetAside() {
            List<String> all = appView.mentions(2);
            started(o -> o.attempts(1)).pollOnce(failingFor(all.get(0), new AssertionError("scripted")));
            assertThat(started().setAside().list()).hasSize(1);

            String third = appView.mention();
            started(o -> o.attempts(1)).pollOnce(failingFor(third, new StackOverflowError()));
            assertThat(started().setAside().list()).hasSize(2);
        }

        @Test
        void outOfMemoryError_isThrown_andCursorIsUnchanged() {
            List<String> all = appView.mentions(2);
            assertThatThrownBy(() -> started().pollOnce(failingFor(all.get(1), new OutOfMemoryError("scripted"))))
                    .isInstanceOf(OutOfMemoryError.class);

            started().pollOnce(handler);
            assertThat(handled).isEqualTo(all);
        }

        @Test
        void sessionEnded_isThrownAndNothingSetAside() {
            List<String> all = appView.mentions(2);
            SessionEndedException ended =
                    new SessionEndedException(FakeAppView.BOT, SessionEndedException.Reason.REVOKED, null);
            assertThatThrownBy(() -> started().forEach(failingFor(all.get(1), ended)))
                    .isSameAs(ended);

            assertThat(handled).containsExactly(all.get(0));
            assertThat(started().setAside().list()).isEmpty();
            started().pollOnce(handler);
            assertThat(handled).isEqualTo(all);
        }

        @Test
        void rateLimited_waitsAndSetsNothingAside() {
            List<String> all = appView.mentions(2);
            NotificationConsumer consumer = started(o -> o.attempts(1));
            AtomicInteger limits = new AtomicInteger(3);
            consumer.forEach(notification -> {
                if (FakeAppView.id(notification).equals(all.get(1))) {
                    if (limits.getAndDecrement() > 0) {
                        throw new RateLimitedException(
                                "scripted", time.instant().plusSeconds(600));
                    }
                    consumer.close();
                }
                handler.handle(notification);
            });

            assertThat(handled).isEqualTo(all);
            assertThat(time.pauses).isEqualTo(seconds(600, 600, 600));
            assertThat(started().setAside().list()).isEmpty();
        }

        @Test
        void outage_setsNothingAside() {
            List<String> all = appView.mentions(2);
            NotificationConsumer consumer = started();
            consumer.forEach(notification -> {
                boolean down = time.pauses.size() < 12;
                appView.fault = path -> down ? FakeAppView.failure(503, "NotEnoughResources") : null;
                if (down) {
                    // The fault ends during the pauses, so that the next poll succeeds.
                    time.afterPause = () -> appView.fault =
                            path -> time.pauses.size() % 6 == 0 ? null : FakeAppView.failure(503, "NotEnoughResources");
                    throw new IllegalStateException("scripted outage");
                }
                handler.handle(notification);
                if (handled.size() == 2) {
                    consumer.close();
                }
            });

            assertThat(handled).isEqualTo(all);
            assertThat(started().setAside().list()).isEmpty();
        }

        @Test
        void listIsFull_isRetriedUntilThereIsRoom() {
            List<String> all = appView.mentions(201);
            NotificationHandler failing = notification -> {
                throw new IllegalStateException("scripted");
            };
            assertThatThrownBy(() -> started(o -> o.attempts(1)).pollOnce(failing))
                    .isInstanceOf(SessionStoreException.class)
                    .hasMessageContaining("the list is full");
            assertThat(started().setAside().list()).hasSize(200);

            assertThat(started().retrySetAside(handler)).isEqualTo(200);
            assertThat(started().pollOnce(handler)).isEqualTo(1);
            assertThat(handled).isEqualTo(all);
            assertThat(started().setAside().list()).isEmpty();
        }
    }

    @Nested
    class SetAside {
        private final List<String> all = appView.mentions(3);

        @Test
        void retry_removesHandledNotifications() {
            NotificationHandler failing = notification -> {
                throw new IllegalStateException("x".repeat(2000));
            };
            started(o -> o.attempts(1)).pollOnce(failing);

            assertThat(started().retrySetAside(failingFor(all.get(1), new IllegalStateException("again"))))
                    .isEqualTo(2);
            assertThat(handled).containsExactly(all.get(0), all.get(2));
            assertThat(started().setAside().list()).singleElement().satisfies(item -> {
                assertThat(item.attempts()).isEqualTo(2);
                assertThat(item.failure()).endsWith("again");
            });
            assertThat(started().retrySetAside(handler)).isEqualTo(1);
            assertThat(started().retrySetAside(handler)).isZero();
        }

        @Test
        void remove_discardsOne() {
            started(o -> o.attempts(1)).pollOnce(failingFor(all.get(1), new IllegalStateException("x".repeat(2000))));
            SetAsideNotification item = started().setAside().list().get(0);
            assertThat(item.failure()).hasSize(500);

            assertThat(started().setAside().remove(item.notification())).isTrue();
            assertThat(started().setAside().remove(item.notification())).isFalse();
            assertThat(started().setAside().list()).isEmpty();
        }
    }

    @Nested
    class Polling {
        @Test
        void failures_areRetriedWithLongerPauses() {
            appView.mentions(1);
            NotificationConsumer consumer = started();
            List<RuntimeException> reported = new ArrayList<>();
            NotificationConsumer reporting = started(o -> o.listener(new NotificationListener() {
                @Override
                public void onFailure(RuntimeException failure, Duration pause) {
                    reported.add(failure);
                    throw new IllegalStateException("a listener must not stop the consumer");
                }
            }));
            appView.fault = path -> {
                if (time.pauses.size() < 11) {
                    throw new TransportException("scripted", null, false);
                }
                return null;
            };
            reporting.forEach(notification -> reporting.close());

            assertThat(time.pauses).isEqualTo(seconds(1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300));
            assertThat(reported).hasSize(11);
            consumer.close();
        }

        @Test
        void tooManyRequests_waitsUntilTheReset() {
            appView.mentions(1);
            NotificationConsumer consumer = started();
            // The client uses the real clock to compute the time for the retry.
            time.pass(Duration.between(time.instant(), Instant.now()));
            Instant reset = time.instant().plusSeconds(120);
            appView.fault = path -> time.pauses.isEmpty()
                    ? FakeAppView.failure(
                            429,
                            "RateLimitExceeded",
                            "RateLimit-Limit",
                            "10",
                            "RateLimit-Remaining",
                            "0",
                            "RateLimit-Reset",
                            Long.toString(reset.getEpochSecond()))
                    : null;
            consumer.forEach(notification -> consumer.close());

            assertThat(time.pauses).hasSize(1);
            assertThat(time.pauses.get(0)).isBetween(Duration.ofSeconds(110), Duration.ofSeconds(121));
        }

        @Test
        void noRequestsRemaining_waitsUntilTheReset() {
            NotificationConsumer consumer = started();
            appView.headers = () -> HttpHeaders.of(
                    "RateLimit-Limit",
                    "10",
                    "RateLimit-Remaining",
                    "0",
                    "RateLimit-Reset",
                    Long.toString(time.instant().plusSeconds(200).getEpochSecond()));
            time.afterPause = consumer::close;
            consumer.forEach(handler);

            assertThat(time.pauses.get(0)).isBetween(Duration.ofSeconds(198), Duration.ofSeconds(200));
        }

        @Test
        void refused_isThrown() {
            appView.fault = path -> FakeAppView.failure(400, "InvalidRequest");
            assertThatThrownBy(() -> started().forEach(handler)).isInstanceOf(XrpcResponseException.class);
        }

        @Test
        void idle_waitsForTheInterval() {
            NotificationConsumer consumer = started(o -> o.interval(Duration.ofSeconds(40)));
            time.afterPause = () -> {
                if (time.pauses.size() == 3) {
                    consumer.close();
                }
            };
            consumer.forEach(handler);

            assertThat(time.pauses).isEqualTo(seconds(40, 40, 40));
            assertThatThrownBy(() -> consumer.forEach(handler))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        }

        @Test
        void lateNotification_isFoundWithinTenMinutes() {
            appView.mentions(150);
            NotificationConsumer consumer = started();
            time.afterPause = () -> {
                if (time.pauses.size() == 1) {
                    appView.add("mention", time.instant().minus(Duration.ofHours(20)));
                }
            };
            consumer.forEach(notification -> {
                handler.handle(notification);
                if (handled.size() == 151) {
                    consumer.close();
                }
            });

            assertThat(time.pauses.stream().reduce(Duration.ZERO, Duration::plus))
                    .isBetween(Duration.ofMinutes(9), Duration.ofMinutes(11));
        }
    }

    @Nested
    class Store {
        @Test
        void saveFails_waitsAndDoesNotHandleAgain() {
            List<String> all = appView.mentions(3);
            NotificationConsumer consumer = started();
            store.failSaves(5, 4);
            consumer.forEach(notification -> {
                handler.handle(notification);
                if (handled.size() == 3) {
                    consumer.close();
                }
            });

            assertThat(handled).isEqualTo(all);
        }

        @Test
        void loadFails_isRetried() {
            List<String> all = appView.mentions(1);
            NotificationConsumer consumer = started();
            store.failLoads(3);
            consumer.forEach(notification -> {
                handler.handle(notification);
                consumer.close();
            });

            assertThat(handled).isEqualTo(all);
            assertThat(time.pauses).isEqualTo(seconds(1, 2, 4));
        }

        @Test
        void anotherProcessSaved_continuesFromThere() {
            List<String> all = appView.mentions(3);
            NotificationConsumer consumer = started();
            consumer.forEach(notification -> {
                handler.handle(notification);
                if (handled.size() == 1) {
                    // A process that was suspended for too long ignores the other one's lease.
                    store.withoutLeases(() -> started().pollOnce(handler));
                    time.afterPause = consumer::close;
                }
            });

            assertThat(handled).containsExactly(all.get(0), all.get(0), all.get(1), all.get(2));
        }

        @Test
        void leaseIsHeldElsewhere_pollOnceDoesNothing() {
            appView.mentions(1);
            started().pollOnce(notification -> {
                assertThat(started().pollOnce(handler)).isZero();
                handler.handle(notification);
            });

            assertThat(handled).hasSize(1);
        }
    }

    /** Crashes at random moments: before and after the handler, in saves, and after losing a response. */
    @Test
    void crashes_loseNothing() {
        Random random = new Random(1);
        List<String> expected = new ArrayList<>();
        int crashes = 0;
        while (crashes < 100) {
            for (int i = random.nextInt(4); i > 0; i--) {
                // Some are listed late, after others, and several have the same time.
                Instant at = time.instant().minusSeconds(random.nextInt(3) == 0 ? random.nextInt(7200) : 0);
                expected.add(appView.add("mention", at));
            }
            store.crashSaves(random, 0.1);
            try {
                started().pollOnce(notification -> {
                    crash(random, 0.1);
                    handler.handle(notification);
                    crash(random, 0.1);
                });
            } catch (Crash e) {
                crashes++;
            }
            if (random.nextInt(4) == 0 && !handled.isEmpty()) {
                appView.remove(handled.get(random.nextInt(handled.size())));
            }
            time.pass(Duration.ofSeconds(1));
        }
        store.crashSaves(random, 0);
        started().pollOnce(handler);

        assertThat(handled).containsAll(expected);
        assertThat(handled.size()).isLessThanOrEqualTo(expected.size() + crashes);
    }

    private static void crash(Random random, double probability) {
        if (random.nextDouble() < probability) {
            throw new Crash();
        }
    }

    /** Ends a consumer as abruptly as a kill. */
    static final class Crash extends OutOfMemoryError {
        private static final long serialVersionUID = 1L;
    }
}
