package dev.atlex.repo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.data.Cid;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CarTest {
    private static final byte[] RECORD = LexMap.of("text", LexValue.of("hello")).toCbor();
    private static final Cid RECORD_CID = Cid.ofDagCbor(RECORD);
    private static final byte[] BLOB = "a blob".getBytes(UTF_8);
    private static final Cid BLOB_CID = Cid.ofRaw(BLOB);
    private static final Cid ABSENT = Cid.ofRaw(new byte[] {1});

    /**
     * The file: 1 byte with the header's length, a header of 58 bytes, a block with the record, and a block with the
     * blob.
     */
    private static final byte[] FILE = CarWriter.toBytes(RECORD_CID, blocks());

    private static final int FIRST_LENGTH = 59;
    private static final int FIRST_CID = 60;
    private static final int FIRST_CONTENT = FIRST_CID + 36;

    private static Map<Cid, byte[]> blocks() {
        Map<Cid, byte[]> blocks = new LinkedHashMap<>();
        blocks.put(RECORD_CID, RECORD);
        blocks.put(BLOB_CID, BLOB);
        return blocks;
    }

    private static List<CarBlock> stream(byte[] file, CarOptions options) {
        List<CarBlock> blocks = new ArrayList<>();
        try (CarReader reader = CarReader.open(new OneByteAtATime(file), options)) {
            reader.forEachRemaining(blocks::add);
        }
        return blocks;
    }

    /** Reads a file with both readers, checks the hashes, and asserts that both fail with the same exception. */
    private static CarException failure(byte[] file, CarOptions options) {
        CarException[] failures = new CarException[2];
        assertThatThrownBy(() -> stream(file, options))
                .isInstanceOfSatisfying(CarException.class, e -> failures[0] = e);
        assertThatThrownBy(() -> {
                    Car car = Car.parse(file, options);
                    for (int i = 0; i < car.size(); i++) {
                        car.block(i);
                    }
                })
                .isInstanceOfSatisfying(CarException.class, e -> failures[1] = e);
        assertThat(failures[0]).hasSameClassAs(failures[1]).hasMessage(failures[1].getMessage());
        assertThat(failures[0].offset()).isEqualTo(failures[1].offset());
        assertThat(failures[0]).hasMessage("CAR: " + failures[0].reason() + " at byte " + failures[0].offset());
        return failures[0];
    }

    private static CarException failure(byte[] file) {
        return failure(file, CarOptions.DEFAULTS);
    }

    private static byte[] changed(int at, int octet) {
        byte[] file = FILE.clone();
        file[at] = (byte) octet;
        return file;
    }

    private static byte[] withHeader(LexMap header, byte[] rest) {
        byte[] bytes = header.toCbor();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes.length);
        out.writeBytes(bytes);
        out.writeBytes(rest);
        return out.toByteArray();
    }

    private static LexMap header(long version) {
        return LexMap.builder()
                .put("roots", LexArray.copyOf(List.of(RECORD_CID)))
                .put("version", version)
                .build();
    }

    @Nested
    class Reading {
        @Test
        void car_returnsRootAndBlocks() {
            Car car = Car.parse(FILE);

            assertThat(car.root()).isEqualTo(RECORD_CID);
            assertThat(car.cids()).containsExactly(RECORD_CID, BLOB_CID);
            assertThat(car.get(RECORD_CID)).isEqualTo(RECORD);
            assertThat(car.get(BLOB_CID)).isEqualTo(BLOB);
            assertThat(car.contains(BLOB_CID)).isTrue();
            assertThat(car.block(0).offset()).isEqualTo(FIRST_CONTENT);
            assertThat(car.block(0).value()).isEqualTo(LexMap.of("text", LexValue.of("hello")));
        }

        @Test
        void car_absentBlockIsNull() {
            Car car = Car.parse(FILE);

            assertThat(car.get(ABSENT)).isNull();
            assertThat(car.contains(ABSENT)).isFalse();
            assertThat(car.get(Cid.of("zdj7WWeQ43G6JJvLWQWZpyHuAMq6uYWRjkBXFad11vE2LHhQ7")))
                    .isNull();
            assertThatThrownBy(() -> car.require(ABSENT, "record"))
                    .isInstanceOfSatisfying(
                            MissingBlockException.class,
                            e -> assertThat(e.cid()).isEqualTo(ABSENT))
                    .hasMessage("missing block: record " + ABSENT);
            assertThatThrownBy(() -> car.block(2)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> car.cids().get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        }

        @Test
        void car_inTheMiddleOfAnArray() {
            byte[] frame = new byte[FILE.length + 20];
            System.arraycopy(FILE, 0, frame, 7, FILE.length);

            Car car = Car.parse(frame, 7, 7 + FILE.length, CarOptions.DEFAULTS);

            assertThat(car.get(BLOB_CID)).isEqualTo(BLOB);
            assertThat(car.block(0)).isEqualTo(Car.parse(FILE).block(0));
            assertThat(car.block(0).offset()).isEqualTo(FIRST_CONTENT);
            assertThatThrownBy(() -> Car.parse(frame, 7, frame.length + 1, CarOptions.DEFAULTS))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 24, 25, 1000})
        void car_findsEachOfManyBlocks(int count) {
            Map<Cid, byte[]> blocks = new LinkedHashMap<>();
            for (int i = 0; i < count; i++) {
                byte[] block = LexValue.of(i).toCbor();
                blocks.put(Cid.ofDagCbor(block), block);
            }
            Car car = Car.parse(CarWriter.toBytes(RECORD_CID, blocks));

            assertThat(car.size()).isEqualTo(count);
            assertThat(car.contains(RECORD_CID)).isFalse();
            blocks.forEach((cid, block) -> assertThat(car.get(cid)).isEqualTo(block));
        }

        @Test
        void duplicateBlock_isReadOnce() {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            CarWriter writer = new CarWriter(out, List.of(RECORD_CID));
            writer.write(RECORD_CID, RECORD);
            writer.write(RECORD_CID, RECORD);

            assertThat(Car.parse(out.toByteArray()).size()).isEqualTo(2);
            assertThat(Car.parse(out.toByteArray()).get(RECORD_CID)).isEqualTo(RECORD);
        }

        @Test
        void stream_returnsRootsAndBlocks() {
            try (CarReader reader = CarReader.open(new ByteArrayInputStream(FILE))) {
                assertThat(reader.roots()).containsExactly(RECORD_CID);
                assertThat(reader.hasNext()).isTrue();
                assertThat(reader.next()).isEqualTo(Car.parse(FILE).block(0));
                CarBlock blob = reader.read();
                assertThat(blob).isNotNull();
                assertThat(blob.bytes()).isEqualTo(BLOB);
                assertThat(blob.offset()).isEqualTo(Car.parse(FILE).block(1).offset());
                assertThat(reader.read()).isNull();
                assertThatThrownBy(reader::next).isInstanceOf(NoSuchElementException.class);
            }
        }

        @Test
        void stream_readsBlocksLargerThanItsBuffer() {
            Random random = new Random(1);
            Map<Cid, byte[]> blocks = new LinkedHashMap<>();
            for (int size : new int[] {10, 70_000, 3, 2 << 20, 65_536, 0, 65_500}) {
                byte[] block = new byte[size];
                random.nextBytes(block);
                blocks.put(Cid.ofRaw(block), block);
            }
            byte[] file = CarWriter.toBytes(RECORD_CID, blocks);

            CarReader reader = CarReader.open(new ByteArrayInputStream(file));
            List<CarBlock> found = new ArrayList<>();
            reader.forEachRemaining(found::add);

            assertThat(found).extracting(CarBlock::bytes).containsExactlyElementsOf(blocks.values());
            CarBlock last = found.get(found.size() - 1);
            assertThat(last.offset() + last.bytes().length).isEqualTo(file.length);
        }

        @Test
        void roots_mayBeNoneOrMany() {
            byte[] none = withHeader(
                    LexMap.builder()
                            .put("roots", LexArray.of())
                            .put("version", 1)
                            .build(),
                    new byte[0]);

            assertThat(Car.parse(none).roots()).isEmpty();
            assertThat(stream(none, CarOptions.DEFAULTS)).isEmpty();
            assertThatThrownBy(() -> Car.parse(none).root())
                    .isInstanceOf(CarException.class)
                    .hasMessage("CAR: expected exactly one root (got 0) at byte 0");
        }

        @Test
        void brokenStream_isClosedAndReported() {
            IOException broken = new IOException("cable cut");
            boolean[] closed = new boolean[1];
            InputStream in = new InputStream() {
                @Override
                public int read() throws IOException {
                    throw broken;
                }

                @Override
                public void close() {
                    closed[0] = true;
                }
            };

            assertThatThrownBy(() -> CarReader.open(in))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCause(broken);
            assertThat(closed[0]).isTrue();
        }
    }

    @Nested
    class HostileInput {
        @Test
        void emptyFile_isRejected() {
            assertThat(failure(new byte[0])).hasMessage("CAR: empty: expected a header at byte 0");
        }

        @Test
        void everyTruncation_isRejected() {
            int between = FIRST_CONTENT + RECORD.length;
            for (int length = 1; length < FILE.length; length++) {
                if (length != FIRST_LENGTH && length != between) {
                    CarException e = failure(Arrays.copyOf(FILE, length));
                    assertThat(e.reason()).startsWith("truncated");
                    assertThat(e.offset()).isLessThanOrEqualTo(length);
                }
            }
        }

        @Test
        void trailingBytes_areRejected() {
            byte[] padded = Arrays.copyOf(FILE, FILE.length + 1);

            assertThat(failure(padded))
                    .hasMessage("CAR: section too short for a CID (got 0 bytes) at byte " + padded.length);
        }

        @Test
        void wrongHash_isRejectedOnlyWhenRead() {
            byte[] file = changed(FIRST_CONTENT + 3, 'x');

            assertThat(failure(file)).isInstanceOfSatisfying(HashMismatchException.class, e -> {
                assertThat(e.cid()).isEqualTo(RECORD_CID);
                assertThat(e.offset()).isEqualTo(FIRST_CONTENT);
            });
            Car car = Car.parse(file);
            assertThat(car.get(BLOB_CID)).isEqualTo(BLOB);
            assertThatThrownBy(() -> car.get(RECORD_CID)).isInstanceOf(HashMismatchException.class);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2, 3})
        void unsupportedCid_isRejected(int octet) {
            assertThat(failure(changed(FIRST_CID + octet, 0x7f)))
                    .hasMessageStartingWith("CAR: unsupported CID")
                    .extracting(CarException::offset)
                    .isEqualTo((long) FIRST_CID);
        }

        @Test
        void lengthBeyondAllLimits_isRejectedWithoutAllocation() {
            byte[] huge = Arrays.copyOf(FILE, FIRST_LENGTH + 5);
            Arrays.fill(huge, FIRST_LENGTH, FIRST_LENGTH + 4, (byte) 0xff);
            huge[FIRST_LENGTH + 4] = 0x7f;
            byte[] endless = huge.clone();
            endless[FIRST_LENGTH + 4] = (byte) 0xff;

            assertThat(failure(huge)).hasMessage("CAR: block larger than its limit (got 34359738367 bytes) at byte 59");
            assertThat(failure(endless)).hasMessage("CAR: length of a section too long at byte 59");
        }

        @Test
        void limits_areEnforced() {
            assertThat(failure(FILE, CarOptions.of(o -> o.maxHeaderBytes(57))))
                    .hasMessage("CAR: header larger than its limit (got 58 bytes) at byte 0");
            assertThat(failure(FILE, CarOptions.of(o -> o.maxBlockBytes(RECORD.length - 1))))
                    .hasMessageStartingWith("CAR: block larger than its limit");
            assertThat(failure(FILE, CarOptions.of(o -> o.maxBytes(FILE.length - 1))))
                    .hasMessage("CAR: larger than " + (FILE.length - 1) + " bytes at byte " + (FILE.length - 1));
            CarOptions exact = CarOptions.of(
                    o -> o.maxHeaderBytes(58).maxBlockBytes(RECORD.length).maxBytes(FILE.length));
            assertThat(stream(FILE, exact)).hasSize(2);
            assertThat(Car.parse(FILE, exact).size()).isEqualTo(2);
        }

        @Test
        void header_mustBeOfVersion1() {
            byte[] none = new byte[0];

            assertThat(failure(withHeader(header(2), none)))
                    .hasMessage("CAR: unsupported version (got 2): only version 1 is supported at byte 1");
            assertThat(failure(withHeader(LexMap.of("version", LexValue.of(1)), none)))
                    .hasMessage("CAR: the header has no array of roots at byte 1");
            assertThat(failure(withHeader(LexMap.of("roots", LexArray.of()), none)))
                    .hasMessageContaining("unsupported version (got none)");
            assertThat(failure(withHeader(
                            LexMap.builder()
                                    .put("roots", LexArray.of(LexValue.of(1)))
                                    .put("version", 1)
                                    .build(),
                            none)))
                    .hasMessage("CAR: a root in the header isn't a link at byte 1");
            assertThat(failure(new byte[] {1, 0x01})).hasMessage("CAR: the header isn't a map at byte 1");
            assertThat(failure(new byte[] {1, (byte) 0xff})).hasMessage("CAR: the header isn't DAG-CBOR at byte 1");
            assertThat(failure(new byte[] {0})).hasMessage("CAR: the header isn't DAG-CBOR at byte 1");
        }
    }

    @Nested
    class Writing {
        @Test
        void file_isWrittenAsBefore() {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (CarWriter writer = new CarWriter(out, List.of(RECORD_CID))) {
                blocks().forEach(writer::write);
            }

            assertThat(out.toByteArray()).isEqualTo(FILE);
            assertThat(FILE[0]).isEqualTo((byte) 58);
        }

        @Test
        void unsupportedCid_isRefused() {
            CarWriter writer = new CarWriter(new ByteArrayOutputStream(), List.of());
            Cid base58 = Cid.of("zdj7WWeQ43G6JJvLWQWZpyHuAMq6uYWRjkBXFad11vE2LHhQ7");

            assertThatThrownBy(() -> writer.write(base58, BLOB))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("CAR: unsupported CID " + base58);
        }
    }

    /** A stream that returns one byte per call, as a slow network might. */
    private static final class OneByteAtATime extends ByteArrayInputStream {
        OneByteAtATime(byte[] bytes) {
            super(bytes);
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(1, length));
        }
    }
}
