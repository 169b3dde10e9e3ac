package dev.atlex.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlReferencesTest {
    private static final URI BASE = URI.create("https://example.com/a/b");

    @ParameterizedTest
    @CsvSource({
        "c, https://example.com/a/c",
        "/c, https://example.com/c",
        "../c, https://example.com/c",
        "?q, https://example.com/a/b?q",
        "//other.example/c, https://other.example/c",
        "http://other.example/#x, http://other.example/",
        "' /c d ', https://example.com/c%20d",
        "/100%, https://example.com/100%25",
        "/😀, https://example.com/%F0%9F%98%80",
        "//bücher.example:8080/ü, https://xn--bcher-kva.example:8080/%C3%BC",
    })
    void reference_isResolved(String reference, String expected) {
        assertThat(UrlReferences.resolve(BASE, reference, StandardCharsets.UTF_8))
                .isEqualTo(URI.create(expected));
    }

    @Test
    void referenceFromAHeader_holdsBytes() {
        String bytes = new String("//bücher.example/ü".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertThat(UrlReferences.resolve(BASE, bytes, StandardCharsets.ISO_8859_1))
                .isEqualTo(URI.create("https://xn--bcher-kva.example/%C3%BC"));
    }

    @Test
    void relativeReference_withoutPathInTheBase_isBelowTheRoot() {
        assertThat(UrlReferences.resolve(URI.create("https://example.com"), "c", StandardCharsets.UTF_8))
                .isEqualTo(URI.create("https://example.com/c"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mailto:a@b.c",
                "https://",
                "https:///c",
                "file:///c",
                "https://u:p@example.com/",
                "http://a:99999/",
                "//",
                "http://[::1/"
            })
    void reference_thatIsNotAUsableUrl_isNull(String reference) {
        assertThat(UrlReferences.resolve(BASE, reference, StandardCharsets.UTF_8))
                .isNull();
    }
}
