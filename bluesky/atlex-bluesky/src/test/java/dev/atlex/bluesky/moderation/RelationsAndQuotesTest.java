package dev.atlex.bluesky.moderation;

import static dev.atlex.bluesky.moderation.Views.AUTHOR;
import static dev.atlex.bluesky.moderation.Views.LABELER;
import static dev.atlex.bluesky.moderation.Views.QUOTED;
import static dev.atlex.bluesky.moderation.Views.VIEWER;
import static dev.atlex.bluesky.moderation.Views.author;
import static dev.atlex.bluesky.moderation.Views.effects;
import static dev.atlex.bluesky.moderation.Views.label;
import static dev.atlex.bluesky.moderation.Views.list;
import static dev.atlex.bluesky.moderation.Views.muted;
import static dev.atlex.bluesky.moderation.Views.post;
import static dev.atlex.bluesky.moderation.Views.record;
import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.actor.ActorDefs.ProfileView;
import app.bsky.actor.ActorDefs.ProfileViewBasic;
import app.bsky.actor.ActorDefs.ProfileViewDetailed;
import app.bsky.actor.ActorDefs.StatusView;
import app.bsky.actor.ActorDefs.ViewerState;
import app.bsky.embed.External;
import app.bsky.embed.Record;
import app.bsky.embed.Record.View.RecordUnion;
import app.bsky.embed.RecordWithMedia;
import app.bsky.feed.FeedDefs.BlockedAuthor;
import app.bsky.feed.FeedDefs.GeneratorView;
import app.bsky.feed.FeedDefs.PostView;
import app.bsky.feed.FeedDefs.PostView.Embed;
import app.bsky.graph.GraphDefs.ListView;
import app.bsky.notification.ListNotifications.Notification;
import com.atproto.label.LabelDefs.Label;
import dev.atlex.data.LexMap;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Did;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the effects of mutes, blocks, hidden posts and quotes, and the kinds of subjects. */
class RelationsAndQuotesTest {
    private static final String BLOCKED = "profileList:filter+blur! profileView:alert avatar:blur! banner:blur! "
            + "contentList:filter+blur! contentView:blur!";
    private static final String MUTED =
            "profileList:filter+inform profileView:alert contentList:filter+blur contentView:inform";
    private static final AtUri BLOCK = AtUri.of("at://" + VIEWER + "/app.bsky.graph.block/a");

    private final Moderation moderation = moderation(p -> {});

    private static Moderation moderation(Consumer<ModerationPreferences.Builder> preferences) {
        return Moderation.of(
                VIEWER,
                ModerationPreferences.of(p -> {
                    p.labeler(LABELER);
                    preferences.accept(p);
                }),
                LabelDefinitions.NONE);
    }

    private static ViewerState.Builder state(ViewerState.Builder state, String kind) {
        return switch (kind) {
            case "muted" -> state.muted(true);
            case "muted by list" -> state.muted(true).mutedByList(list());
            case "was muted by list" -> state.muted(false).mutedByList(list());
            case "blocking" -> state.blocking(BLOCK);
            case "blocking by list" -> state.blocking(BLOCK).blockingByList(list());
            case "blocked by" -> state.blockedBy(true);
            default -> state;
        };
    }

    private static ProfileViewBasic author(Did did, String kind) {
        return Views.author(did, v -> state(v, kind));
    }

