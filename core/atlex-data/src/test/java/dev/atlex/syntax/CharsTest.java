package dev.atlex.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tests every character, alone and inside otherwise valid text. */
class CharsTest {
    private static final String ALPHANUMERIC = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    @Test
    void didsAndRecordKeysAcceptTheirCharactersOnly() {
        for (char c = 0; c < 0x300; c++) {
            assertThat(Did.isValid("did:plc:a" + c + "b")).as("U+%04x", (int) c).isEqualTo(isOneOf(c, ".:-_%"));
            assertThat(RecordKey.isValid("a" + c + "b")).as("U+%04x", (int) c).isEqualTo(isOneOf(c, ".:-_~"));
            assertThat(RecordKey.isValid("" + c)).as("U+%04x", (int) c).isEqualTo(isOneOf(c, ":-_~"));
        }
        assertThat(RecordKey.isValid("..")).isFalse();
        assertThat(RecordKey.isValid(".a")).isTrue();
        assertThat(RecordKey.isValid("a.")).isTrue();
        assertThat(RecordKey.isValid("...")).isTrue();
    }

    private static boolean isOneOf(char c, String others) {
        return ALPHANUMERIC.indexOf(c) >= 0 || others.indexOf(c) >= 0;
    }

    /** The reference's pattern ends with JavaScript's {@code \S*} and rejects control characters. */
    @Test
    void urisRejectWhiteSpaceAndControlCharacters() {
        String space = "\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff";
        for (int c = 0; c <= 0xffff; c++) {
            if (!Character.isSurrogate((char) c)) {
                boolean blank = c <= ' ' || c == 0x7f || space.indexOf(c) >= 0 || c >= 0x2000 && c <= 0x200a;
                assertThat(Uris.isValid("https://a" + (char) c + "b"))
                        .as("U+%04x", c)
                        .isEqualTo(!blank);
            }
        }
    }
}
