package dev.atlex.testkit.internal.appview;

import dev.atlex.data.LexMap;
import dev.atlex.testkit.internal.XrpcError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pages of lists that aren't sorted by time: the cursor is the number of items before the page. */
final class OffsetPage {
    private OffsetPage() {}

    static <T> Page of(ViewerCall call, List<T> all, int defaultLimit, Function<T, @Nullable LexMap> view) {
        int limit = call.integer("limit", defaultLimit);
        int next = offset(call.optional("cursor"));
        List<LexMap> items = new ArrayList<>();
        for (; next < all.size() && items.size() < limit; next++) {
            LexMap item = view.apply(all.get(next));
            if (item != null) {
                items.add(item);
            }
        }
        return new Page(items, next < all.size() ? Integer.toString(next) : null);
    }

    private static int offset(@Nullable String cursor) {
        try {
            int offset = cursor == null ? 0 : Integer.parseInt(cursor);
            if (offset >= 0) {
                return offset;
            }
            throw XrpcError.invalidRequest("Malformed cursor");
        } catch (NumberFormatException e) {
            throw XrpcError.invalidRequest("Malformed cursor");
        }
    }
}
