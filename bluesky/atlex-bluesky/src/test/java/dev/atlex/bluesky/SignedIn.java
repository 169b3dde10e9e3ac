package dev.atlex.bluesky;

import app.bsky.feed.Post;
import dev.atlex.client.Agent;
import dev.atlex.client.RetryOptions;
import dev.atlex.data.LexMap;
import dev.atlex.session.PasswordSession;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.TestAccount;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Signs in to accounts on a {@link LocalPds}, and reads their posts. */
final class SignedIn {
    /** The default retries, but without waits. */
    static final BlueskyOptions OPTIONS = BlueskyOptions.of(o ->
            o.call(call -> call.retries(RetryOptions.of(r -> r.maxRetries(3).minDelay(Duration.ZERO)))));

    private SignedIn() {}

    static Bluesky bluesky(LocalPds pds, TestAccount account) {
        return Bluesky.of(agent(pds, account), OPTIONS);
    }

    static Agent agent(LocalPds pds, TestAccount account) {
        return PasswordSession.login(pds.url().toString(), account.handle(), account.password());
    }

    /** Returns the account's posts by record key. All must be valid. */
    static Map<String, Post> posts(LocalPds pds, TestAccount account) {
        Map<String, Post> posts = new TreeMap<>();
        records(pds, account, "app.bsky.feed.post").forEach((key, record) -> posts.put(key, Post.RECORD.from(record)));
        return posts;
    }

    static Post onlyPost(LocalPds pds, TestAccount account) {
        Map<String, Post> posts = posts(pds, account);
        if (posts.size() != 1) {
            throw new AssertionError("expected one post, but there are " + posts);
        }
        return posts.values().iterator().next();
    }

    static Map<String, LexMap> records(LocalPds pds, TestAccount account, String collection) {
        return pds.records(account.did(), collection);
    }
}
