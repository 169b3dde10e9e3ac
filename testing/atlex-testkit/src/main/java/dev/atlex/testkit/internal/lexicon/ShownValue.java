package dev.atlex.testkit.internal.lexicon;

import dev.atlex.data.Bytes;
import dev.atlex.data.Cid;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValue;
import java.util.List;
import java.util.stream.Collectors;

/** Formats values as the reference server's messages show them. */
public final class ShownValue {
    private static final int MAX_LENGTH = 255;
    private static final int MAX_ELEMENTS = 2;

    private ShownValue() {}

    /** Formats a value. Cuts long strings, and shows at most two elements of an array or keys of an object. */
    public static String of(LexValue value) {
        if (value instanceof LexArray array) {
            String shown =
                    array.stream().limit(MAX_ELEMENTS).map(ShownValue::of).collect(Collectors.joining(", "));
            return "[" + shown + (array.size() > MAX_ELEMENTS ? ", ...]" : "]");
        }
        if (value instanceof LexMap map) {
            String shown = map.keySet().stream()
                    .limit(MAX_ELEMENTS)
                    .map(key -> LexValue.of(key).toJson() + ": ...")
                    .collect(Collectors.joining(", "));
            return "{" + shown + (map.size() > MAX_ELEMENTS ? ", ...}" : "}");
        }
        if (value instanceof LexString string && string.value().length() > MAX_LENGTH) {
            return LexValue.of(string.value().substring(0, MAX_LENGTH) + "…").toJson();
        }
        return value instanceof Cid ? "cid" : value instanceof Bytes ? "object" : value.toJson();
    }

    /** Returns the choices: {@code a}, {@code one of a or b}, {@code one of a, b or c}. */
    public static String oneOf(List<String> choices) {
        int last = choices.size() - 1;
        return last < 1
                ? String.join("", choices)
                : "one of " + String.join(", ", choices.subList(0, last)) + " or " + choices.get(last);
    }
}
