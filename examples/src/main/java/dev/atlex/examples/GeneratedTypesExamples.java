package dev.atlex.examples;

import app.bsky.feed.Post;
import com.atproto.repo.StrongRef;

/** The examples of {@code docs/generated-types.md}. */
final class GeneratedTypesExamples {
    private GeneratedTypesExamples() {}

    static Post.ReplyRef objects(StrongRef root, StrongRef parent, StrongRef newer) {
        Post.ReplyRef reply = Post.ReplyRef.builder().root(root).parent(parent).build();
        reply.root().uri();
        Post.ReplyRef other = reply.toBuilder().parent(newer).build();
        reply.unknownFields();
        return other;
    }
}
