package dev.atlex.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReadingTest {
    private static final String RECORD = "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a";
    private static final String BLOB = "bafkreiccldh766hwcnuxnf2wh6jgzepf2nlu2lvcllt63eww5p6chi4ity";

    private static LexValue lenient(String json) {
        return LexValue.parseJson(json, ReadOptions.LENIENT);
    }

    private static long integer(String json) {
        return LexReader.<Long>readJson(json.getBytes(UTF_8), ReadOptions.STRICT, LexReader::readInteger);
    }

    /** The reader predicts each name from names that it has read before, in this or other documents. */
    @Test
    void names_wrongPrediction_areReadCorrectly() {
        String[] documents = {
            "{'a':1,'b':2,'c':3}",
            "{'a':1,'c':2,'b':3}",
            "{'a':1,'bb':2}",
            "{'a':1}",
            "{'b':{'a':{'a':1,'b':2}},'a':{'b':{}}}",
            "{ 'a' : 1 , 'b' : [ {'a':1,'b':2} , {'b':1,'a':2} , {'c':1} ] }",
            "{'a':1,'\\u0062':2,'c':3}",
            "{'a':1,'ä':2,'b':3}",
            "{'$type':'x','a':{'$type':'y','$type2':1}}",
            "{'a':'$type','b':'$link'}",
            "{'':{'':1}}"
        };
        for (int round = 0; round < 3; round++) {
            for (String document : documents) {
                String json = document.replace('\'', '"');
                String written = json.replace(" ", "").replace("\\u0062", "b");
                assertThat(LexValue.parseJson(json).toJson()).isEqualTo(written);
            }
        }
    }

    @Test
    void duplicateType_lastOneWins() {
        assertThat(LexValue.parseJson("{\"$type\":\"blob\",\"$type\":\"a\"}").toJson())
                .isEqualTo("{\"$type\":\"a\"}");
        assertThatThrownBy(() -> LexValue.parseJson("{\"$type\":\"a\",\"x\":1,\"$type\":\"blob\"}"))
                .isInstanceOf(LexDataException.class)
                .hasMessageContaining("invalid blob reference");
        assertThatThrownBy(() -> LexValue.parseJson("{\"$type\":\"a\",\"$type\":\"\"}"))
                .isInstanceOf(LexDataException.class)
                .hasMessageContaining("$type");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "-1, -1",
        "1.0, 1",
        "-0.0, 0",
        "1e3, 1000",
        "1.5e1, 15",
        "9007199254740991, 9007199254740991",
        "-9007199254740991, -9007199254740991",
        "9007199254740991.4, 9007199254740991",
        "1e-400, 0"
    })
    void safeIntegersInAnyNotationAreIntegers(String json, long value) {
        assertThat(LexValue.parseJson(json)).isEqualTo(LexValue.of(value));
        assertThat(integer(json)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.5",
                "1e-1",
                "9007199254740992",
                "-9007199254740992",
                "9223372036854775807",
                "9223372036854775808",
                "123456789012345678901234567890",
                "1e16"
            })
    void otherNumbers_strictRejects_lenientKeeps(String json) {
        assertThatThrownBy(() -> LexValue.parseJson("{\"a\":" + json + "}"))
                .isInstanceOf(LexDataException.class)
                .hasMessage("number is not an integer of at most 53 bits at $.a");
        assertThatThrownBy(() -> integer(json)).isInstanceOf(LexValidationException.class);
        LexValue kept = lenient(json);
        assertThat(kept.kind()).isIn(Kind.INTEGER, Kind.FLOAT);
        assertThat(Double.parseDouble(kept.toJson())).isEqualTo(Double.parseDouble(json));
        assertThat(lenient(kept.toJson())).isEqualTo(kept);
    }

    @Test
    void integersOf64BitsAreExactLeniently() {
        assertThat(lenient("9223372036854775807")).isEqualTo(LexValue.of(Long.MAX_VALUE));
        assertThat(lenient("-9223372036854775808")).isEqualTo(LexValue.of(Long.MIN_VALUE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e400",
                "-1E+400",
                "18446744073709551616",
                "-9223372036854775809",
                "123456789012345678901234567890",
                "0.1234567890123456789012345",
                "1.23456789e-320"
            })
    void number_notExactAsDouble_keepsItsText(String number) {
        String json = "{\"a\":[" + number + "]}";
        LexValue read = lenient(json);

        assertThat(read.toJson()).isEqualTo(json);
        assertThat(lenient(read.toJson())).isEqualTo(read).hasSameHashCodeAs(read);
        assertThat(read.toString()).contains(number);
        assertThatThrownBy(read::toCbor).isInstanceOf(LexDataException.class);
        assertThatThrownBy(() -> LexValue.parseJson(json)).isInstanceOf(LexDataException.class);
    }

    @Test
    void numbersOfAnyLengthAreReadInLinearTime() {
        String nines = "9".repeat(4_000_000);
        assertThat(lenient("[" + nines + ",0.1" + nines + "]").toJson()).isEqualTo("[" + nines + ",0.1" + nines + "]");
    }

    @Test
    void number_exceedsDoubleRange_isRejectedStrictly() {
        assertThatThrownBy(() -> LexValue.parseJson("[1e400]"))
                .isInstanceOf(LexDataException.class)
                .hasMessageContaining("exceeds the range")
                .hasMessageEndingWith("at $[0]");
        assertThatThrownBy(() -> LexValue.parseJson("[" + "9".repeat(5000) + "]"))
                .isInstanceOf(LexDataException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "[1",
                "[1,]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "tru",
                "nul",
                "01",
                "1.",
                "+1",
                "NaN",
                "Infinity",
                "'a'",
                "{a:1}",
                "\"a",
                "\"\\x\"",
                "\"\n\"",
                "1 2",
                "{} {}",
                "[] x",
                "// c\n1",
                "]",
                "}"
            })
    void malformedDocumentIsRejected(String json) {
        assertThatThrownBy(() -> LexValue.parseJson(json)).isInstanceOf(LexDataException.class);
        assertThatThrownBy(() -> lenient(json)).isInstanceOf(LexDataException.class);
    }

    @Test
    void malformedJson_messageHasPositionButNoContent() {
        assertThatThrownBy(() -> LexValue.parseJson("{\n \"a\": [1, {\"password\": hunter2}]}"))
                .isInstanceOfSatisfying(LexDataException.class, e -> {
                    assertThat(e.path()).isEqualTo("$.a[1].password");
                    assertThat(e.reason()).matches("malformed JSON \\(line 2, column \\d+\\)");
                    assertThat(e).hasMessageNotContaining("hunter").hasNoCause();
                });
        assertThatThrownBy(() -> LexValue.parseJson("{\"a\":[1,\"top secret"))
                .isInstanceOf(LexDataException.class)
                .hasMessageMatching("unexpected end of JSON \\(line 1, column \\d+\\) at \\$\\.a\\[1]")
                .hasNoCause();
        assertThatThrownBy(() -> LexReader.readJson("[\"secret\"]".getBytes(UTF_8), ReadOptions.STRICT, reader -> {
                    reader.beginArray();
                    reader.nextElement();
                    return reader.readInteger();
                }))
                .hasMessage("Expected an integer at $[0] (got \"secret\")");
    }

    @Test
    void invalidUtf8IsRejected() {
        assertThat(LexValue.parseJson("\"ö⽘😀\"".getBytes(UTF_8), ReadOptions.STRICT))
                .isEqualTo(LexValue.of("ö⽘😀"));
        byte[] latin1 = {'"', (byte) 0xf6, '"'};
        assertThatThrownBy(() -> LexValue.parseJson(latin1, ReadOptions.STRICT)).isInstanceOf(LexDataException.class);
    }

    @Test
    void loneSurrogateRoundTripsAsEscape() {
        for (String json : new String[] {
            "\"\\ud800\"",
            "\"a\\udc00b\"",
            "\"\\ud800\\ud800\"",
            "[\"\\\"\\\\\\u0001\\ud83d\"]",
            "{\"a\\n\":\"😀\\ud83d\"}",
            "\"some text of this length and half a pair \\ude22 in it\"",
            "\"sixteen of them?\\ud83d\"",
            "\"some text of this length, which is not plain? at all \\\\ \""
        }) {
            LexValue value = LexValue.parseJson(json);
            assertThat(value.toJson()).isEqualTo(json);
            assertThat(LexValue.parseJson(value.toJson())).isEqualTo(value);
        }
        assertThat(LexValue.parseJson("\"\ud800\"")).isEqualTo(LexValue.of("\ud800"));
        assertThat(LexValue.parseJson("\"\\ud83d\\ude00\"")).isEqualTo(LexValue.of("😀"));
        assertThat(LexValue.of("😀").toJson()).isEqualTo("\"😀\"");
        assertThat(LexMap.of("\"\udfff", LexNull.NULL).toJson()).isEqualTo("{\"\\\"\\udfff\":null}");
    }

    @Test
    void namesMayContainAnyCharacter() {
        for (String json : new String[] {
            "{\"\\ud800\":1}", "{\"\":1}", "{\"\\n\":1}", "{\"ö\":1}", "{\"😀\":{\"\\\"\":[{\"\\\\\":1}]}}"
        }) {
            assertThat(LexValue.parseJson(json).toJson()).isEqualTo(json);
        }
        assertThat(LexValue.parseJson("{\"\\u0061\\/\":1}").toJson()).isEqualTo("{\"a/\":1}");
    }

    @Test
    void duplicateKey_lastValueWins() {
        assertThat(LexValue.parseJson("{\"a\":1,\"b\":2,\"a\":3}").toJson()).isEqualTo("{\"a\":3,\"b\":2}");
        StringBuilder many = new StringBuilder("{");
        for (int i = 0; i < 20; i++) {
            many.append("\"k").append(i).append("\":0,");
        }
        LexMap map = (LexMap) LexValue.parseJson(many + "\"k7\":9}");
        assertThat(map).hasSize(20).containsEntry("k7", LexValue.of(9));
    }

    @Test
    void linksAndBytesAreValues() {
        assertThat(LexValue.parseJson("{\"$link\":\"" + RECORD + "\"}")).isEqualTo(Cid.of(RECORD));
        assertThat(LexValue.parseJson("{\"$bytes\":\"AQI\"}")).isEqualTo(Bytes.of(new byte[] {1, 2}));
        assertThat(LexValue.parseJson("{\"$bytes\":\"AQI=\"}")).isEqualTo(Bytes.of(new byte[] {1, 2}));
        assertThat(LexValue.parseJson("{\"$bytes\":\"\"}")).isEqualTo(Bytes.of(new byte[0]));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$link\":\"bafy\"}",
                "{\"$link\":5}",
                "{\"$link\":null}",
                "{\"$link\":\"" + RECORD + "\",\"x\":1}",
                "{\"x\":1,\"$link\":\"" + RECORD + "\"}",
                "{\"$bytes\":\"*\"}",
                "{\"$bytes\":[1]}",
                "{\"$bytes\":\"AQI\",\"x\":1}",
                "{\"$link\":\"" + RECORD + "\",\"$bytes\":\"AQI\"}",
                "{\"$type\":\"\"}",
                "{\"$type\":null}",
                "{\"a\":1,\"$type\":7}",
                "{\"$type\":\"blob\"}",
                "{\"$type\":\"blob\",\"ref\":{\"$link\":\"" + BLOB + "\"},\"mimeType\":\"image/png\",\"size\":-1}",
                "{\"$type\":\"blob\",\"ref\":{\"$link\":\"" + RECORD + "\"},\"mimeType\":\"image/png\",\"size\":1}",
                "{\"$type\":\"blob\",\"ref\":\"" + BLOB + "\",\"mimeType\":\"image/png\",\"size\":1}",
                "{\"$type\":\"blob\",\"ref\":{\"$link\":\"" + BLOB + "\"},\"mimeType\":\"png\",\"size\":1}",
                "{\"$type\":\"blob\",\"ref\":{\"$link\":\"" + BLOB + "\"},\"mimeType\":\"a/b\",\"size\":1,\"x\":1}"
            })
    void dataModelViolation_strictRejects_lenientKeeps(String json) {
        assertThatThrownBy(() -> LexValue.parseJson("[{\"in\":" + json + "}]"))
                .isInstanceOf(LexDataException.class)
                .hasMessageContaining("$")
                .hasMessageEndingWith(" at $[0].in");
        assertThat(lenient(json).kind()).isEqualTo(Kind.MAP);
        assertThat(lenient(json).toJson()).isEqualTo(json);
    }

    @Test
    void unreservedDollarKeysAreData() {
        String json = "{\"$foo\":1,\"$\":2,\"$type\":\"any thing\"}";
        assertThat(LexValue.parseJson(json).toJson()).isEqualTo(json);
    }

    @Test
    void depthIsLimitedButLengthIsNot() {
        int limit = ReadOptions.DEFAULT_MAX_DEPTH;
        String deep = "[".repeat(limit) + "]".repeat(limit);
        assertThat(LexValue.parseJson(deep).toJson()).isEqualTo(deep);
        for (String deeper :
                new String[] {"[" + deep + "]", "{\"a\":".repeat(limit + 1) + "1" + "}".repeat(limit + 1)}) {
            assertThatThrownBy(() -> LexValue.parseJson(deeper))
                    .isInstanceOf(LexDataException.class)
                    .hasMessageContaining("2500");
        }
        assertThat(LexValue.parseJson("[[1]]", ReadOptions.STRICT.withMaxDepth(2))
                        .kind())
                .isEqualTo(Kind.ARRAY);
        assertThatThrownBy(() -> LexValue.parseJson("[[[1]]]", ReadOptions.STRICT.withMaxDepth(2)))
                .isInstanceOf(LexDataException.class);
        String text = "x".repeat(30_000_000);
        assertThat(LexValue.parseJson("\"" + text + "\"")).isEqualTo(LexValue.of(text));
    }

    @Test
    void paths_otherNamesAreQuotedAndShortened() {
        assertThatThrownBy(() -> LexValue.parseJson("{\"a-b\":{\"c\\\"d\\n\":{\"_x1\":{\"1x\":0.5}}}}"))
                .hasMessageEndingWith(" at $[\"a-b\"][\"c\\\"d\\u000a\"]._x1[\"1x\"]");
        assertThatThrownBy(() -> LexValue.parseJson("{\"" + "k".repeat(10_000) + "\":0.5}"))
                .hasMessageEndingWith("kkk…\"]")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
    }

    @Test
    void maxDepthIsValidated() {
        assertThatThrownBy(() -> ReadOptions.STRICT.withMaxDepth(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ReadOptions.STRICT.withMaxDepth(ReadOptions.MAX_DEPTH + 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(ReadOptions.STRICT.withStrict(false)).isEqualTo(ReadOptions.LENIENT);
        assertThat(ReadOptions.STRICT.withValidate(false).validate()).isFalse();
    }
}
