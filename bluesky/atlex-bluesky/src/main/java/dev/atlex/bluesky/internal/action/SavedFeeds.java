package dev.atlex.bluesky.internal.action;

import app.bsky.actor.ActorDefs.SavedFeedsPref;
import app.bsky.actor.ActorDefs.SavedFeedsPrefV2;
import app.bsky.feed.Generator;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.Tid;
import java.util.ArrayList;
import java.util.List;

/**
 * Saved feeds. There are two kinds of preference for them. If an account has only the older kind, or neither, the first
 * change creates the newer one. It starts with the feeds that apps have shown until then, so that no tab disappears.
 */
public final class SavedFeeds {
    private static final String ITEMS = "items";
    private static final String FEED = "feed";
    private static final String LIST = "list";
    private static final Nsid LIST_COLLECTION = app.bsky.graph.List.RECORD.collection();

    private SavedFeeds() {}

    /** Returns the saved feeds in order. */
    public static List<LexMap> of(PreferenceList preferences) {
        if (!preferences.of(SavedFeedsPrefV2.TYPE).isEmpty()) {
            return preferences.elements(SavedFeedsPrefV2.TYPE, ITEMS);
        }
        List<String> pinned = preferences.strings(SavedFeedsPref.TYPE, "pinned");
        List<LexMap> feeds = new ArrayList<>(List.of(item("timeline", "following", true)));
        pinned.forEach(uri -> feeds.add(item(type(uri), uri, true)));
        preferences.strings(SavedFeedsPref.TYPE, "saved").stream()
                .filter(uri -> !pinned.contains(uri))
                .forEach(uri -> feeds.add(item(type(uri), uri, false)));
        return feeds;
    }

    /** @throws IllegalArgumentException if the URI is neither a feed generator's nor a list's */
    public static void save(PreferenceList preferences, AtUri feed, boolean pinned) {
        Nsid collection = feed.collection();
        if (!Generator.RECORD.collection().equals(collection) && !LIST_COLLECTION.equals(collection)) {
            throw new IllegalArgumentException("saveFeed: not the URI of a feed generator or list (got " + feed + ")");
        }
        String uri = feed.toString();
        List<LexMap> feeds = new ArrayList<>(of(preferences));
        LexMap item = item(type(uri), uri, pinned);
        for (LexMap old : feeds) {
            if (uri.equals(old.getString("value"))) {
                if (Boolean.valueOf(pinned).equals(old.getBoolean("pinned"))) {
                    return;
                }
                item = old.toBuilder().put("pinned", pinned).build();
            }
        }
        feeds.removeIf(old -> uri.equals(old.getString("value")));
        // Apps expect pinned feeds before other feeds.
        int place = pinned ? pinnedCount(feeds) : feeds.size();
        feeds.add(place, item);
        preferences.set(SavedFeedsPrefV2.TYPE, ITEMS, feeds);
    }

    private static int pinnedCount(List<LexMap> feeds) {
        return (int) feeds.stream()
                .takeWhile(feed -> Boolean.TRUE.equals(feed.getBoolean("pinned")))
                .count();
    }

    public static void remove(PreferenceList preferences, AtUri feed) {
        List<LexMap> feeds = new ArrayList<>(of(preferences));
        if (feeds.removeIf(old -> feed.toString().equals(old.getString("value")))) {
            preferences.set(SavedFeedsPrefV2.TYPE, ITEMS, feeds);
        }
    }

    private static String type(String uri) {
        return AtUri.isValid(uri) && LIST_COLLECTION.equals(AtUri.of(uri).collection()) ? LIST : FEED;
    }

    private static LexMap item(String type, String value, boolean pinned) {
        return LexMap.builder()
                .put("id", LexValue.of(Tid.next().toString()))
                .put("type", type)
                .put("value", value)
                .put("pinned", pinned)
                .build();
    }
}
