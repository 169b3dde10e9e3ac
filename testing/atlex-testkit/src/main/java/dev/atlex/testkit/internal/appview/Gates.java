package dev.atlex.testkit.internal.appview;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of threadgates and postgates: the permissions to reply to a thread and to quote a post.
 *
 * <p>A rule is applied to a post when the post is indexed. A gate that is written later doesn't affect existing replies
 * and quotes.
 */
final class Gates {
    private static final String RULE = "app.bsky.feed.threadgate#";

    private final RecordIndex index;
    private final Relationships relationships;
    private final Set<String> forbiddenReplies = new HashSet<>();
    private final Set<String> forbiddenQuotes = new HashSet<>();

    Gates(RecordIndex index, Relationships relationships) {
        this.index = index;
        this.relationships = relationships;
    }

    /** Returns the threadgate of a root post, or null. */
    @Nullable
    IndexedRecord threadgate(String rootUri) {
        return relationships.visibleRecord(Refs.gate(rootUri, Nsids.THREADGATE));
    }

    private @Nullable IndexedRecord postgate(String postUri) {
        return relationships.visibleRecord(Refs.gate(postUri, Nsids.POSTGATE));
    }

    /** Checks a post that is about to be indexed. */
    void check(IndexedRecord post) {
        String root = Refs.root(post.value());
        if (root != null && Boolean.TRUE.equals(replyDisabled(root, post.did()))) {
            forbiddenReplies.add(post.uri());
        }
        String quoted = Refs.quoted(post.value());
        if (quoted != null && embeddingDisabled(quoted, post.did())) {
            forbiddenQuotes.add(post.uri());
        }
    }

    void forget(String uri) {
        forbiddenReplies.remove(uri);
        forbiddenQuotes.remove(uri);
    }

    void clear() {
        forbiddenReplies.clear();
        forbiddenQuotes.clear();
    }

    /** Returns whether a threadgate forbade the reply. Such a reply isn't part of its thread. */
    boolean forbidsReply(String uri) {
        return forbiddenReplies.contains(uri);
    }

    /** Returns whether a postgate forbade the quote. */
    boolean forbidsQuote(String uri) {
        return forbiddenQuotes.contains(uri);
    }

    /** Returns whether the threadgate keeps an account from replying to the thread; null if there is no threadgate. */
    @Nullable
    Boolean replyDisabled(String rootUri, String did) {
        IndexedRecord gate = threadgate(rootUri);
        if (gate == null) {
            return null;
        }
        String owner = Refs.did(rootUri);
        LexArray allow = gate.value().getArray("allow");
        if (allow == null || did.equals(owner)) {
            return false;
        }
        IndexedRecord root = index.get(rootUri);
        return Refs.maps(allow).stream()
                .noneMatch(rule -> allows(rule, owner, root == null ? LexMap.of() : root.value(), did));
    }

    private boolean allows(LexMap rule, String owner, LexMap root, String did) {
        String type = rule.type();
        if ((RULE + "mentionRule").equals(type)) {
            return Refs.mentions(root).contains(did);
        }
        if ((RULE + "followerRule").equals(type)) {
            return relationships.follow(did, owner) != null;
        }
        if ((RULE + "followingRule").equals(type)) {
            return relationships.follow(owner, did) != null;
        }
        String list = rule.getString("list");
        return (RULE + "listRule").equals(type) && list != null && index.membership(list, did) != null;
    }

    /** Returns whether the post's author hides the reply from the thread. */
    boolean hidesReply(String rootUri, String replyUri) {
        IndexedRecord gate = threadgate(rootUri);
        return gate != null
                && Refs.strings(gate.value().getArray("hiddenReplies")).contains(replyUri);
    }

    /** Returns whether a postgate keeps an account from quoting the post. */
    boolean embeddingDisabled(String postUri, String did) {
        IndexedRecord gate = postgate(postUri);
        if (gate == null || did.equals(Refs.did(postUri))) {
            return false;
        }
        List<LexMap> rules = Refs.maps(gate.value().getArray("embeddingRules"));
        return rules.stream().anyMatch(rule -> "app.bsky.feed.postgate#disableRule".equals(rule.type()));
    }

    /** Returns whether the post's author has detached the post from another post that quotes it. */
    boolean detached(String postUri, String quotingUri) {
        IndexedRecord gate = postgate(postUri);
        return gate != null
                && Refs.strings(gate.value().getArray("detachedEmbeddingUris")).contains(quotingUri);
    }
}
