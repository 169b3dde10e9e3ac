package dev.atlex.schema.runtime;

import dev.atlex.data.LexValue;
import dev.atlex.schema.Codec;
import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.ArrayDef;
import dev.atlex.schema.document.Definition.BlobDef;
import dev.atlex.schema.document.Definition.BooleanDef;
import dev.atlex.schema.document.Definition.BytesDef;
import dev.atlex.schema.document.Definition.CidLinkDef;
import dev.atlex.schema.document.Definition.IntegerDef;
import dev.atlex.schema.document.Definition.ObjectDef;
import dev.atlex.schema.document.Definition.PermissionSetDef;
import dev.atlex.schema.document.Definition.ProcedureDef;
import dev.atlex.schema.document.Definition.QueryDef;
import dev.atlex.schema.document.Definition.RecordDef;
import dev.atlex.schema.document.Definition.RefDef;
import dev.atlex.schema.document.Definition.StringDef;
import dev.atlex.schema.document.Definition.SubscriptionDef;
import dev.atlex.schema.document.Definition.TokenDef;
import dev.atlex.schema.document.Definition.UnionDef;
import dev.atlex.schema.document.Definition.UnknownDef;
import dev.atlex.schema.document.LexiconDocuments;
import dev.atlex.schema.generated.Codecs;
import dev.atlex.schema.generated.ObjectCodec.Typing;
import dev.atlex.syntax.Nsid;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compiles definitions, and the definitions that they reference, to codecs.
 *
 * <p>A definition is compiled once. {@link #link} returns a placeholder immediately and queues the definition;
 * {@link #finish} compiles the queue. So the depth of recursion doesn't depend on the length of reference chains, and
 * cycles need no special treatment. Problems are collected. If there are any, discard the codecs.
 */
final class SchemaCompiler {
    private final LexiconDocuments documents;
    private final Map<String, Link> known;
    private final Map<String, Link> compiled = new HashMap<>();
    private final Deque<String> queue = new ArrayDeque<>();
    private final List<SchemaProblem> problems = new ArrayList<>();

    /** @param known the links that were compiled before, by name */
    SchemaCompiler(LexiconDocuments documents, Map<String, Link> known) {
        this.documents = documents;
        this.known = known;
    }

    /** A path in a document. */
    record Place(String document, String path) {
        Place at(String name) {
            return new Place(document, path + '.' + name);
        }

        @Override
        public String toString() {
            return document + ": " + path;
        }
    }

    /** Returns the link to a definition, which must be among the documents and define values. */
    Link link(String ref) {
        Link link = known.get(ref);
        if (link == null) {
            link = compiled.get(ref);
        }
        if (link == null) {
            link = new Link();
            compiled.put(ref, link);
            queue.add(ref);
        }
        return link;
    }

    /** Compiles all queued definitions, including those that compiling them adds to the queue. */
    void finish() {
        for (String ref = queue.poll(); ref != null; ref = queue.poll()) {
            define(ref, link(ref));
        }
    }

    /** Returns the links that this compiler has created, by name. */
    Map<String, Link> compiled() {
        return compiled;
    }

    List<SchemaProblem> problems() {
        return problems;
    }

    /** Returns the place of a definition. */
    static Place place(String ref) {
        int hash = ref.indexOf('#');
        return hash < 0
                ? new Place(ref, "$.defs.main")
                : new Place(ref.substring(0, hash), "$.defs." + ref.substring(hash + 1));
    }

    /** Returns whether a definition defines values; methods and permission sets don't. */
    static boolean isValue(@Nullable Definition definition) {
        return definition != null
                && !(definition instanceof QueryDef
                        || definition instanceof ProcedureDef
                        || definition instanceof SubscriptionDef
                        || definition instanceof PermissionSetDef);
    }

    private void define(String ref, Link link) {
        Definition definition = documents.resolve(ref);
        Place place = place(ref);
        if (definition instanceof RecordDef record) {
            link.set(object(record.record(), ref, Typing.REQUIRED, place.at("record")));
        } else if (definition instanceof ObjectDef object) {
            link.set(object(object, ref, Typing.CHECKED, place));
        } else if (definition instanceof TokenDef) {
            link.set(ValueCodecs.token(ref));
        } else if (definition != null) {
            link.set(value(definition, place));
        }
    }

    Codec<LexValue> value(Definition definition, Place place) {
        if (definition instanceof BooleanDef bool) {
            return ValueCodecs.of(bool);
        } else if (definition instanceof IntegerDef integer) {
            return ValueCodecs.of(integer);
        } else if (definition instanceof StringDef string) {
            return ValueCodecs.of(string);
        } else if (definition instanceof BytesDef bytes) {
            return ValueCodecs.of(bytes);
        } else if (definition instanceof CidLinkDef) {
            return ValueCodecs.LINK;
        } else if (definition instanceof BlobDef blob) {
            return ValueCodecs.of(blob);
        } else if (definition instanceof UnknownDef) {
            return ValueCodecs.MAP;
        } else if (definition instanceof ArrayDef array) {
            return ValueCodecs.of(array, value(array.items(), place.at("items")));
        } else if (definition instanceof ObjectDef object) {
            UntypedCodec codec = object(object, place.toString(), Typing.NONE, place);
            return ValueCodecs.of(reader -> codec.read(reader).map());
        } else if (definition instanceof UnionDef union) {
            return union(union, place);
        } else if (definition instanceof RefDef ref) {
            return reference(ref.ref(), place.at("ref"));
        }
        throw new IllegalStateException(place + ": does not define values");
    }

    private Codec<LexValue> reference(String ref, Place place) {
        Definition target = resolve(ref, place);
        if (isValue(target)) {
            return link(ref);
        }
        if (target != null) {
            problem(place, "\"" + ref + "\" does not define values, so it can't be referenced");
        }
        return Codecs.VALUE;
    }

    private Codec<LexValue> union(UnionDef union, Place place) {
        Map<String, Link> variants = new HashMap<>();
        for (int i = 0; i < union.refs().size(); i++) {
            String ref = union.refs().get(i);
            Place at = place.at("refs[" + i + "]");
            Definition target = resolve(ref, at);
            if (target instanceof ObjectDef || target instanceof RecordDef) {
                variants.put(ref, link(ref));
            } else if (target != null && !(target instanceof TokenDef)) {
                // Tokens are ignored: no value of a union can be one, but published documents contain such unions.
                problem(at, "\"" + ref + "\" is not an object, so it can't be in a union");
            }
        }
        return new UnionVariants(variants, union.closed());
    }

    UntypedCodec object(ObjectDef object, String type, Typing typing, Place place) {
        List<UntypedCodec.Property> properties = new ArrayList<>();
        object.properties().forEach((name, definition) -> {
            Place at = place.at("properties." + name);
            if (name.isEmpty()) {
                problem(at, "a property has an empty name");
                return;
            } else if (name.startsWith("$")) {
                problem(at, "names that begin with \"$\" are reserved for the protocol");
            }
            properties.add(new UntypedCodec.Property(
                    name,
                    value(definition, at),
                    kind(
                            definition,
                            object.required().contains(name),
                            object.nullable().contains(name)),
                    object.required().contains(name) && !hasDefault(definition),
                    object.nullable().contains(name)));
        });
        return new UntypedCodec(type, typing, properties);
    }

    private char kind(Definition definition, boolean required, boolean nullable) {
        Definition target = target(definition);
        return target == null ? 'm' : target.fieldKind(required, nullable);
    }

    private @Nullable Definition target(Definition definition) {
        return definition instanceof RefDef ref ? documents.resolve(ref.ref()) : definition;
    }

    /** Returns whether the schema has a default for an absent value. */
    private boolean hasDefault(Definition definition) {
        Definition target = target(definition);
        return target instanceof BooleanDef bool && bool.defaultValue() != null
                || target instanceof IntegerDef integer && integer.defaultValue() != null
                || target instanceof StringDef string && string.defaultValue() != null;
    }

    private @Nullable Definition resolve(String ref, Place place) {
        Definition target = documents.resolve(ref);
        if (target == null) {
            String document = place(ref).document();
            boolean documentExists = documents.get(Nsid.of(document)) != null;
            problem(
                    place,
                    documentExists
                            ? "unresolved reference \"" + ref + "\": not defined in " + document
                            : "unresolved reference \"" + ref + "\": document not found");
        }
        return target;
    }

    private void problem(Place place, String message) {
        problems.add(new SchemaProblem(place.document(), place.path(), message));
    }
}
