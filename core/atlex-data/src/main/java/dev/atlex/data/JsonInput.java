package dev.atlex.data;

/**
 * The text that a {@link JsonReader} reads, and the strings, numbers and words in it. The grammar is that of RFC 8259, and
 * nothing else is taken: no comments, no other quotes, no comma at an end, and, strictly, no UTF-8 that is
 * broken.
 *
 * <p>Its own, and no library's: all of the input is there, so a string is found eight bytes at a time and copied once, and
 * a field's name is compared where it lies.
 */
abstract class JsonInput extends LexReader {
    /** Of a number, in characters: more say nothing that 64 bits could hold. */
    private static final int MAX_NUMBER = 1000;

    final byte[] in;

    /** The next byte to be read. Where a value is due, its first one. */
    int pos;

    /** Of the number that {@link #number} read last: whether it has neither point nor exponent. */
    boolean isInteger;

    /** Of the number that {@link #number} read last: whether it is an integer of 64 bits; if so, {@link #integer}. */
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

    /** What is wrong at {@link #pos}. The input, which may hold a token, is not quoted. */
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
        return failed("JSON that ends too early");
    }

    /** The next byte, or zero, which is no JSON, behind the end. */
    final byte peek() {
        return pos < in.length ? in[pos] : 0;
    }

    /** Goes to the next byte that is no white space, and answers it. */
    final byte token() {
        if (pos < in.length && in[pos] > ' ') {
            return in[pos];
        }
        if (!skipSpace()) {
            throw endsEarly();
        }
        return in[pos];
    }

    /** Whether there is anything else but white space. */
    final boolean skipSpace() {
        for (; pos < in.length; pos++) {
            byte b = in[pos];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return true;
            }
        }
        return false;
    }

    /** Reads the word that is {@code true}, {@code false} or {@code null} if it begins as it does. */
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

    /** Reads the string whose opening quote is next. */
    final String string() {
        int start = pos + 1;
        int end = Swar.plainEnd(in, start);
        if (end < 0) {
            return stringInParts(start);
        }
        pos = end + 1;
        return Text.ascii(in, start, end);
    }

    /** Reads a string with escapes, or with more than ASCII; the opening quote has been read. */
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
        throw failed("JSON that is not in UTF-8");
    }

    /** Reads the rest of an escape. Half of a surrogate pair is a character, as it is to Java and JavaScript. */
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

    /** Reads the number that is next, and says what it is in {@link #isInteger}, {@link #isLong}, {@link #integer}. */
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
            throw failed("a number of more than " + MAX_NUMBER + " characters");
        }
        // Nineteen digits fit 64 bits, but not always beside a sign.
        boolean fits = digits < 19 || digits == 19 && (value >= 0 || negative && value == Long.MIN_VALUE);
        isLong = isInteger && fits;
        integer = negative ? -value : value;
    }

    /** Reads at least one digit behind a point or an exponent's sign. */
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
