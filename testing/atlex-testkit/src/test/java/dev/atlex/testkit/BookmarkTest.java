package dev.atlex.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.data.LexMap;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BookmarkTest {
    private static final String BOOKMARKS = "app.bsky.bookmark.getBookmarks";

    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    private Http http;
    private TestAccount alice;
    private String token;
    private LexMap first;
    private LexMap second;

    @BeforeEach
    void post(LocalPds pds, TestAccount alice) {
        http = new Http(pds);
        this.alice = alice;
        token = http.login(alice).string("accessJwt");
        first = post("one");
        second = post("two");
    }

    private LexMap post(String text) {
        return http.post(
                        "com.atproto.repo.createRecord",
                        token,
                        "{'repo':'" + alice.did() + "','collection':'app.bsky.feed.post','record':{'text':'" + text
                                + "','createdAt':'2024-01-01T00:00:00.000Z'}}")
                .ok()
                .json();
    }

    private Http.Reply create(LexMap post) {
        return http.post(
                "app.bsky.bookmark.createBookmark",
                token,
                "{'uri':'" + post.getString("uri") + "','cid':'" + post.getString("cid") + "'}");
    }

    private Http.Reply delete(String uri) {
        return http.post("app.bsky.bookmark.deleteBookmark", token, "{'uri':'" + uri + "'}");
    }

    private List<LexMap> bookmarks(String query) {
        LexMap output =
                Shapes.output(BOOKMARKS, http.get(BOOKMARKS + query, token).ok().json());
        List<LexMap> bookmarks = new ArrayList<>();
        output.getArray("bookmarks").forEach(bookmark -> bookmarks.add((LexMap) bookmark));
        return bookmarks;
    }

    @Test
    void bookmarks_areDistinctAndNewestFirst() {
        create(first).ok();
        create(second).ok();
        assertThat(create(first).ok().text()).isEmpty();

        assertThat(bookmarks(""))
                .extracting(bookmark -> bookmark.getMap("item").getMap("record").getString("text"))
                .containsExactly("two", "one");
        LexMap page = http.get(BOOKMARKS + "?limit=1", token).ok().json();
        assertThat(bookmarks("?cursor=" + page.getString("cursor")))
                .extracting(bookmark -> bookmark.getMap("subject").getString("uri"))
                .containsExactly(first.getString("uri"));
    }

    @Test
    void bookmark_ofDeletedPostStays() {
        create(first).ok();
        String uri = first.getString("uri");
        http.post(
                        "com.atproto.repo.deleteRecord",
                        token,
                        "{'repo':'" + alice.did() + "','collection':'app.bsky.feed.post','rkey':'"
                                + uri.substring(uri.lastIndexOf('/') + 1) + "'}")
                .ok();

        assertThat(bookmarks("").get(0).getMap("item").type()).isEqualTo("app.bsky.feed.defs#notFoundPost");
    }

    @Test
    void deleteBookmark_canBeRepeated() {
        create(first).ok();
        delete(first.getString("uri")).ok();
        delete(first.getString("uri")).ok();

        assertThat(bookmarks("")).isEmpty();
    }

    @Test
    void onlyPosts_canBeBookmarked() {
        String like = "at://" + alice.did() + "/app.bsky.feed.like/3jzfcijpj2z2a";
        assertThat(delete(like).error())
                .isEqualTo("400 UnsupportedCollection: Only 'app.bsky.feed.post' records can be bookmarked");
        assertThat(delete("at://" + alice.did()).error()).startsWith("400 UnsupportedCollection");
        assertThat(http.post("app.bsky.bookmark.createBookmark", token, "{'uri':'x','cid':'x'}")
                        .error())
                .isEqualTo("400 InvalidRequest: Invalid at-uri (got \"x\") at $.uri");
    }

    @Test
    void bookmarks_arePrivate(TestAccount bob) {
        create(first).ok();

        token = http.login(bob).string("accessJwt");
        assertThat(bookmarks("")).isEmpty();
    }
}
