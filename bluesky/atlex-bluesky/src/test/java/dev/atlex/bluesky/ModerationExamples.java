package dev.atlex.bluesky;

import app.bsky.feed.FeedDefs.FeedViewPost;
import app.bsky.feed.FeedDefs.PostView;
import dev.atlex.bluesky.moderation.LabelDefinitions;
import dev.atlex.bluesky.moderation.LabelSetting;
import dev.atlex.bluesky.moderation.Moderation;
import dev.atlex.bluesky.moderation.ModerationCause;
import dev.atlex.bluesky.moderation.ModerationContext;
import dev.atlex.bluesky.moderation.ModerationPreferences;
import dev.atlex.bluesky.moderation.ModerationUi;
import dev.atlex.client.Agent;
import dev.atlex.client.Client;
import dev.atlex.syntax.Did;
import java.util.List;

/** The examples in the documentation. */
final class ModerationExamples {
    private ModerationExamples() {}

    static List<FeedViewPost> timeline(Agent session) {
        Moderation moderation = Moderation.load(session);
        Bluesky bsky = Bluesky.of(session).withLabelsOf(moderation);
        return bsky.timeline()
                .limit(100)
                .filter(item -> moderation.shows(item.post()))
                .toList();
    }

    static String show(Moderation moderation, PostView post) {
        ModerationUi ui = moderation.post(post).ui(ModerationContext.CONTENT_VIEW);
        if (ui.blur()) {
            String button = ui.noOverride() ? "" : " [Show anyway]";
            return reason(ui.blurs().get(0)) + button;
        }
        return post.record().getString("text")
                + (ui.alert() ? " ⚠ " + reason(ui.alerts().get(0)) : "");
    }

    static String reason(ModerationCause cause) {
        if (cause instanceof ModerationCause.Labeled labeled) {
            return labeled.definition().locales().stream()
                    .findFirst()
                    .map(text -> text.name())
                    .orElse(labeled.label().val());
        }
        if (cause instanceof ModerationCause.MutedWords words) {
            return "Muted word: " + words.matches().get(0).word().value();
        }
        return cause.getClass().getSimpleName();
    }

    static void direct(Agent agent, Did viewer, Did labeler) {
        ModerationPreferences preferences = ModerationPreferences.of(
                p -> p.adultContent(true).labeler(labeler).label("nudity", LabelSetting.WARN));
        Moderation moderation = Moderation.of(viewer, preferences, LabelDefinitions.NONE);
        Client client = new Client(agent, preferences.callOptions());
        System.out.println(moderation + " " + client);
    }
}
