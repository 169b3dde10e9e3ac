package dev.atlex.schema;

import dev.atlex.data.internal.RoomyStack;
import java.util.function.Supplier;

/**
 * Counts the depth of nested objects that this thread is comparing, hashing or printing. The count is per thread
 * because the lists and union variants between two objects can't pass it along.
 */
final class Nesting {
    /** The nesting depth that fits on any stack, even with lists and union variants between the objects. */
    private static final int SHALLOW = 64;

    private static final ThreadLocal<Nesting> CURRENT = ThreadLocal.withInitial(Nesting::new);

    private int depth;
    private int limit;

    private Nesting() {}

    /** Compares or hashes the content of an object, on a larger stack if it is nested too deeply for this thread. */
    static <T> T run(Supplier<T> work) {
        Nesting outer = CURRENT.get();
        if (outer.depth > 0) {
            return outer.inside(work);
        }
        return RoomyStack.run(maxDepth -> {
            Nesting nesting = CURRENT.get(); // a different instance if this is a different thread
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

    /** Prints an object, or a placeholder if it is nested too deeply. */
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
