package dev.atlex.testkit.internal.appview;

import dev.atlex.testkit.internal.XrpcError;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A position in a list that is sorted by time, newest first. Cursors contain positions.
 *
 * @param order decides between equal times: the greater one is newer
 */
record Position(Instant time, long order) implements Comparable<Position> {
    @Override
    public int compareTo(Position other) {
        int byTime = other.time.compareTo(time);
        return byTime != 0 ? byTime : Long.compare(other.order, order);
    }

    /** Returns the cursor of the page that ends at this position. */
    String cursor() {
        return time.toEpochMilli() + "__" + order;
    }

    /** Returns the position that a cursor represents, or null if there is no cursor. */
    static @Nullable Position of(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        String[] parts = cursor.split("__", -1);
        try {
            if (parts.length == 2) {
                return new Position(Instant.ofEpochMilli(Long.parseLong(parts[0])), Long.parseLong(parts[1]));
            }
            throw XrpcError.invalidRequest("Malformed cursor");
        } catch (NumberFormatException | DateTimeException e) {
            throw XrpcError.invalidRequest("Malformed cursor");
        }
    }
}
