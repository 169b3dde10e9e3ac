package dev.atlex.differential;

import app.bsky.feed.Post;
import com.atproto.repo.PutRecord;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexException;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexValidationException;
import dev.atlex.data.LexValue;
import dev.atlex.data.LexWriter;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.Codec;
import dev.atlex.schema.Method;
import dev.atlex.schema.Output;
import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.ObjectDef;
import dev.atlex.schema.document.Definition.PermissionSetDef;
import dev.atlex.schema.document.Definition.ProcedureDef;
import dev.atlex.schema.document.Definition.QueryDef;
import dev.atlex.schema.document.Definition.SubscriptionDef;
import dev.atlex.schema.document.LexiconDocuments;
import dev.atlex.schema.generated.Codecs;
import dev.atlex.schema.generated.ObjectCodec;
import dev.atlex.schema.runtime.RuntimeSchemas;
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
import org.jspecify.annotations.Nullable;

/** Evaluates test cases with Atlex: with the schema at run time and, if there is one, with the generated class. */
final class Atlex {
    private final LexiconDocuments documents;
    private final RuntimeSchemas schemas;
    private final Map<String, Definition> definitions = new TreeMap<>();
    private final Map<String, Codec<?>> runtime = new TreeMap<>();
    private final Map<String, Codec<?>> generated = new TreeMap<>();
    private final Defaults defaults;

    Atlex(LexiconDocuments documents) throws IOException, URISyntaxException, ReflectiveOperationException {
        this.documents = documents;
        this.schemas = RuntimeSchemas.of(documents);
        this.defaults = new Defaults(documents);
        documents
                .all()
                .forEach(document -> document.defs()
                        .forEach((name, definition) -> add(document.id().toString(), name, definition)));
        for (Class<?> anchor : List.of(PutRecord.class, Post.class)) {
            Path location = Path.of(
                    anchor.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isDirectory(location)) {
                findGenerated(location);
            } else {
                try (FileSystem jar = FileSystems.newFileSystem(location)) {
                    findGenerated(jar.getPath("/"));
                }
            }
        }
    }

    private void add(String id, String name, Definition definition) {
        if (definition instanceof QueryDef || definition instanceof ProcedureDef) {
            Method<?> method = schemas.method(id);
            if (definition instanceof QueryDef query) {
                add(id + " parameters", query.parameters(), method.parameters());
                add(
                        id + " output",
                        query.output() == null ? null : query.output().schema(),
                        codec(method.output()));
            } else if (definition instanceof ProcedureDef procedure) {
                add(id + " parameters", procedure.parameters(), method.parameters());
                add(
                        id + " input",
                        procedure.input() == null ? null : procedure.input().schema(),
                        method.inputCodec());
                add(
                        id + " output",
                        procedure.output() == null ? null : procedure.output().schema(),
                        codec(method.output()));
            }
        } else if (!(definition instanceof SubscriptionDef) && !(definition instanceof PermissionSetDef)) {
            String ref = name.equals("main") ? id : id + "#" + name;
            add(ref, definition, schemas.codec(ref));
        }
    }

    private static @Nullable Codec<?> codec(Output<?> output) {
        return output instanceof Output.Json<?> json ? json.codec() : null;
    }

    private void add(String ref, @Nullable Definition definition, @Nullable Codec<?> codec) {
        if (definition != null && codec != null) {
            definitions.put(ref, definition);
            runtime.put(ref, codec);
        }
    }

    private void findGenerated(Path root) throws IOException, ReflectiveOperationException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(root)) {
            files = all.filter(file -> file.toString().endsWith(".class")).toList();
        }
        for (Path file : files) {
            String path = root.relativize(file).toString();
            String name = path.substring(0, path.length() - ".class".length())
                    .replace(file.getFileSystem().getSeparator(), ".");
            if (name.endsWith("-info") || name.startsWith("META-INF")) {
                continue;
            }
            for (Field field : Class.forName(name).getDeclaredFields()) {
                if (field.getName().equals("CODEC")
                        && Modifier.isPublic(field.getDeclaringClass().getModifiers())
                        && field.get(null) instanceof ObjectCodec<?, ?> codec) {
                    generated.put(codec.type(), codec);
                }
            }
        }
    }

    LexiconDocuments documents() {
        return documents;
    }

    /** Returns the definitions that have values, by name. */
    Map<String, Definition> definitions() {
        return definitions;
    }

    /** Returns the number of definitions with a generated class. */
    int generatedCount() {
        return (int)
                definitions.keySet().stream().filter(generated::containsKey).count();
    }

    boolean isObject(String ref) {
        return definitions.get(ref) instanceof ObjectDef;
    }

    /**
     * Evaluates a test case.
     *
     * @throws AssertionError if the generated class and the schema at run time disagree
     */
    Outcome evaluate(TestCase testCase) {
        ReadOptions options = testCase.strict() ? ReadOptions.STRICT : ReadOptions.LENIENT;
        if (testCase.json() == null) {
            try {
                LexValue value = LexValue.parseCbor(testCase.bytes(), options);
                return outcome(value::toCbor);
            } catch (LexDataException e) {
                return Outcome.invalid(e);
            }
        } else if (testCase.ref().isEmpty()) {
            return json(Codecs.VALUE, testCase.bytes(), options);
        }
        Codec<?> untyped = runtime.get(testCase.ref());
        if (untyped == null) {
            throw new IllegalArgumentException("no schema " + testCase.ref());
        }
        Outcome outcome = json(untyped, testCase.bytes(), options);
        Codec<?> typed = generated.get(testCase.ref());
        if (typed != null) {
            Outcome other = json(typed, testCase.bytes(), options);
            boolean same =
                    other.agreesWith(outcome) || defaults.onlyAdded(outcome.cbor(), other.cbor(), testCase.strict());
            if (!same || !other.message().equals(outcome.message())) {
                throw new AssertionError("the generated class and the schema at run time disagree, " + testCase
                        + "\n  generated: " + other + "\n  at run time: " + outcome);
            }
        }
        return outcome;
    }

    private <T> Outcome json(Codec<T> codec, byte[] json, ReadOptions options) {
        T value;
        try {
            value = LexReader.readJson(json, options, codec::read);
        } catch (LexValidationException e) {
            return Outcome.invalid(e);
        } catch (LexDataException e) {
            return Outcome.invalid(e);
        }
        Outcome outcome = outcome(() -> LexWriter.toCbor(w -> codec.write(w, value)));
        byte[] cbor = outcome.cbor();
        if (cbor != null && options.strict()) {
            T again;
            try {
                again = LexReader.readCbor(cbor, options, codec::read);
            } catch (LexException e) {
                throw new AssertionError(
                        "CBOR written from a value that was read from JSON can't be read: "
                                + new String(json, java.nio.charset.StandardCharsets.UTF_8) + ", "
                                + java.util.HexFormat.of().formatHex(cbor),
                        e);
            }
            byte[] back = LexWriter.toJson(w -> codec.write(w, again));
            T third = LexReader.readJson(back, options, codec::read);
            if (!java.util.Arrays.equals(cbor, LexWriter.toCbor(w -> codec.write(w, third)))) {
                throw new AssertionError("value changed on the round trip through CBOR and JSON: "
                        + new String(back, java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        return outcome;
    }

    private interface Encoding {
        byte[] get();
    }

    private static Outcome outcome(Encoding encoding) {
        try {
            return Outcome.valid(encoding.get());
        } catch (LexException e) {
            return Outcome.withoutBytes(e.getMessage());
        }
    }
}
