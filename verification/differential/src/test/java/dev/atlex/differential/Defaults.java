package dev.atlex.differential;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexNull;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.ArrayDef;
import dev.atlex.schema.document.Definition.Body;
import dev.atlex.schema.document.Definition.BooleanDef;
import dev.atlex.schema.document.Definition.IntegerDef;
import dev.atlex.schema.document.Definition.ObjectDef;
import dev.atlex.schema.document.Definition.ProcedureDef;
import dev.atlex.schema.document.Definition.QueryDef;
import dev.atlex.schema.document.Definition.RecordDef;
import dev.atlex.schema.document.Definition.StringDef;
import dev.atlex.schema.document.LexiconDocuments;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The required fields that have a default. If such a field is absent, or null in lenient mode, a generated class uses
 * and writes the default. Schemas at run time and the reference don't do that.
 */
final class Defaults {
    private final Set<Map.Entry<String, LexValue>> required = new HashSet<>();

    Defaults(LexiconDocuments documents) {
        documents.all().forEach(document -> document.defs().values().forEach(this::add));
    }

    private void add(@Nullable Definition definition) {
        if (definition instanceof ObjectDef object) {
            object.properties().forEach((name, property) -> {
                LexValue value = value(property);
                if (value != null && object.required().contains(name)) {
                    required.add(Map.entry(name, value));
                }
                add(property);
            });
        } else if (definition instanceof RecordDef record) {
            add(record.record());
        } else if (definition instanceof ArrayDef array) {
            add(array.items());
        } else if (definition instanceof QueryDef query) {
            add(query.parameters());
            add(query.output());
        } else if (definition instanceof ProcedureDef procedure) {
            add(procedure.parameters());
            add(procedure.input());
            add(procedure.output());
        }
    }

    private void add(@Nullable Body body) {
        if (body != null) {
            add(body.schema());
        }
    }

    private static @Nullable LexValue value(Definition property) {
        if (property instanceof BooleanDef bool && bool.defaultValue() != null) {
            return LexValue.of((boolean) bool.defaultValue());
        } else if (property instanceof IntegerDef integer && integer.defaultValue() != null) {
            return LexValue.of((long) integer.defaultValue());
        } else if (property instanceof StringDef string && string.defaultValue() != null) {
            return LexValue.of(string.defaultValue());
        }
        return null;
    }

    /** Returns whether the values differ only in that the second one also has the defaults of required fields. */
    boolean onlyAdded(byte @Nullable [] without, byte @Nullable [] with, boolean strict) {
        ReadOptions options = strict ? ReadOptions.STRICT : ReadOptions.LENIENT;
        return without != null
                && with != null
                && onlyAdded(LexValue.parseCbor(without, options), LexValue.parseCbor(with, options));
    }

    private boolean onlyAdded(LexValue without, LexValue with) {
        if (without instanceof LexMap some && with instanceof LexMap all) {
            return all.keySet().containsAll(some.keySet())
                    && all.entrySet().stream().allMatch(entry -> {
                        LexValue before = some.get(entry.getKey());
                        return before == null || before == LexNull.NULL
                                ? required.contains(entry) || entry.getValue() == before
                                : onlyAdded(before, entry.getValue());
                    });
        } else if (without instanceof LexArray some && with instanceof LexArray all && some.size() == all.size()) {
            for (int i = 0; i < all.size(); i++) {
                if (!onlyAdded(some.get(i), all.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return without.equals(with);
    }
}
