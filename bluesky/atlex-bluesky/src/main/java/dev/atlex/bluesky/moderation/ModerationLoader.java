package dev.atlex.bluesky.moderation;

import app.bsky.labeler.LabelerDefs.LabelerViewDetailed;
import dev.atlex.bluesky.internal.action.PreferenceStore;
import dev.atlex.bluesky.internal.read.Batches;
import dev.atlex.client.Agent;
import dev.atlex.client.Client;
import dev.atlex.client.InvalidItems;
import dev.atlex.syntax.Did;
import java.util.List;

/** Loads the preferences and definitions that {@link Moderation} needs for an account. */
final class ModerationLoader {
    private ModerationLoader() {}

    static Moderation load(Agent agent) {
        // One invalid definition must not discard the definitions of all other labelers.
        Client client =
                new Client(agent).with(o -> o.invalidItems(InvalidItems.SKIP).retries(3));
        Did viewer = agent.did();
        ModerationPreferences preferences = viewer == null
                ? ModerationPreferences.DEFAULTS
                : ModerationPreferences.of(new PreferenceStore(client).read());
        List<LabelerViewDetailed> labelers =
                Batches.labelers(client, preferences.labelers()).toList();
        return Moderation.of(viewer, preferences, LabelDefinitions.of(labelers));
    }
}
