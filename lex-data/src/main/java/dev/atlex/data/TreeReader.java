package dev.atlex.data;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** {@link LexReader} of a tree that is already there. */
final class TreeReader extends LexReader {
    private static final String TYPE = "$type";

    /** Where the tree hangs in another reader's document, or null if it is a document of its own. */
    private final @Nullable LexReader outer;

    private final Deque<Frame> frames = new ArrayDeque<>();
    private LexValue current;
    private @Nullable String enteredType;

    TreeReader(LexValue root, ReadOptions options, @Nullable LexReader outer) {
        super(options);
        this.current = root;
        this.outer = outer;
    }

    /** A map or an array that the reader is in. */
    private static final class Frame {
        final @Nullable LexMap map;
        final boolean typeTaken;
        final LexValue value;
        final Iterator<LexValue> elements;
        int next;

        Frame(LexMap map, boolean typeTaken) {
            this.map = map;
            this.value = map;
            this.typeTaken = typeTaken;
            this.elements = Collections.emptyIterator();
        }

        Frame(LexArray array) {
            this.map = null;
            this.value = array;
            this.typeTaken = false;
            this.elements = array.iterator();
        }
    }

    private void enter(Frame frame) {
        if (frames.size() >= options().maxDepth()) {
            throw new LexDataException(path(), "nested deeper than " + options().maxDepth());
        }
        frames.push(frame);
    }

    @Override
    public Kind kind() {
        return current.kind();
    }

    @Override
    public void beginMap() {
        enter(new Frame(map(), false));
    }

    private LexMap map() {
        if (current instanceof LexMap map) {
            return map;
        }
        throw unexpected(Kind.MAP);
    }

    @Override
    public int nextField(FieldNames names) {
        Frame frame = top();
        LexMap map = frame.map;
        if (map == null) {
            throw new IllegalStateException("the reader is in no map");
        }
        if (frame.next < map.size() && frame.typeTaken && map.keyAt(frame.next).equals(TYPE)) {
            frame.next++;
        }
        if (frame.next == map.size()) {
            frames.pop();
            current = map;
            return END;
        }
        current = map.valueAt(frame.next);
        return names.indexOf(map.keyAt(frame.next++));
    }

    @Override
    public String fieldName() {
        Frame frame = top();
        if (frame.map == null || frame.next == 0) {
            throw new IllegalStateException("the reader stands at no field");
        }
        return frame.map.keyAt(frame.next - 1);
    }

    private Frame top() {
        Frame frame = frames.peek();
        if (frame == null) {
            throw new IllegalStateException("the reader is in no map or array");
        }
        return frame;
    }

    @Override
    public LexReader enterTyped() {
        LexMap map = map();
        DataModel.checkType(map, this);
        enteredType = map.type();
        enter(new Frame(map, enteredType != null));
        return this;
    }

    @Override
    public @Nullable String enteredType() {
        return enteredType;
    }

    @Override
    public void beginArray() {
        if (!(current instanceof LexArray array)) {
            throw unexpected(Kind.ARRAY);
        }
        enter(new Frame(array));
    }

    @Override
    public boolean nextElement() {
        Frame frame = top();
        if (frame.elements.hasNext()) {
            current = frame.elements.next();
            frame.next++;
            return true;
        }
        frames.pop();
        current = frame.value;
        return false;
    }

    @Override
    public String readString() {
        if (current instanceof LexString string) {
            return string.value();
        }
        throw unexpected(Kind.STRING);
    }

    @Override
    public long readInteger() {
        if (!(current instanceof LexInteger integer)) {
            throw unexpected(Kind.INTEGER);
        }
        return integer.value();
    }

    @Override
    public boolean readBoolean() {
        if (current instanceof LexBoolean bool) {
            return bool.value();
        }
        throw unexpected(Kind.BOOLEAN);
    }

    @Override
    public void readNull() {
        if (current != LexNull.NULL) {
            throw unexpected(Kind.NULL);
        }
    }

    @Override
    public Bytes readBytes() {
        if (current instanceof Bytes bytes) {
            return bytes;
        }
        throw unexpected(Kind.BYTES);
    }

    @Override
    public Cid readLink() {
        if (current instanceof Cid link) {
            return link;
        }
        throw unexpected(Kind.LINK);
    }

    @Override
    public LexValue readValue() {
        if (outer == null && strict()) {
            check();
        }
        return current;
    }

    /** Refuses what a parser would, in the current value and below it. Another reader's values come checked. */
    private void check() {
        LexValue value = current;
        if (value instanceof LexFloat) {
            throw new LexDataException(path(), "a number that is no integer of at most 53 bits");
        }
        if (value instanceof LexArray) {
            beginArray();
            while (nextElement()) {
                check();
            }
        } else if (value instanceof LexMap map) {
            if (DataModel.special(map, this) != map) {
                throw new LexDataException(path(), "a map that JSON would take for a link or bytes");
            }
            beginMap();
            while (nextField(FieldNames.NONE) != END) {
                check();
            }
        }
    }

    @Override
    public LexMap readMap() {
        LexMap map = map();
        readValue();
        return map;
    }

    @Override
    void appendPath(StringBuilder path) {
        if (outer == null) {
            path.append('$');
        } else {
            outer.appendPath(path);
        }
        frames.descendingIterator().forEachRemaining(frame -> {
            if (frame.map == null) {
                appendIndex(path, frame.next - 1);
            } else if (frame.next > 0) {
                appendName(path, frame.map.keyAt(frame.next - 1));
            }
        });
    }
}
