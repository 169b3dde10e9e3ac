package dev.atlex.data;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A {@link LexWriter} that writes DAG-CBOR: integers in their shortest form, definite lengths, map keys ordered by length and
 * then by bytes, and links in tag 42.
 *
 * <p>The size and order of a map are known only when it ends. So the writer reserves space for the map's head, writes
 * the entries as they come, and records their offsets. When the map ends, it sorts the entries if necessary, and moves
 * them if the head doesn't fit the reserved space exactly. For a tree, size and order are known in advance, so no bytes
 * are moved.
 *
 * @see <a href="https://ipld.io/specs/codecs/dag-cbor/spec/">DAG-CBOR</a>
 */
final class CborWriter extends LexWriter {
    static final int UNSIGNED = 0;
    static final int NEGATIVE = 1;
    static final int BYTES = 2;
    static final int TEXT = 3;
    static final int ARRAY = 4;
    static final int MAP = 5;
    static final int TAG = 6;
    static final int LINK_TAG = 42;

    private byte[] out = new byte[1024];
    private int size;

    /** Scratch space for sorting a map's entries. */
    private byte[] scratch = new byte[0];

    /** The offsets of the entries in all open containers, innermost last. */
    private int[] offsets = new int[32];

    private int offsetCount;

    /** For each open container, the index in {@link #offsets} of its first entry. */
    private int[] frames = new int[16];

    private int depth;

    /** For each open container, whether it is a map. */
    private boolean[] maps = new boolean[16];

    /** For each open container, the offset of its head. */
    private int[] starts = new int[16];

    /** For each open container, the end of the space reserved for its head. */
    private int[] contents = new int[16];

    /** Whether a name has been written without its value. */
    private boolean named;

    private CborWriter(int maxDepth) {
        super(maxDepth);
    }

    static byte[] write(Consumer<? super LexWriter> body, int maxDepth) {
        CborWriter writer = new CborWriter(maxDepth);
        body.accept(writer);
        if (writer.depth != 0 || writer.size == 0) {
            throw new IllegalStateException("expected exactly one value to be written");
        }
        return Arrays.copyOf(writer.out, writer.size);
    }

    /**
     * @param count the expected number of entries. If the head turns out to have a different size, the content is moved
     *     when the container ends
     */
    private void begin(boolean map, int count) {
        element();
        checkDepth(depth);
        if (depth == frames.length) {
            frames = Arrays.copyOf(frames, 2 * depth);
            maps = Arrays.copyOf(maps, 2 * depth);
            starts = Arrays.copyOf(starts, 2 * depth);
            contents = Arrays.copyOf(contents, 2 * depth);
        }
        maps[depth] = map;
        starts[depth] = size;
        reserve(9);
        size += headSize(count);
        contents[depth] = size;
        frames[depth++] = offsetCount;
    }

    /**
     * Checks that a value is allowed here, and records the start of an array's element. A map's entry starts earlier,
     * at its name.
     */
    private void element() {
        if (depth == 0) {
            if (size > 0) {
                throw new IllegalStateException("more than one value was written");
            }
        } else if (!maps[depth - 1]) {
            mark();
        } else if (named) {
            named = false;
        } else {
            throw new IllegalStateException("a value without a name in a map");
        }
    }

