package dev.atlex.testkit.internal;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.testkit.internal.InputSchema.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code app.bsky.feed}: posts as an AppView shows them, newest first. */
final class FeedMethods {
    static final String POST = "app.bsky.feed.post";

    private record Post(Account author, Repo.Entry entry) {
        String uri() {
            return RepoReadMethods.uri(author, POST, entry.key());
        }
    }

    private final Pds pds;

    FeedMethods(Pds pds) {
        this.pds = pds;
    }

    List<Method> methods() {
        return List.of(
                Method.query(
                        "app.bsky.feed.getTimeline",
                        Auth.STANDARD,
                        InputSchema.of()
                                .optional("algorithm", Type.STRING)
                                .optional("limit", Type.LIMIT)
                                .optional("cursor", Type.STRING),
                        call -> feed(call, null)),
                Method.query(
                        "app.bsky.feed.getAuthorFeed",
                        Auth.STANDARD,
                        InputSchema.of()
                                .required("actor", Type.AT_IDENTIFIER)
                                .optional("limit", Type.LIMIT)
                                .optional("cursor", Type.STRING)
                                .optional("filter", Type.STRING)
                                .optional("includePins", Type.BOOLEAN),
                        this::getAuthorFeed));
    }

    private Response getAuthorFeed(Call call) {
        Account author = pds.accounts.findActive(call.param("actor"));
        if (author == null) {
            throw XrpcError.invalidRequest("Profile not found");
        }
        return feed(call, author);
    }

    /** Returns a page of the posts of the author, or of all accounts if it is null. */
    private Response feed(Call call, @Nullable Account author) {
        String cursor = call.params.getString("cursor");
        long before = Long.MAX_VALUE;
        if (cursor != null) {
            try {
                before = Long.parseLong(cursor);
            } catch (NumberFormatException e) {
                throw XrpcError.invalidRequest("Malformed cursor");
            }
        }
        List<Post> posts = posts(author, before);
        int limit = call.limit(50);
        List<Post> page = posts.subList(0, Math.min(limit, posts.size()));
        List<LexValue> views = new ArrayList<>();
        page.forEach(post -> views.add(LexMap.of("post", view(post))));
        LexMap.Builder body = LexMap.builder();
        if (page.size() < posts.size()) {
            body.put("cursor", Long.toString(page.get(limit - 1).entry().order()));
        }
        return Response.json(body.put("feed", LexArray.copyOf(views)).build());
    }

    private List<Post> posts(@Nullable Account author, long before) {
        List<Post> posts = new ArrayList<>();
        for (Account account : author == null ? pds.accounts.all() : List.of(author)) {
            if (account.active()) {
                account.repo.records(POST).values().forEach(entry -> {
                    if (entry.order() < before) {
                        posts.add(new Post(account, entry));
                    }
                });
            }
        }
        posts.sort(Comparator.comparingLong((Post post) -> post.entry().order()).reversed());
        return posts;
    }

    private LexMap view(Post post) {
        return LexMap.builder()
                .put("uri", post.uri())
                .put("cid", post.entry().cid().toString())
                .put("author", ActorMethods.basic(pds, post.author()))
                .put("record", post.entry().value())
                .put("replyCount", replies(post.uri()))
                .put("repostCount", subjects("app.bsky.feed.repost", post.uri()))
                .put("likeCount", subjects("app.bsky.feed.like", post.uri()))
                .put("quoteCount", 0)
                .put("indexedAt", Times.text(post.entry().indexedAt()))
                .put(
                        "viewer",
                        LexMap.builder()
                                .put("threadMuted", false)
                                .put("embeddingDisabled", false)
                                .build())
                .put("labels", LexArray.of())
                .build();
    }

    /** Returns the number of records in the collection whose subject is the post. */
    private long subjects(String collection, String uri) {
        return count(collection, record -> record.getMap("subject"), uri);
    }

    private long replies(String uri) {
        return count(
                POST,
                record -> {
                    LexMap reply = record.getMap("reply");
                    return reply == null ? null : reply.getMap("parent");
                },
                uri);
    }

    private interface Reference {
        @Nullable
        LexMap in(LexMap record);
    }

    private long count(String collection, Reference reference, String uri) {
        long count = 0;
        for (Account account : pds.accounts.all()) {
            for (Repo.Entry entry : account.repo.records(collection).values()) {
                LexMap found = reference.in(entry.value());
                if (found != null && uri.equals(found.getString("uri"))) {
                    count++;
                }
            }
        }
        return count;
    }
}
