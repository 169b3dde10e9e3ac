package dev.atlex.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TapWebhookTest {
    private static final String PASSWORD = "s3cret:wörd";

    private final List<TapEvent> events = new ArrayList<>();
    private final List<FailedEvent> skipped = new ArrayList<>();

    private TapWebhook webhook(Consumer<TapOptions.Builder> options) {
        return webhook(options, events::add);
    }

    private TapWebhook webhook(Consumer<TapOptions.Builder> options, Consumer<TapEvent> handler) {
        return TapWebhook.of(
                t -> {
                    t.onSkipped(skipped::add);
                    options.accept(t);
                },
                handler);
    }

    private static byte[] deletion(long id, String rkey) {
        return """
                {"id": %d, "type": "record", "record": {"live": true, "did": "did:plc:alice", "rev": "3kb3fge5lm32x",
                 "collection": "app.bsky.feed.post", "rkey": "%s", "action": "delete"}}
                """.formatted(id, rkey).getBytes(UTF_8);
    }

    private static byte[] identity(long id) {
        return """
                {"id": %d, "type": "identity", "identity": {"did": "did:plc:alice", "handle": "alice.test",
                 "is_active": true, "status": "active"}}
                """.formatted(id).getBytes(UTF_8);
    }

    private static String basic(String userAndPassword) {
        return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(UTF_8));
    }

    @Nested
    class Passwords {
        private final TapWebhook webhook = webhook(t -> t.adminPassword(PASSWORD));

        @Test
        void rightPassword_isAccepted() {
            assertThat(webhook.handle(deletion(1, "a"), basic("admin:" + PASSWORD)))
                    .isEqualTo(200);
            assertThat(webhook.handle(
                            deletion(2, "b"), basic("admin:" + PASSWORD).replace("Basic", "basic")))
                    .isEqualTo(200);
            assertThat(events).hasSize(2);
        }

        @ParameterizedTest
        @NullSource
        @ValueSource(
                strings = {
                    "",
                    "Basic",
                    "Basic ",
                    "Basic !!!",
                    "Bearer YWRtaW46czNjcmV0OnfDtnJk",
                    "YWRtaW46czNjcmV0OnfDtnJk",
                    "Basic YWRtaW46czNjcmV0OnfDtnJ",
                    "Basic YWRtaW46"
                })
        void otherHeader_isRefused(String header) {
            assertThat(webhook.handle(deletion(1, "a"), header)).isEqualTo(401);
            assertThat(webhook.handle("no JSON".getBytes(UTF_8), header)).isEqualTo(401);
            assertThat(events).isEmpty();
        }

        @Test
        void otherUserOrPassword_isRefused() {
            assertThat(webhook.handle(deletion(1, "a"), basic("root:" + PASSWORD)))
                    .isEqualTo(401);
            assertThat(webhook.handle(deletion(1, "a"), basic("admin:" + PASSWORD + "x")))
                    .isEqualTo(401);
            assertThat(webhook.handle(deletion(1, "a"), basic("admin:s3cret"))).isEqualTo(401);
        }

        @Test
        void password_isNotShown() {
            assertThat(webhook.toString()).doesNotContain("s3cret");
        }
    }

    @Nested
    class Events {
        @Test
        void event_isTypedAndAcknowledged() {
            assertThat(webhook(t -> {}).handle(deletion(7, "a"), null)).isEqualTo(200);
            assertThat(events).singleElement().isInstanceOfSatisfying(TapRecordEvent.class, event -> {
                assertThat(event.id()).isEqualTo(7);
                assertThat(event.isDelete()).isTrue();
            });
        }

        @Test
        void failingHandler_isRetriedByTheTap() {
            TapWebhook webhook = webhook(t -> {}, event -> {
                events.add(event);
                if (events.size() == 1) {
                    throw new IllegalStateException("database down");
                }
            });
            assertThat(webhook.handle(deletion(1, "a"), null)).isEqualTo(500);
            assertThat(webhook.handle(deletion(1, "a"), null)).isEqualTo(200);
            assertThat(events).hasSize(2);
            assertThat(skipped).isEmpty();
        }

        @Test
        void errorInTheHandler_isNotAcknowledged() {
            TapWebhook webhook = webhook(t -> {}, event -> {
                events.add(event);
                if (events.size() == 1) {
                    throw new AssertionError("bug");
                }
            });
            try {
                webhook.handle(deletion(1, "a"), null);
            } catch (AssertionError e) {
                assertThat(e).hasMessage("bug");
            }
            assertThat(webhook.handle(deletion(1, "a"), null)).isEqualTo(200);
            assertThat(events).hasSize(2);
        }

        @Test
        void skippedEvent_isReportedAndAcknowledged() {
            TapWebhook webhook = webhook(t -> t.onFailure(Failure.SKIP), event -> {
                throw new IllegalStateException("poison");
            });
            assertThat(webhook.handle(deletion(1, "a"), null)).isEqualTo(200);
            assertThat(skipped).singleElement().satisfies(failed -> {
                assertThat(failed.attempts()).isEqualTo(1);
                assertThat(failed.cause()).hasMessage("poison");
            });
        }

        @Test
        void invalidEvent_isReportedAndAcknowledged() {
            byte[] invalid = "{\"id\": 3, \"type\": \"record\", \"record\": {\"did\": \"nonsense\"}}".getBytes(UTF_8);
            assertThat(webhook(t -> {}).handle(invalid, null)).isEqualTo(200);
            assertThat(skipped)
                    .singleElement()
                    .satisfies(
                            failed -> assertThat(failed.bytes().toByteArray()).isEqualTo(invalid));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"", "[]", "{}", "{\"id\": -1, \"type\": \"record\"}", "{\"type\": \"record\"}", "<html>"})
        void otherBody_isRefused(String body) {
            assertThat(webhook(t -> {}).handle(body.getBytes(UTF_8), null)).isEqualTo(400);
            assertThat(skipped).isEmpty();
        }
    }

    @Nested
    class Repetitions {
        @Test
        void lostResponse_isRepeatedWithoutTheHandler() {
            TapWebhook webhook = webhook(t -> {});
            assertThat(webhook.handle(deletion(1, "a"), null)).isEqualTo(200);
            assertThat(webhook.handle(deletion(1, "a"), null)).isEqualTo(200);
            assertThat(events).hasSize(1);
        }

        @Test
        void idUsedAgain_isADifferentEvent() {
            TapWebhook webhook = webhook(t -> {});
            webhook.handle(deletion(1, "a"), null);
            webhook.handle(deletion(1, "b"), null);
            assertThat(events).hasSize(2);
        }

        @Test
        void identity_isHandledAgain() {
            TapWebhook webhook = webhook(t -> {});
            webhook.handle(identity(1), null);
            webhook.handle(identity(1), null);
            assertThat(events).hasSize(2);
        }

        @Test
        void repetitionDuringHandling_isRefused() throws Exception {
            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch mayReturn = new CountDownLatch(1);
            TapWebhook webhook = webhook(t -> {}, event -> {
                events.add(event);
                started.countDown();
                try {
                    mayReturn.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            FutureTask<Integer> first = new FutureTask<>(() -> webhook.handle(deletion(1, "a"), null));
            new Thread(first).start();
            started.await();
            assertThat(webhook.handle(deletion(1, "a"), null)).isEqualTo(503);
            mayReturn.countDown();
            assertThat(first.get()).isEqualTo(200);
            assertThat(webhook.handle(deletion(1, "a"), null)).isEqualTo(200);
            assertThat(events).hasSize(1);
        }
    }
}
