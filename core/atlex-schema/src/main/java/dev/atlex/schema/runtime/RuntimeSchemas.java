package dev.atlex.schema.runtime;

import dev.atlex.data.LexDataException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexValidationException;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.Codec;
import dev.atlex.schema.Method;
import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.ProcedureDef;
import dev.atlex.schema.document.Definition.QueryDef;
import dev.atlex.schema.document.Definition.RecordDef;
import dev.atlex.schema.document.LexiconDocument;
import dev.atlex.schema.document.LexiconDocuments;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Compiles Lexicon documents at run time, to codecs for untyped values and to methods that a client can call.
 *
 * <p>A codec checks exactly what the generated class of the same definition checks, with the same paths and messages.
 * It returns the value unchanged: unknown fields are kept, and absent fields with a default stay absent. A definition
 * is compiled on first use, together with the definitions that it references. Instances are thread-safe.
 */
public final class RuntimeSchemas {
    private final LexiconDocuments documents;
    private final Map<String, Link> links = new ConcurrentHashMap<>();
    private final Map<String, Method<?>> methods = new ConcurrentHashMap<>();

    private RuntimeSchemas(LexiconDocuments documents) {
        this.documents = documents;
    }

    /**
     * Returns the schemas of these documents. Nothing is compiled yet; call {@link #check()} to find all problems
     * early.
     */
    public static RuntimeSchemas of(LexiconDocuments documents) {
        return new RuntimeSchemas(documents);
    }

    /** Returns the documents that these schemas are compiled from. */
    public LexiconDocuments documents() {
        return documents;
    }

    /**
     * Compiles all definitions and returns the problems that parsing a single document can't find: unresolved
     * references, references to definitions that aren't allowed there, and invalid property names.
     *
     * @return the problems; empty if every definition compiles
     */
    public List<SchemaProblem> check() {
        SchemaCompiler compiler = new SchemaCompiler(documents, Map.of());
        for (LexiconDocument document : documents.all()) {
            String id = document.id().toString();
            document.defs().forEach((name, definition) -> {
                String ref = name.equals("main") ? id : id + '#' + name;
                if (SchemaCompiler.isValue(definition)) {
                    compiler.link(ref);
                } else {
                    new MethodCompiler(compiler, id).check(definition);
                }
            });
        }
        compiler.finish();
        return List.copyOf(compiler.problems());
    }

    /**
     * Returns the codec for a definition. It reads values unchanged, and writes them without checking.
     *
     * @param ref the definition's name: {@code app.bsky.feed.post}, or {@code app.bsky.feed.defs#postView}
     * @throws IllegalArgumentException if the documents don't contain the definition, if it doesn't define values (it
     *     is a method or a permission set), or if a reference, direct or indirect, can't be resolved
     */
    public Codec<LexValue> codec(String ref) {
        String name = ref.indexOf('#') == ref.length() - 5 && ref.endsWith("#main")
                ? ref.substring(0, ref.length() - 5)
                : ref;
        Link link = links.get(name);
        if (link != null) {
            return link;
        }
        Definition definition = documents.resolve(name);
        if (definition == null) {
            throw new IllegalArgumentException("\"" + ref + "\" is not defined in the Lexicon documents");
        } else if (!SchemaCompiler.isValue(definition)) {
            throw new IllegalArgumentException("\"" + ref + "\" does not define values");
        }
        SchemaCompiler compiler = new SchemaCompiler(documents, links);
        return publish(compiler, () -> compiler.link(name));
    }

