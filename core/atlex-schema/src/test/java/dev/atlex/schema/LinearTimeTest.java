package dev.atlex.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.data.Bytes;
import dev.atlex.data.Cid;
import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.LexWriter;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.document.LexiconDocument;
import dev.atlex.schema.document.LexiconDocuments;
import dev.atlex.schema.runtime.RuntimeSchemas;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.LanguageTag;
import dev.atlex.syntax.UserInput;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that no input takes more than linear time. Nearly all input comes from servers and strangers. */
@Tag("performance")
class LinearTimeTest {
    private static final ReadOptions DEEP = ReadOptions.STRICT.withMaxDepth(ReadOptions.MAX_DEPTH);

    /** The ways to read values. */
    enum Mode {
        STRICT(DEEP),
        LENIENT(DEEP.withStrict(false)),
        UNCHECKED(DEEP.withStrict(false).withValidate(false));

        final ReadOptions options;

        Mode(ReadOptions options) {
            this.options = options;
        }
    }

    private static String repeat(int length, String unit) {
        return unit.repeat(length / unit.length() + 1);
    }

    /** Returns language subtags, all of them distinct variants. */
    private static String variants(int length) {
        return IntStream.range(0, length / 7)
                .mapToObj(i -> "-" + Integer.toString(60_466_176 / 2 + i, 36) + "x")
                .collect(Collectors.joining());
    }

    /** Returns distinct Strings with the same hash code and length. */
    private static List<String> colliding(int count) {
        int bits = 32 - Integer.numberOfLeadingZeros(count);
        return IntStream.range(0, count)
                .mapToObj(i -> IntStream.range(0, bits)
                        .mapToObj(bit -> (i >> bit & 1) == 0 ? "Aa" : "BB")
                        .collect(Collectors.joining()))
                .toList();
    }

