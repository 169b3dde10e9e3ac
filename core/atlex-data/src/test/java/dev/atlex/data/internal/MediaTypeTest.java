package dev.atlex.data.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypeTest {
    @ParameterizedTest
    @CsvSource({
        "application/json, application/json",
        "' Application/JSON ; charset=utf-8', application/json",
        "image/svg+xml;a=b;c=d, image/svg+xml",
        "json, json",
    })
    void essence_header_losesParametersAndCase(String header, String essence) {
        assertThat(MediaType.essence(header)).isEqualTo(essence);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", ";charset=utf-8"})
    void essence_emptyHeader_isNull(String header) {
        assertThat(MediaType.essence(header)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "image/*", "image/png", "application/vnd.ipld.car"})
    void isPattern_typesAndRanges_areAccepted(String text) {
        assertThat(MediaType.isPattern(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "image",
                "/",
                "image/",
                "/png",
                "*/png",
                "image/p*",
                "a/b/c",
                "a/b;c=d",
                "a/b, c/d",
                "a /b"
            })
    void isPattern_otherText_isRejected(String text) {
        assertThat(MediaType.isPattern(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "*/*, a/b, true",
        "image/*, image/png, true",
        "image/png, image/png, true",
        "image/*, video/mp4, false",
        "image/png, image/jpeg, false",
        "image/*, imagex/png, false"
    })
    void matches_patternAndType(String pattern, String type, boolean matches) {
        assertThat(MediaType.matches(pattern, type)).isEqualTo(matches);
    }
}
