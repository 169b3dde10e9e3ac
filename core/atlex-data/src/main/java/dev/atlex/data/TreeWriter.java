package dev.atlex.data;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link LexWriter} that builds a tree. */
final class TreeWriter extends LexWriter {
    private final Deque<Open> open = new ArrayDeque<>();
    private @Nullable LexValue result;

    /** An open map or array. */
    private static final class Open {
        final LexMap.@Nullable Builder map;
        final List<LexValue> elements = new ArrayList<>();

        @Nullable
        String name;

        Open(LexMap.@Nullable Builder map) {
            this.map = map;
        }
    }

    TreeWriter(int maxDepth) {
        super(maxDepth);
    }

    LexValue result() {
        if (result == null || !open.isEmpty()) {
            throw new IllegalStateException("expected exactly one value to be written");
        }
        return result;
    }

    private void begin(Open container) {
        checkDepth(open.size());
        open.push(container);
    }

    private void add(LexValue value) {
        Open into = open.peek();
        if (into == null) {
            if (result != null) {
                throw new IllegalStateException("more than one value was written");
            }
            result = value;
        } else if (into.map == null) {
            into.elements.add(value);
        } else if (into.name == null) {
            throw new IllegalStateException("a value without a name in a map");
        } else {
            into.map.put(into.name, value);
            into.name = null;
        }
    }

    private Open close(boolean map) {
        Open closed = open.poll();
        if (closed == null || (closed.map != null) != map) {
            throw new IllegalStateException(map ? "no map is open" : "no array is open");
        }
        if (closed.name != null) {
            throw new IllegalStateException("a name without a value");
        }
        return closed;
    }

    @Override
    public void beginMap() {
        begin(new Open(LexMap.builder()));
    }

    @Override
    public void endMap() {
        LexMap.Builder map = close(true).map;
        if (map != null) {
            add(map.build());
        }
    }

    @Override
    public void name(String name) {
        Open into = open.peek();
        if (into == null || into.map == null || into.name != null) {
            throw new IllegalStateException("unexpected name");
        }
        into.name = name;
    }

    @Override
    public void beginArray() {
        begin(new Open(null));
    }

    @Override
    public void endArray() {
        add(LexArray.copyOf(close(false).elements));
    }

    @Override
    public void value(LexValue value) {
        add(value);
    }

    @Override
    public void string(String value) {
        add(new LexString(value));
    }

    @Override
    public void integer(long value) {
        add(new LexInteger(value));
    }

    @Override
    public void bool(boolean value) {
        add(LexBoolean.of(value));
    }

    @Override
    public void nullValue() {
        add(LexNull.NULL);
    }

    @Override
    public void bytes(Bytes value) {
        add(value);
    }

    @Override
    public void link(Cid value) {
        add(value);
    }

    @Override
    public void floating(double value) {
        add(new LexFloat(value));
    }
}
