package dev.atlex.oauth.internal.dpop;

import dev.atlex.client.internal.Origins;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Values by origin. Users can enter any server, so the least recently used ones are dropped.
 *
 * @param <V> the type of the values, which are immutable
 */
final class OriginCache<V> {
    private static final int MAX_ORIGINS = 4096;

    private final Map<String, V> values = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > MAX_ORIGINS;
        }
    };

    @Nullable
    V get(URI url) {
        String origin = Origins.canonical(url);
        synchronized (values) {
            return values.get(origin);
        }
    }

    /** Replaces an origin's value with the function's result. The function receives null if there is no value yet. */
    void update(URI url, UnaryOperator<@Nullable V> function) {
        String origin = Origins.canonical(url);
        synchronized (values) {
            V next = function.apply(values.get(origin));
            if (next != null) {
                values.put(origin, next);
            }
        }
    }
}
