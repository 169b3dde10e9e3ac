package dev.atlex.data.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EditDistanceTest {
    @Test
    void within_countsTypos() {
        assertThat(EditDistance.within(3, "post", "post")).isZero();
        assertThat(EditDistance.within(3, "psot", "post")).isOne();
        assertThat(EditDistance.within(3, "", "abc")).isEqualTo(3);
        assertThat(EditDistance.within(3, "kitten", "sitting")).isEqualTo(3);
    }

    @Test
    void within_stopsAboveTheMaximum() {
        assertThat(EditDistance.within(2, "kitten", "sitting")).isEqualTo(3);
        assertThat(EditDistance.within(2, "abcdefgh", "x")).isEqualTo(3);
        assertThat(EditDistance.within(2, "x".repeat(10_000_000), "post")).isEqualTo(3);
    }
}