    /** Returns distinct Strings with the same length, the same first eight bytes and the same last eight bytes. */
    private static List<String> sameEnds(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "beginning%06dthe-end!".formatted(i))
                .toList();
    }

    /** Returns Strings with consecutive hash codes, which fill a hash table without a gap. */
    private static List<String> consecutive(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "" + (char) (0x4e00 + i / 31) + (char) (0x5000 + i % 31))
                .toList();
    }

    private static List<String> keys(String kind, int count) {
        List<String> keys = new ArrayList<>(
                switch (kind) {
                    case "colliding" -> colliding(count);
                    case "same ends" -> sameEnds(count);
                    case "consecutive" -> consecutive(count);
                    case "twice" -> Collections.nCopies(count, "key");
                    case "special" -> Collections.nCopies(count, "$type");
                    case "escaped" ->
                        IntStream.range(0, count)
                                .mapToObj(i -> "\\u00e9\\\"" + i)
                                .toList();
                    case "long" -> List.of("k".repeat(8 * count), "l".repeat(8 * count));
                    default ->
                        IntStream.range(0, count)
                                .mapToObj(i -> "k%08d".formatted(i))
                                .toList();
                });
        if (kind.equals("backwards")) {
            Collections.reverse(keys);
        }
        return keys;
    }

    private static byte[] json(List<String> keys, String value) {
        return keys.stream()
                .map(key -> "\"" + key + "\":" + value)
                .collect(Collectors.joining(",", "{", "}"))
                .getBytes(UTF_8);
    }

    private static RuntimeSchemas schemas(String defs) {
        String json = "{\"lexicon\": 1, \"id\": \"com.example.it\", \"defs\": {" + defs + "}}";
        return RuntimeSchemas.of(LexiconDocuments.of(List.of(LexiconDocument.parse(json.getBytes(UTF_8)))));
    }

    private static Runnable ignoringFailures(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (LexException e) {
                assertThat(e.getMessage()).hasSizeLessThan(10_000);
            }
        };
    }

    /** A valid beginning for each format, which lets checks get past their first steps. */
    private static final Map<String, List<String>> BEGINNINGS = Map.ofEntries(
            Map.entry("at-identifier", List.of("", "did:plc:", "did:web:")),
            Map.entry("at-uri", List.of("", "at://", "at://a.bc/", "at://did:plc:abc/com.example.it/")),
            Map.entry("cid", List.of("", "b", "z", "Z", "9", "m", "bafyrei", "Qm")),
            Map.entry("datetime", List.of("", "2026-01-01T00:00:00.", "2026-01-01T00:00:00+")),
            Map.entry("did", List.of("", "did:", "did:plc:", "did:web:a.bc:")),
            Map.entry("handle", List.of("", "a.bc.")),
            Map.entry("language", List.of("", "en", "en-abc", "en-x", "en-u", "x-", "i-", "de-1994-")),
            Map.entry("nsid", List.of("", "com.example.")),
            Map.entry("record-key", List.of("", "self")),
            Map.entry("tid", List.of("", "3jzfcijpj2z2a")),
            Map.entry("uri", List.of("", "https://", "https://a.bc/?", "urn:")));

    private static final List<String> UNITS = List.of(
            "a", "1", "-", ".", ":", "/", "#", "?", "%", "%41", "=", "@", " ", "\\", "a-", "-a", "ab-", "abcde-", "a.",
            ".1", "a:", "a/", "did:", "é", "\u0301", "\ud800", "😀", "\u0000", "\u200b");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "at-identifier",
                "at-uri",
                "cid",
                "datetime",
                "did",
                "handle",
                "language",
                "nsid",
                "record-key",
                "tid",
                "uri"
            })
    void everyFormat(String format) {
        RuntimeSchemas schemas = schemas("\"main\": {\"type\": \"string\", \"format\": \"" + format + "\"}");
        for (Mode mode : List.of(Mode.STRICT, Mode.LENIENT)) {
            Codec<LexValue> codec = schemas.codec("com.example.it");
            for (String beginning : BEGINNINGS.getOrDefault(format, List.of())) {
                for (String unit : UNITS) {
                    for (String end : List.of("", "!")) {
                        LinearTime.check(format + " of " + unit, 4000, size -> {
                            LexValue text = LexValue.of(beginning + repeat(size, unit) + end);
                            return ignoringFailures(() -> codec.fromValue(text, mode.options));
                        });
                    }
                }
            }
        }
    }

    @Nested
    class Syntax {
        private void check(String name, Predicate<String> valid, IntFunction<String> text) {
            LinearTime.check(name, 4000, size -> {
                String input = text.apply(size);
                return () -> valid.test(input);
            });
        }

        @Test
        void languageTagsWithManyVariants() {
            check("strict", LanguageTag::isValid, size -> "en" + variants(size));
            check("lenient", LanguageTag::isValidLenient, size -> "en" + variants(size));
            check("twice at the end", LanguageTag::isValid, size -> "en" + variants(size) + "-abcde-ABCDE");
            check(
                    "mixed case",
                    LanguageTag::isValid,
                    size -> "de" + variants(size).toUpperCase(java.util.Locale.ROOT));
            check(
                    "colliding",
                    LanguageTag::isValid,
                    size -> "en-"
                            + colliding(size / 40).stream()
                                    .map(text -> text.substring(text.length() - 8))
                                    .collect(Collectors.joining("-")));
            check("message", LinearTimeTest::isLanguage, size -> "en" + variants(size) + "-!");
        }

        @Test
        void languageTagsWithManyExtensions() {
            check("extension", LanguageTag::isValid, size -> "en-a" + variants(size));
            check("private", LanguageTag::isValid, size -> "en-x" + variants(size));
            check("locale", text -> LanguageTag.unchecked(text).toLocale() != null, size -> "en" + variants(size));
        }

        @Test
        void lenientAtUris() {
            for (String unit : UNITS) {
                check(unit, AtUri::isValidLenient, size -> "at://a.bc/" + repeat(size, unit));
                check(
                        unit,
                        text -> AtUri.unchecked(text).recordKey() == null,
                        size -> "at://a.bc/" + repeat(size, unit));
            }
        }

        @Test
        void userInput() {
            for (String unit : UNITS) {
                check(unit, LinearTimeTest::isAccount, size -> repeat(size, unit));
                check(unit, LinearTimeTest::isAccount, size -> "@ ".repeat(size) + unit + " .".repeat(size));
                check(unit, LinearTimeTest::isAccount, size -> "https://a.bc/profile/" + repeat(size, unit));
                check(unit, LinearTimeTest::isAccount, size -> repeat(size, unit) + "@example.com");
            }
        }

        @Test
        void binaryCids() {
            for (String base : List.of("b", "B", "z", "f", "m", "u", "9", "k")) {
                check(base, LinearTimeTest::hasBytes, size -> base + repeat(size, "2"));
            }
        }

        @Test
        void base64() {
            for (String unit : List.of("A", "AAAA", "=", "A=", "\n", "é")) {
                check(unit, LinearTimeTest::isBase64, size -> repeat(size, unit));
                check(unit, LinearTimeTest::isBase64, size -> repeat(size, unit) + "!");
            }
        }
    }

    private static boolean isLanguage(String text) {
        ignoringFailures(() -> LanguageTag.of(text)).run();
        return true;
    }

    private static boolean isAccount(String text) {
        ignoringFailures(() -> UserInput.signInIdentifier(text)).run();
        return true;
    }

    private static boolean hasBytes(String text) {
        ignoringFailures(() -> Cid.unchecked(text).toByteArray()).run();
        return true;
    }

    private static boolean isBase64(String text) {
        ignoringFailures(() -> Bytes.fromBase64(text)).run();
        return true;
    }

    @Nested
    class Strings {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "a",
                    "\r\n",
                    "e\u0301",
                    "\u0301",
                    "\u1100",
                    "\uac00\u11a8",
                    "\u1100\u1161",
                    "\ud83c\uddea",
                    "\ud83d\udc68\u200d",
                    "\ud83d\udc4b\ud83c\udffd",
                    "\u200d",
                    "\u200c",
                    "\u0915\u094d",
                    "\u094d",
                    "\u0600",
                    "\ud800",
                    "\udc00",
                    "\ufe0f",
                    "\u0000",
                    "\ud83d\udc68\u0301"
                })
        void graphemes(String unit) {
            for (String rule : List.of("\"maxGraphemes\": 10", "\"minGraphemes\": 90000000", "\"maxLength\": 10")) {
                Codec<LexValue> codec = schemas("\"main\": {\"type\": \"string\", " + rule + "}")
                        .codec("com.example.it");
                LinearTime.check(rule, 8000, size -> {
                    LexValue text = LexValue.of("x" + repeat(size, unit));
                    return ignoringFailures(() -> codec.fromValue(text));
                });
                LinearTime.check(rule + " of one cluster", 8000, size -> {
                    LexValue text = LexValue.of("\ud83d\udc68" + repeat(size, unit) + "\ud83d\udc68");
                    return ignoringFailures(() -> codec.fromValue(text));
                });
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\\n",
                    "\\u0061",
                    "\\ud83d\\ude00",
                    "\\ud800",
                    "\\\\",
                    "\\\"",
                    "é",
                    "😀",
                    "é\\n",
                    "a\\n",
                    "aaaaaaaa\\n",
                    "\\u0000"
                })
        void escapes(String unit) {
            LinearTime.check("string", 8000, size -> {
                byte[] json = ("\"" + repeat(size, unit) + "\"").getBytes(UTF_8);
                return () -> {
                    LexValue value = LexValue.parseJson(json, ReadOptions.STRICT);
                    value.toJson();
                    value.toCbor();
                };
            });
            LinearTime.check("unterminated", 8000, size -> {
                byte[] json = ("[\"" + repeat(size, unit)).getBytes(UTF_8);
                return ignoringFailures(() -> LexValue.parseJson(json, ReadOptions.STRICT));
            });
            LinearTime.check("keys", 8000, size -> {
                byte[] json =
                        ("{\"" + repeat(size, unit) + "\":[1],\"" + repeat(size, unit) + "\":[2]}").getBytes(UTF_8);
                return () -> LexValue.parseJson(json, ReadOptions.STRICT).toJson();
            });
        }

        @Test
        void enumsWithManyValues() {
            LinearTime.check("enum", 500, size -> {
                String values = colliding(size).stream().collect(Collectors.joining("\",\"", "[\"", "\"]"));
                Codec<LexValue> codec = schemas(
                                "\"main\": {\"type\": \"array\", \"items\": {\"type\": \"string\", \"enum\": " + values
                                        + "}}")
                        .codec("com.example.it");
                byte[] last = LexValue.of(Collections.nCopies(
                                size, LexValue.of(colliding(size).get(size - 1))))
                        .toJson()
                        .getBytes(UTF_8);
                byte[] none = "[\"another\"]".getBytes(UTF_8);
                return () -> {
                    codec.fromJson(last, ReadOptions.STRICT);
                    ignoringFailures(() -> codec.fromJson(none, ReadOptions.STRICT))
                            .run();
                };
            });
            LinearTime.check("integers", 500, size -> {
                String values =
                        IntStream.range(0, size).mapToObj(i -> i + "").collect(Collectors.joining(",", "[", "]"));
                Codec<LexValue> codec = schemas(
                                "\"main\": {\"type\": \"array\", \"items\": {\"type\": \"integer\", \"enum\": " + values
                                        + "}}")
                        .codec("com.example.it");
                byte[] last = LexValue.of(Collections.nCopies(size, LexValue.of(size - 1)))
                        .toJson()
                        .getBytes(UTF_8);
                byte[] none = "[-1]".getBytes(UTF_8);
                return () -> {
                    codec.fromJson(last, ReadOptions.STRICT);
                    ignoringFailures(() -> codec.fromJson(none, ReadOptions.STRICT))
                            .run();
                };
            });
        }
    }

    @Nested
    class Numbers {
        @ParameterizedTest
        @ValueSource(strings = {"1", "0", "9", "1.", "0.0", "1e", "1e1", "-", "-1e-", "1.5e", "5e-32"})
        void oneLongNumber(String beginning) {
            for (Mode mode : Mode.values()) {
                LinearTime.check(beginning, 8000, size -> {
                    byte[] json = ("[" + beginning + "9".repeat(size) + "]").getBytes(UTF_8);
                    return ignoringFailures(() -> LexValue.parseJson(json, mode.options));
                });
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"1e308", "5e-324", "1.7976931348623157e308", "0.1", "9223372036854775807", "1e-5"})
        void manyNumbers(String number) {
            LinearTime.check(number, 1000, size -> {
                byte[] json = ("[" + repeat(size, number + ",") + "0]").getBytes(UTF_8);
                return () -> LexValue.parseJson(json, Mode.LENIENT.options).toJson();
            });
        }

        @Test
        void manyLongNumbers() {
            String digits = "0." + "123456789".repeat(100);
            LinearTime.check("digits", 10_000, size -> {
                byte[] json = ("[" + repeat(size, digits + ",") + "0]").getBytes(UTF_8);
                return () -> LexValue.parseJson(json, Mode.LENIENT.options);
            });
        }
    }

    @Nested
    class Keys {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "plain",
                    "backwards",
                    "colliding",
                    "same ends",
                    "consecutive",
                    "twice",
                    "special",
                    "escaped",
                    "long"
                })
        void keysOfMaps(String kind) {
            Codec<LexValue> codec = schemas(
                            "\"main\": {\"type\": \"object\", \"properties\": {\"key\": {\"type\": \"integer\"}}}")
                    .codec("com.example.it");
            for (Mode mode : Mode.values()) {
                LinearTime.check(kind + " untyped", 1000, size -> {
                    byte[] json = json(keys(kind, size), "1");
                    return ignoringFailures(() -> LexValue.parseJson(json, mode.options));
                });
                LinearTime.check(kind + " typed", 1000, size -> {
                    byte[] json = json(keys(kind, size), "1");
                    return ignoringFailures(() -> codec.fromJson(json, mode.options));
                });
            }
            LinearTime.check(kind + " converted", 500, size -> {
                byte[] json = json(keys(kind, size), "\"1\"");
                return () -> walk((LexMap) LexValue.parseJson(json, ReadOptions.STRICT));
            });
        }

        private void walk(LexMap map) {
            LexMap copy = map.toBuilder().put("another", 1).remove("another").build();
            assertThat(copy).isEqualTo(map);
            assertThat(copy.hashCode()).isEqualTo(map.hashCode());
            assertThat(LexMap.copyOf(Map.copyOf(Map.of("a", map)))).hasSize(1);
            assertThat(map.toString()).isNotEmpty();
            map.keySet().forEach(key -> assertThat(map.containsKey(key + "x")).isFalse());
            byte[] cbor = map.toCbor();
            for (Mode mode : Mode.values()) {
                assertThat(LexValue.parseCbor(cbor, mode.options)).isEqualTo(map);
            }
            assertThat(LexWriter.toValue(writer -> writer.value(map))).isEqualTo(map);
        }

        @ParameterizedTest
        @ValueSource(strings = {"plain", "colliding", "same ends", "consecutive"})
        void keysOfSchemas(String kind) {
            LinearTime.check(kind + " properties", 500, size -> {
                List<String> names = keys(kind, size);
                String properties = names.stream()
                        .map(name -> "\"" + name + "\": {\"type\": \"integer\"}")
                        .collect(Collectors.joining(","));
                RuntimeSchemas schemas =
                        schemas("\"main\": {\"type\": \"object\", \"properties\": {" + properties + "}}");
                byte[] json = json(names, "1");
                return () -> {
                    Codec<LexValue> codec = schemas(
                                    "\"main\": {\"type\": \"object\", \"properties\": {" + properties + "}}")
                            .codec("com.example.it");
                    LexValue value = codec.fromJson(json, ReadOptions.STRICT);
                    codec.toJson(value);
                    schemas.check();
                };
            });
            LinearTime.check(kind + " unknown to many", 500, size -> {
                List<String> all = keys(kind, 2 * size);
                String properties = all.stream()
                        .limit(size)
                        .map(name -> "\"" + name + "\": {\"type\": \"integer\"}")
                        .collect(Collectors.joining(","));
                Codec<LexValue> codec = schemas(
                                "\"main\": {\"type\": \"object\", \"properties\": {" + properties + "}}")
                        .codec("com.example.it");
                byte[] json = json(all.subList(size, 2 * size), "1");
                byte[] cbor = LexValue.parseJson(json, ReadOptions.STRICT).toCbor();
                return () -> {
                    codec.fromJson(json, ReadOptions.STRICT);
                    codec.fromValue(LexValue.parseCbor(cbor), ReadOptions.STRICT);
                };
            });
        }

        @Test
        void keysOfUnions() {
            LinearTime.check("variants", 500, size -> {
                List<String> names = colliding(size);
                String refs = names.stream().map(name -> "\"#" + name + "\"").collect(Collectors.joining(","));
                String defs = names.stream()
                        .map(name -> "\"" + name + "\": {\"type\": \"object\", \"properties\": {}}")
                        .collect(Collectors.joining(","));
                Codec<LexValue> codec = schemas(
                                "\"all\": {\"type\": \"array\", \"items\": {\"type\": \"union\", \"refs\": [" + refs
                                        + "]}}," + defs)
                        .codec("com.example.it#all");
                byte[] json = names.stream()
                        .map(name -> "{\"$type\":\"com.example.it#" + name + "\"}")
                        .collect(Collectors.joining(",", "[", "]"))
                        .getBytes(UTF_8);
                return () -> codec.fromJson(json, ReadOptions.STRICT);
            });
        }
    }

    @Nested
    class Nesting {
        private static final String UNION = """
                "main": {"type": "object", "properties": {
                  "a": {"type": "union", "refs": ["#main"]},
                  "b": {"type": "array", "items": {"type": "integer"}}}}""";

        /** Returns nested containers with more content at each level. */
        private String nested(int depth, String before, String after, String innermost) {
            return before.repeat(depth) + innermost + after.repeat(depth);
        }

        @ParameterizedTest
        @EnumSource(Mode.class)
        void anyKind(Mode mode) {
            String pad = "[0" + ",0".repeat(60) + "]";
            List<List<String>> levels = List.of(
                    List.of("[", "]"),
                    List.of("{\"a\":", "}"),
                    List.of("{\"a\":", ",\"b\":" + pad + "}"),
                    List.of("{\"b\":" + pad + ",\"a\":", "}"),
                    List.of("{\"$type\":\"com.example.it\",\"a\":", ",\"b\":" + pad + "}"),
                    List.of("{\"a\":", ",\"b\":" + pad + ",\"$type\":\"com.example.it\"}"),
                    List.of("{\"zzzzzzz\":", ",\"b\":" + pad + ",\"$type\":\"com.example.other\"}"));
            Codec<LexValue> codec = schemas(UNION).codec("com.example.it");
            for (List<String> level : levels) {
                for (String innermost : List.of("{}", "\"x\"", "{\"$link\":\"x\"}", "{\"$type\":1}", "{\"a\":")) {
                    check(
                            mode,
                            codec,
                            "of " + level,
                            size -> nested(size, level.get(0), level.get(1), innermost)
                                    .getBytes(UTF_8));
                }
            }
        }

        private void check(Mode mode, Codec<LexValue> codec, String name, IntFunction<byte[]> json) {
            LinearTime.check("JSON " + name, 100, size -> {
                byte[] input = json.apply(size);
                return ignoringFailures(() -> codec.fromJson(input, mode.options));
            });
            LinearTime.check("tree " + name, 100, size -> {
                byte[] input = json.apply(size);
                return ignoringFailures(() -> {
                    LexValue tree = LexValue.parseJson(input, mode.options);
                    codec.fromValue(tree, mode.options);
                    assertThat(LexValue.parseJson(tree.toJson(), mode.options)).isEqualTo(tree);
                    assertThat(tree.hashCode()).isEqualTo(tree.hashCode());
                    assertThat(tree.toString()).isNotEmpty();
                });
            });
            LinearTime.check("CBOR " + name, 100, size -> {
                byte[] cbor = cborOrNothing(json.apply(size), mode.options);
                return ignoringFailures(() -> dev.atlex.data.LexReader.readCbor(
                        cbor, mode.options, reader -> codec.read(reader).toCbor()));
            });
        }

        private byte[] cborOrNothing(byte[] json, ReadOptions options) {
            try {
                return LexValue.parseJson(json, options).toCbor();
            } catch (LexException e) {
                return new byte[1];
            }
        }

        /** A large innermost value must not be copied once per enclosing level. */
        @ParameterizedTest
        @ValueSource(strings = {"[", "{\"zz\":1,\"a\":", "{\"zzz\":"})
        void largeInnermostValues(String opening) {
            String many =
                    IntStream.range(0, 30).mapToObj(i -> ",\"k" + i + "\":0").collect(Collectors.joining());
            String closing = opening.equals("[") ? ",0".repeat(30) + "]" : many + "}";
            LinearTime.check(opening, 100, size -> {
                String text = nested(size, opening, closing, "\"" + "x".repeat(1000 * size) + "\"");
                byte[] json = text.getBytes(UTF_8);
                LexValue tree = LexValue.parseJson(json, DEEP);
                byte[] cbor = tree.toCbor();
                Codec<LexValue> codec = schemas(UNION).codec("com.example.it");
                return ignoringFailures(() -> {
                    tree.toCbor();
                    tree.toJson();
                    LexValue.parseJson(json, DEEP);
                    LexValue.parseCbor(cbor, DEEP);
                    codec.fromValue(tree, DEEP);
                });
            });
        }

        /** Containers that claim more elements than the input has. */
        @Test
        void cborHeadsWithExcessiveLengths() {
            for (IntUnaryOperator octet :
                    List.<IntUnaryOperator>of(i -> 0x81, i -> 0x9a, i -> i % 2 == 0 ? 0xa1 : 0x60)) {
                LinearTime.check("heads", 8000, size -> {
                    byte[] cbor = new byte[size];
                    for (int i = 0; i < size; i++) {
                        cbor[i] = (byte) octet.applyAsInt(i);
                    }
                    return ignoringFailures(() -> LexValue.parseCbor(cbor));
                });
            }
        }

        @Test
        void whitespace() {
            LinearTime.check("whitespace", 8000, size -> {
                String space = " \n".repeat(size / 2);
                byte[] json = (space + "{" + space + "\"$link\"" + space + ":" + space + "1" + space + ",\"$link\":2}")
                        .getBytes(UTF_8);
                Codec<LexValue> codec = schemas(UNION).codec("com.example.it");
                return ignoringFailures(() -> codec.fromJson(json, Mode.LENIENT.options));
            });
        }
    }

    @Test
    void check_quadraticWork_fails() {
        assertThatThrownBy(() -> LinearTime.check("pairs", 1000, size -> () -> {
                    int[] values = IntStream.range(0, size).toArray();
                    int equal = 0;
                    for (int value : values) {
                        for (int other : values) {
                            equal += value == other ? 1 : 0;
                        }
                    }
                    assertThat(equal).isEqualTo(size);
                }))
                .isInstanceOf(AssertionError.class);
    }
}
