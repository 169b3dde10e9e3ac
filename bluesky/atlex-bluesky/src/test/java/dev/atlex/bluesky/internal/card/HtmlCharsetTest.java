package dev.atlex.bluesky.internal.card;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests how the charset of a page is determined. */
class HtmlCharsetTest {
    private static String decode(byte[] bytes, @Nullable String contentType) {
        return HtmlCharset.decode(bytes, bytes.length, contentType);
    }

    @ParameterizedTest
    @CsvSource({
        "text/html; charset=utf-8, UTF-8",
        "text/html;charset=\"UTF-8\", UTF-8",
        "text/html; charset=iso-8859-1, windows-1252",
        "text/html; Charset=Shift_JIS; x=y, windows-31j",
        "text/html; charset=windows-1251, windows-1251",
        "text/html; charset=utf-16le, UTF-16LE",
        "text/html; charset=utf-16, UTF-16LE",
        "text/html; charset = windows-1251, windows-1251",
    })
    void header_decides(String contentType, String charset) {
        String text = "<meta charset=koi8-r>" + sample(charset);
        assertThat(decode(text.getBytes(Charset.forName(charset)), contentType)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "<meta charset=windows-1251>, windows-1251",
        "<META CHARSET='windows-1251'>, windows-1251",
        "<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>, windows-1251",
        "<!-- <meta charset=utf-16> --><meta charset=shift_jis>, windows-31j",
        "<meta charset=utf-16>, UTF-8",
        "<meta charset=nosuch>, UTF-8",
    })
    void metaElement_decidesWithoutHeader(String meta, String charset) {
        String text = meta + sample(charset);
        assertThat(decode(text.getBytes(Charset.forName(charset)), "text/html")).isEqualTo(text);
        assertThat(decode(text.getBytes(Charset.forName(charset)), "text/html; charset=nosuch"))
                .isEqualTo(text);
    }

    @Test
    void byteOrderMark_decidesFirst() {
        String page = "<meta charset=koi8-r>é";
        assertThat(decode(("\ufeff" + page).getBytes(StandardCharsets.UTF_8), "text/html; charset=koi8-r"))
                .isEqualTo(page);
        assertThat(decode(("\ufeff" + page).getBytes(StandardCharsets.UTF_16LE), null))
                .isEqualTo(page);
        assertThat(decode(("\ufeff" + page).getBytes(StandardCharsets.UTF_16BE), null))
                .isEqualTo(page);
    }

    @Test
    void withoutDeclaration_validUtf8IsUtf8() {
        assertThat(decode("naïve 😀".getBytes(StandardCharsets.UTF_8), null)).isEqualTo("naïve 😀");
    }

    @Test
    void withoutDeclaration_utf8CutWithinACharacterIsUtf8() {
        byte[] bytes = "naïve 😀".getBytes(StandardCharsets.UTF_8);
        assertThat(HtmlCharset.decode(bytes, bytes.length - 1, null)).startsWith("naïve ");
    }

    @Test
    void withoutDeclaration_otherBytesAreWindows1252() {
        assertThat(decode("na\u00efve \u20ac".getBytes(Charset.forName("windows-1252")), null))
                .isEqualTo("naïve €");
    }

    private static String sample(String charset) {
        return switch (charset) {
            case "windows-1252" -> "naïve €";
            case "windows-31j" -> "日本語";
            default -> "Привет";
        };
    }
}
