package dev.atlex.testkit.internal.appview;

import dev.atlex.data.LexMap;
import dev.atlex.testkit.internal.InputSchema;
import dev.atlex.testkit.internal.InputSchema.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code app.bsky.notification} methods for preferences. Preferences are stored and returned, but only
 * {@code priority} has an effect.
 */
final class NotificationPreferences {
    private static final String CHAT = "chat";
    private static final List<String> FILTERABLE =
            List.of("follow", "like", "likeViaRepost", "mention", "quote", "reply", "repost", "repostViaRepost");
    private static final List<String> SIMPLE = List.of("starterpackJoined", "subscribedPost", "unverified", "verified");

    private final Context context;

    NotificationPreferences(Context context) {
        this.context = context;
    }

    List<Endpoint> endpoints() {
        InputSchema put = InputSchema.of().optional(CHAT, Type.OBJECT);
        FILTERABLE.forEach(name -> put.optional(name, Type.OBJECT));
        SIMPLE.forEach(name -> put.optional(name, Type.OBJECT));
        return List.of(
                Endpoint.query("app.bsky.notification.getPreferences", InputSchema.NONE, this::getPreferences),
                Endpoint.procedure("app.bsky.notification.putPreferencesV2", put, this::putPreferencesV2),
                Endpoint.procedure(
                        "app.bsky.notification.putPreferences",
                        InputSchema.of().required("priority", Type.BOOLEAN),
                        this::putPreferences));
    }

    private LexMap getPreferences(ViewerCall call) {
        return LexMap.of("preferences", preferences(call));
    }

    private LexMap putPreferencesV2(ViewerCall call) {
        PrivateState.Account state = context.state.of(call.viewer());
        state.preferences =
                state.preferences.toBuilder().putAll(call.params()).remove(CHAT).build();
        return getPreferences(call);
    }

    private @Nullable LexMap putPreferences(ViewerCall call) {
        context.state.of(call.viewer()).priority = call.flag("priority");
        return null;
    }

    private LexMap preferences(ViewerCall call) {
        LexMap set = context.state.of(call.viewer()).preferences;
        Json preferences = Json.object()
                .put(CHAT, Json.object().put("include", "all").put("push", true).build());
        LexMap all = Json.object()
                .put("include", "all")
                .put("list", true)
                .put("push", true)
                .build();
        LexMap on = Json.object().put("list", true).put("push", true).build();
        FILTERABLE.forEach(name -> preferences.put(name, set.containsKey(name) ? set.getMap(name) : all));
        SIMPLE.forEach(name -> preferences.put(name, set.containsKey(name) ? set.getMap(name) : on));
        return preferences.build();
    }
}
