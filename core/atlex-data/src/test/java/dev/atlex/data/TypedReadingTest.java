package dev.atlex.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls the readers as generated code does. All three must return the same result for the same value. */
class TypedReadingTest {
    private static final FieldNames NAMES = FieldNames.of("text", "count", "$type", "nested", "tags");
    private static final String LINK = "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a";

    private static LexValue json(String json) {
        return LexValue.parseJson(json, ReadOptions.LENIENT);
    }

    /** Reads a map in the same way as a codec, and returns a description of its fields. */
    private static String post(LexReader reader) {
        StringBuilder seen = new StringBuilder();
        reader.beginMap();
        fields(reader, seen);
        return seen.toString();
    }

    private static void fields(LexReader reader, StringBuilder seen) {
        for (int field = reader.nextField(NAMES); field != LexReader.END; field = reader.nextField(NAMES)) {
            switch (field) {
                case 0 -> seen.append("text=").append(reader.readString());
                case 1 -> seen.append("count=").append(reader.readInteger());
                case 2 -> seen.append("type=").append(reader.readString());
                case 3 -> seen.append("nested{").append(post(reader)).append('}');
                case 4 -> {
                    seen.append("tags");
                    reader.beginArray();
                    while (reader.nextElement()) {
                        seen.append('[').append(reader.readString()).append(']');
                    }
                }
                default ->
                    seen.append('?').append(reader.fieldName()).append('=').append(reader.readValue());
            }
            seen.append(' ');
        }
    }

    private static String typed(LexReader reader) {
        LexReader entered = reader.enterTyped();
        StringBuilder seen = new StringBuilder("<" + entered.enteredType() + "> ");
        fields(entered, seen);
        return seen.toString();
    }

    @ParameterizedTest
    @EnumSource
    void fieldsAreFoundByNameAndUnknownOnesReported(Format format) {
        // in DAG-CBOR's order, so all formats give the same result
        LexValue value = json("{\"tags\":[\"a\",\"b\"],\"text\":\"hi\",\"count\":3,\"extra\":{\"x\":[null,true]},"
                + "\"nested\":{\"text\":\"in\",\"zzzz\":{}},\"after\":1}");

        LexMap sorted = (LexMap) LexValue.parseCbor(value.toCbor());

        assertThat(format.<String>read(sorted, ReadOptions.STRICT, TypedReadingTest::post))
                .isEqualTo("tags[a][b] text=hi ?after=1 count=3 ?extra={x=[null, true]} nested{text=in ?zzzz={} } ");
    }

    @ParameterizedTest
    @EnumSource
    void emptyContainersEndImmediately(Format format) {
        assertThat(format.<String>read(json("{\"nested\":{},\"tags\":[],\"text\":\"x\"}"), ReadOptions.STRICT, r -> {
                    List<String> seen = new ArrayList<>();
                    r.beginMap();
                    for (int f = r.nextField(NAMES); f != LexReader.END; f = r.nextField(NAMES)) {
                        seen.add(r.fieldName());
                        switch (f) {
                            case 3 -> {
                                r.beginMap();
                                assertThat(r.nextField(NAMES)).isEqualTo(LexReader.END);
                            }
                            case 4 -> {
                                r.beginArray();
                                assertThat(r.nextElement()).isFalse();
                            }
                            default -> assertThat(r.readString()).isEqualTo("x");
                        }
                    }
                    seen.sort(null);
                    return String.join(" ", seen);
                }))
                .isEqualTo("nested tags text");
    }

    @ParameterizedTest
    @EnumSource
    void typeIsReadFirstWhateverItsPosition(Format format) {
        String nested = "\"nested\":{\"text\":\"in\"}";
        for (String json : List.of(
                "{\"$type\":\"a.b#c\"," + nested + "}",
                "{" + nested + ",\"$type\":\"a.b#c\"}",
                "{\"a\":[{\"$type\":\"x.y\"},2],\"$type\":\"a.b#c\"," + nested + "}")) {
            String seen = format.read(json(json), ReadOptions.STRICT, TypedReadingTest::typed);

            assertThat(seen).startsWith("<a.b#c> ").endsWith("nested{text=in } ");
            assertThat(seen).doesNotContain(" type=");
            assertThat(seen.contains("?a=[{$type=x.y}, 2]")).isEqualTo(json.startsWith("{\"a\""));
        }
    }

