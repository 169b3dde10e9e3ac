package dev.atlex.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WritingTest {
    private static String hex(LexValue value) {
        return HexFormat.of().formatHex(value.toCbor());
    }

    private static String json(Consumer<LexWriter> body) {
        return new String(LexWriter.toJson(body), UTF_8);
    }

    @Test
    void jsonEscapesOnlyIfRequired() {
        assertThat(LexValue.of("\"\\/\b\f\n\r\t\u0000\u001f\u007f<é\u2028😀").toJson())
                .isEqualTo("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u007f<é\u2028😀\"");
    }

    @Test
    void linksAndBytesAreEncoded() {
        String cid = "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a";
        assertThat(Cid.of(cid).toJson()).isEqualTo("{\"$link\":\"" + cid + "\"}");
        assertThat(Bytes.of(new byte[] {-1, -1}).toJson()).isEqualTo("{\"$bytes\":\"//8\"}");
        assertThat(hex(Bytes.of(new byte[] {-1, -1}))).isEqualTo("42ffff");
        assertThat(hex(Cid.of(cid))).startsWith("d82a58250001711220").hasSize(2 * 41);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "23, 17",
        "24, 1818",
        "255, 18ff",
        "256, 190100",
        "65535, 19ffff",
        "65536, 1a00010000",
        "4294967295, 1affffffff",
        "4294967296, 1b0000000100000000",
        "9223372036854775807, 1b7fffffffffffffff",
        "-1, 20",
        "-24, 37",
        "-25, 3818",
        "-256, 38ff",
        "-257, 390100",
        "-4294967296, 3affffffff",
        "-4294967297, 3b0000000100000000",
        "-9223372036854775808, 3b7fffffffffffffff"
    })
    void integersHaveShortestForm(long value, String cbor) {
        assertThat(hex(LexValue.of(value))).isEqualTo(cbor);
        assertThat(LexValue.of(value).toJson()).isEqualTo(Long.toString(value));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 23, 24, 255, 256, 65535, 65536})
    void containersAndStringsOfAnySizeRoundTrip(int size) {
        LexMap.Builder map = LexMap.builder();
        List<LexValue> elements = new ArrayList<>();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(size));
        for (int i : order) {
            map.put("k" + i, i);
            elements.add(LexArray.of(LexValue.of(i)));
        }
        LexMap value = LexMap.builder()
                .put("text", "x".repeat(size))
                .put("bytes", Bytes.of(new byte[size]))
                .put("map", map.build())
                .put("array", LexArray.copyOf(elements))
                .put("behind", true)
                .build();

        assertThat(LexValue.parseCbor(value.toCbor())).isEqualTo(value);
        assertThat(LexValue.parseJson(value.toJson())).isEqualTo(value);
        int info = size < 24 ? size : size < 256 ? 24 : size < 65536 ? 25 : 26;
        String count = size < 24 ? "" : HexFormat.of().toHexDigits(size, 2 << info - 24);
        assertThat(hex(LexArray.copyOf(elements)).substring(0, 2 + count.length()))
                .isEqualTo("%02x".formatted(0x80 + info) + count);
        assertThat(hex(map.build()).substring(0, 2 + count.length())).isEqualTo("%02x".formatted(0xa0 + info) + count);
    }

    @Test
    void cborSortsKeysByLengthThenBytes() {
        List<String> sorted = List.of("", "$", "a", "b", "aa", "z9", "é", "zzz", "日", "\uffee", "aaaa", "😀", "aaaaa");
        for (int seed = 0; seed < 20; seed++) {
            List<String> shuffled = new ArrayList<>(sorted);
            Collections.shuffle(shuffled, new Random(seed));
            LexMap.Builder map = LexMap.builder();
            shuffled.forEach(key -> map.put(key, LexMap.of(key, LexArray.of(LexValue.of(key)))));

            LexMap read = (LexMap) LexValue.parseCbor(map.build().toCbor());

            assertThat(read.keySet()).containsExactlyElementsOf(sorted);
            assertThat(read).isEqualTo(map.build());
        }
    }

    @Test
    void keysLongerThan23And255BytesAreSortedToo() {
        LexMap map = LexMap.builder()
                .put("c".repeat(300), 1)
                .put("b".repeat(24), 2)
                .put("a".repeat(256), 3)
                .put("d".repeat(23), 4)
                .put("a".repeat(24), 5)
                .put("a".repeat(255), 6)
                .build();

        assertThat(((LexMap) LexValue.parseCbor(map.toCbor())).values())
                .containsExactly(
                        LexValue.of(4), LexValue.of(5), LexValue.of(2), LexValue.of(6), LexValue.of(3), LexValue.of(1));
    }

    @Test
    void cborRejectsDuplicateNames() {
        for (List<String> names : List.of(List.of("a", "a"), List.of("a", "b", "a"), List.of("b", "a", "b"))) {
            assertThatThrownBy(() -> LexWriter.toCbor(w -> {
                        w.beginMap();
                        for (String name : names) {
                            w.name(name);
                            w.integer(1);
                        }
                        w.endMap();
                    }))
                    .isInstanceOf(LexDataException.class)
                    .hasMessageContaining("duplicate");
        }
    }

    @Test
    void numbersAreReadBackUnchanged() {
        Random random = new Random(7);
        for (double edge :
                new double[] {Double.MIN_VALUE, Double.MAX_VALUE, Double.MIN_NORMAL, 0x1p-1074, 0x1p1023, 0.1 + 0.2}) {
            assertThat(Double.parseDouble(new LexFloat(edge).toJson())).isEqualTo(edge);
        }
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                String json = new LexFloat(value).toJson();
                assertThat(Double.parseDouble(json)).isEqualTo(value);
                assertThat(new BigDecimal(json).stripTrailingZeros().precision())
                        .isLessThanOrEqualTo(new BigDecimal(Double.toString(value))
                                .stripTrailingZeros()
                                .precision());
            }
            long integer = random.nextLong() >> random.nextInt(64);
            assertThat(new LexInteger(integer).toJson()).isEqualTo(Long.toString(integer));
        }
        for (long edge : new long[] {Long.MIN_VALUE, Long.MAX_VALUE, 0, -1, 9, 10, -10, 99, 100}) {
            assertThat(new LexInteger(edge).toJson()).isEqualTo(Long.toString(edge));
        }
    }

    @Test
    void floatsMustBeFiniteAndAreJsonOnly() {
        LexValue value = LexArray.of(new LexFloat(0.1));
        assertThat(value.toJson()).isEqualTo("[0.1]");
        assertThat(new LexFloat(2e-3).toJson()).isEqualTo("0.002");
        assertThat(new LexFloat(2.0E-44).toJson()).isEqualTo("2E-44");
        assertThat(new LexFloat(9007199254740992.0).toJson()).isEqualTo("9007199254740992.0");
        assertThat(new LexFloat(1e16).toJson()).isEqualTo("1E+16");
        assertThat(new LexFloat(-0.0).toJson()).isEqualTo("-0.0");
        assertThatThrownBy(value::toCbor).isInstanceOf(LexDataException.class).hasMessageContaining("float");
        for (double none : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThatThrownBy(() -> new LexFloat(none).toJson()).isInstanceOf(LexDataException.class);
        }
    }

    @Test
    void cborReplacesLoneSurrogates() {
        assertThat(hex(LexValue.of("a\ud800"))).isEqualTo("6461efbfbd");
        assertThat(hex(LexValue.of("\udc00\ud83d\ude00"))).isEqualTo("67efbfbdf09f9880");
        assertThat(hex(LexMap.of("\ud800", LexNull.NULL))).isEqualTo("a163efbfbdf6");
    }

    @Test
    void preparedFieldNamesAreWritten() {
        FieldNames names = FieldNames.of("plain", "qu\"ote", "日本");
        Consumer<LexWriter> body = w -> {
            w.beginMap();
            for (int i = names.size() - 1; i >= 0; i--) {
                w.name(names, i);
                w.integer(i);
            }
            w.endMap();
        };
        LexMap expected =
                LexMap.builder().put("plain", 0).put("qu\"ote", 1).put("日本", 2).build();

        assertThat(LexValue.parseJson(json(body))).isEqualTo(expected);
        assertThat(LexValue.parseCbor(LexWriter.toCbor(body))).isEqualTo(expected);
        assertThat(LexWriter.toValue(body)).isEqualTo(expected);
    }

    enum Target {
        JSON,
        CBOR,
        TREE;

        void write(Consumer<LexWriter> body) {
            switch (this) {
                case JSON -> LexWriter.toJson(body);
                case CBOR -> LexWriter.toCbor(body);
                case TREE -> LexWriter.toValue(body);
            }
        }
    }

    /** These calls would produce a malformed or wrong document. */
    @ParameterizedTest
    @EnumSource
    void misuseThrowsIllegalStateException(Target target) {
        List<Consumer<LexWriter>> misuses = List.of(
                w -> {},
                w -> {
                    w.integer(1);
                    w.integer(2);
                },
                LexWriter::beginMap,
                LexWriter::beginArray,
                LexWriter::endMap,
                LexWriter::endArray,
                w -> w.name("a"),
                w -> {
                    w.beginArray();
                    w.endMap();
                },
                w -> {
                    w.beginMap();
                    w.endArray();
                },
                w -> {
                    w.beginMap();
                    w.integer(1);
                    w.endMap();
                },
                w -> {
                    w.beginMap();
                    w.name("a");
                    w.endMap();
                },
                w -> {
                    w.beginMap();
                    w.name("a");
                    w.name("b");
                    w.integer(1);
                    w.endMap();
                },
                w -> {
                    w.beginArray();
                    w.name("a");
                    w.endArray();
                },
                w -> {
                    w.beginMap();
                    w.beginArray();
                    w.endArray();
                    w.endMap();
                });
        for (int i = 0; i < misuses.size(); i++) {
            Consumer<LexWriter> misuse = misuses.get(i);
            assertThatThrownBy(() -> target.write(misuse)).as("misuse %d", i).isInstanceOf(IllegalStateException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void exceptionsFromBodyPropagate(Target target) {
        assertThatThrownBy(() -> target.write(w -> {
                    w.beginMap();
                    throw new UnsupportedOperationException("mine");
                }))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("mine");
    }

    /** Random trees survive JSON, DAG-CBOR and a copy of the tree without loss. */
    @Test
    void randomTreesRoundTripInEveryFormat() {
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            LexValue value = tree(random, 5);
            assertThat(LexValue.parseJson(value.toJson())).isEqualTo(value).hasSameHashCodeAs(value);
            assertThat(LexValue.parseCbor(value.toCbor())).isEqualTo(value);
            assertThat(LexValue.parseCbor(value.toCbor()).toCbor()).isEqualTo(value.toCbor());
            assertThat(LexReader.<LexValue>readValue(value, ReadOptions.STRICT, LexReader::readValue))
                    .isEqualTo(value);
            assertThat(LexWriter.toValue(w -> w.value(value))).isEqualTo(value);
            assertThat(LexValue.parseJson(value.toJson()).cid()).isEqualTo(value.cid());
        }
    }

    private static LexValue tree(Random random, int depth) {
        switch (random.nextInt(depth == 0 ? 6 : 9)) {
            case 0:
                return LexNull.NULL;
            case 1:
                return LexValue.of(random.nextBoolean());
            case 2:
                return LexValue.of(random.nextLong() >> 11 + random.nextInt(50));
            case 3:
                return LexValue.of(text(random));
            case 4:
                byte[] bytes = new byte[random.nextInt(40)];
                random.nextBytes(bytes);
                return Bytes.of(bytes);
            case 5:
                return Cid.ofRaw(new byte[] {(byte) random.nextInt()});
            case 6:
                List<LexValue> elements = new ArrayList<>();
                for (int i = random.nextInt(30); i > 0; i--) {
                    elements.add(tree(random, depth - 1));
                }
                return LexArray.copyOf(elements);
            default:
                LexMap.Builder map = LexMap.builder();
                for (int i = random.nextInt(12); i > 0; i--) {
                    map.put(text(random), tree(random, depth - 1));
                }
                return map.build();
        }
    }

    private static String text(Random random) {
        String alphabet = "ab\"\\\n é日\u0000";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(random.nextInt(10) == 0 ? 300 : 8); i > 0; i--) {
            text.append(random.nextInt(10) == 0 ? "😀" : alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
