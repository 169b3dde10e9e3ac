package dev.atlex.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.data.LexMap;
import dev.atlex.syntax.Did;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AppViewActorTest {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    private LocalPds pds;
    private Person alice;
    private Person bob;

    @BeforeEach
    void signIn(LocalPds pds, TestAccount alice, TestAccount bob) {
        this.pds = pds;
        this.alice = new Person(pds, alice);
        this.bob = new Person(pds, bob);
    }

    @Nested
    class Profiles {
        @Test
        void profile_showsRecordCountsAndImages() {
            String avatar = alice.upload(PNG, "image/png");
            alice.profile("'displayName':'Alice','description':'Hi','website':'http://a.test','avatar':" + avatar);
            alice.post("post");
            alice.list("friends", "curatelist");
            bob.follow(alice);

            LexMap profile = bob.profileOf(alice);
            assertThat(profile.getString("displayName")).isEqualTo("Alice");
            assertThat(profile.getString("description")).isEqualTo("Hi");
            assertThat(profile.getString("website")).as("only https is shown").isNull();
            assertThat(profile.getInteger("followersCount")).isEqualTo(1);
            assertThat(profile.getInteger("followsCount")).isZero();
            assertThat(profile.getInteger("postsCount")).isEqualTo(1);
            assertThat(profile.getMap("associated").getInteger("lists")).isEqualTo(1);
            assertServes(profile.getString("avatar"), PNG);
        }

        @Test
        void accountWithoutProfile_hasOnlyAHandle() {
            LexMap profile = bob.profileOf(alice);

            assertThat(profile.getString("handle")).isEqualTo("alice.test");
            assertThat(profile.keySet()).doesNotContain("displayName", "description", "avatar", "createdAt");
        }

        @Test
        void inactiveAccounts_areErrors() {
            Did did = Did.of(alice.did());
            String method = "app.bsky.actor.getProfile";
            pds.deactivate(did);
            assertThat(bob.query(method, "actor", alice.did()).error())
                    .isEqualTo("400 AccountDeactivated: Account is deactivated");
            pds.takedown(did);
            assertThat(bob.query(method, "actor", alice.did()).error())
                    .isEqualTo("400 AccountTakedown: Account has been suspended");
            assertThat(bob.get("app.bsky.actor.getProfiles", "actors", alice.did(), "actors", bob.handle())
                            .getArray("profiles"))
                    .hasSize(1);
            assertThat(bob.query(method, "actor", "nobody.test").error())
                    .isEqualTo("400 InvalidRequest: Profile not found");
        }

        @Test
        void profiles_areAtMost25() {
            Object[] params = new Object[52];
            for (int i = 0; i < 52; i += 2) {
                params[i] = "actors";
                params[i + 1] = bob.did();
            }
            assertThat(alice.query("app.bsky.actor.getProfiles", params).error())
                    .isEqualTo("400 InvalidRequest: Invalid app.bsky.actor.getProfiles params:"
                            + " array too big (maximum 25, got 26)");
        }
    }

    private static void assertServes(String url, byte[] content) {
        java.net.URI uri = java.net.URI.create(url);
        Http http = new Http(java.net.URI.create(uri.getScheme() + "://" + uri.getAuthority()));
        assertThat(http.send(http.request(uri.getPath() + "?" + uri.getQuery(), null))
                        .ok()
                        .response()
                        .body())
                .isEqualTo(content);
    }

    @Nested
    class Labels {
        private List<String> labels(LexMap view) {
            return Person.values(view, "labels", each -> each.getString("val"));
        }

        @Test
        void labelsFromTests_areShownOnViews() {
            Person.Ref post = alice.post("post");
            pds.label(post.uri(), "spam");
            pds.label(alice.did(), "!warn", Did.of("did:web:other.test"));

            assertThat(labels(bob.view(post))).containsExactly("spam");
            assertThat(labels(bob.view(post).getMap("author"))).containsExactly("!warn");
            LexMap label = (LexMap) bob.profileOf(alice).getArray("labels").get(0);
            assertThat(label.getString("src")).isEqualTo("did:web:other.test");
            assertThat(label.getString("uri")).isEqualTo(alice.did());

            assertThat(pds.unlabel(post.uri(), "spam")).isTrue();
            assertThat(pds.unlabel(post.uri(), "spam")).isFalse();
            assertThat(labels(bob.view(post))).isEmpty();
        }

        @Test
        void selfLabels_areShownOnViews() {
            String labels = ",'labels':{'$type':'com.atproto.label.defs#selfLabels','values':[{'val':'porn'}]}";
            Person.Ref post = alice.post("post", labels);

            assertThat(labels(bob.view(post))).containsExactly("porn");
            LexMap label = (LexMap) bob.view(post).getArray("labels").get(0);
            assertThat(label.getString("src")).isEqualTo(alice.did());
            assertThat(label.getString("cid")).isEqualTo(post.cid());
        }
    }

    @Nested
    class Embeds {
        private LexMap embed(Person.Ref post) {
            return bob.view(post).getMap("embed");
        }

        @Test
        void images_areServed() {
            String image =
                    "{'alt':'A','image':" + alice.upload(PNG, "image/png") + ",'aspectRatio':{'width':2,'height':1}}";
            LexMap images =
                    embed(alice.post("x", ",'embed':{'$type':'app.bsky.embed.images','images':[" + image + "]}"));
            LexMap view = (LexMap) images.getArray("images").get(0);

            assertThat(images.type()).isEqualTo("app.bsky.embed.images#view");
            assertThat(view.getString("alt")).isEqualTo("A");
            assertThat(view.getMap("aspectRatio").getInteger("width")).isEqualTo(2);
            assertServes(view.getString("thumb"), PNG);
            assertServes(view.getString("fullsize"), PNG);
        }

        @Test
        void gallery_showsTenImages() {
            String item = "{'$type':'app.bsky.embed.gallery#image','alt':'A','image':" + alice.upload(PNG, "image/png")
                    + ",'aspectRatio':{'width':2,'height':1}}";
            LexMap gallery = embed(alice.post(
                    "x",
                    ",'embed':{'$type':'app.bsky.embed.gallery','items':[" + (item + ",").repeat(11) + item + "]}"));

            assertThat(gallery.getArray("items")).hasSize(10);
            assertServes(((LexMap) gallery.getArray("items").get(0)).getString("thumbnail"), PNG);
        }

        @Test
        void videoAndCard_areServed() {
            byte[] mp4 = {0, 0, 0, 24, 'f', 't', 'y', 'p', 'm', 'p', '4', '2'};
            LexMap video = embed(alice.post(
                    "x",
                    ",'embed':{'$type':'app.bsky.embed.video','alt':'V','video':" + alice.upload(mp4, "video/mp4")
                            + "}"));
            LexMap card = embed(alice.post(
                            "x",
                            ",'embed':{'$type':'app.bsky.embed.external','external':{'uri':'https://a.test','title':'T',"
                                    + "'description':'D','thumb':" + alice.upload(PNG, "image/png") + "}}"))
                    .getMap("external");

            assertServes(video.getString("playlist"), mp4);
            assertServes(card.getString("thumb"), PNG);
            assertThat(card.getString("title")).isEqualTo("T");
        }

        @Test
        void quote_nestsOneLevel() {
            Person.Ref first = alice.post("first");
            Person.Ref second = bob.quote("second", first);
            Person.Ref third = alice.quote("third", second);
            Person.Ref fourth = alice.quote("fourth", third);

            LexMap outer = embed(fourth).getMap("record");
            assertThat(outer.type()).isEqualTo("app.bsky.embed.record#viewRecord");
            assertThat(outer.getMap("value").getString("text")).isEqualTo("third");
            LexMap inner = ((LexMap) outer.getArray("embeds").get(0)).getMap("record");
            assertThat(inner.getMap("value").getString("text")).isEqualTo("second");
            assertThat(inner.getArray("embeds")).isNull();
        }

        @Test
        void recordWithMedia_showsBoth() {
            Person.Ref quoted = alice.post("quoted");
            LexMap embed = embed(bob.post(
                    "x",
                    ",'embed':{'$type':'app.bsky.embed.recordWithMedia','record':{'$type':'app.bsky.embed.record','record':"
                            + quoted.json() + "},'media':{'$type':'app.bsky.embed.external','external':{"
                            + "'uri':'https://a.test','title':'T','description':'D'}}}"));

            assertThat(embed.type()).isEqualTo("app.bsky.embed.recordWithMedia#view");
            assertThat(embed.getMap("media").type()).isEqualTo("app.bsky.embed.external#view");
            assertThat(embed.getMap("record").getMap("record").getString("uri")).isEqualTo(quoted.uri());
        }

        private String quotedType(Person viewer, Person.Ref quote) {
            return viewer.view(quote).getMap("embed").getMap("record").type().replace("app.bsky.embed.record#", "");
        }

        @Test
        void missingBlockedAndDetachedQuotes_arePlaceholders(TestAccount carol) {
            Person other = new Person(pds, carol);
            Person.Ref quoted = alice.post("quoted");
            Person.Ref quote = bob.quote("quote", quoted);
            alice.write(
                    "app.bsky.feed.postgate",
                    quoted.key(),
                    "'post':'" + quoted.uri() + "','detachedEmbeddingUris':['" + quote.uri() + "']");
            assertThat(quotedType(other, quote)).isEqualTo("viewDetached");

            Person.Ref block = alice.block(bob);
            assertThat(quotedType(other, quote)).isEqualTo("viewBlocked");
            alice.delete(block);
            Person.Ref postgate = new Person.Ref(quoted.uri().replace("feed.post/", "feed.postgate/"), "");
            alice.delete(postgate);
            assertThat(quotedType(other, quote)).isEqualTo("viewRecord");
            alice.delete(quoted);
            assertThat(quotedType(other, quote)).isEqualTo("viewNotFound");
        }

        @Test
        void postgate_disablesQuotes() {
            Person.Ref post = alice.post("post");
            alice.write(
                    "app.bsky.feed.postgate",
                    post.key(),
                    "'post':'" + post.uri() + "','embeddingRules':[{'$type':'app.bsky.feed.postgate#disableRule'}]");

            assertThat(bob.view(post).getMap("viewer").getBoolean("embeddingDisabled"))
                    .isTrue();
            assertThat(alice.view(post).getMap("viewer").getBoolean("embeddingDisabled"))
                    .isFalse();
            assertThat(quotedType(alice, bob.quote("quote", post))).isEqualTo("viewDetached");
            assertThat(alice.get("app.bsky.notification.listNotifications").getArray("notifications"))
                    .isEmpty();
        }

        @Test
        void listsAndStarterPacks_areHydrated() {
            Person.Ref list = alice.list("friends", "curatelist");
            Person.Ref pack = alice.write("app.bsky.graph.starterpack", "'name':'P','list':'" + list.uri() + "'");

            assertThat(embed(alice.quote("x", list)).getMap("record").type()).isEqualTo("app.bsky.graph.defs#listView");
            assertThat(embed(alice.quote("x", pack)).getMap("record").type())
                    .isEqualTo("app.bsky.graph.defs#starterPackViewBasic");
        }
    }

    @Nested
    class Search {
        private List<String> actors(String method, String q) {
            return alice.list("actors", each -> each.getString("handle"), "app.bsky.actor." + method, "q", q);
        }

        @Test
        void actors_areFoundByHandleAndName() {
            bob.profile("'displayName':'Robert Tables'");
            pds.createAccount("bobby.test", "password");

            assertThat(actors("searchActors", "bob")).containsExactly("bob.test", "bobby.test");
            assertThat(actors("searchActors", "@BOBBY.test")).containsExactly("bobby.test");
            assertThat(actors("searchActorsTypeahead", "tables")).containsExactly("bob.test");
        }

        @Test
        void blockedActors_areFoundByExactHandleOnly() {
            bob.block(alice);

            assertThat(actors("searchActors", "bob.test")).isEmpty();
            assertThat(actors("searchActorsTypeahead", "bob")).isEmpty();
            assertThat(actors("searchActorsTypeahead", "bob.test")).containsExactly("bob.test");
        }

        @Test
        void suggestions_areUnrelatedAccounts() {
            pds.createAccount("dora.test", "password");
            alice.follow(bob);

            assertThat(alice.list("actors", each -> each.getString("handle"), "app.bsky.actor.getSuggestions"))
                    .containsExactly("dora.test");
        }

        private List<String> posts(String q, Object... params) {
            Object[] all = new Object[params.length + 2];
            all[0] = "q";
            all[1] = q;
            System.arraycopy(params, 0, all, 2, params.length);
            return alice.list("posts", Person::text, "app.bsky.feed.searchPosts", all);
        }

        @Test
        void words_mustAllOccur() {
            alice.post("The quick brown fox");
            bob.post("A brown, quick dog");

            assertThat(posts("quick BROWN")).containsExactly("A brown, quick dog", "The quick brown fox");
            assertThat(posts("\"quick brown\"")).containsExactly("The quick brown fox");
            assertThat(posts("quick cat")).isEmpty();
            assertThat(posts("quic")).as("words are whole").isEmpty();
        }

        @Test
        void operators_filter() {
            Person.Ref post = alice.post("word one", ",'langs':['en-US'],'tags':['Java']");
            bob.mention("word two", alice);
            bob.reply("word three", post, post);
            alice.post(
                    "word four",
                    ",'embed':{'$type':'app.bsky.embed.external','external':{'uri':'https://www.example.com/a',"
                            + "'title':'T','description':'D'}}");

            assertThat(posts("word from:bob.test")).containsExactly("word three", "word two");
            assertThat(posts("word from:me")).containsExactly("word four", "word one");
            assertThat(posts("word from:nobody.test")).isEmpty();
            assertThat(posts("mentions:@alice.test")).containsExactly("word two");
            assertThat(posts("to:alice.test")).containsExactly("word three");
            assertThat(posts("#java")).containsExactly("word one");
            assertThat(posts("lang:en")).containsExactly("word one");
            assertThat(posts("domain:example.com")).containsExactly("word four");
            assertThat(posts("word", "author", bob.did())).hasSize(2);
            assertThat(posts("word", "mentions", alice.did())).containsExactly("word two");
            assertThat(posts("word", "tag", "java", "tag", "other")).isEmpty();
            assertThat(posts("word", "url", "https://www.example.com/a")).containsExactly("word four");
        }

        @Test
        void timesAndOrder() {
            alice.post("word a", ",'createdAt':'2024-01-01T00:00:00Z'");
            Person.Ref liked = alice.post("word b", ",'createdAt':'2024-01-02T00:00:00Z'");
            alice.post("word c", ",'createdAt':'2024-01-03T00:00:00Z'");
            bob.like(liked);

            assertThat(posts("word")).containsExactly("word c", "word b", "word a");
            assertThat(posts("word", "sort", "top")).startsWith("word b");
            assertThat(posts("word since:2024-01-02")).containsExactly("word c", "word b");
            assertThat(posts("word", "until", "2024-01-02T00:00:00Z")).containsExactly("word a");
            for (String sort : List.of("latest", "top")) {
                assertThat(alice.pages(
                                1, "posts", Person::text, "app.bsky.feed.searchPosts", "q", "word", "sort", sort))
                        .containsExactlyInAnyOrder("word a", "word b", "word c");
            }
            assertThat(alice.query("app.bsky.feed.searchPosts", "q", "since:x").error())
                    .isEqualTo("400 InvalidRequest: invalid date (got \"x\")");
            assertThat(alice.query("app.bsky.feed.searchPosts").error())
                    .isEqualTo("400 InvalidRequest: Invalid app.bsky.feed.searchPosts params:"
                            + " Missing required key \"q\"");
        }

        @Test
        void blockedAuthors_areLeftOut() {
            bob.post("word");
            bob.block(alice);

            assertThat(posts("word")).isEmpty();
        }
    }
}
