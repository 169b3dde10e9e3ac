package dev.atlex.testkit.internal.appview;

import dev.atlex.data.LexMap;
import dev.atlex.testkit.internal.InputSchema;
import dev.atlex.testkit.internal.InputSchema.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The {@code app.bsky.feed} method that searches for posts. */
final class SearchMethods {
    private static final int DEFAULT_LIMIT = 25;

    private final Context context;
    private final PostViews posts;

    SearchMethods(Context context, PostViews posts) {
        this.context = context;
        this.posts = posts;
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.query(
                "app.bsky.feed.searchPosts",
                InputSchema.of()
                        .required("q", Type.STRING)
                        .optional("sort", Type.STRING)
                        .optional("since", Type.STRING)
                        .optional("until", Type.STRING)
                        .optional("mentions", Type.AT_IDENTIFIER)
                        .optional("author", Type.AT_IDENTIFIER)
                        .optional("lang", Type.STRING)
                        .optional("domain", Type.STRING)
                        .optional("url", Type.STRING)
                        .optionalStrings("tag", Type.STRING, Integer.MAX_VALUE)
                        .optional("limit", Type.LIMIT)
                        .optional("cursor", Type.STRING),
                this::searchPosts));
    }

    private LexMap searchPosts(ViewerCall call) {
        PostQuery query = new PostQuery(account -> resolve(account, call.viewer()));
        query.addText(call.required("q"));
        add(call, "since", query::addSince);
        add(call, "until", query::addUntil);
        add(call, "mentions", query::addMentions);
        add(call, "author", query::addAuthor);
        add(call, "lang", query::addLanguage);
        add(call, "domain", query::addDomain);
        add(call, "url", query::addUrl);
        call.strings("tag").forEach(query::addTag);
        Page page = "top".equals(call.optional("sort")) ? top(call, query) : latest(call, query);
        return page.output("posts").build();
    }

    private static void add(ViewerCall call, String param, Consumer<String> condition) {
        String value = call.optional(param);
        if (value != null) {
            condition.accept(value);
        }
    }

    private @Nullable String resolve(String account, String viewer) {
        if (account.equals("me")) {
            return viewer;
        }
        Actor actor = context.actors.find(account);
        return actor == null ? null : actor.did();
    }

    private Page latest(ViewerCall call, PostQuery query) {
        Position after = Position.of(call.optional("cursor"));
        var all = context.index.posts();
        return Page.of(
                (after == null ? all : all.tailMap(after, false)).entrySet().iterator(),
                call.integer("limit", DEFAULT_LIMIT),
                post -> query.matches(new SearchedPost(post)) ? view(post, call.viewer()) : null);
    }

    private Page top(ViewerCall call, PostQuery query) {
        List<IndexedRecord> found = new ArrayList<>();
        context.index.posts().values().stream()
                .filter(post -> query.matches(new SearchedPost(post)))
                .forEach(found::add);
        found.sort(Comparator.comparingLong(this::engagement).reversed());
        return OffsetPage.of(call, found, DEFAULT_LIMIT, post -> view(post, call.viewer()));
    }

    private long engagement(IndexedRecord post) {
        return context.relationships.count(post.uri(), Nsids.LIKE)
                + context.relationships.count(post.uri(), Nsids.REPOST);
    }

    private @Nullable LexMap view(IndexedRecord post, String viewer) {
        return context.relationships.blocked(viewer, post.did()) ? null : posts.post(post.uri(), viewer);
    }
}
