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
 * @param items the items in the form of the response
 * @param cursor the cursor of the next page, or null if this is the last page
 */
record Page(List<LexMap> items, @Nullable String cursor) {
    static final int DEFAULT_LIMIT = 50;

    /** Returns the page that a call asks for, with up to 50 items unless the call sets a limit. */
    static <T> Page of(ViewerCall call, NavigableMap<Position, T> all, Function<T, @Nullable LexMap> view) {
        Position after = Position.of(call.optional("cursor"));
        NavigableMap<Position, T> rest = after == null ? all : all.tailMap(after, false);
        return of(rest.entrySet().iterator(), call.integer("limit", DEFAULT_LIMIT), view);
    }

    /** @param view renders an item; returns null for items the viewer can't see, which don't count toward the limit */
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

    /** Returns this page as the output of a method, with the items in the given field. */
    Json output(String field) {
        return Json.object().put("cursor", cursor).put(field, items);
    }
}
