package dev.atlex.lexicons;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.atlex.data.LexInteger;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValidationException;
import dev.atlex.data.LexValue;
import dev.atlex.data.LexWriter;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.BooleanDef;
import dev.atlex.schema.document.Definition.IntegerDef;
import dev.atlex.schema.document.Definition.ObjectDef;
import dev.atlex.schema.document.Definition.StringDef;
import dev.atlex.schema.document.LexiconDocuments;
import dev.atlex.schema.generated.ObjectCodec;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests the codecs of all objects in both modules with random values generated from the documents. */
class AllDefinitionsTest {
    private static final long SEED = 20261101;
    private static final int VALUES = 20;

    private static LexiconDocuments documents;
    private static Map<String, ObjectDef> objects;
    private static Map<String, ObjectCodec<?, ?>> codecs;

    @BeforeAll
    static void load() throws IOException, URISyntaxException, ReflectiveOperationException {
        documents = LexiconDocuments.load(Path.of("../../lexicons/documents"));
        objects = GeneratedTypes.objects(documents);
        codecs = GeneratedTypes.codecs();
    }

    @Test
    void allObjectsHaveAClass() {
        assertThat(codecs.keySet()).isEqualTo(objects.keySet()).hasSizeGreaterThan(900);
    }

    @Test
    void validValuesRoundTripInAllFormats() {
        codecs.forEach((type, codec) -> {
            RandomValues values = new RandomValues(documents, SEED + type.hashCode());
            for (int i = 0; i < VALUES; i++) {
                LexMap value = values.object(objects.get(type), GeneratedTypes.typeOf(documents, type));
                try {
                    roundTrip(codec, value);
                } catch (LexValidationException e) {
                    fail(type + " rejects " + value.toJson(), e);
                }
            }
        });
    }

    private static <T extends LexObject, B extends ObjectBuilder<T, B>> void roundTrip(
            ObjectCodec<T, B> codec, LexMap value) {
        T typed = codec.fromValue(value);

        assertThat(codec.toValue(typed)).as(codec.type()).isEqualTo(value);
        assertThat(codec.fromJson(value.toJson()))
                .as(codec.type())
                .isEqualTo(typed)
                .hasSameHashCodeAs(typed);
        assertThat(LexValue.parseJson(typed.toJson().getBytes(UTF_8), ReadOptions.STRICT))
                .as(codec.type())
                .isEqualTo(value);
        assertThat(typed.toCbor()).as(codec.type()).isEqualTo(LexWriter.toCbor(writer -> writer.value(value)));
        assertThat(rebuilt(typed).toLexMap()).as(codec.type()).isEqualTo(value);
        assertThat(codec.fromValue(value, ReadOptions.LENIENT)).isEqualTo(typed);
        assertThat(codec.fromValue(value, ReadOptions.STRICT.withValidate(false)))
                .isEqualTo(typed);
    }

    private static LexObject rebuilt(LexObject object) {
        try {
            return ((ObjectBuilder<?, ?>)
                            object.getClass().getMethod("toBuilder").invoke(object))
                    .build();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void wrongKind_failsWithItsPath() {
        codecs.forEach((type, codec) -> {
            RandomValues values = new RandomValues(documents, SEED + type.hashCode());
            for (int i = 0; i < VALUES; i++) {
                LexMap value = values.object(objects.get(type), GeneratedTypes.typeOf(documents, type));
                if (!values.sites().isEmpty()) {
                    RandomValues.Site site = values.pick(values.sites());
                    LexMap wrong = (LexMap) RandomValues.replaced(value, site.path(), wrongKind(site.definition()));
                    assertRejected(codec, wrong, site.text(), "type");
                }
            }
        });
    }

    @Test
    void invalidFormat_failsWithItsPath() {
        int tried = 0;
        for (Map.Entry<String, ObjectCodec<?, ?>> entry : codecs.entrySet()) {
            RandomValues values = new RandomValues(documents, SEED);
            LexMap value = values.object(objects.get(entry.getKey()), GeneratedTypes.typeOf(documents, entry.getKey()));
            for (RandomValues.Site site : values.sites()) {
                if (site.definition() instanceof StringDef string && string.format() != null) {
                    LexMap wrong = (LexMap) RandomValues.replaced(value, site.path(), new LexString("not / valid!"));
                    assertRejected(entry.getValue(), wrong, site.text(), "format");
                    tried++;
                }
            }
        }
        assertThat(tried).isGreaterThan(1000);
    }

    @Test
    void missingRequiredField_failsWithItsPath() {
        codecs.forEach((type, codec) -> {
            ObjectDef object = objects.get(type);
            LexMap value = new RandomValues(documents, SEED).object(object, GeneratedTypes.typeOf(documents, type));
            for (String required : object.required()) {
                if (!hasDefault(object.properties().get(required))) {
                    LexMap without = value.toBuilder().remove(required).build();
                    assertRejected(codec, without, "$." + required, "required");
                }
            }
        });
    }

    private static boolean hasDefault(Definition definition) {
        return definition instanceof BooleanDef bool && bool.defaultValue() != null
                || definition instanceof IntegerDef integer && integer.defaultValue() != null
                || definition instanceof StringDef string && string.defaultValue() != null;
    }

    private static void assertRejected(ObjectCodec<?, ?> codec, LexMap wrong, String path, String rule) {
        for (boolean tree : new boolean[] {true, false}) {
            assertThatThrownBy(() -> {
                        if (tree) {
                            codec.fromValue(wrong);
                        } else {
                            codec.fromJson(wrong.toJson());
                        }
                    })
                    .as("%s, as %s: %s", codec.type(), tree ? "tree" : "JSON", wrong.toJson())
                    .isInstanceOfSatisfying(LexValidationException.class, e -> {
                        assertThat(e.path()).as(wrong.toJson()).isEqualTo(path);
                        assertThat(e.rule()).as(wrong.toJson()).isEqualTo(rule);
                    });
        }
    }

    private static LexValue wrongKind(Definition definition) {
        return definition instanceof StringDef ? new LexInteger(5) : new LexString("wrong kind");
    }
}
