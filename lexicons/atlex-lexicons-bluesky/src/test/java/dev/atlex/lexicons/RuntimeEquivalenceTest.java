package dev.atlex.lexicons;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.data.Bytes;
import dev.atlex.data.Cid;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexBoolean;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexFloat;
import dev.atlex.data.LexInteger;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexNull;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValidationException;
import dev.atlex.data.LexValue;
import dev.atlex.data.LexWriter;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.Codec;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.Method;
import dev.atlex.schema.Output;
import dev.atlex.schema.ValueProcedure;
import dev.atlex.schema.document.Definition.ObjectDef;
import dev.atlex.schema.document.Definition.RecordDef;
import dev.atlex.schema.document.Definition.SubscriptionDef;
import dev.atlex.schema.document.LexiconDocuments;
import dev.atlex.schema.generated.ObjectCodec;
import dev.atlex.schema.runtime.RuntimeSchemas;
import dev.atlex.schema.runtime.UntypedObject;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests that run-time schemas accept and reject the same values as the generated codecs. */
class RuntimeEquivalenceTest {
    private static final long SEED = 20261121;

    /** Values for each definition. Each is tested unchanged and with {@link #MUTANTS} mutations. */
    private static final int VALUES = 10;

    private static final int MUTANTS = 4;

    private static final String CID = "bafkreie5cvv4h45feadgeuwhbcutmh6t2ceseocckahdoe6uat64zmz454";

    /** Values that mutations insert. */
    private static final List<LexValue> REPLACEMENTS = List.of(
            LexNull.NULL,
            LexBoolean.of(true),
            LexBoolean.of(false),
            new LexInteger(-1),
            new LexInteger(0),
            new LexInteger(LexReader.MAX_SAFE_INTEGER),
            new LexFloat(1.5),
            new LexString(""),
            new LexString("not / valid!"),
            new LexString("20260101T000000Z"),
            new LexString("did:web:example.com"),
            new LexString("\ud83d\udc69\u200d\ud83d\udc67".repeat(700)),
            Bytes.of(new byte[3]),
            Cid.of(CID),
            LexArray.of(),
            LexArray.of(LexNull.NULL),
            LexMap.of(),
            LexMap.of("$type", LexValue.of("com.example.newer")),
            LexMap.of("$type", LexValue.of(5)),
            LexMap.of("$link", LexValue.of("broken")),
            LexMap.builder().put("cid", CID).put("mimeType", "image/png").build(),
            blob("application/x-nothing", 1),
            blob("image/png", LexReader.MAX_SAFE_INTEGER));

    private static LexiconDocuments documents;
    private static RuntimeSchemas schemas;
    private static Map<String, ObjectDef> objects;
    private static Map<String, ObjectCodec<?, ?>> generated;

    @BeforeAll
    static void load() throws IOException, URISyntaxException, ReflectiveOperationException {
        documents = LexiconDocuments.load(Path.of("../../lexicons/documents"));
        schemas = RuntimeSchemas.of(documents);
        objects = GeneratedTypes.objects(documents);
        generated = GeneratedTypes.codecs();
    }

    private static LexMap blob(String mediaType, long size) {
        return LexMap.builder()
                .put("$type", "blob")
                .put("ref", Cid.of(CID))
                .put("mimeType", mediaType)
                .put("size", size)
                .build();
    }

    @Test
    void allReferencesResolve() {
        assertThat(schemas.check()).isEmpty();
    }

    @Test
    void valuesRoundTrip() {
        forEachDefinition((type, codec) -> {
            RandomValues values = values(type);
            for (int i = 0; i < VALUES; i++) {
                LexMap value = value(values, type);
                assertThat(codec.fromValue(value)).as(type).isEqualTo(value);
                assertThat(codec.fromJson(value.toJson())).as(type).isEqualTo(value);
                assertThat(LexReader.<LexValue>readCbor(value.toCbor(), ReadOptions.STRICT, codec::read))
                        .as(type)
                        .isEqualTo(value);
            }
        });
    }

