package dev.atlex.testkit.internal.appview;

import dev.atlex.data.LexMap;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param cursor of the next page, or null if this is the last one
 */
record Page(List<LexMap> items, @Nullable String cursor) {
    static final int DEFAULT_LIMIT = 50;

    /** Returns the page that a call asks for, with 50 items unless it has a limit. */
    static <T> Page of(ViewerCall call, NavigableMap<Position, T> all, Function<T, @Nullable LexMap> view) {
        Position after = Position.of(call.optional("cursor"));
        NavigableMap<Position, T> rest = after == null ? all : all.tailMap(after, false);
        return of(rest.entrySet().iterator(), call.integer("limit", DEFAULT_LIMIT), view);
    }

    /** @param view returns null for items that the viewer does not see; they don't count toward the limit */
    static <T> Page of(Iterator<Map.Entry<Position, T>> rest, int limit, Function<T, @Nullable LexMap> view) {
        List<LexMap> items = new ArrayList<>();
        Position last = null;
        while (rest.hasNext()) {
            if (items.size() == limit) {
                return new Page(items, last == null ? null : last.cursor());
            }
            Map.Entry<Position, T> entry = rest.next();
            last = entry.getKey();
            LexMap item = view.apply(entry.getValue());
            if (item != null) {
                items.add(item);
            }
        }
        return new Page(items, null);
    }

    /** Returns the output of a method. */
    Json output(String field) {
        return Json.object().put("cursor", cursor).put(field, items);
    }
}
