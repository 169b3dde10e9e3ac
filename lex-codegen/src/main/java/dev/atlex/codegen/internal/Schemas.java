package dev.atlex.codegen.internal;

import dev.atlex.codegen.CodegenException;
import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.LexiconDocument;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** All documents that are known, those included that are only referred to. */
public final class Schemas {
    private final Map<String, LexiconDocument> documents = new HashMap<>();
    private final TypeNames names;

    public Schemas(Collection<LexiconDocument> documents, TypeNames names) {
        documents.forEach(document -> this.documents.put(document.id().toString(), document));
        this.names = names;
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
        LexiconDocument document = documents.get(hash < 0 ? ref : ref.substring(0, hash));
        if (document == null) {
            throw new CodegenException(where + ": the document of \"" + ref + "\" is not among the lexicons");
        }
        Definition definition = document.def(hash < 0 ? "main" : ref.substring(hash + 1));
        if (definition == null) {
            throw new CodegenException(where + ": \"" + ref + "\" is not defined in " + document.id());
        }
        return definition;
    }
}
