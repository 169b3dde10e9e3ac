package dev.atlex.lexicons;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import app.bsky.feed.Post;
import com.atproto.repo.PutRecord;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexInteger;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValidationException;
import dev.atlex.data.LexValue;
import dev.atlex.data.LexWriter;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.ObjectCodec;
import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.BooleanDef;
import dev.atlex.schema.document.Definition.IntegerDef;
import dev.atlex.schema.document.Definition.ObjectDef;
import dev.atlex.schema.document.Definition.ProcedureDef;
import dev.atlex.schema.document.Definition.QueryDef;
import dev.atlex.schema.document.Definition.RecordDef;
import dev.atlex.schema.document.Definition.StringDef;
import dev.atlex.schema.document.Definition.SubscriptionDef;
import dev.atlex.schema.document.LexiconDocument;
import dev.atlex.schema.document.LexiconDocuments;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every object of every document in both modules, driven with values that are made from the documents. */
class AllDefinitionsTest {
    private static final long SEED = 20261101;
    private static final int VALUES = 20;

    private static LexiconDocuments documents;
    private static Map<String, ObjectDef> objects;
    private static Map<String, ObjectCodec<?, ?>> codecs;

    @BeforeAll
    static void load() throws IOException, URISyntaxException, ReflectiveOperationException {
        documents = LexiconDocuments.load(Path.of("../lexicons"));
        objects = objects();
        codecs = new TreeMap<>();
        for (Class<?> anchor : List.of(PutRecord.class, Post.class)) {
            codecs.putAll(codecs(anchor));
        }
    }

    /** By the name that their codecs have. */
    private static Map<String, ObjectDef> objects() {
        Map<String, ObjectDef> objects = new TreeMap<>();
        for (LexiconDocument document : documents.all()) {
            document.defs().forEach((name, definition) -> {
                String id = document.id().toString();
                put(objects, name.equals("main") ? id : id + "#" + name, definition);
                if (definition instanceof QueryDef query) {
                    put(objects, id + " parameters", query.parameters());
                    put(
                            objects,
                            id + " output",
                            query.output() == null ? null : query.output().schema());
                } else if (definition instanceof ProcedureDef procedure) {
                    put(objects, id + " parameters", procedure.parameters());
                    put(
                            objects,
                            id + " input",
                            procedure.input() == null ? null : procedure.input().schema());
                    put(
                            objects,
                            id + " output",
                            procedure.output() == null
                                    ? null
                                    : procedure.output().schema());
                } else if (definition instanceof SubscriptionDef subscription) {
                    put(objects, id + " parameters", subscription.parameters());
                }
            });
        }
        return objects;
    }

    private static void put(Map<String, ObjectDef> objects, String name, Definition definition) {
        if (definition instanceof ObjectDef object) {
            objects.put(name, object);
        } else if (definition instanceof RecordDef record) {
            objects.put(name, record.record());
        }
    }

    /** Those of all classes of a module, each of which is loaded and initialised. */
    private static Map<String, ObjectCodec<?, ?>> codecs(Class<?> anchor)
            throws IOException, URISyntaxException, ReflectiveOperationException {
        Path location = Path.of(
                anchor.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isDirectory(location)) {
            return codecsBelow(location);
        }
        try (FileSystem jar = FileSystems.newFileSystem(location)) {
            return codecsBelow(jar.getPath("/"));
        }
    }