    @Test
    void resultsEqualThoseOfTheGeneratedCodec() {
        Map<String, Integer> results = new TreeMap<>();
        forEachDefinition((type, codec) -> {
            RandomValues values = values(type);
            for (int i = 0; i < VALUES; i++) {
                LexMap value = value(values, type);
                List<RandomValues.Site> sites = values.sites();
                compare(type, codec, value, results);
                for (int mutant = 0; mutant < MUTANTS; mutant++) {
                    List<Object> path =
                            sites.isEmpty() ? List.of() : values.pick(sites).path();
                    LexValue there = at(value, path);
                    compare(type, codec, RandomValues.replaced(value, path, changed(there, values)), results);
                }
            }
        });
        assertThat(results)
                .containsKeys("valid", "data", "type", "required", "format", "maxLength", "minimum", "maximum")
                .containsKeys("maxGraphemes", "enum", "const", "accept", "maxSize", "union");
        assertThat(results.get("type")).isGreaterThan(1_000);
        assertThat(results.get("required")).isGreaterThan(100);
    }

    @Test
    void missingField_resultsEqualThoseOfTheGeneratedCodec() {
        Map<String, Integer> results = new TreeMap<>();
        forEachDefinition((type, codec) -> {
            LexMap value = value(values(type), type);
            for (String name : objects.get(type).required()) {
                compare(type, codec, value.toBuilder().remove(name).build(), results);
            }
        });
        // Required fields with a default may be absent.
        assertThat(results.get("required")).isGreaterThan(results.get("valid") / 2);
    }

    private static void compare(String type, Codec<LexValue> codec, LexValue value, Map<String, Integer> results) {
        ObjectCodec<?, ?> expected = generated.get(type);
        byte[] json = value.toJson().getBytes(UTF_8);
        if (json.length < 5_000) { // large values would take too long
            readUnchecked(type, codec, value, json);
        }
        for (ReadOptions options : List.of(ReadOptions.STRICT, ReadOptions.LENIENT)) {
            List<String> ofJson = result(() -> expected.fromJson(json, options));
            List<String> ofTree = result(() -> expected.fromValue(value, options));
            List<List<String>> found =
                    List.of(result(() -> codec.fromJson(json, options)), result(() -> codec.fromValue(value, options)));
            if (!found.equals(List.of(ofJson, ofTree))) { // the description is expensive to build
                assertThat(found)
                        .as("%s, %s: %s", type, options, value.toJson())
                        .isEqualTo(List.of(ofJson, ofTree));
            }
            results.merge(ofJson.get(0), 1, Integer::sum);
        }
    }

    /** Asserts that a value is read without validation, and that no data is lost. */
    private static void readUnchecked(String type, Codec<LexValue> codec, LexValue value, byte[] json) {
        ReadOptions options = ReadOptions.LENIENT.withValidate(false);
        ObjectCodec<?, ?> expected = generated.get(type);
        List<String> result = result(() -> {
            LexObject read = expected.fromJson(json, options);
            assertThat(read.equals(expected.fromValue(LexValue.parseJson(json, options), options)))
                    .isTrue();
            read.hashCode();
            assertThat(read.toString()).isNotEmpty();
            LexMap written = read.toLexMap();
            for (Map.Entry<String, LexValue> field : ((LexMap) value).entrySet()) {
                if (read.field(field.getKey()) == null) {
                    assertThat(written.get(field.getKey()))
                            .as("%s.%s of %s", type, field.getKey(), value)
                            .isEqualTo(field.getValue());
                }
            }
        });
        boolean isOfType = value instanceof LexMap map && (map.type() == null || !isTyped(type, map));
        if (isOfType) {
            assertThat(result).as("%s: %s", type, value.toJson()).containsExactly("valid");
        } else {
            assertThat(result).as("%s: %s", type, value.toJson()).hasSizeBetween(1, 3);
        }
        if (codec.getClass().getName().contains("Link")) {
            assertThat(codec.fromJson(json, options)).isEqualTo(LexValue.parseJson(json, options));
        }
    }

