package dev.atlex.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.data.InvalidSyntaxException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatetimeTest {
    @ParameterizedTest
    @CsvSource({
        "1985-04-12T23:20:50.123Z, 1985-04-12T23:20:50.123Z",
        "1985-04-12T23:20:50Z, 1985-04-12T23:20:50Z",
        "1985-04-12T23:20:50.1Z, 1985-04-12T23:20:50.100Z",
        "1985-04-12T23:20:50.1234567899Z, 1985-04-12T23:20:50.123456789Z",
        "1985-04-12T23:20:50.123+01:45, 1985-04-12T21:35:50.123Z",
        "1985-04-12T23:20:50.123-07:00, 1985-04-13T06:20:50.123Z",
        "1985-04-12T12:00:00+23:59, 1985-04-11T12:01:00Z",
        "1985-04-12T12:00:00-23:59, 1985-04-13T11:59:00Z",
        "1985-04-12T12:00:00-00:01, 1985-04-12T12:01:00Z",
        "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z",
        "0000-01-01T00:00:00Z, 0000-01-01T00:00:00Z",
        "1969-12-31T23:59:59.5Z, 1969-12-31T23:59:59.500Z",
    })
    void toInstant_validText_returnsItsInstant(String text, Instant expected) {
        assertThat(Datetime.of(text).toInstant()).isEqualTo(expected);
        assertThat(Datetime.of(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T12:00:00Z, 2026-01-01T12:00:00.000Z",
        "2026-11-30T23:59:59.999999999Z, 2026-11-30T23:59:59.999Z",
        "2026-01-02T03:04:05.006Z, 2026-01-02T03:04:05.006Z",
        "1969-12-31T23:59:59.9999Z, 1969-12-31T23:59:59.999Z",
        "0000-01-01T00:00:00Z, 0000-01-01T00:00:00.000Z",
        "9999-12-31T23:59:59.999Z, 9999-12-31T23:59:59.999Z",
    })
    void of_instant_isWrittenInUtcMilliseconds(Instant instant, String expected) {
        assertThat(Datetime.of(instant)).hasToString(expected);
        assertThat(Datetime.isValid(expected)).isTrue();
    }

    @Test
    void of_yearWithoutFourDigits_isRejected() {
        assertThatThrownBy(() -> Datetime.of(Instant.parse("-0001-12-31T23:59:59Z")))
                .isInstanceOf(InvalidSyntaxException.class);
        assertThatThrownBy(() -> Datetime.of(Instant.parse("+10000-01-01T00:00:00Z")))
                .isInstanceOf(InvalidSyntaxException.class)
                .hasMessageContaining("year");
        assertThatThrownBy(() -> Datetime.of(Instant.MAX)).isInstanceOf(InvalidSyntaxException.class);
    }

    @Test
    void now_hasMillisecondsAndUtcSuffix() {
        assertThat(Datetime.now().toString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(Datetime.now().toInstant()).isBetween(Instant.now().minusSeconds(60), Instant.now());
    }

    @Test
    void toInstant_nonexistentDate_throws() {
        Datetime datetime = Datetime.of("2026-02-30T00:00:00Z");
        assertThatThrownBy(datetime::toInstant)
                .isInstanceOf(InvalidSyntaxException.class)
                .hasMessageContaining("the date doesn't exist");
        assertThatThrownBy(Datetime.of("2026-04-31T00:00:00Z")::toInstant).isInstanceOf(InvalidSyntaxException.class);
        assertThatThrownBy(Datetime.of("2026-02-29T00:00:00Z")::toInstant).isInstanceOf(InvalidSyntaxException.class);
        assertThatThrownBy(Datetime.unchecked("yesterday")::toInstant).isInstanceOf(InvalidSyntaxException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000-01-01T00:59:59+01:00",
                "9999-12-31T23:00:00-01:00",
                "2026-01-01T00:00:60Z",
                "2026-01-01T24:00:00Z",
                "2026-01-01T00:00:00-00:00",
                "2026-01-01T00:00:00+24:00",
                "2026-01-01T00:00:00+00:60",
                "2026-01-01T00:00:00*00:10",
                "2026-01-01T00:00:00.000ZZ",
                "2026-01-01T00:00:00.00000000000000000000000000000000000000000000Z",
                "２０２６-01-01T00:00:00Z",
                "2026-01-01T00:00:00\ud83dZ",
            })
    void outOfRangeOrMalformedTextIsInvalid(String text) {
        assertThat(Datetime.isValid(text)).isFalse();
        assertThatThrownBy(() -> Datetime.of(text)).isInstanceOf(InvalidSyntaxException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000-01-01T01:00:00+01:00",
                "9999-12-31T22:59:59-01:00",
                "2026-01-01T00:00:00.0000000000000000000000000000000000000000000Z",
            })
    void limitsOfRangeAreValid(String text) {
        assertThat(Datetime.isValid(text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "20260102T030405Z, 2026-01-02T03:04:05Z",
        "2026/01/02T03.04.05Z, 2026-01-02T03:04:05Z",
        "20260102T0304Z, 2026-01-02T03:04:00Z",
        "2026-01-02T03:04:5Z, 2026-01-02T03:04:05Z",
        "2026-01-02T03:04:05.25, 2026-01-02T03:04:05.250Z",
        "2026-01-02T03:04:05+0100, 2026-01-02T02:04:05Z",
        "2026-01-02T030405-01:00, 2026-01-02T04:04:05Z",
        "2016-12-31T23:59:60Z, 2017-01-01T00:00:00Z",
        "2026-01-02T24:00:00Z, 2026-01-03T00:00:00Z",
    })
    void looseForms_areAcceptedInLenientMode(String text, Instant expected) {
        assertThat(Datetime.isValid(text)).isFalse();
        assertThat(Datetime.isValidLenient(text)).isTrue();
        assertThat(Datetime.unchecked(text).toInstant()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-02",
                "2026-01/02T03:04:05Z",
                "2026-02-30T03:04:05",
                "2026-01-02T2500",
                "2026-01-02T2401",
                "2026-01-02T24:00:01",
                "2026-01-02T03:04",
                "2026-01-02T03:04:05-00:00",
                "2026-01-02T03:04:05+01:0",
                "2026-01-02T03:04:05+01",
                "2026-01-02T03:04:05.Z",
                "2026-01-02T03:04:05 Z",
                "2026-01-02T03:04:05Zulu",
                "2026-01-02 03:04:05Z",
                "now",
            })
    void malformedText_isRejectedEvenInLenientMode(String text) {
        assertThat(Datetime.isValidLenient(text)).isFalse();
    }

    @Test
    void equalityComparesTextNotInstants() {
        Datetime zulu = Datetime.of("2026-01-01T00:00:00Z");
        Datetime zeros = Datetime.of("2026-01-01T00:00:00.000Z");
        assertThat(zulu).isNotEqualTo(zeros).isEqualTo(Datetime.unchecked("2026-01-01T00:00:00Z"));
        assertThat(zulu.toInstant()).isEqualTo(zeros.toInstant());
    }
}
