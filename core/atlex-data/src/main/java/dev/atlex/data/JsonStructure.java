package dev.atlex.data;

import dev.atlex.data.NameTable.Guess;
import dev.atlex.data.NameTable.Known;
import dev.atlex.data.internal.RoomyStack;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Tracks a {@link JsonReader}'s position in the open maps and arrays, and advances it. */
abstract class JsonStructure extends JsonInput {
    /** The mark of a map before its first field. */
    private static final int NO_FIELD = -1;

    /** The mark of an array. */
    private static final int ARRAY = -2;

    /** The number of entries in {@link #marks} per container. */
    private static final int MARKS = 4;

    /** The maximum length of a name in a path, in bytes. Messages shorten names further. */
    private static final int NAME_IN_PATH = 400;

    /**
     * Four numbers for each open container:
     *
     * <ul>
     * <li>Map: start of the current field's name ({@link #NO_FIELD} before the first field), end of the name, position
     * of the last name found in the {@link FieldNames} (from 1; 0 if none), and 1 if {@code $type} was read.
     * <li>Array: {@link #ARRAY}, index of the current element from 0 (-1 before the first element), and two unused
     * numbers.
     * </ul>
     */
    private int[] marks = new int[16 * MARKS];

    private int depth;

    /** The maximum number of open containers on the current stack. */
    private final int maxDepth;

    /** The name of the current field, or null unless it contains escapes or non-ASCII characters. */
    private @Nullable String unusualName;

    /** The name that {@link #nextName} read last, or null if it isn't in the {@link NameTable}. */
    private @Nullable Known named;

    JsonStructure(byte[] json, ReadOptions options, int maxDepth) {
        super(json, options);
        this.maxDepth = Math.min(maxDepth, options.maxDepth());
    }

    final int maxDepth() {
        return maxDepth;
    }

    final boolean isAtRoot() {
        return depth == 0;
    }

    final void enterMap() {
        enter(NO_FIELD);
    }

    final void enterArray() {
        enter(ARRAY);
    }

    private void enter(int mark) {
        if (depth == maxDepth) {
            if (depth < options().maxDepth()) {
                throw RoomyStack.needed();
            }
            throw failed("JSON nested deeper than " + depth);
        }
        depth++;
        int slot = MARKS * depth;
        if (slot == marks.length) {
            marks = Arrays.copyOf(marks, 2 * marks.length);
        }
        marks[slot] = mark;
        marks[slot + 1] = -1;
        marks[slot + 2] = 0;
        marks[slot + 3] = 0;
        pos++;
    }

    /** Drops the innermost container from the path, so that a failure is reported for the container itself. */
    final void leave() {
        depth--;
    }

    /**
     * Advances to the value of the map's next field, and makes its name available from {@link #known}. Returns false at
     * the end of the map.
     *
     * @param guess a function that predicts the name, or null for no prediction
     */
    final boolean nextName(@Nullable Guess guess) {
        if (!toName()) {
            return false;
        }
        int slot = MARKS * depth;
        Known likely = guess == null ? null : guess.name();
        if (likely != null && takeName(slot, likely.quoted)) {
            named = likely;
            return true;
        }
        takeName(slot);
        named = unusualName == null ? NameTable.find(in, marks[slot], marks[slot + 1]) : null;
        if (guess != null && named != null) {
            guess.note(named);
        }
        return true;
    }

    /** Returns the name that {@link #nextName} read last, or null if it isn't in the {@link NameTable}. */
    final @Nullable Known known() {
        return named;
    }

    /** Clears {@link #known} after another method has read a name. */
    final void forgetName() {
        named = null;
    }

    /** Advances to the opening quote of the map's next name. At the end of the map, leaves it and returns false. */
    final boolean toName() {
        int slot = MARKS * depth;
        int mark = marks[slot];
        if (depth == 0 || mark == ARRAY) {
            throw new IllegalStateException("the reader is not in a map");
        }
        byte token = token();
        if (token == '}') {
            pos++;
            depth--;
            return false;
        }
        if (mark != NO_FIELD) {
            if (token != ',') {
                throw malformed();
            }
            pos++;
            token = token();
        }
        if (token != '"') {
            throw malformed();
        }
        return true;
    }

    /** Advances to the field's value if its name matches, including quotes and colon. */
    private boolean takeName(int slot, EncodedName quoted) {
        int start = pos;
        if (!quoted.isAt(in, start)) {
            return false;
        }
        int end = start + quoted.length();
        pos = end;
        marks[slot] = start + 1;
        marks[slot + 1] = end - 2;
        unusualName = null;
        token();
        return true;
    }

