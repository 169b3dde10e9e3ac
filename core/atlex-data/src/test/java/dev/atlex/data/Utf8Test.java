package dev.atlex.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import org.junit.jupiter.api.Test;

/** Compares the decoder with the JDK's. */
class Utf8Test {
    private static final int[] ENDS = {0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff};

    private final CharsetDecoder decoder = UTF_8.newDecoder();
    private final char[] expected = new char[8];
    private final char[] found = new char[8];

    @Test
    void everyCodePointIsDecoded() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
                String text = Character.toString(point);
                byte[] bytes = text.getBytes(UTF_8);
                int length = Utf8.decode(bytes, 0, bytes.length, found);
                assertThat(length == text.length() && text.equals(new String(found, 0, length)))
                        .as("U+%04x", point)
                        .isTrue();
            }
        }
    }

    @Test
    void agreesWithJdkOnInvalidInput() {
        byte[] in = new byte[4];
        for (int a = 0; a < 0x100; a++) {
            in[0] = (byte) a;
            compare(in, 1);
            for (int b = 0; b < 0x100; b++) {
                in[1] = (byte) b;
                compare(in, 2);
                for (int c : ENDS) {
                    in[2] = (byte) c;
                    compare(in, 3);
                    for (int d : ENDS) {
                        in[3] = (byte) d;
                        compare(in, 4);
                    }
                }
            }
        }
    }

    private void compare(byte[] in, int size) {
        CharBuffer out = CharBuffer.wrap(expected);
        decoder.reset();
        boolean valid = !decoder.decode(ByteBuffer.wrap(in, 0, size), out, true).isError();
        int length = Utf8.decode(in, 0, size, found);
        boolean same = valid
                ? length == out.position() && CharBuffer.wrap(found, 0, length).equals(out.flip())
                : length == -1;
        if (!same) {
            assertThat(length)
                    .as("%02x %02x %02x %02x, the first %d", in[0], in[1], in[2], in[3], size)
                    .isNull();
        }
    }
}