    /**
     * Returns a method for a client to call. Its parameters are an {@link UntypedObject}; JSON input and output are
     * {@link LexValue}s.
     *
     * @param nsid the method's NSID
     * @throws IllegalArgumentException if the documents don't contain this query or procedure, or if a reference,
     *     direct or indirect, can't be resolved
     */
    public Method<?> method(String nsid) {
        Method<?> method = methods.get(nsid);
        if (method == null) {
            Definition definition = nsid.indexOf('#') < 0 ? documents.resolve(nsid) : null;
            if (definition == null) {
                throw new IllegalArgumentException("method \"" + nsid + "\" is not defined in the Lexicon documents");
            }
            SchemaCompiler compiler = new SchemaCompiler(documents, links);
            MethodCompiler methodCompiler = new MethodCompiler(compiler, nsid);
            method = publish(compiler, () -> {
                if (definition instanceof QueryDef query) {
                    return methodCompiler.query(query);
                } else if (definition instanceof ProcedureDef procedure) {
                    return methodCompiler.procedure(procedure);
                }
                throw new IllegalArgumentException("\"" + nsid + "\" is neither a query nor a procedure");
            });
            methods.put(nsid, method);
        }
        return method;
    }

    /**
     * Runs the work, compiles the definitions that it queued, and publishes their links. Throws if there is any
     * problem. If two threads compile the same definition, the resulting links are equivalent, so either may be used.
     */
    private <T> T publish(SchemaCompiler compiler, Supplier<T> work) {
        T result = work.get();
        compiler.finish();
        if (!compiler.problems().isEmpty()) {
            throw new IllegalArgumentException(
                    compiler.problems().stream().map(SchemaProblem::toString).collect(Collectors.joining("; ")));
        }
        compiler.compiled().forEach(links::putIfAbsent);
        return result;
    }

    /**
     * Checks a value against a definition.
     *
     * @param ref the definition's name, as in {@link #codec}
     * @throws IllegalArgumentException if {@link #codec} throws it for this name
     */
    public ValidationResult validate(String ref, LexValue value, ReadOptions options) {
        Codec<LexValue> codec = codec(ref);
        return result(read -> LexReader.readValue(value, options, read), codec);
    }

    /**
     * Parses JSON and checks it against a definition, in one pass.
     *
     * @param ref the definition's name, as in {@link #codec}
     * @param json the JSON text in UTF-8
     * @throws IllegalArgumentException if {@link #codec} throws it for this name
     */
    public ValidationResult validateJson(String ref, byte[] json, ReadOptions options) {
        Codec<LexValue> codec = codec(ref);
        return result(read -> LexReader.readJson(json, options, read), codec);
    }

    /**
     * Checks a record against the definition that its {@code $type} refers to.
     *
     * @return the result; {@link ValidationResult.Unknown} if no document defines the type
     * @throws IllegalArgumentException if a reference, direct or indirect, can't be resolved
     */
    public ValidationResult validateRecord(LexMap record, ReadOptions options) {
        String type = record.type();
        if (type == null) {
            return ValidationResult.Invalid.of(
                    record.containsKey("$type")
                            ? new LexValidationException("$.$type", "type", "a string", "another kind of value")
                            : new LexValidationException("$.$type", "required", "a value", "nothing"));
        }
        Definition definition = documents.resolve(type);
        if (definition == null) {
            return new ValidationResult.Unknown(type);
        } else if (!(definition instanceof RecordDef)) {
            return ValidationResult.Invalid.of(
                    new LexValidationException("$.$type", "type", "the type of a record", "an object of type " + type));
        }
        return validate(type, record, options);
    }

    /** Like {@link #validateRecord(LexMap, ReadOptions)}, with {@link ReadOptions#STRICT}. */
    public ValidationResult validateRecord(LexMap record) {
        return validateRecord(record, ReadOptions.STRICT);
    }

    private static ValidationResult result(
            Function<Function<LexReader, LexValue>, LexValue> reading, Codec<LexValue> codec) {
        try {
            return new ValidationResult.Valid(reading.apply(codec::read));
        } catch (LexValidationException e) {
            return ValidationResult.Invalid.of(e);
        } catch (LexDataException e) {
            return ValidationResult.Invalid.of(e);
        }
    }
}
