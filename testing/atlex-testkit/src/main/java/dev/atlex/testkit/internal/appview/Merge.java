package dev.atlex.testkit.internal.appview;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Merges sorted lists into one, lazily, so that a page of a timeline costs no more than the items it shows. */
final class Merge<T> implements Iterator<Map.Entry<Position, T>> {
    private final class Source {
        private final Iterator<Map.Entry<Position, T>> rest;
        private Map.Entry<Position, T> next;

        private Source(Iterator<Map.Entry<Position, T>> rest) {
            this.rest = rest;
            this.next = rest.next();
        }
    }

    private final PriorityQueue<Source> sources =
            new PriorityQueue<>(Comparator.comparing(source -> source.next.getKey()));

    /** @param after the position after which to start, or null for the beginning */
    Merge(List<NavigableMap<Position, T>> lists, @Nullable Position after) {
        for (NavigableMap<Position, T> list : lists) {
            NavigableMap<Position, T> rest = after == null ? list : list.tailMap(after, false);
            if (!rest.isEmpty()) {
                sources.add(new Source(rest.entrySet().iterator()));
            }
        }
    }

    @Override
    public boolean hasNext() {
        return !sources.isEmpty();
    }

    @Override
    public Map.Entry<Position, T> next() {
        Source source = sources.poll();
        if (source == null) {
            throw new NoSuchElementException();
        }
        Map.Entry<Position, T> next = source.next;
        if (source.rest.hasNext()) {
            source.next = source.rest.next();
            sources.add(source);
        }
        return next;
    }
}
