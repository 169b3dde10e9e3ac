package dev.atlex.codegen.internal;

import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.PermissionSetDef;
import dev.atlex.schema.document.Definition.ProcedureDef;
import dev.atlex.schema.document.Definition.QueryDef;
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

/** All documents that are known, those included that are only referred to. */
public final class Schemas {
    private final Map<String, LexiconDocument> documents = new HashMap<>();
    private final Map<String, LexiconProblem> invalid;
    private final Dependencies dependencies;
    private final TypeNames names;
    private final Set<String> generated = new HashSet<>();
    private final Set<String> referred = new HashSet<>();

    /**
     * @param sources what is generated or only referred to, none of which a dependency has
     * @param generated whether a document becomes Java
     * @param invalid what is wrong with documents that are not among the sources
     * @param problems receives it if two documents would become one class: the second is left out
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
        dependencies.nsids().forEach(nsid -> names.declareForeign(nsid, dependencies.packagePrefix(nsid)));
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
                        source.nsid() + " and " + other + " would both become the class " + names.top(source.nsid()));
                this.invalid.put(source.nsid(), problem);
                problems.accept(problem);
            }
        }
        for (LexiconFiles.Source source : sources) {
            if (!generated.test(source)) {
                names.declareForeign(source.nsid(), prefix);
                documents.put(source.nsid(), source.document());
            }
        }
        documents.values().forEach(names::add);
    }

    TypeNames names() {
        return names;
    }

    /** Whether the document is among the lexicons, and no other has its class. */
    public boolean isDeclared(String nsid) {
        return documents.containsKey(nsid);
    }

    /** Leaves a document out, as if it had not been among the lexicons. */
    public void leaveOut(String nsid, LexiconProblem why) {
        documents.remove(nsid);
        invalid.put(nsid, why);
    }

    /**
     * Returns whether the class of a document can be relied on: it is generated in this run, comes from a dependency, or is
     * needed anyway because another document refers to it.
     */
    boolean hasJava(String nsid) {
        return dependencies.has(nsid)
                || documents.containsKey(nsid) && (generated.contains(nsid) || referred.contains(nsid));
    }

    /** What a reference leads to, or null if there is no such definition: {@link #missing} says why. */
    @Nullable
    Definition resolve(String ref) {
        referred.add(nsid(ref));
        LexiconDocument document = document(nsid(ref));
        int hash = ref.indexOf('#');
        return document == null ? null : document.def(hash < 0 ? "main" : ref.substring(hash + 1));
    }

    /** What is wrong with a document that is known and can't be used, or null. */
    @Nullable
    LexiconProblem invalid(String nsid) {
        return document(nsid) == null ? invalid.get(nsid) : null;
    }

    /** Why a reference leads nowhere, other than to a document that is invalid. */
    String missing(String ref) {
        String nsid = nsid(ref);
        if (document(nsid) != null) {
            String origin = dependencies.has(nsid) ? " of " + dependencies.origin(nsid) : "";
            return "\"" + ref + "\" is not defined in " + nsid + origin;
        }
        return "the document of \"" + ref + "\" is not among the lexicons";
    }

    /** Whether a definition is a type of values. */
    static boolean isValue(@Nullable Definition definition) {
        return definition != null
                && !(definition instanceof QueryDef
                        || definition instanceof ProcedureDef
                        || definition instanceof SubscriptionDef
                        || definition instanceof PermissionSetDef);
    }

    static String nsid(String ref) {
        int hash = ref.indexOf('#');
        return hash < 0 ? ref : ref.substring(0, hash);
    }

    /** A dependency has many documents, of which few are referred to: each is read when it is. */
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
