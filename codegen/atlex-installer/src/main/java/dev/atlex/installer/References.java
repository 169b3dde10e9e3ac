package dev.atlex.installer;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValue;
import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.ArrayDef;
import dev.atlex.schema.document.Definition.Body;
import dev.atlex.schema.document.Definition.ObjectDef;
import dev.atlex.schema.document.Definition.PermissionSetDef;
import dev.atlex.schema.document.Definition.ProcedureDef;
import dev.atlex.schema.document.Definition.QueryDef;
import dev.atlex.schema.document.Definition.RecordDef;
import dev.atlex.schema.document.Definition.RefDef;
import dev.atlex.schema.document.Definition.StringDef;
import dev.atlex.schema.document.Definition.SubscriptionDef;
import dev.atlex.schema.document.Definition.UnionDef;
import dev.atlex.schema.document.LexiconDocument;
import dev.atlex.syntax.Nsid;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the documents that a document refers to: in references and unions, and, like upstream, in known values that are
 * tokens and in the methods and collections of permissions.
 */
final class References {
    private final SortedSet<Nsid> found = new TreeSet<>();

    private References() {}

    static SortedSet<Nsid> of(LexiconDocument document) {
        References references = new References();
        document.defs().values().forEach(references::visit);
        references.found.remove(document.id());
        return references.found;
    }

    private void visit(@Nullable Definition definition) {
        if (definition instanceof RefDef ref) {
            reference(ref.ref());
        } else if (definition instanceof UnionDef union) {
            union.refs().forEach(this::reference);
        } else if (definition instanceof StringDef string) {
            string.knownValues().stream()
                    .filter(value -> value.indexOf('#') > 0)
                    .forEach(this::reference);
        } else if (definition instanceof ArrayDef array) {
            visit(array.items());
        } else if (definition instanceof ObjectDef object) {
            object.properties().values().forEach(this::visit);
        } else if (definition instanceof RecordDef record) {
            visit(record.record());
        } else if (definition instanceof QueryDef query) {
            visit(query.parameters());
            visit(query.output());
        } else if (definition instanceof ProcedureDef procedure) {
            visit(procedure.parameters());
            visit(procedure.input());
            visit(procedure.output());
        } else if (definition instanceof SubscriptionDef subscription) {
            visit(subscription.parameters());
            visit(subscription.message());
        } else if (definition instanceof PermissionSetDef set && set.source() instanceof LexMap source) {
            permissions(source.getArray("permissions"));
        }
    }

    private void visit(@Nullable Body body) {
        if (body != null) {
            visit(body.schema());
        }
    }

    private void permissions(@Nullable LexArray permissions) {
        if (permissions == null) {
            return;
        }
        for (LexValue element : permissions) {
            if (element instanceof LexMap permission && "rpc".equals(permission.getString("resource"))) {
                references(permission.getArray("lxm"));
            } else if (element instanceof LexMap permission && "repo".equals(permission.getString("resource"))) {
                references(permission.getArray("collection"));
            }
        }
    }

    private void references(@Nullable LexArray values) {
        if (values != null) {
            values.forEach(value -> {
                if (value instanceof LexString string) {
                    reference(string.value());
                }
            });
        }
    }

    /** Adds the document of a reference. Text that isn't an NSID, such as the wildcard of a permission, is skipped. */
    private void reference(String ref) {
        int hash = ref.indexOf('#');
        String nsid = hash < 0 ? ref : ref.substring(0, hash);
        if (Nsid.isValid(nsid)) {
            found.add(Nsid.of(nsid));
        }
    }
}
