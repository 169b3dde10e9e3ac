package dev.atlex.bluesky.moderation;

import app.bsky.actor.ActorDefs.ProfileView;
import app.bsky.actor.ActorDefs.ProfileViewBasic;
import app.bsky.actor.ActorDefs.ProfileViewDetailed;
import app.bsky.actor.ActorDefs.StatusView;
import app.bsky.embed.Record.View.RecordUnion;
import app.bsky.embed.Record.ViewBlocked;
import app.bsky.embed.Record.ViewRecord;
import app.bsky.feed.FeedDefs.GeneratorView;
import app.bsky.feed.FeedDefs.PostView;
import app.bsky.feed.FeedDefs.PostView.Embed;
import app.bsky.graph.GraphDefs.ListView;
import app.bsky.graph.GraphDefs.ListViewBasic;
import app.bsky.notification.ListNotifications.Notification;
import com.atproto.label.LabelDefs.Label;
import dev.atlex.client.Agent;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Did;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which content to hide, blur or warn about for one viewer, based on labels, blocks, mutes, muted words and
 * hidden posts. The decisions match those of the Bluesky app.
 *
 * <p>Programs that only need to know what to leave out use {@link #shows(PostView)}. Apps use a
 * {@link ModerationDecision} for each context. The views must have been read on behalf of the viewer, by calls that
 * requested the labels of the viewer's labelers: see {@link ModerationPreferences#callOptions}.
 *
 * <p>Instances are immutable and thread-safe. They don't reflect later changes to the preferences. No method throws
 * because of the content of a subject.
 */
public final class Moderation {
    private final @Nullable Did viewer;
    private final ModerationPreferences preferences;
    private final LabelDefinitions definitions;
    private final MutedWordMatcher mutedWords;
    private final Clock clock;

    Moderation(@Nullable Did viewer, ModerationPreferences preferences, LabelDefinitions definitions, Clock clock) {
        this.viewer = viewer;
        this.preferences = Objects.requireNonNull(preferences, "preferences");
        this.definitions = Objects.requireNonNull(definitions, "definitions");
        this.mutedWords = new MutedWordMatcher(preferences.mutedWords());
        this.clock = clock;
    }

    /**
     * Returns the moderation for a viewer.
     *
     * @param viewer the viewer's DID, or null for a viewer who isn't signed in
     * @param definitions the definitions of the viewer's labelers, or {@link LabelDefinitions#NONE}
     */
    public static Moderation of(@Nullable Did viewer, ModerationPreferences preferences, LabelDefinitions definitions) {
        return new Moderation(viewer, preferences, definitions, Clock.systemUTC());
    }

    /**
     * Loads the preferences of the account that an agent is signed in to, and the definitions of its labelers. For an
     * agent that isn't signed in, the preferences are {@link ModerationPreferences#DEFAULTS}.
     *
     * @throws dev.atlex.client.XrpcException if a call fails
     */
    public static Moderation load(Agent agent) {
        return ModerationLoader.load(agent);
    }

    /** Returns the viewer, or null for a viewer who isn't signed in. */
    public @Nullable Did viewer() {
        return viewer;
    }

    /** Returns the viewer's preferences. */
    public ModerationPreferences preferences() {
        return preferences;
    }

    /** Returns the definitions of the viewer's labelers. */
    public LabelDefinitions definitions() {
        return definitions;
    }

    /**
     * Returns whether to show a post in a list such as a timeline. Also returns true for posts that should only be
     * blurred.
     */
    public boolean shows(PostView post) {
        return !post(post).ui(ModerationContext.CONTENT_LIST).filter();
    }

    /** Returns whether to show an account in a list such as search results. */
    public boolean shows(ProfileViewBasic profile) {
        return shows(profile(profile));
    }

    /** Like {@link #shows(ProfileViewBasic)}. */
    public boolean shows(ProfileView profile) {
        return shows(profile(profile));
    }

    /** Like {@link #shows(ProfileViewBasic)}. */
    public boolean shows(ProfileViewDetailed profile) {
        return shows(profile(profile));
    }

    private static boolean shows(ModerationDecision profile) {
        return !profile.ui(ModerationContext.PROFILE_LIST).filter();
    }

    /** Returns whether to show a notification. */
    public boolean shows(Notification notification) {
        return !notification(notification).ui(ModerationContext.CONTENT_LIST).filter();
    }

    /** Returns the decision on a post, the post that it quotes, and its author. */
    public ModerationDecision post(PostView post) {
        Did author = post.author().did();
        Causes causes = causes();
        causes.content(active(post.labels()), author, false);
        if (isHidden(post)) {
            causes.hidden();
        }
        if (!author.equals(viewer)) {
            causes.mutedWords(mutedWords(post));
        }
        RecordUnion quoted = quoted(post.embed());
        if (quoted instanceof RecordUnion.ViewRecord record) {
            quote(causes, record.value());
        } else if (quoted instanceof RecordUnion.ViewBlocked blocked) {
            blockedQuote(causes, blocked.value());
        }
        return decide(causes, account(post.author()));
    }

    private void quote(Causes causes, ViewRecord quoted) {
        causes.content(active(quoted.labels()), quoted.author().did(), true);
        causes.account(account(quoted.author()), true);
    }

    private static void blockedQuote(Causes causes, ViewBlocked quoted) {
        causes.relations(quoted.author().viewer(), true);
    }

    private boolean isHidden(PostView post) {
        Set<AtUri> hidden = preferences.hiddenPosts();
        return !hidden.isEmpty()
                && (hidden.contains(post.uri())
                        || quoted(post.embed()) instanceof RecordUnion.ViewRecord quoted
                                && hidden.contains(quoted.value().uri()));
    }

    private static @Nullable RecordUnion quoted(@Nullable Embed embed) {
        if (embed instanceof Embed.RecordView quote) {
            return quote.value().record();
        }
        return embed instanceof Embed.RecordWithMediaView quote
                ? quote.value().record().record()
                : null;
    }

    /** Returns the muted words in the first section of a post that contains any. */
    private List<MutedWordMatch> mutedWords(PostView post) {
        if (mutedWords.isEmpty()) {
            return List.of();
        }
        Instant now = clock.instant();
        for (SearchedText.Section section : SearchedText.of(post)) {
            List<MutedWordMatch> matches = mutedWords.match(section, now);
            if (!matches.isEmpty()) {
                return matches;
            }
        }
        return List.of();
    }

    /** Returns the decision on an account and its profile. */
    public ModerationDecision profile(ProfileViewBasic profile) {
        return decide(causes(), account(profile));
    }

    /** Like {@link #profile(ProfileViewBasic)}. */
    public ModerationDecision profile(ProfileView profile) {
        return decide(causes(), account(profile));
    }

    /** Like {@link #profile(ProfileViewBasic)}. */
    public ModerationDecision profile(ProfileViewDetailed profile) {
        return decide(causes(), new Account(profile.did(), profile.viewer(), active(profile.labels())));
    }

    /** Like {@link #profile(ProfileViewBasic)}, for a member of a conversation. */
    public ModerationDecision profile(chat.bsky.actor.ActorDefs.ProfileViewBasic profile) {
        return decide(causes(), new Account(profile.did(), profile.viewer(), active(profile.labels())));
    }

    /** Returns the decision on the status of an account, such as a live stream, and on the account. */
    public ModerationDecision status(ProfileViewBasic profile) {
        return status(account(profile), profile.status());
    }

    /** Like {@link #status(ProfileViewBasic)}. */
    public ModerationDecision status(ProfileView profile) {
        return status(account(profile), profile.status());
    }

    /** Like {@link #status(ProfileViewBasic)}. */
    public ModerationDecision status(ProfileViewDetailed profile) {
        return status(new Account(profile.did(), profile.viewer(), active(profile.labels())), profile.status());
    }

    private ModerationDecision status(Account account, @Nullable StatusView status) {
        return decide(status == null ? null : status.labels(), account);
    }

    /** Returns the decision on a notification and the account that caused it. */
    public ModerationDecision notification(Notification notification) {
        return decide(notification.labels(), account(notification.author()));
    }

    /** Returns the decision on a feed generator and its creator. */
    public ModerationDecision feedGenerator(GeneratorView feed) {
        return decide(feed.labels(), account(feed.creator()));
    }

    /** Returns the decision on a list and its creator. */
    public ModerationDecision userList(ListView list) {
        return decide(list.labels(), account(list.creator()));
    }

    /**
     * Returns the decision on a list, based on the list's own labels. The view lacks the creator's labels, mutes and
     * blocks.
     */
    public ModerationDecision userList(ListViewBasic list) {
        Did creator = list.uri().authority() instanceof Did did ? did : null;
        Causes causes = causes();
        causes.content(active(list.labels()), creator, false);
        return causes.decide(creator);
    }

    private ModerationDecision decide(@Nullable List<Label> content, Account author) {
        Causes causes = causes();
        causes.content(active(content), author.did(), false);
        return decide(causes, author);
    }

    private static ModerationDecision decide(Causes causes, Account author) {
        causes.account(author, false);
        return causes.decide(author.did());
    }

    private Account account(ProfileViewBasic profile) {
        return new Account(profile.did(), profile.viewer(), active(profile.labels()));
    }

    private Account account(ProfileView profile) {
        return new Account(profile.did(), profile.viewer(), active(profile.labels()));
    }

    private List<Label> active(@Nullable List<Label> labels) {
        return ActiveLabels.of(labels, clock.instant());
    }

    private Causes causes() {
        return new Causes(viewer, preferences, definitions);
    }

    /** Returns only the viewer, because preferences are private. */
    @Override
    public String toString() {
        return "Moderation[viewer=" + viewer + "]";
    }
}
