package dev.atlex.streams.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.streams.StreamGap;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CursorKindTest {
    private static final long TIME = Dialect.LOWEST_TIME;

    @ParameterizedTest
    @CsvSource({
        "false, 5, -1, SEQUENCE",
        "false, 0, -1, SEQUENCE",
        "false, 999999999999999, -1, SEQUENCE",
        "false, 1000000000000000, -1, TRANSLATED",
        "true, 1000000000000000, -1, EVENT_TIME",
        "true, 1000000000000000, 1000000000000000, ANY_TIME"
    })
    void of_distinguishesTimesFromSequenceNumbers(boolean times, long cursor, long startAt, CursorKind kind) {
        assertThat(CursorKind.of(times, cursor, startAt)).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "SEQUENCE, 99, false, RESET",
        "SEQUENCE, 99, true, RESET",
        "SEQUENCE, 100, true,",
        "SEQUENCE, 101, true,",
        "SEQUENCE, 102, false,",
        "SEQUENCE, 102, true, TOO_OLD",
        "EVENT_TIME, 99, false, RESET",
        "EVENT_TIME, 100, false,",
        "EVENT_TIME, 101, false, TOO_OLD",
        "ANY_TIME, 99, false,",
        "ANY_TIME, 101, false,",
        "TRANSLATED, 1, false,",
        "TRANSLATED, 1, true, TOO_OLD"
    })
    void gap_dependsOnTheFirstEvent(CursorKind kind, long first, boolean outdated, StreamGap.Kind expected) {
        StreamGap gap = kind.gap(100, first, outdated);

        assertThat(gap == null ? null : gap.kind()).isEqualTo(expected);
    }

    @Test
    void lostRange_isUnknownIfTheNumbersCannotBeCompared() {
        assertThat(CursorKind.SEQUENCE.gap(100, 200, true).lostTo()).hasValue(199);
        assertThat(CursorKind.TRANSLATED.gap(TIME, 200, true).lostTo()).isEqualTo(OptionalLong.empty());
    }
}
