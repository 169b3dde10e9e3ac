package dev.atlex.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Compares the JSON reader with jackson-core, with random documents and corrupted ones. */
class JsonAgainstJacksonTest {
    private static final JsonFactory JACKSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(ReadOptions.DEFAULT_MAX_DEPTH)
                    .build())
            .build();

    private static final String[] STRINGS = {
        "",
        "a",
        "seven..",
        "eight...",
        "nine.....",
        "sixteen characte",
        "seventeen charact",
        "some text of this length, with a \\\"quote\\\" in it, and more behind",
        "\\\\\\/\\b\\f\\n\\r\\t",
        "\\u0000\\u001f\\u00e9\\uffff",
        "\\ud83d\\ude00 and raw 😀, ö, ⽘",
        "half \\ud83d and \\ude00\\ud83d",
        "\u007f\u0080\u07ff\u0800\uffff",
        "naïve, and long enough that the other character comes late, somewhere here: é"
    };
    private static final String[] NUMBERS = {
        "0",
        "-0",
        "7",
        "-1",
        "1234567890",
        "9007199254740991",
        "9007199254740993",
        "9223372036854775807",
        "-9223372036854775808",
        "9223372036854775808",
        "-9223372036854775809",
        "18446744073709551616",
        "99999999999999999999999",
        "0.5",
        "-0.0",
        "1e3",
        "1E+3",
        "1.25e-7",
        "5e-324",
        "1e308",
        "0.1e1",
        "0e0"
    };
    private static final String[] SPACE = {"", "", "", "", " ", "\n", "\r\n\t "};

    private static String document(Random random, int depth) {
        String space = SPACE[random.nextInt(SPACE.length)];
        return space
                + switch (random.nextInt(depth > 4 ? 4 : 8)) {
                    case 0 -> NUMBERS[random.nextInt(NUMBERS.length)];
                    case 1 -> List.of("true", "false", "null").get(random.nextInt(3));
                    case 2, 3 -> string(random);
                    case 4, 5 -> array(random, depth);
                    default -> map(random, depth);
                }
                + space;
    }

    private static String string(Random random) {
        return '"' + STRINGS[random.nextInt(STRINGS.length)] + '"';
    }

    private static String array(Random random, int depth) {
        List<String> elements = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            elements.add(document(random, depth + 1));
        }
        return "[" + (elements.isEmpty() ? " " : String.join(",", elements)) + "]";
    }

    private static String map(Random random, int depth) {
        List<String> fields = new ArrayList<>();
        for (int i = random.nextInt(random.nextInt(10) == 0 ? 30 : 6); i > 0; i--) {
            fields.add(string(random) + SPACE[random.nextInt(SPACE.length)] + ":" + document(random, depth + 1));
        }
        return "{" + String.join(" ,", fields) + "}";
    }

    private static byte[] corrupted(byte[] json, Random random) {
        byte[] corrupted = json.clone();
        String likely = "\"\\{}[],:0123456789+-.eEtfnu\n \u0000\u001f\u007f\u0080\u00c3\u00e2\u00f0\u00ff";
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            int at = random.nextInt(corrupted.length);
            switch (random.nextInt(4)) {
                case 0 -> corrupted = Arrays.copyOf(corrupted, at + 1);
                case 1 -> System.arraycopy(corrupted, at, corrupted, at / 2, corrupted.length - at);
                default -> corrupted[at] = likely.getBytes(ISO_8859_1)[random.nextInt(likely.length())];
            }
        }
        return corrupted;
    }

    private static @Nullable Object atlex(byte[] json) {
        try {
            return plain(LexValue.parseJson(json, ReadOptions.LENIENT));
        } catch (LexDataException e) {
            assertThat(e.reason()).doesNotContain("\n");
            return null;
        }
    }

    private static Object plain(LexValue value) {
        if (value instanceof LexMap map) {
            Map<String, Object> plain = new LinkedHashMap<>();
            map.forEach((key, each) -> plain.put(key, plain(each)));
            return plain;
        } else if (value instanceof LexArray array) {
            return array.stream().map(JsonAgainstJacksonTest::plain).toList();
        } else if (value instanceof LexString string) {
            return string.value();
        } else if (value instanceof LexInteger integer) {
            return number(integer.value());
        } else if (value instanceof LexFloat floating) {
            return number(floating.value());
        }
        return value.toJson();
    }

    private static Object number(double value) {
        return value == 0 ? 0.0 : value;
    }

    private static @Nullable Object jackson(byte[] json) {
        try (JsonParser parser = JACKSON.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() == null) {
                return null;
            }
            Object value = read(parser);
            return parser.nextToken() == null ? value : null;
        } catch (JacksonException | ArithmeticException e) {
            return null;
        }
    }

    private static @Nullable Object read(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> map = new LinkedHashMap<>();
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    map.put(name, read(parser));
                }
                yield map;
            }
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(read(parser));
                }
                yield list;
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(Double.parseDouble(parser.getString()));
            default -> parser.getString();
        };
    }

    /** Known differences: jackson-core accepts some invalid UTF-8, and rejects names with lone surrogates. */
    private static boolean isKnownDifference(byte[] json) {
        String text = new String(json, ISO_8859_1).toLowerCase(Locale.ROOT);
        if (json.length > 1 && (json[0] == 0 || json[1] == 0) || text.contains("\\ud")) {
            return true;
        }
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(json));
            return false;
        } catch (CharacterCodingException e) {
            return true;
        }
    }

    @Test
    void acceptedDocumentsAreReadTheSame() {
        int taken = 0;
        int refused = 0;
        for (int seed = 0; seed < 40_000; seed++) {
            Random random = new Random(seed);
            byte[] json = document(random, 0).getBytes(UTF_8);
            if (random.nextInt(3) > 0) {
                json = corrupted(json, random);
            }
            Object expected = jackson(json);
            Object found = atlex(json);
            if (!Objects.equals(expected, found)) {
                assertThat(isKnownDifference(json))
                        .as("%s: %s, and not %s", new String(json, UTF_8), found, expected)
                        .isTrue();
            } else if (found == null) {
                refused++;
            } else {
                taken++;
            }
        }
        assertThat(taken).isGreaterThan(10_000);
        assertThat(refused).isGreaterThan(10_000);
    }

    @Test
    void truncatedDocumentsAreRejected() {
        for (int seed = 0; seed < 60; seed++) {
            byte[] json = ("[" + document(new Random(seed), 0) + "]").getBytes(UTF_8);
            for (int length = 0; length < json.length; length++) {
                byte[] part = Arrays.copyOf(json, length);
                assertThat(atlex(part)).as("%s", new String(part, UTF_8)).isNull();
            }
        }
    }
}
