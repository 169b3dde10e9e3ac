package dev.atlex.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BlueskyTest {
    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    private Http http;
    private TestAccount alice;
    private TestAccount bob;
    private String token;

    @BeforeEach
    void login(LocalPds pds, TestAccount alice, TestAccount bob) {
        http = new Http(pds);
        this.alice = alice;
        this.bob = bob;
        token = http.login(alice).string("accessJwt");
    }

    private LexMap write(TestAccount author, String collection, String record) {
        return http.post(
                        "com.atproto.repo.createRecord",
                        http.login(author).string("accessJwt"),
                        "{'repo':'" + author.did() + "','collection':'" + collection + "','record':" + record + "}")
                .ok()
                .json();
    }

    private LexMap post(TestAccount author, String text) {
        return write(author, "app.bsky.feed.post", "{'text':'" + text + "','createdAt':'2024-01-01T00:00:00.000Z'}");
    }

    private static List<String> texts(LexMap page) {
        List<String> texts = new ArrayList<>();
        LexArray feed = page.getArray("feed");
        feed.forEach(item ->
                texts.add(((LexMap) item).getMap("post").getMap("record").getString("text")));
        return texts;
    }

    @Test
    void authorFeed_listsOnlyTheAuthorsPosts(LocalPds pds) {
        post(alice, "mine");
        post(bob, "not mine");
        assertThat(texts(http.get("app.bsky.feed.getAuthorFeed?actor=alice.test", token)
                        .json()))
                .containsExactly("mine");
        pds.takedown(bob.did());
        assertThat(http.get("app.bsky.feed.getAuthorFeed?actor=bob.test", token).error())
                .isEqualTo("400 InvalidRequest: Profile not found");
    }

    @Test
    void posts_countLikesAndReplies() {
        LexMap post = post(alice, "hello");
        String uri = post.getString("uri");
        String ref = "{'uri':'" + uri + "','cid':'" + post.getString("cid") + "'}";
        write(bob, "app.bsky.feed.like", "{'subject':" + ref + ",'createdAt':'2024-01-01T00:00:00Z'}");
        write(
                bob,
                "app.bsky.feed.post",
                "{'text':'yes','createdAt':'2024-01-01T00:00:00Z','reply':{'root':" + ref + ",'parent':" + ref + "}}");
        LexArray posts = http.get(
                        "app.bsky.feed.getPosts?uris=" + uri
                                + "&uris=at://did:plc:aaaaaaaaaaaaaaaaaaaaaaaa/app.bsky.feed.post/x",
                        token)
                .ok()
                .json()
                .getArray("posts");
        LexMap view = (LexMap) posts.get(0);

        assertThat(posts).hasSize(1);
        assertThat(view.getInteger("likeCount")).isEqualTo(1);
        assertThat(view.getInteger("replyCount")).isEqualTo(1);
        assertThat(view.getMap("author").getString("handle")).isEqualTo("alice.test");
    }

    @Test
    void profile_showsRecordAndCounts() {
        http.post(
                        "com.atproto.repo.putRecord",
                        token,
                        "{'repo':'alice.test','collection':'app.bsky.actor.profile','rkey':'self',"
                                + "'record':{'displayName':'Alice','description':'tests'}}")
                .ok();
        write(bob, "app.bsky.graph.follow", "{'subject':'" + alice.did() + "','createdAt':'2024-01-01T00:00:00Z'}");
        post(alice, "one");
        LexMap profile = http.get("app.bsky.actor.getProfile?actor=" + alice.did(), token)
                .ok()
                .json();

        assertThat(profile.getString("displayName")).isEqualTo("Alice");
        assertThat(profile.getString("description")).isEqualTo("tests");
        assertThat(profile.getInteger("followersCount")).isEqualTo(1);
        assertThat(profile.getInteger("postsCount")).isEqualTo(1);
        assertThat(http.get("app.bsky.actor.getProfile?actor=alice.test", null).error())
                .isEqualTo("401 AuthMissing: Authentication Required");
        assertThat(http.get("app.bsky.actor.getProfiles?actors=alice.test&actors=nobody.test", token)
                        .json()
                        .getArray("profiles"))
                .hasSize(1);
    }

    @Test
    void personalPreferences_needMainPassword(LocalPds pds) {
        String adult = "{'$type':'app.bsky.actor.defs#adultContentPref','enabled':true}";
        String birthday = "{'$type':'app.bsky.actor.defs#personalDetailsPref','birthDate':'2000-01-01T00:00:00Z'}";
        String put = "app.bsky.actor.putPreferences";
        String app = http.login("alice.test", pds.createAppPassword(alice.did(), "bot"))
                .string("accessJwt");

        http.post(put, token, "{'preferences':[" + adult + "," + birthday + "]}")
                .ok();
        assertThat(http.get("app.bsky.actor.getPreferences", app).text())
                .isEqualTo("{\"preferences\":[" + adult.replace('\'', '"') + "]}");
        assertThat(http.post(put, app, "{'preferences':[" + birthday + "]}").error())
                .isEqualTo("400 InvalidRequest: Do not have authorization to set preferences: "
                        + "app.bsky.actor.defs#personalDetailsPref");
        http.post(put, app, "{'preferences':[]}").ok();
        assertThat(http.get("app.bsky.actor.getPreferences", token).text())
                .isEqualTo("{\"preferences\":[" + birthday.replace('\'', '"') + "]}");
        assertThat(http.post(put, token, "{'preferences':[{'$type':'com.example.x'}]}")
                        .error())
                .isEqualTo("400 InvalidRequest: Some preferences are not in the app.bsky namespace");
    }

    @Test
    void serviceToken_isSignedWithKeyInDidDocument() throws Exception {
        String url = "com.atproto.server.getServiceAuth?aud=did:web:x.test";
        String jwt = http.get(url + "&lxm=app.bsky.feed.getTimeline", token).string("token");
        LexMap claims = Http.claims(jwt);
        assertThat(claims.getString("iss")).isEqualTo(alice.did().toString());
        assertThat(claims.getString("aud")).isEqualTo("did:web:x.test");
        assertThat(claims.getString("lxm")).isEqualTo("app.bsky.feed.getTimeline");
        assertThat(claims.getInteger("exp") - claims.getInteger("iat")).isEqualTo(60);

        LexMap document = http.login(alice).json().getMap("didDoc");
        LexMap method = (LexMap) document.getArray("verificationMethod").get(0);
        assertThat(P256.verifies(method.getString("publicKeyMultibase"), jwt)).isTrue();
        assertThat(P256.verifies(method.getString("publicKeyMultibase"), jwt.replace(".", "x.")))
                .isFalse();
        assertThat(http.get(url + "&exp=1", token).error()).isEqualTo("400 BadExpiration: expiration is in past");
        assertThat(http.get("com.atproto.server.getServiceAuth", token).error())
                .isEqualTo("400 InvalidRequest: Invalid com.atproto.server.getServiceAuth params:"
                        + " Missing required key \"aud\"");
    }
}