    private static Map<String, ObjectCodec<?, ?>> codecsBelow(Path root)
            throws IOException, ReflectiveOperationException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(root)) {
            files = all.filter(file -> file.toString().endsWith(".class")).toList();
        }
        Map<String, ObjectCodec<?, ?>> codecs = new TreeMap<>();
        for (Path file : files) {
            String path = root.relativize(file).toString();
            String name = path.substring(0, path.length() - ".class".length())
                    .replace(file.getFileSystem().getSeparator(), ".");
            if (name.endsWith("-info") || name.startsWith("META-INF")) {
                continue;
            }
            Class<?> type = Class.forName(name);
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals("CODEC")
                        && Modifier.isPublic(type.getModifiers())
                        && field.get(null) instanceof ObjectCodec<?, ?> codec) {
                    assertThat(codecs.put(codec.type(), codec)).as(codec.type()).isNull();
                }
            }
        }
        return codecs;
    }

    @Test
    void everyObjectOfTheDocumentsHasAClass() {
        assertThat(codecs.keySet()).isEqualTo(objects.keySet()).hasSizeGreaterThan(900);
    }

    @Test
    void validValuesComeBackWholeInEveryFormat() {
        codecs.forEach((type, codec) -> {
            RandomValues values = new RandomValues(documents, SEED + type.hashCode());
            for (int i = 0; i < VALUES; i++) {
                LexMap value = values.object(objects.get(type), typeOf(type));
                try {
                    roundTrip(codec, value);
                } catch (LexValidationException e) {
                    fail(type + " refuses " + value.toJson(), e);
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
    void valuesOfTheWrongKindAreRefusedWhereTheyStand() {
        codecs.forEach((type, codec) -> {
            RandomValues values = new RandomValues(documents, SEED + type.hashCode());
            for (int i = 0; i < VALUES; i++) {
                LexMap value = values.object(objects.get(type), typeOf(type));
                if (!values.sites().isEmpty()) {
                    RandomValues.Site site = values.pick(values.sites());
                    LexMap wrong = (LexMap) replaced(value, site.path(), wrongKind(site.definition()));
                    assertRefused(codec, wrong, site.text(), "type");
                }
            }
        });
    }

    @Test
    void stringsThatBreakTheirFormatAreRefusedWhereTheyStand() {
        int tried = 0;
        for (Map.Entry<String, ObjectCodec<?, ?>> entry : codecs.entrySet()) {
            RandomValues values = new RandomValues(documents, SEED);
            LexMap value = values.object(objects.get(entry.getKey()), typeOf(entry.getKey()));
            for (RandomValues.Site site : values.sites()) {
                if (site.definition() instanceof StringDef string && string.format() != null) {
                    LexMap wrong = (LexMap) replaced(value, site.path(), new LexString("not / valid!"));
                    assertRefused(entry.getValue(), wrong, site.text(), "format");
                    tried++;
                }
            }
        }
        assertThat(tried).isGreaterThan(1000);
    }

    @Test
    void requiredFieldsThatAreAbsentAreNamed() {
        codecs.forEach((type, codec) -> {
            ObjectDef object = objects.get(type);
            LexMap value = new RandomValues(documents, SEED).object(object, typeOf(type));
            for (String required : object.required()) {
                if (!hasDefault(object.properties().get(required))) {
                    LexMap without = value.toBuilder().remove(required).build();
                    assertRefused(codec, without, "$." + required, "required");
                }
            }
        });
    }

    private static boolean hasDefault(Definition definition) {
        return definition instanceof BooleanDef bool && bool.defaultValue() != null
                || definition instanceof IntegerDef integer && integer.defaultValue() != null
                || definition instanceof StringDef string && string.defaultValue() != null;
    }

    private static void assertRefused(ObjectCodec<?, ?> codec, LexMap wrong, String path, String rule) {
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

    private static String typeOf(String type) {
        return type.indexOf('#') < 0 && type.indexOf(' ') < 0 && documents.resolve(type) instanceof RecordDef
                ? type
                : null;
    }

    private static LexValue wrongKind(Definition definition) {
        return definition instanceof StringDef ? new LexInteger(5) : new LexString("of another kind");
    }

    private static LexValue replaced(LexValue value, List<Object> path, LexValue with) {
        if (path.isEmpty()) {
            return with;
        }
        List<Object> rest = path.subList(1, path.size());
        if (path.get(0) instanceof Integer index) {
            List<LexValue> items = new ArrayList<>((LexArray) value);
            items.set(index, replaced(items.get(index), rest, with));
            return LexArray.copyOf(items);
        }
        LexMap map = (LexMap) value;
        String name = (String) path.get(0);
        return map.toBuilder().put(name, replaced(map.get(name), rest, with)).build();
    }
}
