package dev.atlex.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CborReadingTest {
    private static final String SHA256 = "1220" + "ab".repeat(32);

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static LexValue strict(String hex) {
        return LexValue.parseCbor(hex(hex));
    }

    private static LexValue lenient(String hex) {
        return LexValue.parseCbor(hex(hex), ReadOptions.LENIENT);
    }

    /** Examples from RFC 8949, appendix A. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "00|0",
                "17|23",
                "1818|24",
                "18ff|255",
                "190100|256",
                "1903e8|1000",
                "19ffff|65535",
                "1a00010000|65536",
                "1affffffff|4294967295",
                "1b0000000100000000|4294967296",
                "20|-1",
                "37|-24",
                "3818|-25",
                "3903e7|-1000",
                "f4|false",
                "f5|true",
                "f6|null",
                "60|\"\"",
                "6161|\"a\"",
                "62225c|\"\\\"\\\\\"",
                "62c3bc|\"ü\"",
                "63e6b0b4|\"水\"",
                "64f0908591|\"𐅑\"",
                "80|[]",
                "83010203|[1,2,3]",
                "8301820203820405|[1,[2,3],[4,5]]",
                "a0|{}",
                "a26161016162820203|{\"a\":1,\"b\":[2,3]}",
                "a2616200626161f6|{\"b\":0,\"aa\":null}"
            })
    void canonicalCborRoundTrips(String cbor, String json) {
        assertThat(strict(cbor).toJson()).isEqualTo(json);
        assertThat(strict(cbor).toCbor()).isEqualTo(hex(cbor));
        assertThat(lenient(cbor)).isEqualTo(strict(cbor));
    }

    @Test
    void strictIntegersAreLimitedTo64Bits() {
        assertThat(strict("1b7fffffffffffffff")).isEqualTo(LexValue.of(Long.MAX_VALUE));
        assertThat(strict("3b7fffffffffffffff")).isEqualTo(LexValue.of(Long.MIN_VALUE));
        for (String hex : new String[] {"1b8000000000000000", "3b8000000000000000", "1bffffffffffffffff"}) {
            assertThatThrownBy(() -> strict("81" + hex))
                    .isInstanceOf(LexDataException.class)
                    .hasMessage("integer does not fit in 64 bits (byte 1) at $[0]");
        }
    }

    @Test
    void largerIntegersArePreservedLeniently() {
        assertThat(lenient("1bffffffffffffffff").toJson()).isEqualTo("18446744073709551615");
        assertThat(lenient("3bffffffffffffffff").toJson()).isEqualTo("-18446744073709551616");
        assertThat(lenient("3b8000000000000000").toJson()).isEqualTo("-9223372036854775809");
        assertThatThrownBy(() ->
                        LexReader.readCbor(hex("1bffffffffffffffff"), ReadOptions.LENIENT, LexReader::readInteger))
                .isInstanceOf(LexException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1817|shortest form",
                "190018|shortest form",
                "1900ff|shortest form",
                "1a0000ffff|shortest form",
                "1b00000000ffffffff|shortest form",
                "3817|shortest form",
                "5800|shortest form",
                "780161|shortest form",
                "9800|shortest form",
                "b800|shortest form",
                "d8182a|tag",
                "d9002a4100|tag",
                "5f4101ff|indefinite",
                "7f6161ff|indefinite",
                "9f01ff|indefinite",
                "bf616101ff|indefinite",
                "1c|reserved",
                "3d|reserved",
                "5e|reserved",
                "f8|simple",
                "f8ff|simple",
                "e0|simple",
                "ff|simple",
                "c074|tag",
                "d74401020304|tag",
                "d82b4100|tag",
                "a10102|not a string",
                "a1f601|not a string",
                "a1410101|not a string",
                "a2616101616102|duplicate",
                "a3616101616202616103|out of order;duplicate",
                "0000|more than one",
                "6161f6|more than one",
                "f97e00|float;finite",
                "f97c00|float;finite",
                "fa7f800000|float;finite",
                "fb7ff8000000000000|float;finite",
                "d82a80|byte string",
                "d82a6100|byte string",
                "d82a40|byte string",
                "d82a4101|byte string",
                "d82a4100|not a CID",
                "d82a450001711220|not a CID"
            })
    void invalidCborIsRejectedInBothModes(String cbor, String reasons) {
        String[] reason = reasons.split(";", -1);
        assertThatThrownBy(() -> strict(cbor))
                .isInstanceOf(LexDataException.class)
                .hasMessageContaining(reason[0])
                .hasMessageContaining(" at $");
        assertThatThrownBy(() -> lenient(cbor))
                .isInstanceOf(LexDataException.class)
                .hasMessageContaining(reason[reason.length - 1]);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "f90000|0|float",
                "f93c00|1|float",
                "f9c400|-4|float",
                "f97bff|65504|float",
                "f90001|5.960464477539063E-8|float",
                "f90400|0.00006103515625|float",
                "f93e00|1.5|float",
                "fa47c35000|100000|float",
                "fb3ff199999999999a|1.1|float",
                "fbc010666666666666|-4.1|float",
                "f7|null|simple",
                "a26162006161f6|{\"b\":0,\"a\":null}|out of order",
                "a2626161006161f6|{\"aa\":0,\"a\":null}|out of order",
                "61ff|\"\ufffd\"|UTF-8",
                "62c328|\"\ufffd(\"|UTF-8",
                "63eda080|\"\ufffd\"|UTF-8",
                "62c080|\"\ufffd\ufffd\"|UTF-8",
                "a161ff01|{\"\ufffd\":1}|UTF-8"
            })
    void nonCanonicalCborIsAcceptedOnlyLeniently(String cbor, String json, String reason) {
        assertThat(lenient(cbor).toJson()).isEqualTo(json);
        assertThatThrownBy(() -> strict(cbor))
                .isInstanceOf(LexDataException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void integralFloatIsAnIntegerLeniently() {
        long one = LexReader.<Long>readCbor(hex("f93c00"), ReadOptions.LENIENT, LexReader::readInteger);
        assertThat(one).isOne();
        assertThatThrownBy(() -> LexReader.readCbor(hex("f93e00"), ReadOptions.LENIENT, LexReader::readInteger))
                .isInstanceOf(LexValidationException.class)
                .hasMessage("Expected an integer at $ (got 1.5)");
        assertThatThrownBy(() -> LexReader.readCbor(hex("f93c00"), ReadOptions.STRICT, LexReader::readInteger))
                .isInstanceOf(LexDataException.class);
    }

    @Test
    void encodedReplacementCharacterIsValid() {
        assertThat(strict("63efbfbd")).isEqualTo(LexValue.of("\ufffd"));
        assertThat(strict("63efbbbf")).isEqualTo(LexValue.of("\ufeff"));
    }

    @Test
    void links_strictOnlyDagCborOrRaw_lenientAnyCid() {
        String record = "d82a582500" + "0171" + SHA256;
        String blob = "d82a582500" + "0155" + SHA256;
        assertThat(((Cid) strict(record)).isDagCbor()).isTrue();
        assertThat(((Cid) strict(blob)).isRaw()).isTrue();
        assertThat(strict(record).toCbor()).isEqualTo(hex(record));

        String sha512 = "d82a584500" + "0155" + "1340" + "cd".repeat(64);
        String protobuf = "d82a582500" + "0170" + SHA256;
        for (String other : new String[] {sha512, protobuf}) {
            assertThatThrownBy(() -> strict("a16161" + other))
                    .isInstanceOf(LexDataException.class)
                    .hasMessageMatching("invalid link: expected a CID of .* \\(byte \\d+\\) at \\$\\.a");
            assertThat(lenient(other).toCbor()).isEqualTo(hex(other));
        }
        for (String broken : new String[] {
            "d82a582500" + "0071" + SHA256, // version 0
            "d82a582300" + SHA256, // CIDv0
            "d82a582600" + "0171" + SHA256 + "00", // trailing byte
            "d82a582400" + "0171" + SHA256.substring(2), // truncated
            "d82a582501" + "0171" + SHA256 // one instead of the zero byte
        }) {
            assertThatThrownBy(() -> strict(broken)).as(broken).isInstanceOf(LexDataException.class);
            assertThatThrownBy(() -> lenient(broken)).as(broken).isInstanceOf(LexDataException.class);
        }
    }

    @Test
    void blobsAndTypesFollowTheDataModel() {
        for (String json : new String[] {"{\"$type\":5}", "{\"$type\":\"\"}", "{\"a\":{\"$type\":\"blob\"}}"}) {
            byte[] cbor = LexValue.parseJson(json, ReadOptions.LENIENT).toCbor();
            assertThatThrownBy(() -> LexValue.parseCbor(cbor)).isInstanceOf(LexDataException.class);
            assertThat(LexValue.parseCbor(cbor, ReadOptions.LENIENT).toJson()).isEqualTo(json);
        }
    }

    /** Lengths beyond the end of the input must be rejected before memory is allocated. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "18",
                "19ff",
                "1b00000000",
                "41",
                "61",
                "5affffffff",
                "7affffffff00",
                "7b7fffffffffffffff",
                "5bffffffffffffffff",
                "81",
                "9affffffff00",
                "9b7fffffffffffffff00",
                "a1",
                "a16161",
                "a261610100",
                "baffffffff",
                "bbffffffffffffffff",
                "d8",
                "d82a",
                "d82a58",
                "d82a5825000171",
                "f9",
                "f93c",
                "fb00"
            })
    void truncatedCborIsRejected(String cbor) {
        assertThatThrownBy(() -> strict(cbor)).isInstanceOf(LexDataException.class);
        assertThatThrownBy(() -> lenient(cbor)).isInstanceOf(LexDataException.class);
        assertThatThrownBy(() -> LexReader.readCbor(hex(cbor), ReadOptions.STRICT, reader -> {
                    LexReader entered = reader.enterTyped();
                    while (entered.nextField(FieldNames.of()) != LexReader.END) {
                        entered.readValue();
                    }
                    return "";
                }))
                .isInstanceOfAny(LexDataException.class, LexValidationException.class);
    }

    @Test
    void declaredLengthsDoNotPreallocateMemory() {
        byte[] promises = new byte[17_000_000];
        for (int i = 0; i < 500; i++) {
            promises[5 * i] = (byte) 0x9a; // an array with 16 million elements; together, 32 GB of references
            promises[5 * i + 1] = 0x01;
        }
        Arrays.fill(promises, 2500, promises.length, (byte) 0x1c);
        assertThatThrownBy(() -> LexValue.parseCbor(promises)).isInstanceOf(LexDataException.class);
    }

    @Test
    void errorsContainPathAndByteOffset() {
        assertThatThrownBy(() -> strict("a2 6161 82 01 a1 6162 f7 6163 00"))
                .isInstanceOfSatisfying(LexDataException.class, e -> {
                    assertThat(e.path()).isEqualTo("$.a[1].b");
                    assertThat(e.reason()).endsWith("(byte 8)");
                });
        assertThatThrownBy(() -> strict("a2 6161 a2 6162 00 6161 00 6163 00"))
                .hasMessageEndingWith("map keys out of order (byte 7) at $.a");
    }

    @Test
    void depthIsBounded() {
        String nested = "81".repeat(ReadOptions.DEFAULT_MAX_DEPTH - 1) + "80";
        assertThat(strict(nested).toCbor()).isEqualTo(hex(nested));
        assertThatThrownBy(() -> strict("81" + nested))
                .isInstanceOf(LexDataException.class)
                .hasMessageContaining("nested deeper than 2500");
        assertThatThrownBy(() -> LexValue.parseCbor(hex("a16161a16161a0"), ReadOptions.STRICT.withMaxDepth(2)))
                .isInstanceOf(LexDataException.class)
                .hasMessageEndingWith(" at $.a.a");
    }

    @Test
    void incompleteReadIsAProgrammingError() {
        assertThatThrownBy(() -> LexReader.readCbor(hex("8101"), ReadOptions.STRICT, reader -> {
                    reader.beginArray();
                    return "";
                }))
                .isInstanceOf(IllegalStateException.class);
    }

    /** Any input yields a value or a typed exception. A value that strict mode accepts has exactly that encoding. */
    @Test
    void randomBytesYieldValueOrTypedException() {
        Random random = new Random(20261121);
        byte[] seed = LexValue.parseJson("{\"a\":[1,-500,\"ü\",null,true],\"b\":{\"$bytes\":\"AQID\"},\"c\":{\"$link\":"
                        + "\"bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a\"},\"$type\":\"x.y.z\"}")
                .toCbor();
        int taken = 0;
        for (int round = 0; round < 30_000; round++) {
            byte[] bytes = seed.clone();
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            byte[] input = Arrays.copyOf(bytes, bytes.length - (round % 7 == 0 ? random.nextInt(bytes.length) : 0));
            try {
                assertThat(LexValue.parseCbor(input).toCbor()).isEqualTo(input);
                taken++;
            } catch (LexDataException expected) {
                assertThat(expected.path()).startsWith("$");
            }
            try {
                LexValue.parseCbor(input, ReadOptions.LENIENT).toJson();
            } catch (LexDataException expected) {
                assertThat(expected.path()).startsWith("$");
            }
        }
        assertThat(taken).isBetween(100, 29_000);
    }
}
