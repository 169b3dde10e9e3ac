package dev.atlex.data;

import dev.atlex.data.internal.RoomyStack;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@link LexReader} of a tree. It is also the only reader that is tolerant: it can set invalid values aside and leave
 * invalid elements out, because every raw value is available and going back costs nothing.
 *
 * <p>JSON and CBOR are read directly as long as they are valid. At the first violation that the options tolerate, the
 * whole document is parsed into a tree and read again from there. So reading stays linear, no matter how many values
 * are invalid, and the fast path needs no bookkeeping.
 *
 * <p><b>State.</b> A stack of the containers the reader is in, each with the index of its current entry. A field whose
 * value was set aside is visited once more, as an unknown field, before the reader advances. The last map that was left
 * is remembered, so that {@link #missing} can report why a required field is absent.
 *
 * <p><b>Invariants.</b> {@code depth} never exceeds {@code limit}. Setting a value aside returns to the depth before
 * that value; a value is set aside at most once. Failures that are caught aren't formatted ({@link
 * LexValidationException#UNSEEN}), because hostile input can cause millions of them.
 */
final class TreeReader extends LexReader {
    private static final String TYPE = "$type";

    /** The reader in whose document this tree is a value, or null if the tree is a document of its own. */
    private final @Nullable LexReader outer;

    private final boolean tolerant;

    /** The depth at which no further container may be entered. */
    private final int maxDepth;

    /** The containers the reader is in. */
    private final List<Frame> frames = new ArrayList<>();

    /** The number of arrays among {@link #frames}. */
    private int arrays;

    private LexValue current;
    private @Nullable String enteredType;

    /** The last map that was left. */
    private @Nullable LexMap left;

    private @Nullable LexValidationException lastReason;

    /** Why values were set aside while constraints were checked, by the maps they are in. */
    private @Nullable Map<LexMap, Map<String, LexValidationException>> reasons;

    TreeReader(LexValue root, ReadOptions options, int maxDepth, @Nullable LexReader outer) {
        super(options);
        this.current = root;
        this.outer = outer;
        this.maxDepth = Math.min(maxDepth, options.maxDepth());
        this.tolerant = outer == null && options.tolerant();
    }

    /** A map or array the reader is in. */
    private static final class Frame {
        final @Nullable LexMap map;
        final LexArray array;
        boolean typeTaken;

        /**
         * Whether the current field's value was set aside, so that the field is visited once more as an unknown one.
         */
        boolean again;

        int next;

        Frame(LexMap map, boolean typeTaken) {
            this.map = map;
            this.array = LexArray.of();
            this.typeTaken = typeTaken;
        }

        Frame(LexArray array) {
            this.map = null;
            this.array = array;
        }

        LexValue value() {
            return map == null ? array : map;
        }

        /** The value of the current entry. */
        LexValue entry() {
            return map == null ? array.get(next - 1) : map.valueAt(next - 1);
        }
    }

    private void enter(Frame frame) {
        if (frames.size() >= maxDepth) {
            if (maxDepth < options().maxDepth()) {
                throw RoomyStack.needed();
            }
            throw new LexDataException(path(), "nested deeper than " + options().maxDepth());
        }
        frames.add(frame);
        arrays += frame.map == null ? 1 : 0;
    }

    private Frame leave() {
        Frame frame = frames.remove(frames.size() - 1);
        arrays -= frame.map == null ? 1 : 0;
        current = frame.value();
        return frame;
    }

    /** Leaves containers until the given number remains. */
    private void leaveTo(int depth) {
        while (frames.size() > depth) {
            leave();
        }
    }

    @Override
    public boolean tolerant() {
        return tolerant;
    }

    @Override
    public int depth() {
        return frames.size();
    }

    @Override
    public boolean setAside(int depth, LexValidationException reason) {
        if (!tolerant || depth == 0 || validating() && (strict() || !reason.ofDataModel())) {
            return false;
        }
        leaveTo(depth);
        lastReason = reason;
        Frame frame = frames.get(depth - 1);
        current = frame.entry();
        if (frame.map != null) {
            frame.again = true;
            if (validating()) {
                reasons = reasons == null ? new IdentityHashMap<>() : reasons;
                reasons.computeIfAbsent(frame.map, map -> new HashMap<>()).put(frame.map.keyAt(frame.next - 1), reason);
            }
        }
        return true;
    }

    @Override
    public @Nullable LexValidationException reasonOfLast() {
        return lastReason;
    }

    @Override
    public boolean leaveOut(int depth, long problemsBefore, @Nullable LexValidationException reason) {
        ReadProblems problems = options().problems();
        if (!tolerant || problems == null) {
            return false;
        }
        leaveTo(depth + 1);
        current = frames.get(depth).entry();
        problems.reset(problemsBefore);
        boolean described = reason != null && reason != LexValidationException.UNSEEN;
        LexValidationException failure = !described && !problems.isFull()
                ? failure(path(), "type", "a valid element", isSecret() ? Secrets.REDACTED : shown(), false)
                : reason;
        problems.add(failure, current);
        return true;
    }

    @Override
    LexValidationException failure(String path, String rule, String expected, String found, boolean ofDataModel) {
        return new LexValidationException(path, rule, expected, found, ofDataModel, tolerant);
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
            throw new IllegalStateException("the reader is not in a map");
        }
        if (frame.again) {
            frame.again = false;
            return UNKNOWN;
        }
        if (frame.next < map.size() && frame.typeTaken && map.keyAt(frame.next).equals(TYPE)) {
            frame.next++;
        }
        if (frame.next == map.size()) {
            leave();
            left = map;
            return END;
        }
        current = map.valueAt(frame.next);
        int position = names.indexOf(map.keyAt(frame.next++));
        return position >= 0 && isSetAside(names, position) ? UNKNOWN : position;
    }

    /** Returns whether the value of a field is of the wrong kind and should be set aside. */
    private boolean isSetAside(FieldNames names, int position) {
        char kind = names.kind(position);
        if (kind == 0 || strict() && (validating() || !tolerant)) {
            return false;
        }
        if (current == LexNull.NULL) {
            return names.setsNullAside(position);
        }
        return tolerant && !isOfKind(kind) && (!validating() || breaksDataModel(kind));
    }

    private boolean isOfKind(char kind) {
        return switch (kind) {
            case 's' -> current instanceof LexString;
            case 'i' -> current instanceof LexInteger;
            case 'b' -> current instanceof LexBoolean;
            case 'x' -> current instanceof Bytes;
            case 'l' -> current instanceof Cid;
            case 'o' -> current instanceof LexMap map && BlobRef.fromMap(map, strict()) != null;
            case 'a' -> current instanceof LexArray;
            default -> current instanceof LexMap;
        };
    }

    /** Returns whether a value of a different kind is probably meant to be of this kind. */
    private boolean breaksDataModel(char kind) {
        return switch (kind) {
            case 'i' -> current instanceof LexFloat;
            case 'l' -> current instanceof LexMap map && map.containsKey("$link");
            case 'x' -> current instanceof LexMap map && map.containsKey("$bytes");
            case 'o' -> current instanceof LexMap;
            default -> false;
        };
    }

    /** Creates an exception about the current value, which isn't of the expected kind. */
    private LexValidationException unexpected(char kind, Kind expected) {
        return breaksDataModel(kind)
                ? malformed(expected.withArticle(), isSecret() ? Secrets.REDACTED : shown())
                : unexpected(expected);
    }

    @Override
    public LexValidationException missing(String name) {
        if (isUnseen()) {
            return LexValidationException.UNSEEN;
        }
        LexValue value = left == null || name.equals(TYPE) ? null : left.get(name);
        if (value == null || !tolerant) {
            return super.missing(name);
        }
        Map<String, LexValidationException> known = reasons == null ? null : reasons.get(left);
        LexValidationException reason = known == null ? null : known.get(name);
        String found = Secrets.isSecret(name) ? Secrets.REDACTED : shown(value);
        return reason != null
                ? failure(reason.path(), reason.rule(), reason.expected(), reason.found(), false)
                : failure(path(name), "required", expected(value), found, false);
    }

    /** Returns a description of the value that was expected in place of one that was set aside. */
    private static String expected(LexValue value) {
        if (value == LexNull.NULL) {
            return "a value";
        } else if (value instanceof LexFloat) {
            return Kind.INTEGER.withArticle();
        } else if (value instanceof LexMap map && map.containsKey("$link")) {
            return Kind.LINK.withArticle();
        }
        return value instanceof LexMap map && map.containsKey("$bytes") ? Kind.BYTES.withArticle() : "a blob";
    }

    /** Hostile input can cause millions of failures that are never reported. */
    @Override
    boolean isUnseen() {
        ReadProblems problems = options().problems();
        return tolerant && problems != null && arrays > 0 && !problems.isWorthDescribing();
    }

    @Override
    int steps() {
        return (outer == null ? 0 : outer.steps()) + frames.size();
    }

    @Override
    void appendStep(int step, StringBuilder path) {
        int before = outer == null ? 0 : outer.steps();
        if (outer != null && step < before) {
            outer.appendStep(step, path);
            return;
        }
        Frame frame = frames.get(step - before);
        if (frame.map == null) {
            appendIndex(path, frame.next - 1);
        } else if (frame.next > 0) {
            appendName(path, frame.map.keyAt(frame.next - 1));
        }
    }

    @Override
    @Nullable
    String stepName(int step) {
        int before = outer == null ? 0 : outer.steps();
        if (outer != null && step < before) {
            return outer.stepName(step);
        }
        Frame frame = frames.get(step - before);
        return frame.map == null || frame.next == 0 ? null : frame.map.keyAt(frame.next - 1);
    }

    @Override
    String shown() {
        return shown(current);
    }

    @Override
    public String fieldName() {
        Frame frame = top();
        if (frame.map == null || frame.next == 0) {
            throw new IllegalStateException("the reader is not at a field");
        }
        return frame.map.keyAt(frame.next - 1);
    }

    private Frame top() {
        if (frames.isEmpty()) {
            throw new IllegalStateException("the reader is not in a map or array");
        }
        return frames.get(frames.size() - 1);
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
    public boolean hasOddType() {
        LexMap map = top().map;
        return tolerant && !strict() && map != null && map.containsKey(TYPE) && map.type() == null;
    }

    @Override
    public void keepType() {
        top().typeTaken = false;
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
        if (frame.next < frame.array.size()) {
            current = frame.array.get(frame.next++);
            return true;
        }
        leave();
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
            throw unexpected('i', Kind.INTEGER);
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
        throw unexpected('x', Kind.BYTES);
    }

    @Override
    public Cid readLink() {
        if (current instanceof Cid link) {
            return link;
        }
        throw unexpected('l', Kind.LINK);
    }

    @Override
    public LexValue readValue() {
        if (outer == null && strict()) {
            check();
        }
        return current;
    }

    /**
     * Rejects everything that a parser would reject, in the current value and the values nested in it. Values from
     * another reader have already been checked.
     */
    private void check() {
        LexValue value = current;
        if (value instanceof LexFloat) {
            throw new LexDataException(path(), "number is not an integer of at most 53 bits");
        }
        if (value instanceof LexArray) {
            beginArray();
            while (nextElement()) {
                check();
            }
        } else if (value instanceof LexMap map) {
            if (DataModel.special(map, this) != map) {
                throw new LexDataException(path(), "map would be read as a link or bytes in JSON");
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
}
