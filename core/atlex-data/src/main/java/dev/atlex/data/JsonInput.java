package dev.atlex.data;

/**
 * Scans strings, numbers and words in the text that a {@link JsonReader} reads. Accepts exactly the grammar of RFC
 * 8259: no comments, no single quotes, no trailing commas, and, in strict mode, no invalid UTF-8.
 * <p>Because the whole input is in memory, the scanner looks for the end of a string eight bytes at a time, copies
 * strings only once, and compares field names in place.
 */
abstract class JsonInput extends LexReader {
    /** The maximum length of a number in strict mode. More digits don't affect a 64-bit value. */
    private static final int MAX_NUMBER = 1000;

    final byte[] in;

    /** The index of the next byte to read. Before a value is read, this is the index of the value's first byte. */
    int pos;

    /** Whether the last number that {@link #number} read has neither a decimal point nor an exponent. */
    boolean isInteger;

    /** Whether the last number that {@link #number} read is a 64-bit integer. If so, {@link #integer} holds it. */
    boolean isLong;

    long integer;

    private final Utf8 utf8 = new Utf8();

    JsonInput(byte[] in, ReadOptions options) {
        super(options);
        this.in = in;
        boolean mark =
                in.length > 2 && in[0] == (byte) 0xef && in[1] == (byte) 0xbb && in[2] == (byte) 0xbf; // RFC 8259, 8.1
        this.pos = mark ? 3 : 0;
    }

    /**
     * Creates an exception about the input at {@link #pos}. The message doesn't quote the input, which may contain a
     * token.
     */
    final LexDataException malformed() {
        return failed("malformed JSON");
    }

    final LexDataException failed(String reason) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < pos && i < in.length; i++) {
            if (in[i] == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new LexDataException(path(), reason + " (line " + line + ", column " + (pos - lineStart + 1) + ")");
    }

    final LexDataException endsEarly() {
        pos = in.length;
        return failed("unexpected end of JSON");
    }

    /** Returns the next byte, or zero at the end, which isn't valid in JSON. */
    final byte peek() {
        return pos < in.length ? in[pos] : 0;
    }

    /** Skips whitespace and returns the next byte. */
    final byte token() {
        if (pos < in.length && in[pos] > ' ') {
            return in[pos];
        }
        if (!skipSpace()) {
            throw endsEarly();
        }
        return in[pos];
    }

    /** Skips whitespace. Returns whether anything follows it. */
    final boolean skipSpace() {
        for (; pos < in.length; pos++) {
            byte b = in[pos];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return true;
            }
        }
        return false;
    }

    /** Reads {@code true}, {@code false} or {@code null}. */
    final void word(String word) {
        for (int i = 0; i < word.length(); i++, pos++) {
            if (pos == in.length) {
                throw endsEarly();
            }
            if (in[pos] != word.charAt(i)) {
                throw malformed();
            }
        }
    }

    /** Reads a string, starting at its opening quote. */
    final String string() {
        int start = pos + 1;
        int end = Swar.plainEnd(in, start);
        if (end < 0) {
            return stringInParts(start);
        }
        pos = end + 1;
        return Text.ascii(in, start, end);
    }

    /** Reads a string with escapes or non-ASCII characters, after its opening quote. */
    final String stringInParts(int start) {
        StringBuilder text = null;
        int part = start;
        while (true) {
            pos = Swar.nextSpecial(in, part);
            if (pos == in.length) {
                throw endsEarly();
            }
            if (in[pos] != '"' && in[pos] != '\\') {
                throw malformed(); // a control character
            }
            int end = pos;
            String decoded = decoded(part, end);
            pos = end + 1;
            if (in[end] == '"') {
                return text == null ? decoded : text.append(decoded).toString();
            }
            if (text == null) {
                text = new StringBuilder(2 * (end - start) + 16);
            }
            text.append(decoded).append(escaped());
            part = pos;
        }
    }

    private String decoded(int start, int end) {
        String text = utf8.decode(in, start, end);
        if (text != null) {
            return text;
        }
        if (!strict()) {
            return Text.decode(in, start, end);
        }
        pos = start;
        throw failed("invalid UTF-8 in JSON");
    }

    /** Reads the rest of an escape. A lone surrogate is accepted, as in Java and JavaScript. */
    private char escaped() {
        char kind = (char) next();
        return switch (kind) {
            case '"', '\\', '/' -> kind;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int character = 0;
                for (int i = 0; i < 4; i++) {
                    int digit = Character.digit(next(), 16);
                    if (digit < 0) {
                        pos--;
                        throw malformed();
                    }
                    character = character << 4 | digit;
                }
                yield (char) character;
            }
            default -> {
                pos--;
                throw malformed();
            }
        };
    }

    private int next() {
        if (pos == in.length) {
            throw endsEarly();
        }
        return in[pos++] & 0xff;
    }

    /** Reads a number and sets {@link #isInteger}, {@link #isLong} and {@link #integer}. */
    final void number() {
        int start = pos;
        boolean negative = in[pos] == '-';
        if (negative) {
            pos++;
        }
        int first = pos;
        long value = 0;
        for (; pos < in.length && isDigit(in[pos]); pos++) {
            value = 10 * value + (in[pos] - '0');
        }
        int digits = pos - first;
        if (digits == 0) {
            throw notHere();
        }
        if (digits > 1 && in[first] == '0') {
            pos = first + 1;
            throw malformed();
        }
        isInteger = true;
        if (pos < in.length && in[pos] == '.') {
            pos++;
            fraction();
        }
        if (pos < in.length && (in[pos] | 0x20) == 'e') {
            pos++;
            if (pos < in.length && (in[pos] == '+' || in[pos] == '-')) {
                pos++;
            }
            fraction();
        }
        if (strict() && pos - start > MAX_NUMBER) {
            throw failed("number longer than " + MAX_NUMBER + " characters");
        }
        // Nineteen digits fit in 64 bits without a sign, but not always with one.
        boolean fits = digits < 19 || digits == 19 && (value >= 0 || negative && value == Long.MIN_VALUE);
        isLong = isInteger && fits;
        integer = negative ? -value : value;
    }

    /** Reads at least one digit after a decimal point or an exponent's sign. */
    private void fraction() {
        isInteger = false;
        int first = pos;
        while (pos < in.length && isDigit(in[pos])) {
            pos++;
        }
        if (pos == first) {
            throw notHere();
        }
    }

    private LexDataException notHere() {
        return pos == in.length ? endsEarly() : malformed();
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
