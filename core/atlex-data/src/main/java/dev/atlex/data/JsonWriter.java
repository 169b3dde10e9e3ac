package dev.atlex.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A {@link LexWriter} of JSON that encodes directly into a byte array. Strings are most of the output, so checking for
 * escapes and encoding to UTF-8 happen in one pass.
 */
final class JsonWriter extends LexWriter {
    /** Enough bytes for a comma and any number, word or bracket. */
    private static final int SMALL_VALUE = 32;

    /** The minimum length of a string, in characters, for which a bulk copy is faster than a loop. */
    private static final int BULK_COPY_LENGTH = 16;

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};
    private static final byte[] LINK = {'{', '"', '$', 'l', 'i', 'n', 'k', '"', ':'};
    private static final byte[] BYTES = {'{', '"', '$', 'b', 'y', 't', 'e', 's', '"', ':'};

    /** The character after the backslash, by ASCII character; 0 means no escape, 1 means an escape by code point. */
    private static final byte[] ESCAPES = escapes();

    private byte[] out = new byte[1024];
    private int end;

    /** For each open container, whether it is a map. */
    private boolean[] maps = new boolean[64];

    private int depth;

    /** Whether the current container, or the root, has a value already. */
    private boolean notFirst;

    /** Whether a name has been written without its value. */
    private boolean named;

    private JsonWriter(int maxDepth) {
        super(maxDepth);
    }

    static byte[] write(Consumer<? super LexWriter> body, int maxDepth) {
        JsonWriter writer = new JsonWriter(maxDepth);
        body.accept(writer);
        if (writer.depth != 0 || !writer.notFirst) {
            throw new IllegalStateException("expected exactly one value to be written");
        }
        return Arrays.copyOf(writer.out, writer.end);
    }

    private static byte[] escapes() {
        byte[] escapes = new byte[128];
        Arrays.fill(escapes, 0, ' ', (byte) 1);
        escapes['\b'] = 'b';
        escapes['\t'] = 't';
        escapes['\n'] = 'n';
        escapes['\f'] = 'f';
        escapes['\r'] = 'r';
        escapes['"'] = '"';
        escapes['\\'] = '\\';
        return escapes;
    }

    private void reserve(int bytes) {
        if (out.length - end < bytes) {
            out = Arrays.copyOf(
                    out, Math.max(Math.addExact(end, bytes), 2 * Math.min(out.length, Integer.MAX_VALUE / 2 - 8)));
        }
    }

    /** Checks that a value is allowed here, writes a comma if needed, and reserves {@link #SMALL_VALUE} bytes. */
    private void beforeValue() {
        reserve(SMALL_VALUE);
        if (named) {
            named = false;
        } else if (depth == 0) {
            if (notFirst) {
                throw new IllegalStateException("more than one value");
            }
        } else if (maps[depth - 1]) {
            throw new IllegalStateException("a value without a name");
        } else if (notFirst) {
            out[end++] = ',';
        }
        notFirst = true;
    }

    private void begin(boolean map) {
        beforeValue();
        if (depth == maps.length) {
            maps = Arrays.copyOf(maps, 2 * depth);
        }
        checkDepth(depth);
        maps[depth++] = map;
        notFirst = false;
        out[end++] = (byte) (map ? '{' : '[');
    }

    private void end(boolean map) {
        if (named) {
            throw new IllegalStateException("a name without a value");
        }
        if (depth == 0 || maps[depth - 1] != map) {
            throw new IllegalStateException(map ? "no map is open" : "no array is open");
        }
        depth--;
        notFirst = true;
        reserve(1);
        out[end++] = (byte) (map ? '}' : ']');
    }

    @Override
    public void beginMap() {
        begin(true);
    }

    @Override
    public void endMap() {
        end(true);
    }

    @Override
    public void beginArray() {
        begin(false);
    }

    @Override
    public void endArray() {
        end(false);
    }

    private void beforeName() {
        if (depth == 0 || !maps[depth - 1]) {
            throw new IllegalStateException("a name outside of a map");
        }
        if (named) {
            throw new IllegalStateException("a name without a value");
        }
        named = true;
        reserve(1);
        if (notFirst) {
            out[end++] = ',';
        }
    }

    @Override
    public void name(String name) {
        beforeName();
        quoted(name);
        out[end++] = ':';
    }

    @Override
    public void name(FieldNames names, int position) {
        beforeName();
        raw(names.quoted(position).bytes());
    }

    private void raw(byte[] text) {
        reserve(text.length);
        System.arraycopy(text, 0, out, end, text.length);
        end += text.length;
    }

    @Override
    public void string(String value) {
        beforeValue();
        quoted(value);
    }

    /** Writes the text in quotes, and reserves one more byte. */
    private void quoted(String text) {
        int length = text.length();
        reserve(length + 3);
        if (length >= BULK_COPY_LENGTH && plain(text, length)) {
            return;
        }
        byte[] to = out;
        int at = end;
        to[at++] = '"';
        int i = 0;
        for (; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 128 || ESCAPES[c] != 0) {
                break;
            }
            to[at++] = (byte) c;
        }
        end = at;
        if (i < length) {
            rest(text, i);
        }
        out[end++] = '"';
    }

    /**
     * Writes the text if it is ASCII and needs no escapes; otherwise, returns false. Copying it and checking eight
     * bytes at a time is faster than a loop over characters.
     */
    private boolean plain(String text, int length) {
        byte[] utf8 = text.getBytes(UTF_8);
        if (utf8.length != length || !Swar.isPlain(utf8)) {
            return false;
        }
        out[end] = '"';
        System.arraycopy(utf8, 0, out, end + 1, length);
        out[end + 1 + length] = '"';
        end += length + 2;
        return true;
    }

    /** Writes the text from the first character that isn't ASCII or needs an escape. */
    private void rest(String text, int from) {
        int length = text.length();
        reserve(Math.addExact(Math.multiplyExact(length - from, 6), 3)); // at worst, every character is escaped
        byte[] to = out;
        int at = end;
        for (int i = from; i < length; i++) {
            char c = text.charAt(i);
            if (c < 128) {
                byte escape = ESCAPES[c];
                if (escape == 0) {
                    to[at++] = (byte) c;
                } else if (escape == 1) {
                    at = number(c, to, at);
                } else {
                    to[at++] = '\\';
                    to[at++] = escape;
                }
            } else if (c < 0x800) {
                to[at++] = (byte) (0xc0 | c >> 6);
                to[at++] = (byte) (0x80 | c & 0x3f);
            } else if (!Character.isSurrogate(c)) {
                to[at++] = (byte) (0xe0 | c >> 12);
                to[at++] = (byte) (0x80 | c >> 6 & 0x3f);
                to[at++] = (byte) (0x80 | c & 0x3f);
            } else if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                to[at++] = (byte) (0xf0 | point >> 18);
                to[at++] = (byte) (0x80 | point >> 12 & 0x3f);
                to[at++] = (byte) (0x80 | point >> 6 & 0x3f);
                to[at++] = (byte) (0x80 | point & 0x3f);
            } else {
                // UTF-8 can't encode a lone surrogate, so escape it, as JSON.stringify does.
                at = number(c, to, at);
            }
        }
        end = at;
    }

    private static int number(char c, byte[] to, int from) {
        int at = from;
        to[at++] = '\\';
        to[at++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
            to[at++] = HEX[c >> shift & 15];
        }
        return at;
    }

    @Override
    public void integer(long value) {
        beforeValue();
        end = digits(value, out, end);
    }

    private static int digits(long value, byte[] to, int from) {
        int at = from;
        long rest = value < 0 ? value : -value; // negative, because -Long.MIN_VALUE overflows
        if (value < 0) {
            to[at++] = '-';
        }
        int length = 1;
        for (long limit = rest / 10; limit != 0; limit /= 10) {
            length++;
        }
        for (int i = at + length - 1; i >= at; i--, rest /= 10) {
            to[i] = (byte) ('0' - rest % 10);
        }
        return at + length;
    }

    @Override
    public void bool(boolean value) {
        beforeValue();
        raw(value ? TRUE : FALSE);
    }

    @Override
    public void nullValue() {
        beforeValue();
        raw(NULL);
    }

    @Override
    public void bytes(Bytes value) {
        beforeValue();
        raw(BYTES);
        quoted(value.toBase64());
        reserve(1);
        out[end++] = '}';
    }

    @Override
    public void link(Cid value) {
        beforeValue();
        raw(LINK);
        quoted(value.toString());
        reserve(1);
        out[end++] = '}';
    }

    @Override
    public void floating(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new LexDataException("$", "number is not finite and can't be written as JSON");
        }
        number(Decimals.shortest(value));
    }

    @Override
    void floating(LexFloat value) {
        if (value.text() == null) {
            floating(value.value());
        } else {
            number(value.text());
        }
    }

    private void number(String text) {
        beforeValue();
        reserve(text.length());
        for (int i = 0; i < text.length(); i++) {
            out[end++] = (byte) text.charAt(i);
        }
    }

    /** Returns a field's name in JSON, with quotes and colon. */
    static byte[] quoteName(String name) {
        byte[] quoted = write(writer -> writer.string(name), 1);
        byte[] withColon = Arrays.copyOf(quoted, quoted.length + 1);
        withColon[quoted.length] = ':';
        return withColon;
    }
}