    @ParameterizedTest
    @EnumSource
    void enterTyped_missingType_returnsAllFields(Format format) {
        assertThat(format.<String>read(
                        json("{\"text\":\"x\",\"longer name\":1}"), ReadOptions.STRICT, TypedReadingTest::typed))
                .isEqualTo("<null> text=x ?longer name=1 ");
        assertThat(format.<String>read(LexMap.of(), ReadOptions.STRICT, TypedReadingTest::typed))
                .isEqualTo("<null> ");
    }

    @ParameterizedTest
    @EnumSource
    void variantsCanBeNestedAndInArrays(Format format) {
        LexValue value = json(
                "[{\"x\":1,\"$type\":\"one\",\"nested\":{\"$type\":\"two\",\"text\":\"t\"}},{}, {\"$type\":\"3\"}]");
        FieldNames names = FieldNames.of("nested");

        List<String> types = format.read(value, ReadOptions.STRICT, reader -> {
            List<String> seen = new ArrayList<>();
            reader.beginArray();
            while (reader.nextElement()) {
                LexReader variant = reader.enterTyped();
                seen.add(String.valueOf(variant.enteredType()));
                for (int f = variant.nextField(names); f != LexReader.END; f = variant.nextField(names)) {
                    if (f == 0) {
                        LexReader inner = variant.enterTyped();
                        seen.add(inner.path() + " " + inner.enteredType());
                        while (inner.nextField(FieldNames.of()) != LexReader.END) {
                            seen.add(inner.path() + " " + inner.readValue());
                        }
                    } else {
                        seen.add(variant.path());
                        variant.readValue();
                    }
                }
            }
            return seen;
        });

        assertThat(types)
                .contains("one", "$[0].x", "$[0].nested two", "$[0].nested.text t", "null", "3")
                .hasSize(6);
    }

    @ParameterizedTest
    @EnumSource
    void enterTyped_endOfVariant_resumesAfterIt(Format format) {
        LexValue value = json("{\"nested\":{\"z\":1,\"$type\":\"a\"},\"zzzzzzz\":\"on\"}");

        String next = format.read(value, ReadOptions.STRICT, reader -> {
            reader.beginMap();
            reader.nextField(NAMES);
            LexReader variant = reader.enterTyped();
            while (variant.nextField(NAMES) != LexReader.END) {
                variant.readValue();
            }
            assertThat(reader.path()).isEqualTo("$.nested");
            assertThat(reader.missing("x")).hasMessageContaining(" at $.nested.x (");
            reader.nextField(NAMES);
            String name = reader.fieldName() + "=" + reader.readString();
            assertThat(reader.nextField(NAMES)).isEqualTo(LexReader.END);
            return name;
        });

        assertThat(next).isEqualTo("zzzzzzz=on");
    }

    @ParameterizedTest
    @EnumSource
    void invalidType_strictRejects_lenientReportsAsField(Format format) {
        for (String type : List.of("5", "null", "\"\"")) {
            for (String json : List.of("{\"$type\":" + type + ",\"a\":1}", "{\"a\":1,\"$type\":" + type + "}")) {
                assertThatThrownBy(() -> format.read(json(json), ReadOptions.STRICT, TypedReadingTest::typed))
                        .as(json)
                        .isInstanceOf(LexDataException.class)
                        .hasMessageContaining("invalid $type: expected a non-empty string")
                        .hasMessageContaining(" at $");
            }
        }
        FieldNames none = FieldNames.of();
        List<String> lenient = format.read(json("{\"$type\":5}"), ReadOptions.LENIENT, reader -> {
            LexReader entered = reader.enterTyped();
            List<String> seen = new ArrayList<>();
            seen.add(String.valueOf(entered.enteredType()));
            while (entered.nextField(none) != LexReader.END) {
                seen.add(entered.fieldName() + "=" + entered.readValue());
            }
            return seen;
        });
        assertThat(lenient).containsExactly("null", "$type=5");
    }

    @ParameterizedTest
    @EnumSource
    void malformedBlobVariantIsRejectedStrictly(Format format) {
        for (String json : List.of("{\"$type\":\"blob\",\"size\":3}", "{\"size\":3,\"$type\":\"blob\"}")) {
            assertThatThrownBy(() -> format.read(json(json), ReadOptions.STRICT, TypedReadingTest::typed))
                    .isInstanceOf(LexDataException.class)
                    .hasMessageContaining("invalid blob reference");
            assertThat(format.<String>read(json(json), ReadOptions.LENIENT, TypedReadingTest::typed))
                    .isEqualTo("<blob> ?size=3 ");
        }
    }

