package dev.atlex.session.internal.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Text after unescaping, with the position of each character in the original text. */
public final class Unescaped {
    private final StringBuilder text;
    private int[] starts;
    private int[] ends;

    private Unescaped(int capacity) {
        this.text = new StringBuilder(capacity);
        this.starts = new int[capacity];
        this.ends = new int[capacity];
    }

    /** Returns the text without unescaping anything. */
    public static Unescaped none(String original) {
        Unescaped same = new Unescaped(original.length());
        for (int i = 0; i < original.length(); i++) {
            same.add(original.charAt(i), i, i + 1);
        }
        return same;
    }

    public String text() {
        return text.toString();
    }

    /** Returns the index in the original text where the character begins. */
    public int start(int index) {
        return starts[index];
    }

    /** Returns the index in the original text where the character ends, exclusive. */
    public int end(int index) {
        return ends[index];
    }

    private void add(char c, int start, int end) {
        if (text.length() == starts.length) {
            starts = Arrays.copyOf(starts, starts.length * 2 + 16);
            ends = Arrays.copyOf(ends, starts.length);
        }
        starts[text.length()] = start;
        ends[text.length()] = end;
        text.append(c);
    }

    private void copy(Unescaped from, int index) {
        add(from.text.charAt(index), from.starts[index], from.ends[index]);
    }

    /** Undoes JSON's escapes: {@code \u0041}, {@code \/}, {@code \n}. */
    public Unescaped json() {
        Unescaped result = new Unescaped(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '\\' || i + 1 == text.length()) {
                result.copy(this, i);
                continue;
            }
            char c = text.charAt(i + 1);
            int unicode = c == 'u' ? hex(i + 2, 4) : -1;
            if (unicode >= 0) {
                result.add((char) unicode, starts[i], ends[i + 5]);
                i += 5;
                continue;
            }
            int plain = "bfnrt".indexOf(c);
            result.add(plain < 0 ? c : "\b\f\n\r\t".charAt(plain), starts[i], ends[i + 1]);
            i++;
        }
        return result;
    }

    /** Undoes the escapes of URLs and forms: {@code %41}, and {@code +} for a space. */
    public Unescaped url() {
        Unescaped result = new Unescaped(text.length());
        for (int i = 0; i < text.length(); i++) {
            int b = text.charAt(i) == '%' ? hex(i + 1, 2) : -1;
            if (b < 0) {
                boolean space = text.charAt(i) == '+';
                result.add(space ? ' ' : text.charAt(i), starts[i], ends[i]);
                continue;
            }
            int from = i;
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (; i < text.length() && text.charAt(i) == '%' && b >= 0; b = hex(i + 1, 2)) {
                bytes.write(b);
                i += 3;
            }
            i--;
            String decoded = bytes.toString(UTF_8);
            boolean ascii = decoded.length() == bytes.size();
            for (int j = 0; j < decoded.length(); j++) {
                // If they encode a multi-byte character, all of them have the same position.
                int first = ascii ? from + 3 * j : from;
                int last = ascii ? first + 2 : i;
                result.add(decoded.charAt(j), starts[first], ends[last]);
            }
        }
        return result;
    }

    /** Undoes HTML's common escapes: {@code &amp;}, {@code &#39;}, {@code &#x27;}. */
    public Unescaped html() {
        Unescaped result = new Unescaped(text.length());
        for (int i = 0; i < text.length(); i++) {
            int semicolon = text.charAt(i) == '&'
                    ? i + text.substring(i, Math.min(text.length(), i + 9)).indexOf(';')
                    : i;
            int c = semicolon <= i ? -1 : entity(text.substring(i + 1, semicolon));
            if (c < 0) {
                result.copy(this, i);
            } else {
                result.add((char) c, starts[i], ends[semicolon]);
                i = semicolon;
            }
        }
        return result;
    }

    private static int entity(String name) {
        switch (name) {
            case "amp":
                return '&';
            case "lt":
                return '<';
            case "gt":
                return '>';
            case "quot":
                return '"';
            case "apos":
                return '\'';
            default:
                break;
        }
        try {
            boolean hex = name.startsWith("#x") || name.startsWith("#X");
            int c = hex
                    ? Integer.parseInt(name.substring(2), 16)
                    : name.startsWith("#") ? Integer.parseInt(name.substring(1)) : -1;
            return c > Character.MAX_VALUE ? -1 : c;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private int hex(int from, int digits) {
        if (from + digits > text.length()) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0 || text.charAt(i) > 'f') {
                return -1;
            }
            value = value * 16 + digit;
        }
        return value;
    }
}