    private static boolean isTyped(String type, LexMap map) {
        return type.indexOf(' ') < 0 && documents.resolve(type) instanceof RecordDef && !type.equals(map.type());
    }

    /** Returns the rule, path and message of the failure, or "valid". */
    private static List<String> result(Runnable reading) {
        try {
            reading.run();
            return List.of("valid");
        } catch (LexValidationException e) {
            return List.of(e.rule(), e.path(), e.getMessage());
        } catch (LexDataException e) {
            return List.of("data", e.path(), e.getMessage());
        }
    }

    private static LexValue changed(LexValue there, RandomValues values) {
        int choice = values.pick(List.of(0, 1, 2, 3));
        if (choice > 0 && there instanceof LexMap map && !map.isEmpty() && !isBlob(map)) {
            String name = values.pick(new ArrayList<>(map.keySet()));
            return switch (choice) {
                case 1 -> map.toBuilder().remove(name).build();
                case 2 -> map.toBuilder().put("$type", "com.example.newer").build();
                default -> map.toBuilder().put(name, values.pick(REPLACEMENTS)).build();
            };
        } else if (choice > 0 && there instanceof LexArray array && !array.isEmpty()) {
            // Fewer copies of large elements, because each value is read a dozen times.
            return LexArray.copyOf(Collections.nCopies(array.get(0) instanceof LexMap ? 12 : 200, array.get(0)));
        }
        // Half of the replacements are of the same kind, so that constraints are reached.
        List<LexValue> alike = REPLACEMENTS.stream()
                .filter(other -> other.kind() == there.kind() && isBlob(other) == isBlob(there))
                .toList();
        return values.pick(choice > 1 && !alike.isEmpty() ? alike : REPLACEMENTS);
    }

    private static boolean isBlob(LexValue value) {
        return value instanceof LexMap map && "blob".equals(map.type());
    }

    private static LexValue at(LexValue value, List<Object> path) {
        LexValue found = value;
        for (Object step : path) {
            found = step instanceof Integer index ? ((LexArray) found).get(index) : ((LexMap) found).get(step);
        }
        return found;
    }

    private static void forEachDefinition(BiConsumer<String, Codec<LexValue>> work) {
        int done = 0;
        for (String type : generated.keySet()) {
            Codec<LexValue> codec = codec(type);
            if (codec != null) {
                work.accept(type, codec);
                done++;
            }
        }
        assertThat(done).isGreaterThan(900);
    }

    /** Returns the run-time codec, or null for parameters of subscriptions, which RuntimeSchemas doesn't support. */
    @SuppressWarnings("unchecked")
    private static Codec<LexValue> codec(String type) {
        int space = type.indexOf(' ');
        if (space < 0) {
            return schemas.codec(type);
        }
        String nsid = type.substring(0, space);
        if (documents.resolve(nsid) instanceof SubscriptionDef) {
            return null;
        }
        Method<?> method = schemas.method(nsid);
        return switch (type.substring(space + 1)) {
            case "parameters" -> untyped((Codec<UntypedObject>) method.parameters());
            case "input" -> (Codec<LexValue>) ((ValueProcedure<?, ?>) method).input();
            default -> (Codec<LexValue>) ((Output.Json<?>) method.output()).codec();
        };
    }

    private static Codec<LexValue> untyped(Codec<UntypedObject> codec) {
        return new Codec<>() {
            @Override
            public LexValue read(LexReader reader) {
                return codec.read(reader).map();
            }

            @Override
            public void write(LexWriter writer, LexValue value) {
                writer.value(value);
            }
        };
    }

    private static RandomValues values(String type) {
        return new RandomValues(documents, SEED + type.hashCode());
    }

    private static LexMap value(RandomValues values, String type) {
        return values.object(objects.get(type), GeneratedTypes.typeOf(documents, type));
    }
}
