package dev.atlex.schema;

import dev.atlex.data.internal.RoomyStack;
import java.util.function.Supplier;

/**
 * Counts how deep objects are compared, hashed and printed in each other on this thread: between two objects there are
 * lists and variants of unions, which pass no count on.
 */
final class Nesting {
    /** Objects in each other, each with what lies between: so many fit any stack. */
    private static final int SHALLOW = 64;

    private static final ThreadLocal<Nesting> CURRENT = ThreadLocal.withInitial(Nesting::new);

    private int depth;
    private int limit;

    private Nesting() {}

    /** Compares or hashes what is inside an object. */
    static <T> T run(Supplier<T> work) {
        Nesting outer = CURRENT.get();
        if (outer.depth > 0) {
            return outer.inside(work);
        }
        return RoomyStack.run(maxDepth -> {
            Nesting nesting = CURRENT.get(); // which is another's, if it is another thread's
            nesting.limit = maxDepth == Integer.MAX_VALUE ? maxDepth : SHALLOW;
            return nesting.inside(work);
        });
    }

    private <T> T inside(Supplier<T> work) {
        if (depth == limit) {
            throw RoomyStack.needed();
        }
        depth++;
        try {
            return work.get();
        } finally {
            depth--;
        }
    }

    /** Prints an object, or what stands for one that is nested too deep to be of interest. */
    static String print(Supplier<String> work, String tooDeep) {
        Nesting nesting = CURRENT.get();
        if (nesting.depth >= SHALLOW) {
            return tooDeep;
        }
        nesting.depth++;
        try {
            return work.get();
        } finally {
            nesting.depth--;
        }
    }
}
