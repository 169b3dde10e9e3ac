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
 * The schemas of a set of Lexicon documents, as codecs of untyped values and as methods that a client can call.
 *
 * <p>A codec checks exactly what the generated class of the same definition checks, with the same paths and messages, and
 * gives the value as it was: fields that the schema does not know stay, and absent fields that have a default stay
 * absent. A schema's codec is made when it is first asked for, with all that it refers to. May be used by many threads at
 * once.
 */
public final class RuntimeSchemas {
    private final LexiconDocuments documents;
    private final Map<String, Link> links = new ConcurrentHashMap<>();
    private final Map<String, Method<?>> methods = new ConcurrentHashMap<>();

    private RuntimeSchemas(LexiconDocuments documents) {
        this.documents = documents;
    }

    /** The schemas of these documents, of which none is looked at before it is needed; {@link #check()} looks at all. */
    public static RuntimeSchemas of(LexiconDocuments documents) {
        return new RuntimeSchemas(documents);
    }

    public LexiconDocuments documents() {
        return documents;
    }

    /**
     * What is wrong with the documents that can't be known of each alone: references that lead nowhere, or to something
     * that can't be there, and names of properties that can't be used.
     *
     * @return empty where every schema can be used
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
     * The codec of a definition. Reading gives the value unchanged; writing writes values as they are, unchecked.
     *
     * @param ref {@code app.bsky.feed.post}, or {@code app.bsky.feed.defs#postView}
     * @throws IllegalArgumentException if the documents have no such definition, if it is no type of values, or if it
     *     refers, at any remove, to what they don't have
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
            throw new IllegalArgumentException("no definition of \"" + ref + "\" among the lexicons");
        } else if (!SchemaCompiler.isValue(definition)) {
            throw new IllegalArgumentException("\"" + ref + "\" is no type of values");
        }
        SchemaCompiler compiler = new SchemaCompiler(documents, links);
        return publish(compiler, () -> compiler.link(name));
    }

    /**
     * What a client needs to know to call a method. Its parameters are an {@link UntypedObject}; input and output are
     * {@link LexValue}s where they are JSON.
     *
     * @throws IllegalArgumentException if the documents have no such query or procedure, or if it refers, at any remove,
     *     to what they don't have
     */
    public Method<?> method(String nsid) {
        Method<?> method = methods.get(nsid);
        if (method == null) {
            Definition definition = nsid.indexOf('#') < 0 ? documents.resolve(nsid) : null;
            if (definition == null) {
                throw new IllegalArgumentException("no document of the method \"" + nsid + "\" among the lexicons");
            }
            SchemaCompiler compiler = new SchemaCompiler(documents, links);
            MethodCompiler made = new MethodCompiler(compiler, nsid);
            method = publish(compiler, () -> {
                if (definition instanceof QueryDef query) {
                    return made.query(query);
                } else if (definition instanceof ProcedureDef procedure) {
                    return made.procedure(procedure);
                }
                throw new IllegalArgumentException("\"" + nsid + "\" is neither a query nor a procedure");
            });
            methods.put(nsid, method);
        }
        return method;
    }

    /** Two threads may make the same link, and both links are right. */
    private <T> T publish(SchemaCompiler compiler, Supplier<T> work) {
        T result = work.get();
        compiler.finish();
        if (!compiler.problems().isEmpty()) {
            throw new IllegalArgumentException(
                    compiler.problems().stream().map(SchemaProblem::toString).collect(Collectors.joining("; ")));
        }
        compiler.made().forEach(links::putIfAbsent);
        return result;
    }

    /**
     * Checks a value against a definition.
     *
     * @throws IllegalArgumentException as {@link #codec}
     */
    public ValidationResult validate(String ref, LexValue value, ReadOptions options) {
        Codec<LexValue> codec = codec(ref);
        return verdict(read -> LexReader.readValue(value, options, read), codec);
    }

    /**
     * Parses JSON and checks it against a definition, in one pass.
     *
     * @throws IllegalArgumentException as {@link #codec}
     */
    public ValidationResult validateJson(String ref, byte[] json, ReadOptions options) {
        Codec<LexValue> codec = codec(ref);
        return verdict(read -> LexReader.readJson(json, options, read), codec);
    }

    /**
     * Checks a record against the definition that its {@code $type} names.
     *
     * @return {@link ValidationResult.Unknown} if no document has that definition
     * @throws IllegalArgumentException if the definition refers, at any remove, to what the documents don't have
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

    /** Like {@link #validateRecord(LexMap, ReadOptions)}, strictly. */
    public ValidationResult validateRecord(LexMap record) {
        return validateRecord(record, ReadOptions.STRICT);
    }

    private static ValidationResult verdict(
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
