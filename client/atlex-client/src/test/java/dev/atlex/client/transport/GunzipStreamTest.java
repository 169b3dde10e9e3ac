package dev.atlex.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GunzipStreamTest {
    private static final byte[] TEXT = "{\"feed\":[\"a\"]}".repeat(900).getBytes(StandardCharsets.UTF_8);

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] repeat(byte[] bytes, int times) {
        byte[][] parts = new byte[times][];
        Arrays.fill(parts, bytes);
        return concat(parts);
    }

    private static byte[] decompress(byte[] bytes, long max) throws IOException {
        return decompress(new ByteArrayInputStream(bytes), max);
    }

    private static byte[] decompress(InputStream source, long max) throws IOException {
        try (GunzipStream in =
                new GunzipStream(source, max, () -> new ResponseTooLargeException("more than " + max, max))) {
            return in.readAllBytes();
        }
    }

    private static byte[] decompress(byte[] bytes) throws IOException {
        return decompress(bytes, 16 << 20);
    }

    /** 160 KB of empty members cause a stack overflow in the JDK's own stream. */
    @Test
    void manyEmptyMembersEndInAnErrorNotAnOverflow() {
        byte[] many = repeat(gzip(new byte[0]), 50_000);
        assertThatExceptionOfType(ZipException.class)
                .isThrownBy(() -> decompress(many))
                .withMessage("more than 1000 empty members in a row");
    }

    @Test
    void fewEmptyMembersAreSkipped() throws Exception {
        byte[] empty = repeat(gzip(new byte[0]), 900);
        assertThat(decompress(concat(empty, gzip(TEXT), empty, gzip(TEXT), empty)))
                .isEqualTo(repeat(TEXT, 2));
    }

    @Test
    void manyShortMembersAreReadInALoop() throws Exception {
        assertThat(decompress(repeat(gzip(new byte[] {7}), 100_000))).hasSize(100_000);
    }

    @Test
    void everyTruncationIsAnError() {
        byte[] whole = concat(gzip(TEXT), gzip(TEXT));
        int one = whole.length / 2;
        for (int length = 1; length < whole.length; length++) {
            if (length != one) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThatExceptionOfType(EOFException.class)
                        .as("%d bytes", length)
                        .isThrownBy(() -> decompress(cut));
            }
        }
    }

    @Test
    void zeroPaddingAndOtherBytesAfterAMemberAreIgnored() throws Exception {
        assertThat(decompress(concat(gzip(TEXT), new byte[20_000]))).isEqualTo(TEXT);
        assertThat(decompress(concat(gzip(TEXT), new byte[7], gzip(TEXT)))).isEqualTo(repeat(TEXT, 2));
        assertThat(decompress(concat(gzip(TEXT), "\r\n<!-- proxy -->".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(TEXT);
    }

    @Test
    void checksumAndLengthAreChecked() {
        byte[] whole = gzip(TEXT);
        for (int fromEnd : new int[] {1, 4, 5, 8}) {
            byte[] wrong = whole.clone();
            wrong[wrong.length - fromEnd] ^= 1;
            assertThatExceptionOfType(ZipException.class).isThrownBy(() -> decompress(wrong));
        }
    }

    @Test
    void optionalFieldsOfTheHeaderAreSkipped() throws Exception {
        byte[] plain = gzip(TEXT);
        byte[] rest = Arrays.copyOfRange(plain, 10, plain.length);
        byte[] header = concat(
                new byte[] {0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 1, 2, 3, 4, 0, 3},
                new byte[] {4, 0, 9, 9, 9, 9},
                "name\0comment\0".getBytes(StandardCharsets.ISO_8859_1));
        CRC32 crc = new CRC32();
        crc.update(header);
        byte[] checksum = {(byte) crc.getValue(), (byte) (crc.getValue() >> 8)};
        assertThat(decompress(concat(header, checksum, rest))).isEqualTo(TEXT);
        checksum[0] ^= 1;
        assertThatExceptionOfType(ZipException.class)
                .isThrownBy(() -> decompress(concat(header, checksum, rest)))
                .withMessageContaining("header");
    }

    @Test
    void unterminatedNameIsBounded() {
        byte[] header = {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 3};
        byte[] name = new byte[1 << 20];
        Arrays.fill(name, (byte) 'x');
        assertThatExceptionOfType(ZipException.class).isThrownBy(() -> decompress(concat(header, name)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void invalidHeadersAreErrors(int at) {
        byte[] wrong = gzip(TEXT);
        wrong[at] = (byte) 0xe0;
        assertThatExceptionOfType(ZipException.class).isThrownBy(() -> decompress(wrong));
    }

    /** Deflate allows any number of blocks without content, of five bytes each. */
    @Test
    void compressedBytesWithoutOutputAreBounded() {
        byte[] header = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3};
        byte[] block = {0, 0, 0, (byte) 0xff, (byte) 0xff};
        assertThatExceptionOfType(ResponseTooLargeException.class)
                .isThrownBy(() -> decompress(concat(header, repeat(block, 100_000)), 1000));
        assertThatExceptionOfType(ResponseTooLargeException.class)
                .isThrownBy(() -> decompress(concat(gzip(TEXT), new byte[500_000]), TEXT.length));
    }

    @Test
    void incompressibleBytesStayWithinTheBound() throws Exception {
        byte[] noise = new byte[3 << 20];
        new Random(1).nextBytes(noise);
        assertThat(decompress(gzip(noise), noise.length)).isEqualTo(noise);
    }

    @Test
    void readingByteByByteYieldsTheSame() throws Exception {
        byte[] bytes = concat(gzip(TEXT), gzip(new byte[0]), gzip(TEXT));
        InputStream slow = new ByteArrayInputStream(bytes) {
            @Override
            public int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(1, length));
            }
        };
        assertThat(decompress(slow, 1 << 20)).isEqualTo(repeat(TEXT, 2));
    }

    /** A flipped bit causes an error, or changes nothing if it is in an unused field. */
    @Test
    void flippedBitsNeverYieldOtherBytes() {
        byte[] whole = gzip(TEXT);
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            byte[] result;
            try {
                result = decompress(flipped, 1 << 20);
            } catch (IOException | ResponseTooLargeException e) {
                continue;
            }
            assertThat(result).as("bit %d", bit).isEqualTo(TEXT);
        }
    }
}