    @Nested
    class Relations {
        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                none | ''
                muted | M
                muted by list | M
                was muted by list | ''
                blocking | B
                blocking by list | B
                blocked by | B
                """)
        void effectsOnProfilesAndPosts(String kind, String effects) {
            String expected = effects.replace("M", MUTED).replace("B", BLOCKED);

            assertThat(effects(moderation.profile(author(AUTHOR, kind)))).isEqualTo(expected);
            assertThat(effects(moderation.post(post(author(AUTHOR, kind), p -> {}))))
                    .isEqualTo(expected);
            assertThat(moderation.shows(author(AUTHOR, kind))).isEqualTo(effects.isEmpty());
            assertThat(moderation.shows(post(author(AUTHOR, kind), p -> {}))).isEqualTo(effects.isEmpty());
        }

        @Test
        void causesNameTheList() {
            ModerationDecision muted = moderation.profile(author(AUTHOR, "muted by list"));
            ModerationDecision blocked = moderation.profile(author(AUTHOR, "blocking by list"));

            assertThat(muted.causes())
                    .containsExactly(new ModerationCause.Muted(new ModerationSource.UserList(list()), false));
            assertThat(muted.muted()).isTrue();
            assertThat(muted.blocked()).isFalse();
            assertThat(blocked.causes())
                    .containsExactly(new ModerationCause.Blocking(new ModerationSource.UserList(list()), false));
            assertThat(blocked.blocked()).isTrue();
            assertThat(blocked.toString()).contains("app.bsky.graph.list");
        }

        @Test
        void ownSubjects_areNotAffected() {
            ModerationDecision own = moderation.profile(author(VIEWER, "muted by list"));

            assertThat(own.own()).isTrue();
            assertThat(own.causes()).hasSize(1);
            assertThat(effects(own)).isEmpty();
        }
    }

    @Nested
    class Hidden {
        @Test
        void hiddenPost() {
            Moderation hiding = moderation(p -> p.hiddenPosts(List.of(Views.POST)));

            assertThat(effects(hiding.post(post(Views.author(), p -> {}))))
                    .isEqualTo("profileList:filter contentList:filter+blur contentView:blur");
            assertThat(effects(hiding.post(post(author(QUOTED, "none"), p -> {}))))
                    .isEmpty();
        }

        @Test
        void quoteOfHiddenPost_isHiddenToo() {
            Moderation hiding = moderation(p -> p.hiddenPosts(List.of(post(QUOTED))));

            assertThat(hiding.shows(quoting(quoted("none")))).isFalse();
            assertThat(hiding.shows(quotingWithCard(quoted("none")))).isFalse();
        }
    }

    private static RecordUnion quotedRecord(String record) {
        return RecordUnion.of(((RecordUnion.ViewRecord) quoted("none"))
                .value().toBuilder().value(Views.json(record)).build());
    }

    private static RecordUnion quoted(String kind, Label... labels) {
        return RecordUnion.of(Record.ViewRecord.builder()
                .uri(post(QUOTED))
                .cid(Views.CID)
                .author(author(QUOTED, kind))
                .value(record("Quoted"))
                .labels(List.of(labels))
                .indexedAt(Views.TIME)
                .build());
    }

    private static RecordUnion blockedQuote(String kind) {
        return RecordUnion.of(Record.ViewBlocked.builder()
                .uri(post(QUOTED))
                .blocked(true)
                .author(BlockedAuthor.builder()
                        .did(QUOTED)
                        .viewer(state(ViewerState.builder(), kind).build())
                        .build())
                .build());
    }

    private static PostView quoting(RecordUnion quoted) {
        return post(
                Views.author(),
                p -> p.embed(Embed.of(Record.View.builder().record(quoted).build())));
    }

    private static PostView quotingWithCard(RecordUnion quoted) {
        External.ViewExternal card = External.ViewExternal.builder()
                .uri("https://example.com")
                .title("Card")
                .description("Described")
                .build();
        return post(
                Views.author(),
                p -> p.embed(Embed.of(RecordWithMedia.View.builder()
                        .record(Record.View.builder().record(quoted).build())
                        .media(RecordWithMedia.View.Media.of(
                                External.View.builder().external(card).build()))
                        .build())));
    }

    @Nested
    class Quotes {
        /** The quoted post's causes remove the quoting post from lists, but cover only the quoted post. */
        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                none | ''
                muted | profileList:filter contentList:filter
                blocking | profileList:filter contentList:filter
                blocked by | profileList:filter contentList:filter
                """)
        void quotedAuthor(String kind, String effects) {
            for (PostView post : List.of(
                    quoting(quoted(kind)),
                    quotingWithCard(quoted(kind)),
                    quoting(blockedQuote(kind)),
                    quotingWithCard(blockedQuote(kind)))) {
                assertThat(effects(moderation.post(post))).isEqualTo(effects);
            }
        }

        @Test
        void labelOnQuotedPost() {
            RecordUnion quoted = quoted("none", label(LABELER, post(QUOTED), "!hide"));

            ModerationDecision decision = moderation.post(quoting(quoted));

            assertThat(effects(decision)).isEqualTo("contentList:filter");
            assertThat(decision.causes()).extracting(ModerationCause::inQuote).containsExactly(true);
        }

        /** The label is the quoted author's own, so it needs no labeler. */
        @Test
        void labelByQuotedAuthor() {
            RecordUnion quoted = quoted("none", label(QUOTED, post(QUOTED), "porn"));

            assertThat(effects(moderation.post(quoting(quoted)))).isEqualTo("contentList:filter");
        }

