package dev.atlex.testkit.internal.chat;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The events of each account's conversations, in order. */
final class ChatLog {
    private static final int PAGE = 100;

    private record Event(String rev, LexMap view) {}

    private final Map<String, List<Event>> events = new HashMap<>();

    /**
     * Adds an event.
     *
     * @param name the variant of the union, such as {@code logCreateMessage}
     * @param more further fields of the event
     */
    void add(String did, String name, String rev, Convo convo, LexMap more) {
        LexMap view = ChatViews.typed(
                name,
                LexMap.builder()
                        .put("rev", rev)
                        .put("convoId", convo.id)
                        .putAll(more)
                        .build());
        events.computeIfAbsent(did, d -> new ArrayList<>()).add(new Event(rev, view));
    }

    /**
     * Returns the output of {@code getLog}: up to 100 events after the cursor, and without a cursor the last 100. Its cursor
     * continues after them, also if there are none.
     */
    LexMap page(String did, @Nullable String cursor) {
        List<Event> all = events.getOrDefault(did, List.of());
        List<Event> after = cursor == null
                ? all.subList(Math.max(0, all.size() - PAGE), all.size())
                : all.stream()
                        .filter(event -> event.rev.compareTo(cursor) > 0)
                        .limit(PAGE)
                        .toList();
        String next = after.isEmpty() ? cursor : after.get(after.size() - 1).rev;
        LexMap.Builder page = LexMap.builder();
        if (next != null) {
            page.put("cursor", next);
        }
        return page.put("logs", LexArray.copyOf(after.stream().map(Event::view).toList()))
                .build();
    }

    void clear() {
        events.clear();
    }
}
