package dev.atlex.bluesky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.bsky.actor.ActorDefs.ContentLabelPref;
import app.bsky.actor.ActorDefs.MutedWord;
import app.bsky.actor.ActorDefs.PreferencesItem;
import app.bsky.actor.ActorDefs.SavedFeed;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Did;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.LocalPdsExtension;
import dev.atlex.testkit.TestAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests private preferences, and that changes by other apps aren't lost. */
class PreferencesTest {
    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    private static final String GET = "app.bsky.actor.getPreferences";
    private static final String PUT = "app.bsky.actor.putPreferences";
    private static final Did LABELER = Did.of("did:plc:ar7c4by46qjdydhdevvrndac");
    private static final AtUri FEED = AtUri.of("at://did:plc:ar7c4by46qjdydhdevvrndac/app.bsky.feed.generator/cats");
    private static final AtUri LIST =
            AtUri.of("at://did:plc:ar7c4by46qjdydhdevvrndac/app.bsky.graph.list/3jzfcijpj2z2a");

    private static LexMap json(String json) {
        return (LexMap) LexValue.parseJson(json.replace("DEFS", "app.bsky.actor.defs"));
    }

    private static Preferences change(Preferences preferences, Consumer<Preferences.Builder> change) {
        Preferences.Builder builder = preferences.toBuilder();
        change.accept(builder);
        return builder.build();
    }

    @Nested
    class Values {
        private final Preferences none = Preferences.of(List.of());

        @Test
        void withoutPreferences_defaultsApply() {
            assertThat(none.adultContent()).isFalse();
            assertThat(none.mutedWords()).isEmpty();
            assertThat(none.contentLabels()).isEmpty();
            assertThat(none.labelers()).isEmpty();
            assertThat(none.hiddenPosts()).isEmpty();
            assertThat(none.savedFeeds()).extracting(SavedFeed::value).containsExactly("following");
            assertThat(none.items()).isEmpty();
        }

        @Test
        void adultContent_isSetInPlace() {
            Preferences old = Preferences.of(List.of(
                    json("{\"$type\":\"DEFS#adultContentPref\",\"enabled\":false,\"since\":7}"),
                    json("{\"$type\":\"DEFS#adultContentPref\",\"enabled\":false}")));

            assertThat(change(old, p -> p.adultContent(true)).stored())
                    .containsExactly(json("{\"$type\":\"DEFS#adultContentPref\",\"enabled\":true,\"since\":7}"));
            assertThat(change(none, p -> p.adultContent(true)).adultContent()).isTrue();
        }

        @Test
        void muteWord_asAppsStoreIt() {
            Preferences muted =
                    change(none, p -> p.muteWord(" #spo\u200biler\n").muteTag("#\ufe0f\u20e3"));

            assertThat(muted.mutedWords()).extracting(MutedWord::value).containsExactly("spoiler", "#\ufe0f\u20e3");
            MutedWord word = muted.mutedWords().get(0);
            assertThat(word.targets()).containsExactly("content", "tag");
            assertThat(word.actorTarget()).isEqualTo("all");
            assertThat(word.id()).hasSize(13);
            assertThat(muted.mutedWords().get(1).targets()).containsExactly("tag");
        }

        @Test
        void muteWord_again_changesNothing() {
            Preferences muted = change(none, p -> p.muteWord("spoiler"));

            assertThat(change(muted, p -> p.muteWord("#spoiler"))).isEqualTo(muted);
            assertThat(change(muted, p -> p.unmuteWord("other"))).isEqualTo(muted);
            assertThat(change(muted, p -> p.unmuteWord("#spoiler")).mutedWords())
                    .isEmpty();
        }

        @Test
        void muteWord_keepsTheIdAndUnknownFields() {
            Preferences old = Preferences.of(List.of(json("""
                    {"$type":"DEFS#mutedWordsPref","extra":1,"items":[
                      {"id":"one","value":"spoiler","targets":["tag"],"reason":"film"},{"invalid":true}]}""")));

            Preferences muted = change(old, p -> p.muteWord("spoiler"));

            assertThat(muted.mutedWords()).hasSize(1);
            assertThat(muted.mutedWords().get(0).id()).isEqualTo("one");
            assertThat(muted.stored().get(0).getInteger("extra")).isEqualTo(1);
            assertThat(muted.stored().get(0).getArray("items"))
                    .contains(json("{\"invalid\":true}"))
                    .anyMatch(item -> "film".equals(((LexMap) item).getString("reason")));
        }