        @Test
        void otherEmbeds_haveNoCauses() {
            RecordUnion missing = RecordUnion.of(Record.ViewNotFound.builder()
                    .uri(post(QUOTED))
                    .notFound(true)
                    .build());

            assertThat(moderation.post(quoting(missing)).causes()).isEmpty();
        }
    }

    @Nested
    class MutedWordsInPosts {
        private final Moderation muting = moderation(p ->
                p.mutedWords(List.of(muted("spoiler"), muted("friend", w -> w.actorTarget("exclude-following")))));

        private PostView post(String record) {
            return Views.post(Views.author(), p -> p.record(Views.json(record)));
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                {'$type':'app.bsky.feed.post','text':'No spoiler!'}
                {'$type':'app.bsky.feed.post','text':'','tags':['Spoiler']}
                {'$type':'app.bsky.feed.post','text':'','facets':[{'features':[{'$type':'app.bsky.richtext.facet#tag','tag':'spoiler'}]}]}
                {'$type':'app.bsky.feed.post','text':'','embed':{'$type':'app.bsky.embed.images','images':[{'alt':''},{'alt':'a spoiler'}]}}
                {'$type':'app.bsky.feed.post','text':'','embed':{'$type':'app.bsky.embed.gallery','items':[{'$type':'app.bsky.embed.gallery#image','alt':'a spoiler'}]}}
                """)
        void ownText(String record) {
            assertThat(effects(muting.post(post(record)))).isEqualTo("contentList:filter+blur contentView:blur");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                {'$type':'com.example.note','text':'No spoiler!'}
                {'$type':'app.bsky.feed.post','text':'spoilers'}
                {'$type':'app.bsky.feed.post','text':7,'tags':'spoiler','facets':[1,{'features':{}}],'langs':[7],'embed':{'$type':'app.bsky.embed.images','images':[{}]}}
                {}
                """)
        void otherOrBrokenRecords(String record) {
            assertThat(muting.post(post(record)).causes()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                {'$type':'app.bsky.embed.images','images':[{'alt':'a spoiler'}]}
                {'$type':'app.bsky.embed.gallery','items':[{'$type':'app.bsky.embed.gallery#image','alt':'a spoiler'}]}
                {'$type':'app.bsky.embed.external','external':{'title':'Card','description':'a spoiler'}}
                {'$type':'app.bsky.embed.recordWithMedia','media':{'$type':'app.bsky.embed.images','images':[{'alt':'a spoiler'}]}}
                {'$type':'app.bsky.embed.recordWithMedia','media':{'$type':'app.bsky.embed.external','external':{'title':'A spoiler','description':''}}}
                """)
        void mediaOfQuotedPost(String embed) {
            String record = "{'$type':'app.bsky.feed.post','text':'','embed':" + embed + "}";

            assertThat(muting.shows(quoting(quotedRecord(record)))).isFalse();
            assertThat(muting.shows(quoting(quotedRecord(record.replace("spoiler", "hint")))))
                    .isTrue();
        }

        @Test
        void quotedText() {
            Moderation quotes = moderation(p -> p.mutedWords(List.of(muted("quoted"))));

            assertThat(quotes.shows(quoting(quoted("none")))).isFalse();
            assertThat(quotes.shows(quotingWithCard(quoted("none")))).isFalse();
            assertThat(quotes.shows(quoting(blockedQuote("none")))).isTrue();
        }

        @Test
        void cardBesideAQuote() {
            Moderation cards = moderation(p -> p.mutedWords(List.of(muted("card described"))));

            assertThat(cards.shows(quotingWithCard(quoted("none")))).isFalse();
            assertThat(cards.shows(quoting(quoted("none")))).isTrue();
        }

        @Test
        void followedAuthor_canBeExcluded() {
            ProfileViewBasic followed =
                    Views.author(AUTHOR, v -> v.following(AtUri.of("at://" + VIEWER + "/app.bsky.graph.follow/a")));
            LexMap record = record("a friend");

            assertThat(muting.shows(Views.post(Views.author(), p -> p.record(record))))
                    .isFalse();
            assertThat(muting.shows(Views.post(followed, p -> p.record(record))))
                    .isTrue();
            assertThat(muting.shows(Views.post(followed, p -> p.record(record("spoiler")))))
                    .isFalse();
        }

        @Test
        void ownPost_isNotSearchedForMutedWords() {
            assertThat(muting.post(Views.post(author(VIEWER, "none"), p -> p.record(record("spoiler"))))
                            .causes())
                    .isEmpty();
        }
    }

    @Nested
    class Subjects {
        private final Label onAccount = label(LABELER, AUTHOR, "!hide");

        @Test
        void allAccountViews_getSameDecision() {
            ProfileViewBasic basic = Views.author(onAccount);
            ProfileView view = Views.profile(onAccount);
            ProfileViewDetailed detailed = ProfileViewDetailed.builder()
                    .did(AUTHOR)
                    .handle(basic.handle())
                    .labels(onAccount)
                    .build();
            chat.bsky.actor.ActorDefs.ProfileViewBasic member = chat.bsky.actor.ActorDefs.ProfileViewBasic.builder()
                    .did(AUTHOR)
                    .handle(basic.handle())
                    .labels(onAccount)
                    .build();
            String expected = effects(moderation.profile(basic));

            assertThat(expected).contains("displayName:blur!");
            assertThat(effects(moderation.profile(view))).isEqualTo(expected);
            assertThat(effects(moderation.profile(detailed))).isEqualTo(expected);
            assertThat(effects(moderation.profile(member))).isEqualTo(expected);
            assertThat(effects(moderation.status(basic))).isEqualTo(expected);
            assertThat(effects(moderation.status(view))).isEqualTo(expected);
            assertThat(effects(moderation.status(detailed))).isEqualTo(expected);
            assertThat(moderation.shows(basic)).isFalse();
            assertThat(moderation.shows(view)).isFalse();
            assertThat(moderation.shows(detailed)).isFalse();
        }

        @Test
        void status_hasItsOwnLabels() {
            ProfileViewBasic live = Views.author().toBuilder()
                    .status(StatusView.builder()
                            .status("live")
                            .record(LexMap.of())
                            .labels(label(LABELER, "at://" + AUTHOR + "/app.bsky.actor.status/self", "!hide"))
                            .build())
                    .build();

            assertThat(effects(moderation.status(live))).isEqualTo("contentList:filter+blur! contentView:blur!");
            assertThat(moderation.profile(live).causes()).isEmpty();
        }

        @Test
        void notification_hasLabelsOfRecordAndAuthor() {
            Notification notification = Notification.builder()
                    .uri(Views.POST)
                    .cid(Views.CID)
                    .author(Views.profile())
                    .reason("mention")
                    .record(record("Hello"))
                    .isRead(false)
                    .indexedAt(Views.TIME)
                    .build();
            assertThat(moderation.shows(notification)).isTrue();

            assertThat(moderation.shows(notification.toBuilder()
                            .labels(label(LABELER, Views.POST, "!hide"))
                            .build()))
                    .isFalse();
            assertThat(moderation.shows(notification.toBuilder()
                            .author(Views.profile(onAccount))
                            .build()))
                    .isFalse();
        }

        @Test
        void feedGenerator_hasItsOwnLabelsAndItsCreators() {
            AtUri uri = AtUri.of("at://" + AUTHOR + "/app.bsky.feed.generator/a");
            GeneratorView feed = GeneratorView.builder()
                    .uri(uri)
                    .cid(Views.CID)
                    .did(AUTHOR)
                    .creator(Views.profile(label(LABELER, AUTHOR, "sexual")))
                    .displayName("Feed")
                    .labels(label(LABELER, uri, "!warn"))
                    .indexedAt(Views.TIME)
                    .build();

            assertThat(moderation.feedGenerator(feed).causes())
                    .extracting(cause -> ((ModerationCause.Labeled) cause).target())
                    .containsExactly(LabelTarget.CONTENT, LabelTarget.ACCOUNT);
        }

        @Test
        void userList_hasItsOwnLabelsAndItsCreators() {
            AtUri uri = AtUri.of("at://" + AUTHOR + "/app.bsky.graph.list/a");
            ListView list = ListView.builder()
                    .uri(uri)
                    .cid(Views.CID)
                    .creator(Views.profile(label(LABELER, AUTHOR, "sexual")))
                    .name("List")
                    .purpose("app.bsky.graph.defs#curatelist")
                    .labels(label(LABELER, uri, "!warn"))
                    .indexedAt(Views.TIME)
                    .build();

            assertThat(moderation.userList(list).causes()).hasSize(2);
        }

        @Test
        void basicUserList_creatorIsReadFromUri() {
            Label own = label(VIEWER, list().uri(), "porn");
            Label hide = label(LABELER, list().uri(), "!hide");

            ModerationDecision decision =
                    moderation.userList(list().toBuilder().labels(own, hide).build());

            assertThat(decision.own()).isTrue();
            assertThat(decision.causes()).hasSize(2);
            assertThat(effects(decision)).isEqualTo("contentList:blur contentView:blur contentMedia:blur");
        }

        @Test
        void basicUserListWithAHandle_hasNoKnownCreator() {
            ModerationDecision decision = moderation.userList(list().toBuilder()
                    .uri(AtUri.of("at://alice.test/app.bsky.graph.list/a"))
                    .labels(label(LABELER, list().uri(), "!hide"))
                    .build());

            assertThat(decision.own()).isFalse();
            assertThat(effects(decision)).isEqualTo("contentList:filter+blur! contentView:blur!");
        }
    }
}
