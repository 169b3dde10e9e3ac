package dev.atlex.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * {@link LexWriter} of JSON text, straight into bytes. Nearly all of it is strings, which are looked at once: whether
 * they need escapes, and into which bytes.
 */
final class JsonWriter extends LexWriter {
    private static final int ROOM = 32;

    /** Of a text, in characters: from here on it is copied whole, if it can be. */
    private static final int LONG = 16;

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};
    private static final byte[] LINK = {'{', '"', '$', 'l', 'i', 'n', 'k', '"', ':'};
    private static final byte[] BYTES = {'{', '"', '$', 'b', 'y', 't', 'e', 's', '"', ':'};

    /** What stands behind the backslash for each character below 128: 0 for nothing, 1 for its number. */
    private static final byte[] ESCAPES = escapes();

    private byte[] out = new byte[1024];
    private int end;

    /** Of each container around: whether it is a map. */
    private boolean[] maps = new boolean[64];

    private int depth;

    /** Whether there is a value before the next one in the same container, or at the root. */
    private boolean notFirst;

    /** Whether a name waits for its value. */
    private boolean named;

    private JsonWriter(int maxDepth) {
        super(maxDepth);
    }

    static byte[] write(Consumer<? super LexWriter> body, int maxDepth) {
        JsonWriter writer = new JsonWriter(maxDepth);
        body.accept(writer);
        if (writer.depth != 0 || !writer.notFirst) {
            throw new IllegalStateException("not exactly one value was written");
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

    private void room(int bytes) {
        if (out.length - end < bytes) {
            out = Arrays.copyOf(
                    out, Math.max(Math.addExact(end, bytes), 2 * Math.min(out.length, Integer.MAX_VALUE / 2 - 8)));
        }
    }

    /** Before a value, at the place where it may be; leaves room for something small. */
    private void beforeValue() {
        room(ROOM);
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
        room(1);
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
        room(1);
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
        room(text.length);
        System.arraycopy(text, 0, out, end, text.length);
        end += text.length;
    }

    @Override
    public void string(String value) {
        beforeValue();
        quoted(value);
    }

    /** Writes the text between quotes, and leaves room for one more byte. */
    private void quoted(String text) {
        int length = text.length();
        room(length + 3);
        if (length >= LONG && plain(text, length)) {
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
     * Writes the text, if it is ASCII without escapes; a copy and a look at whole words are quicker than each
     * character.
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

    /** Writes the text from a character on that is not as simple. */
    private void rest(String text, int from) {
        int length = text.length();
        room(Math.addExact(Math.multiplyExact(length - from, 6), 3)); // an escape for each is the most there can be
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
                // Half of a character has no form in UTF-8: it is escaped, as JavaScript does.
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
        long rest = value < 0 ? value : -value; // which also the least long has
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
        room(1);
        out[end++] = '}';
    }

    @Override
    public void link(Cid value) {
        beforeValue();
        raw(LINK);
        quoted(value.toString());
        room(1);
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
        room(text.length());
        for (int i = 0; i < text.length(); i++) {
            out[end++] = (byte) text.charAt(i);
        }
    }

    /** The name of a field as JSON: with its quotes, and the colon behind it. */
    static byte[] quoteName(String name) {
        byte[] quoted = write(writer -> writer.string(name), 1);
        byte[] withColon = Arrays.copyOf(quoted, quoted.length + 1);
        withColon[quoted.length] = ':';
        return withColon;
    }
}
