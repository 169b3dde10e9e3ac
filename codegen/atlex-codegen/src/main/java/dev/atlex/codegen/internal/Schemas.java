package dev.atlex.codegen.internal;

import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.PermissionSetDef;
import dev.atlex.schema.document.Definition.ProcedureDef;
import dev.atlex.schema.document.Definition.QueryDef;
import dev.atlex.schema.document.Definition.RecordDef;
import dev.atlex.schema.document.Definition.SubscriptionDef;
import dev.atlex.schema.document.LexiconDocument;
import dev.atlex.schema.document.LexiconProblem;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Resolves references in all known documents: generated ones, and those that are only referenced. */
public final class Schemas {
    private final Map<String, LexiconDocument> documents = new HashMap<>();
    private final Map<String, LexiconProblem> invalid;
    private final Dependencies dependencies;
    private final TypeNames names;
    private final Set<String> generated = new HashSet<>();
    private final Set<String> referred = new HashSet<>();

    /**
     * Assigns class names to all documents.
     *
     * @param sources the documents to generate or to reference; must not contain documents of the dependencies
     * @param generated a test whether a document is to be generated
     * @param invalid the problems of invalid documents, by NSID
     * @param problems receives class name clashes; the later document is left out
     */
    public Schemas(
            Collection<LexiconFiles.Source> sources,
            Predicate<LexiconFiles.Source> generated,
            Map<String, LexiconProblem> invalid,
            Dependencies dependencies,
            @Nullable String packagePrefix,
            Consumer<? super LexiconProblem> problems) {
        this.dependencies = dependencies;
        this.invalid = new HashMap<>(invalid);
        this.names = new TypeNames();
        String prefix = packagePrefix == null ? "" : packagePrefix;
        dependencies.nsids().forEach(nsid -> names.declareExternal(nsid, dependencies.packagePrefix(nsid)));
        for (LexiconFiles.Source source : sources) {
            if (!generated.test(source)) {
                continue;
            }
            String other = names.declare(source.nsid(), prefix);
            if (other == null) {
                documents.put(source.nsid(), source.document());
                this.generated.add(source.nsid());
            } else {
                LexiconProblem problem = new LexiconProblem(
                        source.file().toString(),
                        "",
                        source.nsid() + " and " + other + " would have the same class " + names.top(source.nsid()));
                this.invalid.put(source.nsid(), problem);
                problems.accept(problem);
            }
        }
        for (LexiconFiles.Source source : sources) {
            if (!generated.test(source)) {
                names.declareExternal(source.nsid(), prefix);
                documents.put(source.nsid(), source.document());
            }
        }
        documents.values().forEach(names::add);
    }

    TypeNames names() {
        return names;
    }

    /** Returns whether the document is among the sources and not left out. */
    public boolean isDeclared(String nsid) {
        return documents.containsKey(nsid);
    }

    /** Leaves a document out, so that references to it don't resolve. */
    public void leaveOut(String nsid, LexiconProblem why) {
        documents.remove(nsid);
        invalid.put(nsid, why);
    }

    /**
     * Returns whether generated code may use the class of a document: it is generated in this run, comes from a
     * dependency, or is already used because of a reference.
     */
    boolean hasJava(String nsid) {
        return dependencies.has(nsid)
                || documents.containsKey(nsid) && (generated.contains(nsid) || referred.contains(nsid));
    }

    /** Returns the referenced definition, or null if there is none; {@link #missing} then returns the reason. */
    @Nullable
    Definition resolve(String ref) {
        referred.add(nsid(ref));
        LexiconDocument document = document(nsid(ref));
        return document == null ? null : document.def(definition(ref));
    }

    /** Returns a definition of the sources by its full name, or null if there is none. Reads no dependency. */
    @Nullable
    Definition ownDefinition(String name) {
        LexiconDocument document = dependencies.has(nsid(name)) ? null : documents.get(nsid(name));
        return document == null ? null : document.def(definition(name));
    }

    /** Returns whether the types of a document come from a dependency. */
    boolean isFromDependency(String nsid) {
        return dependencies.has(nsid);
    }

    /** Returns the problem in an invalid document, or null if it is valid or unknown. */
    @Nullable
    LexiconProblem invalid(String nsid) {
        return document(nsid) == null ? invalid.get(nsid) : null;
    }

    /** Returns the message for an unresolved reference whose document isn't invalid. */
    String missing(String ref) {
        String nsid = nsid(ref);
        if (document(nsid) != null) {
            String origin = dependencies.has(nsid) ? " from " + dependencies.origin(nsid) : "";
            return "unresolved reference \"" + ref + "\": not defined in " + nsid + origin;
        }
        return "unresolved reference \"" + ref + "\": document not found";
    }

    /** Returns whether a definition describes values, not a method or a permission set. */
    static boolean isValue(@Nullable Definition definition) {
        return definition != null
                && !(definition instanceof QueryDef
                        || definition instanceof ProcedureDef
                        || definition instanceof SubscriptionDef
                        || definition instanceof PermissionSetDef);
    }

    /** Returns the description of a definition, or null. A record may have the description of its object. */
    static @Nullable String description(@Nullable Definition definition) {
        if (definition instanceof RecordDef record && record.description() == null) {
            return record.record().description();
        }
        return definition == null ? null : definition.description();
    }

    static String nsid(String ref) {
        int hash = ref.indexOf('#');
        return hash < 0 ? ref : ref.substring(0, hash);
    }

    /** Returns the name of a definition in its document. */
    static String definition(String ref) {
        int hash = ref.indexOf('#');
        return hash < 0 ? "main" : ref.substring(hash + 1);
    }

    /**
     * Returns a document or null. Documents of dependencies are read on first use, because only a few of them are
     * referenced.
     */
    private @Nullable LexiconDocument document(String nsid) {
        LexiconDocument known = documents.get(nsid);
        if (known == null && dependencies.has(nsid)) {
            known = dependencies.document(nsid);
            documents.put(nsid, known);
            names.add(known);
        }
        return known;
    }
}
