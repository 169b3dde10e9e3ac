package dev.atlex.codegen.internal;

import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.ArrayDef;
import dev.atlex.schema.document.Definition.Body;
import dev.atlex.schema.document.Definition.MethodError;
import dev.atlex.schema.document.Definition.ObjectDef;
import dev.atlex.schema.document.Definition.ProcedureDef;
import dev.atlex.schema.document.Definition.QueryDef;
import dev.atlex.schema.document.Definition.RecordDef;
import dev.atlex.schema.document.Definition.SubscriptionDef;
import dev.atlex.schema.document.LexiconDocument;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The places in a document that prose can describe, in the document's order: {@code DEF}, {@code DEF/PROPERTY},
 * {@code DEF/params/PROPERTY}, {@code DEF/input}, {@code DEF/input/PROPERTY}, likewise for {@code output} and
 * {@code message}, and {@code DEF/errors/NAME}.
 */
final class ProseKeys {
    private final Set<String> keys = new LinkedHashSet<>();

    private ProseKeys() {}

    static Set<String> of(LexiconDocument document) {
        ProseKeys keys = new ProseKeys();
        document.defs().forEach(keys::definition);
        return keys.keys;
    }

    private void definition(String name, Definition definition) {
        keys.add(name);
        if (definition instanceof RecordDef record) {
            value(name, record.record());
        } else if (definition instanceof QueryDef query) {
            parameters(name, query.parameters());
            body(name + "/output", query.output());
            errors(name, query.errors());
        } else if (definition instanceof ProcedureDef procedure) {
            parameters(name, procedure.parameters());
            body(name + "/input", procedure.input());
            body(name + "/output", procedure.output());
            errors(name, procedure.errors());
        } else if (definition instanceof SubscriptionDef subscription) {
            parameters(name, subscription.parameters());
            if (subscription.message() != null) {
                keys.add(name + "/message");
                value(name + "/message", subscription.message());
            }
            errors(name, subscription.errors());
        } else {
            value(name, definition);
        }
    }

    private void parameters(String name, @Nullable ObjectDef parameters) {
        if (parameters != null) {
            value(name + "/params", parameters);
        }
    }

    private void body(String key, @Nullable Body body) {
        if (body != null) {
            keys.add(key);
            if (body.schema() != null) {
                value(key, body.schema());
            }
        }
    }

    private void errors(String name, List<MethodError> errors) {
        errors.forEach(error -> keys.add(name + "/errors/" + error.name()));
    }

    private void value(String key, Definition definition) {
        if (definition instanceof ArrayDef array) {
            value(key, array.items());
        } else if (definition instanceof ObjectDef object) {
            object.properties().forEach((name, property) -> {
                keys.add(key + "/" + name);
                value(key + "/" + name, property);
            });
        }
    }
}