    @ParameterizedTest
    @CsvSource({"$link", "$bytes"})
    void linkOrBytesAreNotAMap(String key) {
        String text = "{\"" + key + "\":\"" + LINK + "\"}";
        String label = key.equals("$link") ? "cid-link" : "bytes";
        for (Format format : Format.values()) {
            for (Consumer<LexReader> body : List.<Consumer<LexReader>>of(
                    TypedReadingTest::post, TypedReadingTest::typed, LexReader::readMap, BlobRef::read)) {
                assertThatThrownBy(() -> format.read(json("[" + text + "]"), ReadOptions.STRICT, reader -> {
                            reader.beginArray();
                            reader.nextElement();
                            body.accept(reader);
                            return "";
                        }))
                        .as(format.name())
                        .isInstanceOf(LexValidationException.class)
                        .hasMessage("Expected an object at $[0] (got " + label + ")");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachKindIsReadOnlyAsItself(Format format) {
        LexMap values = LexMap.builder()
                .put("a", LexNull.NULL)
                .put("b", true)
                .put("c", 7)
                .put("d", "s")
                .put("e", Bytes.of(new byte[] {1, 2}))
                .put("f", Cid.of(LINK))
                .put("g", LexArray.of())
                .put("h", LexMap.of())
                .build();
        List<Consumer<LexReader>> reads = List.of(
                LexReader::readNull,
                LexReader::readBoolean,
                LexReader::readInteger,
                LexReader::readString,
                LexReader::readBytes,
                LexReader::readLink,
                reader -> {
                    reader.beginArray();
                    reader.nextElement();
                },
                LexReader::readMap);
        List<String> labels =
                List.of("null", "a boolean", "an integer", "a string", "bytes", "a cid-link", "an array", "an object");
        FieldNames names = FieldNames.of("a", "b", "c", "d", "e", "f", "g", "h");
        for (int wanted = 0; wanted < reads.size(); wanted++) {
            for (int there = 0; there < reads.size(); there++) {
                int field = there;
                Consumer<LexReader> read = reads.get(wanted);
                Runnable reading = () -> format.read(values, ReadOptions.STRICT, reader -> {
                    reader.beginMap();
                    for (int f = reader.nextField(names); f != LexReader.END; f = reader.nextField(names)) {
                        if (f == field) {
                            read.accept(reader);
                        } else {
                            assertThat(reader.readValue()).isEqualTo(values.valueAt(f));
                        }
                    }
                    return "";
                });
                if (wanted == there) {
                    reading.run();
                } else {
                    assertThatThrownBy(reading::run)
                            .as("%s read as %s", labels.get(there), labels.get(wanted))
                            .isInstanceOf(LexValidationException.class)
                            .hasMessageStartingWith(
                                    "Expected " + labels.get(wanted) + " at $." + names.name(there) + " (got ");
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void path_nestedValue_namesEachStep(Format format) {
        LexValue value = json("{\"feed\":[{},{\"a b\":[[true]]}]}");

        assertThatThrownBy(() -> format.read(value, ReadOptions.STRICT, reader -> {
                    reader.beginMap();
                    reader.nextField(NAMES);
                    reader.beginArray();
                    reader.nextElement();
                    reader.readValue();
                    reader.nextElement();
                    reader.beginMap();
                    reader.nextField(NAMES);
                    reader.beginArray();
                    reader.nextElement();
                    reader.beginArray();
                    reader.nextElement();
                    return reader.readString();
                }))
                .isInstanceOfSatisfying(LexValidationException.class, e -> {
                    assertThat(e.path()).isEqualTo("$.feed[1][\"a b\"][0][0]");
                    assertThat(e.rule()).isEqualTo("type");
                    assertThat(e.expected()).isEqualTo("a string");
                    assertThat(e.found()).isEqualTo("true");
                });
    }

    @ParameterizedTest
    @EnumSource
    void namesOfAnyLengthAndScriptAreFound(Format format) {
        List<String> names = new ArrayList<>(
                List.of("a", "é", "日本", "😀", "\"quoted\\", "new\nline", "\ud83d\ude00x", "$link2", "aé日😀"));
        for (int length = 1; length < 70; length += 3) {
            names.add("n".repeat(length) + length);
        }
        FieldNames known = FieldNames.of(names.toArray(String[]::new));
        LexMap.Builder builder = LexMap.builder();
        names.forEach(name -> builder.put(name, names.indexOf(name)).put(name + "?", -1));
        LexMap map = builder.build();

        int found = format.<Integer>read(map, ReadOptions.STRICT, reader -> {
            int matched = 0;
            reader.beginMap();
            for (int f = reader.nextField(known); f != LexReader.END; f = reader.nextField(known)) {
                String name = reader.fieldName();
                assertThat(f).as(name).isEqualTo(names.contains(name) ? names.indexOf(name) : LexReader.UNKNOWN);
                assertThat(reader.readInteger()).isEqualTo(f < 0 ? -1 : f);
                assertThat(known.indexOf(name)).isEqualTo(f);
                matched += f < 0 ? 0 : 1;
            }
            return matched;
        });

        assertThat(found).isEqualTo(names.size());
    }

    /** Readers predict the next name, and must handle wrong predictions. */
    @ParameterizedTest
    @EnumSource
    void namesMayAppearInAnyOrder(Format format) {
        FieldNames some = FieldNames.of("a", "b", "ccc", "dddd");
        FieldNames other = FieldNames.of("dddd");
        List<String> jsons = List.of(
                "{\"a\":1,\"b\":2,\"ccc\":3,\"dddd\":4}",
                "{\"b\":2,\"dddd\":4}",
                "{\"dddd\":4,\"ccc\":3,\"b\":2,\"a\":1}",
                "{\"a\":1,\"x\":0,\"ccc\":3}",
                "{\"x\":0,\"dddd\":4}",
                "{}");
        for (int round = 0; round < 3; round++) {
            for (String json : jsons) {
                LexMap map = (LexMap) json(json);
                LexMap.Builder read = LexMap.builder();
                boolean othersToo = round == 1;
                format.read(map, ReadOptions.STRICT, r -> {
                    r.beginMap();
                    boolean turn = false;
                    FieldNames names = some;
                    for (int i = r.nextField(names); i != LexReader.END; i = r.nextField(names)) {
                        assertThat(i).isEqualTo(names.indexOf(r.fieldName()));
                        read.put(r.fieldName(), r.readInteger());
                        turn = !turn && othersToo;
                        names = turn ? other : some;
                    }
                    return "";
                });
                assertThat(read.build().equals(map)).isTrue();
            }
        }
    }

    /** A tree that a program has built was never parsed, so strict reading must check it. */
    @Test
    void strictTreeReadingChecksDataModel() {
        LexValue link = LexMap.of("$link", LexValue.of(LINK));
        for (LexValue bad : List.of(
                new LexFloat(0.5),
                LexMap.of("$type", LexValue.of("")),
                LexMap.of("$type", LexValue.of("blob")),
                LexMap.of("$bytes", LexValue.of("?")),
                link)) {
            LexValue tree = LexMap.of("a", LexArray.of(LexNull.NULL, LexMap.of("b", bad)));
            assertThatThrownBy(() -> Format.TREE.read(tree, ReadOptions.STRICT, LexReader::readValue))
                    .isInstanceOf(LexDataException.class)
                    .hasMessageEndingWith(" at $.a[1].b");
            assertThatThrownBy(() -> Format.TREE.read(tree, ReadOptions.STRICT, LexReader::readMap))
                    .isInstanceOf(LexDataException.class);
            assertThat(Format.TREE.<LexValue>read(tree, ReadOptions.LENIENT, LexReader::readValue))
                    .isSameAs(tree);
        }
    }

    @ParameterizedTest
    @EnumSource
    void misuseThrowsIllegalStateException(Format format) {
        LexValue value = json("{\"a\":[1]}");

        assertThatThrownBy(() -> format.read(value, ReadOptions.STRICT, r -> r.nextField(NAMES)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> format.read(value, ReadOptions.STRICT, LexReader::nextElement))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> format.read(value, ReadOptions.STRICT, r -> {
                    r.beginMap();
                    return r.fieldName();
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> FieldNames.of("a", "b", "a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a");
    }
}
