package dev.atlex.cli.runtime;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import java.util.Map;

/** Formats JSON for a terminal: with colors, over several lines or on one, without characters that control the terminal. */
final class JsonText {
    private final StringBuilder text = new StringBuilder();
    private final Style style;
    private final boolean indented;

    private JsonText(Style style, boolean indented) {
        this.style = style;
        this.indented = indented;
    }

    /** Returns the value with an indentation of two spaces for each level. */
    static String indented(LexValue value, Style style) {
        return format(value, new JsonText(style, true));
    }

    /** Returns the value on one line. */
    static String line(LexValue value, Style style) {
        return format(value, new JsonText(style, false));
    }

    private static String format(LexValue value, JsonText json) {
        json.append(value, "\n");
        return json.text.toString();
    }

    private void append(LexValue value, String lineBreak) {
        String inner = lineBreak + "  ";
        String separator = indented ? inner : "";
        if (value instanceof LexMap map && !map.isEmpty()) {
            text.append('{');
            for (Map.Entry<String, LexValue> field : map.entrySet()) {
                text.append(separator);
                text.append(style.name(
                                DisplayText.escaped(LexValue.of(field.getKey()).toJson())))
                        .append(indented ? ": " : ":");
                append(field.getValue(), inner);
                separator = indented ? "," + inner : ",";
            }
            text.append(indented ? lineBreak : "").append('}');
        } else if (value instanceof LexArray array && !array.isEmpty()) {
            text.append('[');
            for (LexValue element : array) {
                text.append(separator);
                append(element, inner);
                separator = indented ? "," + inner : ",";
            }
            text.append(indented ? lineBreak : "").append(']');
        } else {
            String scalar = DisplayText.escaped(value.toJson());
            text.append(scalar.startsWith("\"") ? style.text(scalar) : style.literal(scalar));
        }
    }
}
