package dev.atlex.client;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexValidationException;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.data.internal.Excerpt;
import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.ArrayDef;
import dev.atlex.schema.document.Definition.BooleanDef;
import dev.atlex.schema.document.Definition.IntegerDef;
import dev.atlex.schema.document.Definition.ObjectDef;
import dev.atlex.schema.document.Definition.ProcedureDef;
import dev.atlex.schema.document.Definition.QueryDef;
import dev.atlex.schema.runtime.RuntimeSchemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses strings into the parameters of a method. */
final class TextParameters {
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,16}");

    private TextParameters() {}

    static LexMap parse(RuntimeSchemas schemas, String nsid, Map<String, List<String>> given) {
        var codec = schemas.method(nsid).parameters();
        Map<String, Definition> properties = properties(schemas.documents().resolve(nsid));
        LexMap.Builder parameters = LexMap.builder();
        given.forEach((name, values) -> {
            if (!values.isEmpty()) {
                parameters.put(name, parameter(nsid, name, properties, values));
            }
        });
        LexMap built = parameters.build();
        try {
            codec.fromValue(built, ReadOptions.STRICT);
        } catch (LexValidationException e) {
            String at = e.path().substring(Math.min(2, e.path().length()));
            throw new IllegalArgumentException(
                    e.rule().equals("required")
                            ? nsid + " needs the parameter \"" + at + "\""
                            : "parameter \"" + at + "\": expected " + e.expected() + ", got " + e.found(),
                    e);
        }
        return built;
    }

    private static Map<String, Definition> properties(@Nullable Definition method) {
        ObjectDef parameters = null;
        if (method instanceof QueryDef query) {
            parameters = query.parameters();
        } else if (method instanceof ProcedureDef procedure) {
            parameters = procedure.parameters();
        }
        return parameters == null ? Map.of() : parameters.properties();
    }

    private static LexValue parameter(
            String nsid, String name, Map<String, Definition> properties, List<String> values) {
        Definition definition = properties.get(name);
        if (definition == null) {
            throw new IllegalArgumentException(
                    nsid + " has no parameter \"" + name + "\"" + knownNames(properties.keySet()));
        }
        if (definition instanceof ArrayDef array) {
            List<LexValue> items = new ArrayList<>();
            values.forEach(value -> items.add(scalar(name, array.items(), value)));
            return LexArray.copyOf(items);
        }
        if (values.size() > 1) {
            throw new IllegalArgumentException("parameter \"" + name + "\": expected one value, got " + values.size());
        }
        return scalar(name, definition, values.get(0));
    }

    private static String knownNames(Set<String> names) {
        return names.isEmpty() ? " (it has no parameters)" : " (known: " + String.join(", ", names) + ")";
    }

    private static LexValue scalar(String name, Definition definition, String text) {
        if (definition instanceof IntegerDef) {
            if (INTEGER.matcher(text).matches() && Math.abs(Long.parseLong(text)) <= LexReader.MAX_SAFE_INTEGER) {
                return LexValue.of(Long.parseLong(text));
            }
            throw invalid(name, "an integer of at most 53 bits", text);
        } else if (definition instanceof BooleanDef) {
            if (text.equals("true") || text.equals("false")) {
                return LexValue.of(text.equals("true"));
            }
            throw invalid(name, "true or false", text);
        }
        return LexValue.of(text);
    }

    private static IllegalArgumentException invalid(String name, String expected, String text) {
        return new IllegalArgumentException(
                "parameter \"" + name + "\": expected " + expected + ", got " + Excerpt.quote(text));
    }
}
