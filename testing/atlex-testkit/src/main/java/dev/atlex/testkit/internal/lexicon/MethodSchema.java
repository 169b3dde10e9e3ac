package dev.atlex.testkit.internal.lexicon;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.ArrayDef;
import dev.atlex.schema.document.Definition.BooleanDef;
import dev.atlex.schema.document.Definition.IntegerDef;
import dev.atlex.schema.document.Definition.ObjectDef;
import dev.atlex.schema.document.Definition.ProcedureDef;
import dev.atlex.schema.document.Definition.QueryDef;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The parameters and the input of a method, as its Lexicon document declares them. */
public final class MethodSchema {
    private final boolean procedure;
    private final @Nullable ObjectDef parameters;
    private final @Nullable Definition input;

    private MethodSchema(boolean procedure, @Nullable ObjectDef parameters, @Nullable Definition input) {
        this.procedure = procedure;
        this.parameters = parameters;
        this.input = input;
    }

    /** Returns the schema for a method that is in the {@link BundledLexicons}. */
    public static MethodSchema of(String nsid) {
        Definition definition = BundledLexicons.resolve(nsid);
        if (definition instanceof QueryDef query) {
            return new MethodSchema(false, query.parameters(), null);
        } else if (definition instanceof ProcedureDef method) {
            return new MethodSchema(
                    true,
                    method.parameters(),
                    method.input() == null ? null : method.input().schema());
        }
        throw new IllegalArgumentException("not a query or procedure in the bundled documents: " + nsid);
    }

    /** Returns whether the method is a procedure. */
    public boolean procedure() {
        return procedure;
    }

    /** Returns whether the method has JSON input. */
    public boolean hasJsonInput() {
        return input != null;
    }

    /**
     * Converts the parameters of a query string to their types, adds defaults and checks them. Undeclared parameters
     * are left out.
     *
     * @param query returns the values of a parameter
     * @throws InvalidValueException if one is missing or invalid
     */
    public LexMap params(Function<String, List<String>> query) {
        LexMap.Builder params = LexMap.builder();
        if (parameters == null) {
            return params.build();
        }
        parameters.properties().forEach((name, definition) -> {
            List<String> texts = query.apply(name);
            if (definition instanceof ArrayDef array && !texts.isEmpty()) {
                params.put(
                        name,
                        LexArray.copyOf(texts.stream()
                                .map(text -> convert(array.items(), text))
                                .toList()));
            } else if (!texts.isEmpty() && !texts.get(0).isEmpty()) {
                params.put(name, convert(definition, texts.get(0)));
            } else if (definition instanceof IntegerDef integer && integer.defaultValue() != null) {
                params.put(name, integer.defaultValue());
            }
        });
        LexMap built = params.build();
        SchemaCheck.check(parameters, built, "");
        return built;
    }

    private static LexValue convert(Definition definition, String text) {
        if (definition instanceof IntegerDef && text.matches("-?[0-9]{1,15}")) {
            return LexValue.of(Long.parseLong(text));
        }
        boolean isBoolean = definition instanceof BooleanDef && (text.equals("true") || text.equals("false"));
        return isBoolean ? LexValue.of(text.equals("true")) : LexValue.of(text);
    }

    /**
     * Checks the input of a procedure.
     *
     * @throws InvalidValueException if it is invalid
     */
    public void checkInput(LexMap body) {
        SchemaCheck.check(Objects.requireNonNull(input, "input"), body, "");
    }
}
