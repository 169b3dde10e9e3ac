package dev.atlex.oauth.internal.session;

import dev.atlex.crypto.Base64Url;
import dev.atlex.oauth.internal.session.OAuthRecord.Marker;
import dev.atlex.oauth.internal.session.Snapshot.Active;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.internal.Failures;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Interprets the marker in the entry, and removes it. Used under the lease, on the threads of changes. */
final class Markers {
    /**
     * The time for which nothing is sent after a refresh with an unknown outcome. Its request may still be in transit,
     * and could reach the server together with the next one.
     */
    static final Duration QUIET = Duration.ofSeconds(30);

    /** The maximum difference between the clocks of two machines. A marker that is dated further ahead is ignored. */
    private static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(5);

    private static final int ID_BYTES = 12;

    private final OAuthContext context;
    private final SnapshotCell cell;
    private final SessionEntry entry;
    private final SessionEnding ending;

    /** Identifies the session object in the markers that it leaves in the store. */
    private final String id = Base64Url.random(ID_BYTES);

    Markers(OAuthContext context, SnapshotCell cell, SessionEntry entry, SessionEnding ending) {
        this.context = context;
        this.cell = cell;
        this.entry = entry;
        this.ending = ending;
    }

    /** Returns the marker of a refresh that begins now. */
    Marker create() {
        return new Marker(context.now().truncatedTo(ChronoUnit.MILLIS), id);
    }

    /**
     * Returns the marker of a refresh that may have used the refresh token, or null if it is certainly unused. A marker
     * of this object counts only if its refresh was sent.
     */
    @Nullable
    Marker unsettled(Active now) {
        Marker marker = now.record().refreshing();
        return isMine(marker) ? now.unsettled() : marker;
    }

    private boolean isMine(@Nullable Marker marker) {
        return marker != null && marker.by().equals(id);
    }

    /** Returns whether the request that a marker announces may still be in transit. */
    boolean isQuiet(Marker marker) {
        Instant now = context.now();
        return now.isBefore(marker.at().plus(QUIET)) && !marker.at().isAfter(now.plus(MAX_CLOCK_SKEW));
    }

    /** Returns the reason why nothing is sent. */
    RuntimeException failure(Active now) {
        RuntimeException known = now.retry().failure();
        return known != null
                ? known
                : new SessionStoreException(
                        "refresh: another process began a refresh for "
                                + now.data().did() + " with an unknown outcome; waiting before sending the token again",
                        null);
    }

    /**
     * Removes the marker of this object after a response that shows that the refresh token is unused.
     *
     * @param earlier the marker of an earlier refresh, which is still unsettled; null if there is none
     */
    void restore(@Nullable Marker earlier) {
        Active now = cell.update(active -> active.withUnsettled(isMine(earlier) ? earlier : null));
        OAuthRecord settled = now.record().with(earlier);
        try {
            Long generation = entry.save(now.entry(), settled);
            if (generation != null) {
                cell.update(active -> active.stored(settled, generation));
            }
        } catch (RuntimeException | Error e) {
            // A leftover marker only makes other processes wait. This object knows that its refresh is settled.
            Failures.rethrowFatal(e);
            ending.logFailure("remove the marker of", e);
        }
    }
}
