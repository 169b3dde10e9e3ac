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

    /** A cursor that sorts before every revision, because revisions are TIDs. */
    private static final String BEFORE_ALL = "2".repeat(13);

    private record Event(String rev, LexMap view) {}

    private final Map<String, List<Event>> events = new HashMap<>();

    /**
     * Adds an event.
     *
     * @param name the variant of the union, such as {@code logCreateMessage}
     * @param more the event's additional fields
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
     * Returns the output of {@code getLog}: up to 100 events after the cursor, with a cursor that continues after them. Without
     * a cursor, the log starts now, as on Bluesky: there are no events, and the cursor continues with the next one.
     */
    LexMap page(String did, @Nullable String cursor) {
        List<Event> all = events.getOrDefault(did, List.of());
        if (cursor == null) {
            return page(all.isEmpty() ? BEFORE_ALL : all.get(all.size() - 1).rev, List.of());
        }
        List<Event> after = all.stream()
                .filter(event -> event.rev.compareTo(cursor) > 0)
                .limit(PAGE)
                .toList();
        return page(after.isEmpty() ? cursor : after.get(after.size() - 1).rev, after);
    }

    private static LexMap page(String cursor, List<Event> events) {
        return LexMap.builder()
                .put("cursor", cursor)
                .put("logs", LexArray.copyOf(events.stream().map(Event::view).toList()))
                .build();
    }

    void clear() {
        events.clear();
    }
}
