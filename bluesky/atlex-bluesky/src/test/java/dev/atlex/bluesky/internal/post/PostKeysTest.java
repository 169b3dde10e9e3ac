package dev.atlex.bluesky.internal.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.atlex.syntax.Tid;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PostKeysTest {
    private static final Instant TIME = Instant.parse("2026-11-27T08:09:10.987Z");

    /** Programs find their posts by these keys, so the keys must never change. */
    @Test
    void of_isStable() {
        assertThat(PostKeys.of("https://example.com/news/1", null)).hasToString("3jvpho77it3ao");
        assertThat(PostKeys.of("https://example.com/news/1", TIME)).hasToString("3n3bqdnavz3ao");
    }

    @Test
    void of_withoutTime_isPastAndDistinct() {
        Set<Tid> keys = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            Tid key = PostKeys.of("key " + i, null);
            assertThat(key.toInstant()).isBetween("2023-01-01T00:00:00Z", "2025-01-01T00:00:00Z");
            keys.add(key);
        }
        assertThat(keys).hasSize(10_000);
    }

    @Test
    void of_withTime_isInThatSecond() {
        Tid key = PostKeys.of("key", TIME);

        assertThat(key.toInstant()).isBetween("2026-11-27T08:09:10Z", "2026-11-27T08:09:11Z");
        assertThat(PostKeys.of("key", TIME.plusMillis(12))).isEqualTo(key);
        assertThat(PostKeys.of("other", TIME)).isNotEqualTo(key);
    }

    @Test
    void of_timeOutOfRange_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> PostKeys.of("key", Instant.ofEpochSecond(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> PostKeys.of("key", Instant.MAX));
        assertThat(PostKeys.of("key", Instant.EPOCH).toInstant()).isBefore("1970-01-01T00:00:01Z");
        assertThat(PostKeys.of("key", Instant.ofEpochSecond((1L << 33) - 1)).toInstant())
                .isAfter("2242-01-01T00:00:00Z");
    }

    @Test
    void part_sortsAfterTheOneBefore() {
        Tid thread = PostKeys.of("key", null);

        assertThat(PostKeys.part(thread, 0)).isEqualTo(thread);
        assertThat(PostKeys.part(thread, 1)).isGreaterThan(thread);
        assertThat(PostKeys.part(thread, 199)).isGreaterThan(PostKeys.part(thread, 198));
    }
}
