package dev.atlex.streams.internal.connection;

import dev.atlex.streams.StreamRefusedException;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * Chooses the version of a protocol by the server's responses. Only the stream's thread uses it.
 *
 * @see <a
 *     href="https://github.com/atlex/atlex/blob/main/docs/decisions/0028-jetstream-versions-and-compression.md">Decision
 *     0028</a>
 */
final class Dialects<E> {
    private static final System.Logger LOG = System.getLogger(Dialects.class.getName());

    private final List<Dialect<E>> dialects;
    private int current;

    /** Whether the server has refused the previous version since the last success or pause. */
    private boolean switched;

    Dialects(List<Dialect<E>> dialects) {
        this.dialects = dialects;
    }

    /** Returns the dialect to use. */
    Dialect<E> current() {
        return dialects.get(current);
    }

    /** Records that the server knows the dialect. */
    void accepted() {
        switched = false;
    }

    /**
     * Chooses the next dialect if the server doesn't know the current one. The refusal may come from a proxy while the
     * server restarts, so no choice is final.
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