        @Test
        void blankWord_isRefused() {
            assertThatThrownBy(() -> none.toBuilder().muteWord(" # "))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("muteWord: the word is blank (got \" # \")");
        }

        @Test
        void contentLabel_existsOncePerLabelAndLabeler() {
            Preferences set = change(
                    none,
                    p -> p.contentLabel("nudity", "warn")
                            .contentLabel("nudity", "hide", LABELER)
                            .contentLabel("nudity", "ignore"));

            assertThat(set.contentLabels())
                    .extracting(ContentLabelPref::visibility)
                    .containsExactly("ignore", "hide");
        }

        @Test
        void labelersAndHiddenPosts_areSets() {
            AtUri post = AtUri.of("at://" + LABELER + "/app.bsky.feed.post/3jzfcijpj2z2a");
            Preferences set = change(
                    none,
                    p -> p.addLabeler(LABELER)
                            .addLabeler(LABELER)
                            .hidePost(post)
                            .hidePost(post));

            assertThat(set.labelers()).containsExactly(LABELER);
            assertThat(set.hiddenPosts()).containsExactly(post);

            Preferences removed = change(set, p -> p.removeLabeler(LABELER).unhidePost(post));
            assertThat(removed.labelers()).isEmpty();
            assertThat(removed.hiddenPosts()).isEmpty();
        }

        /** Otherwise the app would show only the saved feed. */
        @Test
        void firstSavedFeed_keepsDefaultTabs() {
            Preferences old = Preferences.of(List.of(json(
                    """
                    {"$type":"DEFS#savedFeedsPref","pinned":["LIST"],"saved":["LIST","OTHER"]}""".replace("LIST", LIST.toString()).replace("OTHER", "at://a.test/app.bsky.feed.generator/b"))));

            Preferences saved = change(old, p -> p.saveFeed(FEED, true));

            assertThat(saved.savedFeeds())
                    .extracting(SavedFeed::value)
                    .containsExactly(
                            "following", LIST.toString(), FEED.toString(), "at://a.test/app.bsky.feed.generator/b");
            assertThat(saved.savedFeeds())
                    .extracting(SavedFeed::type)
                    .containsExactly("timeline", "list", "feed", "feed");
            assertThat(saved.stored()).contains(old.stored().get(0));
        }

        @Test
        void savedFeed_isPinnedMovedAndRemoved() {
            Preferences saved = change(none, p -> p.saveFeed(FEED, false).saveFeed(LIST, true));
            assertThat(saved.savedFeeds()).extracting(SavedFeed::pinned).containsExactly(true, true, false);

            Preferences pinned = change(saved, p -> p.saveFeed(FEED, true));
            assertThat(pinned.savedFeeds())
                    .extracting(SavedFeed::value)
                    .containsExactly("following", LIST.toString(), FEED.toString());
            assertThat(change(pinned, p -> p.saveFeed(FEED, true))).isEqualTo(pinned);

            assertThat(change(pinned, p -> p.removeFeed(LIST)).savedFeeds()).hasSize(2);
            assertThat(change(none, p -> p.removeFeed(LIST))).isEqualTo(none);
            assertThatThrownBy(() -> none.toBuilder().saveFeed(AtUri.of(LABELER), true))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void invalidPreferences_areKeptButNotReturned() {
            Preferences odd = Preferences.of(List.of(
                    json("{\"$type\":\"DEFS#mutedWordsPref\",\"items\":7}"),
                    json("{\"$type\":\"DEFS#newPref\",\"a\":1}"),
                    json("{\"$type\":\"DEFS#hiddenPostsPref\",\"items\":[7,\"x\"]}")));

            assertThat(odd.mutedWords()).isEmpty();
            assertThat(odd.hiddenPosts()).isEmpty();
            assertThat(odd.items()).anyMatch(item -> item instanceof PreferencesItem.Unknown);
            assertThat(change(odd, p -> p.adultContent(true)).stored()).containsAll(odd.stored());
        }
    }

    @Nested
    class OnAServer {
        private LocalPds pds;
        private Bluesky bsky;

