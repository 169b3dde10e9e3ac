package dev.atlex.streams.zstd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.luben.zstd.ZstdCompressCtx;
import dev.atlex.streams.ZstdDecoderProvider;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames and dictionaries that are built by hand to exhaust memory or crash native code. */
@Timeout(30)
class HostileZstdTest {
    private static final int LIMIT = 5 * 1024 * 1024;
    private static final byte[] DICTIONARY = Dictionaries.train(7);
    private static final byte[] TEXT = "{\"$type\":\"message\"}".getBytes(UTF_8);

    private final ZstdDecoderProvider.Decoder decoder = new ZstdJniProvider().create(DICTIONARY);

    /** Returns a frame: the magic number, the given bytes, and any number of blocks of 128 KiB of one repeated byte. */
    private static byte[] frame(int blocks, int... header) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd});
        for (int octet : header) {
            frame.write(octet);
        }
        for (int i = 0; i < blocks; i++) {
            int block = (128 * 1024) << 3 | 1 << 1 | (i == blocks - 1 ? 1 : 0);
            frame.write(block);
            frame.write(block >> 8);
            frame.write(block >> 16);
            frame.write('x');
        }
        return frame.toByteArray();
    }

    static Stream<Arguments> frames() {
        return Stream.of(
                // The descriptor 0xe0: a size of 8 bytes, which is also the window.
                Arguments.of("claims 2^64 - 1 bytes", frame(1, 0xe0, 255, 255, 255, 255, 255, 255, 255, 255)),
                Arguments.of("claims 2^63 bytes", frame(1, 0xe0, 0, 0, 0, 0, 0, 0, 0, 128)),
                Arguments.of("claims 10 GB", frame(1, 0xe0, 0, 0xe4, 0x0b, 0x54, 2, 0, 0, 0)),
                Arguments.of("is larger than claimed", frame(3, 0xe0, 0, 0, 2, 0, 0, 0, 0, 0)),
                Arguments.of("is smaller than claimed", frame(1, 0xe0, 0, 0, 4, 0, 0, 0, 0, 0)),
                Arguments.of("claims nothing, then sends a block", frame(1, 0xe0, 0, 0, 0, 0, 0, 0, 0, 0)),
                // The descriptor 0: no size, and a window of the next byte's exponent plus 10.
                Arguments.of("10 GB without a size", frame(80_000, 0, 0x58)),
                Arguments.of("a window of 128 MB", frame(1, 0, 17 << 3)),
                Arguments.of("a window of 2 GB", frame(1, 0, 21 << 3)),
                Arguments.of("the largest window", frame(1, 0, 255)),
                Arguments.of("another dictionary", frame(1, 0x03, 0x58, 1, 2, 3, 4)),
                Arguments.of("a reserved bit", frame(1, 0x08, 0x58)),
                Arguments.of("a reserved type of block", concat(frame(0, 0, 0x58), new byte[] {7, 0, 0})),
                Arguments.of("only a header", frame(0, 0, 0x58)),
                Arguments.of("no last block", Arrays.copyOf(frame(20, 0, 0x58), 6 + 19 * 4)),
                Arguments.of("garbage after the frame", concat(frame(1, 0, 0x58), new byte[] {1, 2, 3, 4, 5})));
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("frames")
    void frame_isRejectedAndTheDecoderStaysUsable(String name, byte[] frame) {
        assertThatThrownBy(() -> decoder.decode(frame, LIMIT))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
        assertThat(decoder.decode(compressed(TEXT), LIMIT)).isEqualTo(TEXT);
    }

    @Test
    void manyFramesInOneMessage_areLimitedTogether() {
        byte[] twenty = frame(20, 0, 0x58);
        byte[] many = concat(concat(twenty, twenty), twenty);
        assertThatThrownBy(() -> decoder.decode(many, LIMIT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("larger than");
    }

    /** Native code must never be reached with a frame that it can't survive. */
    @Test
    void changedFrames_areDecodedOrRejected() {
        Random random = new Random(42);
        byte[] valid = compressed(TEXT);
        for (int i = 0; i < 20_000; i++) {
            byte[] changed = Arrays.copyOf(valid, random.nextInt(valid.length + 20));
            for (int j = random.nextInt(3); j >= 0 && changed.length > 4; j--) {
                changed[4 + random.nextInt(changed.length - 4)] = (byte) random.nextInt();
            }
            Throwable failure = catchThrowable(
                    () -> assertThat(decoder.decode(changed, LIMIT).length).isLessThanOrEqualTo(LIMIT));
            assertThat(failure == null || failure instanceof IllegalArgumentException)
                    .as(Arrays.toString(changed) + " " + failure)
                    .isTrue();
        }
    }

    @Test
    void changedDictionaries_areUsableOrRejected() {
        Random random = new Random(42);
        byte[] frame = compressed(TEXT);
        for (int i = 0; i < 1000; i++) {
            byte[] changed = Arrays.copyOf(DICTIONARY, 1 + random.nextInt(DICTIONARY.length));
            for (int j = random.nextInt(20); j >= 0; j--) {
                changed[random.nextInt(Math.min(changed.length, 300))] = (byte) random.nextInt();
            }
            Throwable failure =
                    catchThrowable(() -> new ZstdJniProvider().create(changed).decode(frame, LIMIT));
            assertThat(failure == null || failure instanceof IllegalArgumentException)
                    .as(String.valueOf(failure))
                    .isTrue();
        }
    }

    private static byte[] compressed(byte[] bytes) {
        try (ZstdCompressCtx context = new ZstdCompressCtx()) {
            return context.loadDict(DICTIONARY).compress(bytes);
        }
    }
}
