package dev.atlex.cli.runtime;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import java.util.Map;

/** Formats JSON over several lines, for a terminal. */
final class IndentedJson {
    private final StringBuilder text = new StringBuilder();

    private IndentedJson() {}

    /** Returns the value with an indentation of two spaces for each level, without characters that control a terminal. */
    static String of(LexValue value) {
        IndentedJson json = new IndentedJson();
        json.append(value, "\n");
        return json.text.toString();
    }

    private void append(LexValue value, String lineBreak) {
        String inner = lineBreak + "  ";
        String separator = inner;
        if (value instanceof LexMap map && !map.isEmpty()) {
            text.append('{');
            for (Map.Entry<String, LexValue> field : map.entrySet()) {
                text.append(separator);
                appendScalar(LexValue.of(field.getKey()));
                text.append(": ");
                append(field.getValue(), inner);
                separator = "," + inner;
            }
            text.append(lineBreak).append('}');
        } else if (value instanceof LexArray array && !array.isEmpty()) {
            text.append('[');
            for (LexValue element : array) {
                text.append(separator);
                append(element, inner);
                separator = "," + inner;
            }
            text.append(lineBreak).append(']');
        } else {
            appendScalar(value);
        }
    }

    /** Also escapes what JSON allows unescaped but a terminal may interpret: DEL, C1 controls and bidirectional controls. */
    private void appendScalar(LexValue value) {
        String json = value.toJson();
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            int type = Character.getType(c);
            boolean joiner = c == '\u200d' || c == '\u200c';
            if (type == Character.CONTROL || type == Character.FORMAT && !joiner) {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
    }
}