    /** Reads any name and advances to the field's value. */
    private void takeName(int slot) {
        int start = pos + 1;
        int end = Swar.plainEnd(in, start);
        if (end >= 0) {
            unusualName = null;
            pos = end + 1;
        } else {
            unusualName = stringInParts(start);
            end = pos - 1;
        }
        if (token() != ':') {
            throw malformed();
        }
        pos++;
        token();
        marks[slot] = start;
        marks[slot + 1] = end;
    }

    /** Reads a name, advances to the field's value, and returns the name's position or {@link #UNKNOWN}. */
    final int position(FieldNames names) {
        int slot = MARKS * depth;
        int last = marks[slot + 2];
        int expected = names.inJson.guess(last);
        if (expected >= 0 && takeName(slot, names.quoted(expected))) {
            marks[slot + 2] = expected + 1;
            return expected;
        }
        takeName(slot);
        int position = unusualName != null ? names.indexOf(unusualName) : names.match(in, marks[slot], marks[slot + 1]);
        if (position != UNKNOWN) {
            names.inJson.note(last, position);
            marks[slot + 2] = position + 1;
        }
        return position;
    }

    /** Records that the map's {@code $type} was read, so a second one is a duplicate. */
    final void markTyped() {
        marks[MARKS * depth + 3] = 1;
    }

    final boolean isTyped() {
        return marks[MARKS * depth + 3] != 0;
    }

    /** Resets the prediction of names, because the following fields are read with different {@link FieldNames}. */
    final void forgetOrder() {
        marks[MARKS * depth + 2] = 0;
    }

    /** Returns whether the current field's name may start with a dollar sign, as reserved names do. */
    final boolean mayBeSpecial() {
        return unusualName != null || in[marks[MARKS * depth]] == '$';
    }

    /** Returns whether the current field is the first one of its map. */
    final boolean isFirstField() {
        int before = marks[MARKS * depth] - 2;
        while (in[before] != '{' && in[before] != ',') {
            before--;
        }
        return in[before] == '{';
    }

    /** Returns the name of the current field. */
    final String currentName() {
        int slot = MARKS * depth;
        return unusualName != null ? unusualName : plain(marks[slot], marks[slot + 1]);
    }

    @Override
    public final String fieldName() {
        int slot = MARKS * depth;
        if (depth == 0 || marks[slot] < 0) {
            throw new IllegalStateException("the reader is not at a field");
        }
        return name(marks[slot], marks[slot + 1]);
    }

    private String name(int start, int end) {
        if (Swar.plainEnd(in, start) == end) {
            return plain(start, end);
        }
        int savedPos = pos;
        String name = stringInParts(start);
        pos = savedPos;
        return name;
    }

    /** Returns an ASCII string without escapes, shared if it is in the {@link NameTable}. */
    final String plain(int start, int end) {
        Known known = NameTable.find(in, start, end);
        return known != null ? known.text : Text.ascii(in, start, end);
    }

    @Override
    public final boolean nextElement() {
        int slot = MARKS * depth;
        if (depth == 0 || marks[slot] != ARRAY) {
            throw new IllegalStateException("the reader is not in an array");
        }
        byte token = token();
        if (token == ']') {
            pos++;
            depth--;
            return false;
        }
        if (marks[slot + 1] >= 0) {
            if (token != ',') {
                throw malformed();
            }
            pos++;
            token();
        }
        marks[slot + 1]++;
        return true;
    }

    @Override
    final int steps() {
        return depth;
    }

    @Override
    final void appendStep(int step, StringBuilder path) {
        int slot = MARKS * (step + 1);
        if (marks[slot] == ARRAY) {
            appendIndex(path, marks[slot + 1]);
        } else if (marks[slot] != NO_FIELD) {
            appendName(path, shortName(marks[slot], marks[slot + 1]));
        }
    }

    @Override
    final @Nullable String stepName(int step) {
        int slot = MARKS * (step + 1);
        return marks[slot] < 0 ? null : shortName(marks[slot], marks[slot + 1]);
    }

    /**
     * Returns the beginning of a name. Hostile input may have a huge name and many failures. Decoding the whole name
     * for each failure would take quadratic time.
     */
    private String shortName(int start, int end) {
        return end - start <= NAME_IN_PATH ? name(start, end) : Text.decode(in, start, start + NAME_IN_PATH);
    }
}
