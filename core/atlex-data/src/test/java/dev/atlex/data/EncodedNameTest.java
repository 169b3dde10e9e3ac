package dev.atlex.data;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compares names of every length at every offset, because a comparison's last word may extend beyond the name. */
class EncodedNameTest {
    private final Random random = new Random(20_261_122);

    @Test
    void matchesExactBytesAtAnyOffset() {
        for (int length = 1; length <= 40; length++) {
            byte[] bytes = randomName(length);
            EncodedName name = new EncodedName(bytes);
            for (int before = 0; before < 10; before++) {
                for (int behind = 0; behind < 10; behind++) {
                    byte[] in = randomName(before + length + behind);
                    System.arraycopy(bytes, 0, in, before, length);
                    assertThat(name.isAt(in, before))
                            .as("%d in %d", length, in.length)
                            .isTrue();
                    assertThat(is(name, in, before, before + length)).isTrue();
                    for (int i = 0; i < length; i++) {
                        in[before + i] ^= 1;
                        assertThat(name.isAt(in, before))
                                .as("byte %d of %d differs", i, length)
                                .isFalse();
                        assertThat(is(name, in, before, before + length)).isFalse();
                        in[before + i] ^= 1;
                    }
                }
            }
        }
    }

    @Test
    void doesNotMatchTruncatedInput() {
        for (int length = 1; length <= 40; length++) {
            byte[] bytes = randomName(length);
            for (int there = 0; there < length; there++) {
                byte[] in = Arrays.copyOf(bytes, there);
                assertThat(new EncodedName(bytes).isAt(in, 0))
                        .as("%d of %d", there, length)
                        .isFalse();
                byte[] behindOthers = new byte[30 + there];
                System.arraycopy(bytes, 0, behindOthers, 30, there);
                assertThat(new EncodedName(bytes).isAt(behindOthers, 30)).isFalse();
            }
        }
    }

    @Test
    void doesNotMatchPrefixOrExtension() {
        byte[] in = "createdAt".getBytes(US_ASCII);
        EncodedName name = new EncodedName("created".getBytes(US_ASCII));
        assertThat(is(name, in, 0, 9)).isFalse();
        assertThat(is(name, in, 0, 6)).isFalse();
        assertThat(is(name, in, 0, 7)).isTrue();
    }

    private static boolean is(EncodedName name, byte[] in, int start, int end) {
        return name.is(in, start, end, Swar.head(in, start, end - start), Swar.tail(in, start, end - start));
    }

    private byte[] randomName(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ('a' + random.nextInt(26));
        }
        return bytes;
    }
}
