package dev.atlex.bluesky.moderation;

import app.bsky.actor.ActorDefs.MutedWord;
import app.bsky.actor.ActorDefs.ProfileView;
import app.bsky.actor.ActorDefs.ProfileViewBasic;
import app.bsky.actor.ActorDefs.ViewerState;
import app.bsky.feed.FeedDefs.PostView;
import app.bsky.graph.GraphDefs.ListViewBasic;
import app.bsky.labeler.LabelerDefs.LabelerPolicies;
import app.bsky.labeler.LabelerDefs.LabelerViewDetailed;
import com.atproto.label.LabelDefs.Label;
import com.atproto.label.LabelDefs.LabelValueDefinition;
import dev.atlex.data.Cid;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Datetime;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Consumer;

/** Creates views for tests, and shows the effects of decisions as text. */
final class Views {
    static final Did VIEWER = Did.of("did:plc:cccccccccccccccccccccccc");
    static final Did AUTHOR = Did.of("did:plc:dddddddddddddddddddddddd");
    static final Did QUOTED = Did.of("did:plc:eeeeeeeeeeeeeeeeeeeeeeee");
    static final Did LABELER = Did.of("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");
    static final Datetime TIME = Datetime.of("2026-01-02T03:04:05.678Z");
    static final Cid CID = Cid.of("bafyreihj6awxw6r6l5uzwp2m6bhcucppcnsv2gcwyhkmdyfmzkl5vfgyqe");
    static final AtUri POST = post(AUTHOR);

    private Views() {}

    static AtUri post(Did author) {
        return AtUri.of("at://" + author + "/app.bsky.feed.post/3jzfcijpj2z2a");
    }

    static AtUri profileRecord(Did account) {
        return AtUri.of("at://" + account + "/app.bsky.actor.profile/self");
    }

    static Label label(Did source, Object subject, String value) {
        return label(source, subject, value, l -> {});
    }

    static Label label(Did source, Object subject, String value, Consumer<Label.Builder> more) {
        Label.Builder label =
                Label.builder().src(source).uri(subject.toString()).val(value).cts(TIME);
        more.accept(label);
        return label.build();
    }

    /** Returns a label that the labeler or the author has set on something by the author. */
    static Label on(LabelTarget target, Did source, String value) {
        return label(
                source,
                switch (target) {
                    case ACCOUNT -> AUTHOR;
                    case PROFILE -> profileRecord(AUTHOR);
                    case CONTENT -> POST;
                },
                value);
    }

    static ProfileViewBasic author(Label... labels) {
        return author(AUTHOR, v -> {}, labels);
    }

    static ProfileViewBasic author(Did did, Consumer<ViewerState.Builder> viewer, Label... labels) {
        ViewerState.Builder state = ViewerState.builder();
        viewer.accept(state);
        return ProfileViewBasic.builder()
                .did(did)
                .handle(Handle.of("author.test"))
                .viewer(state.build())
                .labels(List.of(labels))
                .build();
    }

    static ProfileView profile(Label... labels) {
        return ProfileView.builder()
                .did(AUTHOR)
                .handle(Handle.of("author.test"))
                .labels(List.of(labels))
                .build();
    }

    /** Returns the labeler with its own definitions. */
    static LabelerViewDetailed labeler(LabelValueDefinition... definitions) {
        return LabelerViewDetailed.builder()
                .uri(AtUri.of("at://" + LABELER + "/app.bsky.labeler.service/self"))
                .cid(CID)
                .creator(profile().toBuilder().did(LABELER).build())
                .policies(LabelerPolicies.builder()
                        .labelValues(List.of())
                        .labelValueDefinitions(definitions)
                        .build())
                .indexedAt(TIME)
                .build();
    }

    static PostView post(ProfileViewBasic author, Consumer<PostView.Builder> more) {
        PostView.Builder post = PostView.builder()
                .uri(post(author.did()))
                .cid(CID)
                .author(author)
                .record(record("Hello"))
                .indexedAt(TIME);
        more.accept(post);
        return post.build();
    }

    static LexMap record(String text) {
        return json("{'$type':'app.bsky.feed.post','createdAt':'2026-01-02T03:04:05.678Z'}").toBuilder()
                .put("text", text)
                .build();
    }

    static LexMap json(String json) {
        return (LexMap) LexValue.parseJson(json.replace('\'', '"'));
    }

    static ListViewBasic list() {
        return ListViewBasic.builder()
                .uri(AtUri.of("at://" + VIEWER + "/app.bsky.graph.list/a"))
                .cid(CID)
                .name("Spammers")
                .purpose("app.bsky.graph.defs#modlist")
                .build();
    }

    static MutedWord muted(String value) {
        return muted(value, w -> {});
    }

    static MutedWord muted(String value, Consumer<MutedWord.Builder> more) {
        MutedWord.Builder word = MutedWord.builder().value(value).targets("content", "tag");
        more.accept(word);
        return word.build();
    }

    /** Returns the effects in each context that has any, such as {@code contentList:filter+blur! avatar:blur}. */
    static String effects(ModerationDecision decision) {
        StringJoiner all = new StringJoiner(" ");
        for (ModerationContext context : ModerationContext.values()) {
            ModerationUi ui = decision.ui(context);
            List<String> effects = new ArrayList<>();
            if (ui.filter()) {
                effects.add("filter");
            }
            if (ui.blur()) {
                effects.add(ui.noOverride() ? "blur!" : "blur");
            }
            if (ui.alert()) {
                effects.add("alert");
            }
            if (ui.inform()) {
                effects.add("inform");
            }
            if (!effects.isEmpty()) {
                all.add(name(context) + ":" + String.join("+", effects));
            }
        }
        return all.toString();
    }

    private static String name(ModerationContext context) {
        return switch (context) {
            case PROFILE_LIST -> "profileList";
            case PROFILE_VIEW -> "profileView";
            case AVATAR -> "avatar";
            case BANNER -> "banner";
            case DISPLAY_NAME -> "displayName";
            case CONTENT_LIST -> "contentList";
            case CONTENT_VIEW -> "contentView";
            case CONTENT_MEDIA -> "contentMedia";
        };
    }
}
