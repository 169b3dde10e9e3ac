package dev.atlex.conformance;

import app.bsky.feed.FeedDefs.PostView;
import app.bsky.feed.Post;
import app.bsky.richtext.Facet;
import dev.atlex.bluesky.Bluesky;
import dev.atlex.bluesky.BlueskyOptions;
import dev.atlex.bluesky.ThreadNode;
import dev.atlex.client.InvalidItems;
import dev.atlex.client.ListOptions;
import dev.atlex.data.LexMap;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.RecordType;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionOptions;
import dev.atlex.syntax.AtUri;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Base class for the Bluesky scenarios. They read their records back as views from the AppView, in strict mode, so a
 * view that violates its schema fails the scenario.
 *
 * <p>The AppView indexes accounts in parallel. When two accounts write something about the same subject, scenarios call
 * {@link BlueskyServer#index} in between. Otherwise the order of notifications and the subject's counts would be
 * random.
 */
abstract class BlueskyScenarios {
    static final BlueskyOptions STRICT =
            BlueskyOptions.of(o -> o.call(c -> c.strict(true).invalidItems(InvalidItems.FAIL)));

    final BlueskyServer server;

    BlueskyScenarios(BlueskyServer server) {
        this.server = server;
    }

    /** Creates an account that the AppView knows. */
    final Person person() {
        return person(SessionOptions.DEFAULTS);
    }

    /** Like {@link #person()}, with options for the session. */
    final Person person(SessionOptions options) {
        String handle = server.newHandle();
        PasswordSession session = PasswordSession.createAccount(
                server.url().toString(),
                account ->
                        account.handle(handle).email(handle + "@example.test").password("password of " + handle),
                options);
        server.index();
        return new Person(handle, session, Bluesky.of(session, STRICT));
    }

    /** Returns a post as the reader sees it, once the AppView has indexed it. */
    final PostView view(Person reader, AtUri uri) {
        server.index();
        List<PostView> views = reader.bsky().posts(List.of(uri)).toList();
        if (views.isEmpty()) {
            throw new AssertionError(uri + " is not shown to " + reader.handle());
        }
        return views.get(0);
    }

    /** Returns whether the reader sees the post, after the AppView has indexed everything. */
    final boolean visible(Person reader, AtUri uri) {
        server.index();
        return reader.bsky().posts(List.of(uri)).findAny().isPresent();
    }

    static Post record(PostView view) {
        return post(view.record());
    }

    static Post post(LexMap record) {
        return Post.RECORD.from(record, ReadOptions.STRICT);
    }

    static List<String> texts(List<PostView> views) {
        return views.stream().map(view -> record(view).text()).toList();
    }

    static List<AtUri> uris(List<? extends ThreadNode> nodes) {
        return nodes.stream().map(ThreadNode::uri).toList();
    }

    /** Returns each facet as its text and its target, in order. */
    static List<String> facets(Post post) {
        byte[] text = post.text().getBytes(StandardCharsets.UTF_8);
        List<String> facets = new ArrayList<>();
        for (Facet facet : Objects.requireNonNullElse(post.facets(), List.<Facet>of())) {
            byte[] covered = Arrays.copyOfRange(
                    text, (int) facet.index().byteStart(), (int) facet.index().byteEnd());
            for (Facet.FeaturesItem feature : facet.features()) {
                facets.add(new String(covered, StandardCharsets.UTF_8) + " -> " + target(feature));
            }
        }
        return facets;
    }

    private static String target(Facet.FeaturesItem feature) {
        if (feature instanceof Facet.FeaturesItem.Mention mention) {
            return mention.value().did().toString();
        } else if (feature instanceof Facet.FeaturesItem.Link link) {
            return link.value().uri();
        } else if (feature instanceof Facet.FeaturesItem.Tag tag) {
            return "#" + tag.value().tag();
        }
        return feature.toString();
    }

    /** Returns the number of records that the account has in a collection. */
    static int count(Person person, RecordType<?, ?> type) {
        return person.client()
                .listRecords(type.collection(), ListOptions.of(o -> o.limit(100)))
                .body()
                .records()
                .size();
    }
}
