package dev.atlex.codegen.internal;

import dev.atlex.codegen.CodegenException;
import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.LexiconDocument;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All documents that are known, those included that are only referred to. */
public final class Schemas {
    private final Map<String, LexiconDocument> documents = new HashMap<>();
    private final Dependencies dependencies;
    private final TypeNames names;

    /**
     * @param sources what is generated or only referred to, none of which a dependency has
     * @throws CodegenException if two documents would become one class
     */
    public Schemas(Collection<LexiconFiles.Source> sources, Dependencies dependencies, @Nullable String packagePrefix) {
        this.dependencies = dependencies;
        this.names = new TypeNames();
        dependencies.nsids().forEach(nsid -> names.declareForeign(nsid, dependencies.packagePrefix(nsid)));
        for (LexiconFiles.Source source : sources) {
            documents.put(source.nsid(), source.document());
            names.declare(source.nsid(), packagePrefix == null ? "" : packagePrefix, source.file());
        }
        sources.forEach(source -> names.add(source.document()));
    }

    TypeNames names() {
        return names;
    }

    /**
     * What a reference leads to.
     *
     * @param where the place of the reference, for the message
     */
    Definition resolve(String ref, String where) {
        int hash = ref.indexOf('#');
        String nsid = hash < 0 ? ref : ref.substring(0, hash);
        LexiconDocument document = document(nsid);
        if (document == null) {
            throw new CodegenException(where + ": the document of \"" + ref + "\" is not among the lexicons");
        }
        Definition definition = document.def(hash < 0 ? "main" : ref.substring(hash + 1));
        if (definition == null) {
            String origin = dependencies.has(nsid) ? " of " + dependencies.origin(nsid) : "";
            throw new CodegenException(where + ": \"" + ref + "\" is not defined in " + nsid + origin);
        }
        return definition;
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
