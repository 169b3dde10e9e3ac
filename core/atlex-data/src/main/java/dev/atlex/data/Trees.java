package dev.atlex.data;

import dev.atlex.data.internal.RoomyStack;

/** Compares and prints trees of any depth. */
final class Trees {
    /** The maximum depth of printed values. Deeper ones are replaced by an ellipsis. */
    private static final int MAX_PRINTED_DEPTH = 64;

    private Trees() {}

    static boolean areEqual(LexValue a, LexValue b) {
        return RoomyStack.run(maxDepth -> areEqual(a, b, maxDepth));
    }

    private static boolean areEqual(LexValue a, LexValue b, int maxDepth) {
        if (a == b) {
            return true;
        } else if (a instanceof LexMap map) {
            return b instanceof LexMap other && areEqual(map, other, oneLess(maxDepth));
        } else if (a instanceof LexArray array) {
            return b instanceof LexArray other && areEqual(array, other, oneLess(maxDepth));
        }
        return a.equals(b);
    }

    private static boolean areEqual(LexMap a, LexMap b, int maxDepth) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            LexValue other = b.get(a.keyAt(i));
            if (other == null || !areEqual(a.valueAt(i), other, maxDepth)) {
                return false;
            }
        }
        return true;
    }

    private static boolean areEqual(LexArray a, LexArray b, int maxDepth) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!areEqual(a.get(i), b.get(i), maxDepth)) {
                return false;
            }
        }
        return true;
    }

    private static int oneLess(int maxDepth) {
        if (maxDepth == 0) {
            throw RoomyStack.needed();
        }
        return maxDepth - 1;
    }

    /** Returns the hash code that {@link java.util.Map} and {@link java.util.List} prescribe. */
    static int hash(LexValue value) {
        return RoomyStack.run(maxDepth -> hash(value, maxDepth));
    }

    private static int hash(LexValue value, int maxDepth) {
        if (value instanceof LexMap map) {
            int below = oneLess(maxDepth);
            int hash = 0;
            for (int i = 0; i < map.size(); i++) {
                hash += map.keyAt(i).hashCode() ^ hash(map.valueAt(i), below);
            }
            return hash;
        } else if (value instanceof LexArray array) {
            int below = oneLess(maxDepth);
            int hash = 1;
            for (int i = 0; i < array.size(); i++) {
                hash = 31 * hash + hash(array.get(i), below);
            }
            return hash;
        }
        return value.hashCode();
    }

    /** Prints like {@link java.util.Map} and {@link java.util.List}, but with the values of secret fields redacted. */
    static String print(LexValue value) {
        StringBuilder text = new StringBuilder();
        print(value, text, 0);
        return text.toString();
    }

    private static void print(LexValue value, StringBuilder text, int depth) {
        if (value instanceof LexMap map) {
            text.append('{');
            for (int i = 0; i < map.size(); i++) {
                text.append(i == 0 ? "" : ", ").append(map.keyAt(i)).append('=');
                if (Secrets.isSecret(map, map.keyAt(i))) {
                    text.append(Secrets.REDACTED);
                } else {
                    printInside(map.valueAt(i), text, depth);
                }
            }
            text.append('}');
        } else if (value instanceof LexArray array) {
            text.append('[');
            for (int i = 0; i < array.size(); i++) {
                text.append(i == 0 ? "" : ", ");
                printInside(array.get(i), text, depth);
            }
            text.append(']');
        } else {
            text.append(value);
        }
    }

    private static void printInside(LexValue value, StringBuilder text, int depth) {
        if (depth == MAX_PRINTED_DEPTH && (value instanceof LexMap || value instanceof LexArray)) {
            text.append('…');
        } else {
            print(value, text, depth + 1);
        }
    }
}