        @BeforeEach
        void signIn(LocalPds server, TestAccount alice) {
            pds = server;
            bsky = SignedIn.bluesky(pds, alice);
        }

        @Test
        void update_isStored() {
            Preferences updated =
                    bsky.updatePreferences(p -> p.muteWord("spoiler").adultContent(true));

            assertThat(bsky.preferences()).isEqualTo(updated);
            assertThat(bsky.preferences().adultContent()).isTrue();
        }

        @Test
        void updateWithoutChange_writesNothing() {
            bsky.updatePreferences(p -> p.muteWord("spoiler"));
            pds.clearRequests();

            bsky.updatePreferences(p -> p.muteWord("spoiler"));

            assertThat(pds.count(PUT)).isZero();
        }

        @Test
        void concurrentChanges_areAllKept() throws Exception {
            ExecutorService executor = Executors.newFixedThreadPool(4);
            try {
                List<Future<?>> updates = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    String word = "word" + i;
                    updates.add(executor.submit(() -> bsky.updatePreferences(p -> p.muteWord(word))));
                }
                for (Future<?> update : updates) {
                    update.get();
                }
            } finally {
                executor.shutdownNow();
            }

            assertThat(bsky.preferences().mutedWords()).hasSize(20);
            assertThat(pds.count(PUT)).isEqualTo(20);
        }

        /** Returns an agent whose server stores any preferences. */
        private List<LexValue> store(String... preferences) {
            List<LexValue> stored = new ArrayList<>();
            for (String preference : preferences) {
                stored.add(json(preference));
            }
            pds.handle(GET, call -> LexMap.of("preferences", LexArray.copyOf(stored)));
            return stored;
        }

        @Test
        void unknownAndInvalidPreferences_areWrittenBack() {
            List<LexValue> stored = store(
                    "{\"$type\":\"DEFS#futurePref\",\"x\":[1]}",
                    "{\"$type\":\"DEFS#contentLabelPref\",\"label\":7}",
                    "{\"$type\":\"DEFS#mutedWordsPref\",\"items\":[{\"odd\":1}]}");
            List<LexValue> before = List.copyOf(stored);
            List<LexValue> written = new ArrayList<>();
            pds.handle(PUT, call -> {
                written.addAll(call.input().getArray("preferences"));
                stored.clear();
                stored.addAll(written);
                return null;
            });

            bsky.updatePreferences(p -> p.adultContent(true));

            assertThat(written).hasSize(4).containsAll(before);
        }

        /** Another app overwrites all preferences just after this one. */
        @Test
        void overwrittenChange_isRepeated() {
            List<LexValue> stored = store();
            AtomicInteger puts = new AtomicInteger();
            pds.handle(PUT, call -> {
                stored.clear();
                if (puts.incrementAndGet() > 1) {
                    stored.addAll(call.input().getArray("preferences"));
                } else {
                    stored.add(json("{\"$type\":\"DEFS#threadViewPref\",\"sort\":\"newest\"}"));
                }
                return null;
            });

            Preferences updated = bsky.updatePreferences(p -> p.adultContent(true));

            assertThat(puts).hasValue(2);
            assertThat(updated.adultContent()).isTrue();
            assertThat(updated.stored()).hasSize(2);
        }

        /** The server sorts the preferences, and derives one from another. */
        @Test
        void orderAndDerivedPreferences_areNoConflict() {
            List<LexValue> stored = store("{\"$type\":\"DEFS#threadViewPref\",\"sort\":\"newest\"}");
            AtomicInteger puts = new AtomicInteger();
            pds.handle(PUT, call -> {
                puts.incrementAndGet();
                stored.clear();
                call.input().getArray("preferences").forEach(preference -> stored.add(0, preference));
                stored.add(json("{\"$type\":\"DEFS#declaredAgePref\",\"isOverAge18\":true}"));
                return null;
            });

            bsky.updatePreferences(p -> p.adultContent(true));

            assertThat(puts).hasValue(1);
        }

        @Test
        void changeThatIsAlwaysOverwritten_isReported() {
            store();
            pds.handle(PUT, call -> null);

            assertThatThrownBy(() -> bsky.updatePreferences(p -> p.adultContent(true)))
                    .isInstanceOfSatisfying(
                            PreferencesConflictException.class,
                            failure -> assertThat(failure.attempts()).isEqualTo(5));
        }
    }
}
