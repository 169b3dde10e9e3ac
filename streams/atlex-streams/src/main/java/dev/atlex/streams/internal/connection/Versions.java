package dev.atlex.streams.internal.connection;

import dev.atlex.streams.StreamRefusedException;
import java.lang.System.Logger.Level;
import java.util.List;

/** Chooses the version of a protocol by the server's responses. A stream's thread uses it alone. */
final class Versions<E> {
    private static final System.Logger LOG = System.getLogger(Versions.class.getName());

    private final List<Dialect<E>> dialects;
    private int current;

    /** Whether the server has refused one version, and the other one hasn't been tried. */
    private boolean switched;

    Versions(List<Dialect<E>> dialects) {
        this.dialects = dialects;
    }

    /** Returns the version to use. */
    Dialect<E> current() {
        return dialects.get(current);
    }

    /** Notes that the server knows the version. */
    void accepted() {
        switched = false;
    }

    /**
     * Chooses the next version if the server doesn't know this one. The refusal may come from a proxy while the server
     * restarts, so no choice is final.
     *
     * @return whether to try it at once, because it hasn't been tried since the last success or pause
     */
    boolean switchAfter(StreamRefusedException refused) {
        if (dialects.size() == 1 || refused.status() != 404 && refused.status() != 501) {
            return false;
        }
        String before = current().name();
        current = (current + 1) % dialects.size();
        switched = !switched;
        if (switched) {
            LOG.log(
                    Level.INFO,
                    "the server doesn''t have {0}; trying {1}",
                    before,
                    current().name());
        }
        return switched;
    }
}
