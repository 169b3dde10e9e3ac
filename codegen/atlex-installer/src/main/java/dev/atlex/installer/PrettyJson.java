package dev.atlex.installer;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import java.util.Map;

/** Formats JSON for version control: one element on each line, indented by two spaces, with a newline at the end. */
final class PrettyJson {
    private final StringBuilder out = new StringBuilder();

    private PrettyJson() {}

    static String of(LexValue value) {
        PrettyJson json = new PrettyJson();
        json.write(value, "\n");
        return json.out.append('\n').toString();
    }

    private void write(LexValue value, String indent) {
        if (value instanceof LexMap map && !map.isEmpty()) {
            String inner = indent + "  ";
            String before = "{";
            for (Map.Entry<String, LexValue> entry : map.entrySet()) {
                out.append(before)
                        .append(inner)
                        .append(LexValue.of(entry.getKey()).toJson())
                        .append(": ");
                write(entry.getValue(), inner);
                before = ",";
            }
            out.append(indent).append('}');
        } else if (value instanceof LexArray array && !array.isEmpty()) {
            String inner = indent + "  ";
            String before = "[";
            for (LexValue element : array) {
                out.append(before).append(inner);
                write(element, inner);
                before = ",";
            }
            out.append(indent).append(']');
        } else {
            out.append(value.toJson());
        }
    }
}
