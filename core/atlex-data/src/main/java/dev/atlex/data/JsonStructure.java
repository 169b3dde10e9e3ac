package dev.atlex.data;

import dev.atlex.data.NameTable.Guess;
import dev.atlex.data.NameTable.Known;
import dev.atlex.data.internal.RoomyStack;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The maps and arrays that a {@link JsonReader} is in: where it stands in each, and how it gets on. */
abstract class JsonStructure extends JsonInput {
    /** A mark of a map whose fields are still to come. */
    private static final int NO_FIELD = -1;

    /** A mark of an array. */
    private static final int ARRAY = -2;

    /** How many numbers there are for each container. */
    private static final int MARKS = 4;

    /** So many bytes of a name are enough for a path: it is shortened in any case. */
    private static final int NAME_IN_PATH = 400;

    /**
     * Four numbers for each container that the reader is in. Of a map: where the name of its current field begins,
     * where it ends ({@link #NO_FIELD} before the first one), the position of the last name that was known, counted
     * from 1, and whether its {@code $type} was taken. Of an array: {@link #ARRAY}, and the index of its current
     * element, from 0.
     */
    private int[] marks = new int[16 * MARKS];

    private int depth;

    /** At that depth, no further container may be entered. */
    private final int maxDepth;

    /** The name of the current field if it is written with escapes, or in more than ASCII. */
    private @Nullable String unusualName;

    /** The name of the field that {@link #nextName} went to, if it is a known one. */
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

    /** Stands before the map again, as far as its path goes. */
    final void leave() {
        depth--;
    }

    /**
     * Goes to the value of the map's next field, if there is one, which {@link #known} may know then.
     *
     * @param guess what to expect
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

    /** The name that {@link #nextName} went to, if it is a known one. */
    final @Nullable Known known() {
        return named;
    }

    /** The current field was not gone to by {@link #nextName}. */
    final void forgetName() {
        named = null;
    }

    /** Goes to the quote before the name of the map's next field, or behind the map. */
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

    /** Goes to the value of the field if its name, quotes and colon are these. */
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

    /** Goes to the value of the field, whatever its name. */
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

    /** Goes from a field's name to its value, and answers the name's position, or {@link #UNKNOWN}. */
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

    /** The map's {@code $type} has been taken, and can't come again. */
    final void markTyped() {
        marks[MARKS * depth + 3] = 1;
    }

    final boolean isTyped() {
        return marks[MARKS * depth + 3] != 0;
    }

    /** The names to come are of others. */
    final void forgetOrder() {
        marks[MARKS * depth + 2] = 0;
    }

    /** Whether the current field's name may begin with a dollar sign, which some do that mean something. */
    final boolean mayBeSpecial() {
        return unusualName != null || in[marks[MARKS * depth]] == '$';
    }

    /** Whether the current field is the first of its map. */
    final boolean isFirstField() {
        int before = marks[MARKS * depth] - 2;
        while (in[before] != '{' && in[before] != ',') {
            before--;
        }
        return in[before] == '{';
    }

    /** The name of the field that was just gone to. */
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
        int here = pos;
        String name = stringInParts(start);
        pos = here;
        return name;
    }

    /** A string of ASCII without escapes that was most likely read before. */
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

    /** The name's beginning: a name as long as the input must not be decoded for each of many failures. */
    private String shortName(int start, int end) {
        return end - start <= NAME_IN_PATH ? name(start, end) : Text.decode(in, start, start + NAME_IN_PATH);
    }
}
