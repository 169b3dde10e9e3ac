package dev.atlex.bluesky.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.bluesky.Bluesky;
import dev.atlex.bluesky.InvalidPostException;
import dev.atlex.bluesky.ListPurpose;
import dev.atlex.bluesky.NewPost;
import dev.atlex.bluesky.chat.Chat;
import dev.atlex.bluesky.notification.NotificationOptions;
import dev.atlex.client.Agent;
import dev.atlex.client.AgentRequest;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.syntax.Did;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TyposTest {
    @ParameterizedTest
    @CsvSource({
        "mentoin, mention",
        "mentions, mention",
        "Mention, mention",
        "replay, reply",
        "lik, like",
        "folow, follow",
        "starterpack_joined, starterpack-joined"
    })
    void misspelledReason_isRefused(String reason, String meant) {
        assertThatThrownBy(() -> NotificationOptions.of(n -> n.reasons("reply", reason)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("reasons: unknown reason (got \"" + reason + "\"); did you mean \"" + meant + "\"?");
    }

    @Test
    void newReason_isAllowed() {
        assertThat(NotificationOptions.of(n -> n.reasons("bookmark", "like-via-repost", "unverified"))
                        .reasons())
                .containsExactly("bookmark", "like-via-repost", "unverified");
        assertThatThrownBy(() -> NotificationOptions.of(n -> n.reasons("")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void misspelledLabel_isRefused() {
        assertThatThrownBy(() -> NewPost.of(p -> p.text("x").labels("graphic_media")))
                .isInstanceOf(InvalidPostException.class)
                .hasMessageContaining("did you mean \"graphic-media\"?");
        assertThat(NewPost.of(p -> p.text("x").labels("spoiler")).labels()).containsExactly("spoiler");
    }

    /** Tests values that callers pass to methods. No request is sent if one is misspelled. */
    @Nested
    class Calls {
        private final List<String> requests = new ArrayList<>();
        private final Agent agent = new Agent() {
            @Override
            public Did did() {
                return Did.of("did:plc:alice");
            }

            @Override
            public TransportResponse send(AgentRequest request) {
                requests.add(request.path());
                return TransportResponse.of(400, HttpHeaders.of(), new byte[0]);
            }
        };
        private final Bluesky bsky = Bluesky.of(agent);
        private final Chat chat = Chat.of(agent);
        private final Did bob = Did.of("did:plc:bob");

        private void assertRefused(ThrowingCallable call, String message) {
            assertThatThrownBy(call)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(message);
            assertThat(requests).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "post_no_replies, posts_no_replies",
            "Posts_With_Media, posts_with_media",
            "posts_and_authors_threads, posts_and_author_threads"
        })
        void misspelledFeedFilter(String filter, String meant) {
            assertRefused(
                    () -> bsky.authorFeed(bob, p -> p.filter(filter)),
                    "filter: unknown value (got \"" + filter + "\"); did you mean \"" + meant + "\"?");
        }

        @ParameterizedTest
        @ValueSource(strings = {"posts_with_audio", "posts_no_replies"})
        void newOrKnownFeedFilter_isAllowed(String filter) {
            assertThatCode(() -> bsky.authorFeed(bob, p -> p.filter(filter))).doesNotThrowAnyException();
        }

        @Test
        void sortOrder() {
            assertRefused(
                    () -> bsky.search("cats", p -> p.sort("lastest")),
                    "sort: unknown value (got \"lastest\"); did you mean \"latest\"?");
            assertThatCode(() -> bsky.search("cats", p -> p.sort("oldest"))).doesNotThrowAnyException();
            assertThatCode(() -> bsky.search("cats", p -> p.sort("top"))).doesNotThrowAnyException();
        }

        @Test
        void listPurpose() {
            assertRefused(
                    () -> bsky.lists()
                            .create(ListPurpose.CURATION, "Cats", l -> l.purpose("app.bsky.graph.defs#curatelists")),
                    "purpose: unknown value (got \"app.bsky.graph.defs#curatelists\"); did you mean"
                            + " \"app.bsky.graph.defs#curatelist\"?");
        }

        @Test
        void chatFilters() {
            assertRefused(
                    () -> chat.conversations(p -> p.readState("unraed")),
                    "readState: unknown value (got \"unraed\"); did you mean \"unread\"?");
            assertRefused(
                    () -> chat.conversations(p -> p.status("requests")),
                    "status: unknown value (got \"requests\"); did you mean \"request\"?");
            assertRefused(
                    () -> chat.conversations(p -> p.kind("groups")),
                    "kind: unknown value (got \"groups\"); did you mean \"group\"?");
            assertThatCode(() -> chat.conversations(p -> p.readState("read").status("left")))
                    .doesNotThrowAnyException();
        }
    }
}
