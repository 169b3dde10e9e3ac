package dev.atlex.lexicons;

import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.feed.Post;
import com.atproto.repo.PutRecord;
import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.ObjectDef;
import dev.atlex.schema.document.Definition.ProcedureDef;
import dev.atlex.schema.document.Definition.QueryDef;
import dev.atlex.schema.document.Definition.RecordDef;
import dev.atlex.schema.document.Definition.SubscriptionDef;
import dev.atlex.schema.document.LexiconDocument;
import dev.atlex.schema.document.LexiconDocuments;
import dev.atlex.schema.generated.ObjectCodec;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds the objects of all documents and the codecs generated for them in both modules. */
final class GeneratedTypes {
    private GeneratedTypes() {}

    /** Returns all codecs by type. */
    static Map<String, ObjectCodec<?, ?>> codecs()
            throws IOException, URISyntaxException, ReflectiveOperationException {
        Map<String, ObjectCodec<?, ?>> codecs = new TreeMap<>();
        for (Class<?> anchor : List.of(PutRecord.class, Post.class)) {
            codecs.putAll(codecs(anchor));
        }
        return codecs;
    }

    /** Returns the required {@code $type} of an object, or null if it is not a record. */
    static String typeOf(LexiconDocuments documents, String type) {
        return type.indexOf('#') < 0 && type.indexOf(' ') < 0 && documents.resolve(type) instanceof RecordDef
                ? type
                : null;
    }

    /** Returns all objects by the type of their codec. */
    static Map<String, ObjectDef> objects(LexiconDocuments documents) {
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

    /** Returns the codecs of a module. Loads and initializes all of its classes. */
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
}
