package dev.atlex.codegen.internal;

import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.ArrayDef;
import dev.atlex.schema.document.Definition.Body;
import dev.atlex.schema.document.Definition.ObjectDef;
import dev.atlex.schema.document.Definition.ProcedureDef;
import dev.atlex.schema.document.Definition.QueryDef;
import dev.atlex.schema.document.Definition.RecordDef;
import dev.atlex.schema.document.Definition.RefDef;
import dev.atlex.schema.document.Definition.SubscriptionDef;
import dev.atlex.schema.document.Definition.UnionDef;
import dev.atlex.schema.document.LexiconDocument;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the definitions of other documents whose classes a document's class uses. */
final class References {
    private final Schemas schemas;
    private final String nsid;
    private final Set<String> found = new LinkedHashSet<>();

    private References(Schemas schemas, String nsid) {
        this.schemas = schemas;
        this.nsid = nsid;
    }

    static Set<String> of(LexiconDocument document, Schemas schemas) {
        References references = new References(schemas, document.id().toString());
        document.defs().values().forEach(references::add);
        return references.found;
    }

    private void add(@Nullable Definition definition) {
        if (definition instanceof RecordDef record) {
            add(record.record());
        } else if (definition instanceof QueryDef query) {
            add(query.parameters());
            body(query.output());
        } else if (definition instanceof ProcedureDef procedure) {
            add(procedure.parameters());
            body(procedure.input());
            body(procedure.output());
        } else if (definition instanceof SubscriptionDef subscription) {
            add(subscription.parameters());
            add(subscription.message());
        } else if (definition instanceof ObjectDef object) {
            object.properties().values().forEach(this::add);
        } else if (definition instanceof ArrayDef array) {
            add(array.items());
        } else if (definition instanceof UnionDef union) {
            union.refs().forEach(this::reference);
        } else if (definition instanceof RefDef ref) {
            reference(ref.ref());
        }
    }

    private void body(@Nullable Body body) {
        if (body != null) {
            add(body.schema());
        }
    }

    /** Adds a reference. The class of an array's elements is used directly, so references to arrays are followed. */
    private void reference(String ref) {
        if (!Schemas.nsid(ref).equals(nsid) && found.add(ref) && schemas.resolve(ref) instanceof ArrayDef array) {
            add(array.items());
        }
    }
}