    private void mark() {
        if (offsetCount == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * offsetCount);
        }
        offsets[offsetCount++] = size;
    }

    @Override
    public void beginMap() {
        begin(true, 0);
    }

    @Override
    public void endMap() {
        requireOpen(true);
        if (named) {
            throw new IllegalStateException("a name without a value");
        }
        sort(frames[depth - 1], offsetCount);
        end(MAP);
    }

    @Override
    public void beginArray() {
        begin(false, 0);
    }

    @Override
    public void endArray() {
        requireOpen(false);
        end(ARRAY);
    }

    private void requireOpen(boolean map) {
        if (depth == 0 || maps[depth - 1] != map) {
            throw new IllegalStateException(map ? "no map is open" : "no array is open");
        }
    }

    private void end(int major) {
        depth--;
        int count = offsetCount - frames[depth];
        offsetCount = frames[depth];
        int start = starts[depth];
        int content = size - contents[depth];
        int to = start + headSize(count);
        if (to != contents[depth]) {
            reserve(9);
            System.arraycopy(out, contents[depth], out, to, content);
        }
        size = start;
        head(major, count);
        size += content;
    }

    /**
     * Writes a tree in its final order, with heads of the right size. Otherwise, deeply nested content would be moved
     * once for each enclosing container.
     */
    @Override
    public void value(LexValue value) {
        if (value instanceof LexMap map) {
            begin(true, map.size());
            Integer[] order = holdsContainer(map) ? order(map) : null;
            for (int i = 0; i < map.size(); i++) {
                int at = order == null ? i : order[i];
                name(map.keyAt(at));
                value(map.valueAt(at));
            }
            endMap();
        } else if (value instanceof LexArray array) {
            begin(false, array.size());
            for (int i = 0; i < array.size(); i++) {
                value(array.get(i));
            }
            endArray();
        } else {
            super.value(value);
        }
    }

    private static boolean holdsContainer(LexMap map) {
        for (int i = 0; i < map.size(); i++) {
            if (map.valueAt(i) instanceof LexMap || map.valueAt(i) instanceof LexArray) {
                return true;
            }
        }
        return false;
    }

    /** Returns the positions of a map's entries in key order. Exact only for ASCII; {@link #sort} corrects the rest. */
    private static Integer[] order(LexMap map) {
        Integer[] order = new Integer[map.size()];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> {
            String left = map.keyAt(a);
            String right = map.keyAt(b);
            return left.length() != right.length() ? left.length() - right.length() : left.compareTo(right);
        });
        return order;
    }

    /** Sorts a map's entries, which are contiguous, by key. */
    private void sort(int from, int to) {
        boolean sorted = true;
        for (int i = from + 1; i < to && sorted; i++) {
            sorted = compareKeys(offsets[i - 1], offsets[i]) < 0;
        }
        if (sorted) {
            return;
        }
        int[] order = new int[to - from];
        Arrays.setAll(order, i -> from + i);
        mergeSort(order, new int[order.length], 0, order.length);
        int start = offsets[from];
        if (scratch.length < size - start) {
            scratch = new byte[out.length];
        }
        int at = 0;
        for (int i = 0; i < order.length; i++) {
            int entry = order[i];
            if (i > 0 && compareKeys(offsets[order[i - 1]], offsets[entry]) == 0) {
                throw new LexDataException("$", "duplicate name in a map");
            }
            int end = entry + 1 == to ? size : offsets[entry + 1];
            System.arraycopy(out, offsets[entry], scratch, at, end - offsets[entry]);
            at += end - offsets[entry];
        }
        System.arraycopy(scratch, 0, out, start, at);
    }

    /** Sorts indexes of {@link #offsets} by key. The JDK's sort with a comparator would box each index. */
    private void mergeSort(int[] order, int[] merged, int from, int to) {
        if (to - from < 2) {
            return;
        }
        int middle = (from + to) >>> 1;
        mergeSort(order, merged, from, middle);
        mergeSort(order, merged, middle, to);
        int left = from;
        int right = middle;
        for (int i = from; i < to; i++) {
            boolean takeLeft =
                    right == to || left < middle && compareKeys(offsets[order[left]], offsets[order[right]]) <= 0;
            merged[i] = order[takeLeft ? left++ : right++];
        }
        System.arraycopy(merged, from, order, from, to - from);
    }

    /** Compares encoded keys. A key's head starts with its length, so byte order is DAG-CBOR's order. */
    private int compareKeys(int a, int b) {
        return Arrays.compareUnsigned(out, a, endOfKey(a), out, b, endOfKey(b));
    }

    private int endOfKey(int offset) {
        int info = out[offset] & 0x1f;
        if (info < 24) {
            return offset + 1 + info;
        }
        int bytes = 1 << (info - 24);
        long length = 0;
        for (int i = 1; i <= bytes; i++) {
            length = length << 8 | out[offset + i] & 0xff;
        }
        return offset + 1 + bytes + (int) length;
    }

    private void beginName() {
        if (depth == 0 || !maps[depth - 1] || named) {
            throw new IllegalStateException("unexpected name");
        }
        named = true;
        mark();
    }

    @Override
    public void name(String name) {
        beginName();
        text(name);
    }

    @Override
    public void name(FieldNames names, int position) {
        beginName();
        raw(names.cbor(position).bytes());
    }

    @Override
    public void string(String value) {
        element();
        text(value);
    }

    /** Returns a string in DAG-CBOR, with its head. */
    static byte[] encode(String text) {
        return write(writer -> writer.string(text), 1);
    }

    private void text(String value) {
        int start = size;
        int length = value.length();
        head(TEXT, length);
        reserve(length);
        byte[] to = out;
        int at = size;
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c >= 128) {
                size = start;
                byte[] utf8 = Text.encode(value);
                head(TEXT, utf8.length);
                raw(utf8);
                return;
            }
            to[at++] = (byte) c;
        }
        size = at;
    }

    @Override
    public void integer(long value) {
        element();
        if (value >= 0) {
            head(UNSIGNED, value);
        } else {
            head(NEGATIVE, ~value);
        }
    }

    @Override
    public void bool(boolean value) {
        element();
        octet(value ? 0xf5 : 0xf4);
    }

    @Override
    public void nullValue() {
        element();
        octet(0xf6);
    }

    @Override
    public void bytes(Bytes value) {
        element();
        byte[] content = value.toByteArray();
        head(BYTES, content.length);
        raw(content);
    }

    @Override
    public void link(Cid value) {
        element();
        byte[] cid = value.toByteArray();
        head(TAG, LINK_TAG);
        head(BYTES, cid.length + 1);
        octet(0);
        raw(cid);
    }

    @Override
    public void floating(double value) {
        throw new LexDataException("$", "float not allowed by the data model");
    }

    private void octet(int octet) {
        reserve(1);
        out[size++] = (byte) octet;
    }

    private void raw(byte[] bytes) {
        reserve(bytes.length);
        System.arraycopy(bytes, 0, out, size, bytes.length);
        size += bytes.length;
    }

    private static int headSize(long argument) {
        return argument < 24 ? 1 : argument <= 0xff ? 2 : argument <= 0xffff ? 3 : argument <= 0xffffffffL ? 5 : 9;
    }

    private void head(int major, long argument) {
        reserve(9);
        int bytes = headSize(argument) - 1;
        int info = bytes == 0 ? (int) argument : 24 + Integer.numberOfTrailingZeros(bytes);
        out[size++] = (byte) (major << 5 | info);
        for (int i = bytes - 1; i >= 0; i--) {
            out[size++] = (byte) (argument >>> 8 * i);
        }
    }

    private void reserve(int bytes) {
        if (out.length - size < bytes) {
            out = Arrays.copyOf(out, Math.max(2 * out.length, size + bytes));
        }
    }
}
