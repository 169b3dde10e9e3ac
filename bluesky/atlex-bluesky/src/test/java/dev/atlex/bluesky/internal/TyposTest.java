package dev.atlex.bluesky.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.bluesky.InvalidPostException;
import dev.atlex.bluesky.NewPost;
import dev.atlex.bluesky.notification.NotificationOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
