package dev.atlex.examples;

import app.bsky.feed.GetTimeline;
import app.bsky.feed.Post;
import com.atproto.repo.StrongRef;
import dev.atlex.client.Client;
import dev.atlex.client.DynamicClient;
import dev.atlex.client.InvalidItems;
import dev.atlex.data.LexMap;
import dev.atlex.schema.document.LexiconDocuments;
import dev.atlex.schema.runtime.RuntimeSchemas;
import java.nio.file.Path;

/** The examples of {@code docs/lexicon.md}, so that they compile. */
final class LexiconExamples {
    private LexiconExamples() {}

    static Post.ReplyRef objects(StrongRef root, StrongRef parent, StrongRef newer) {
        Post.ReplyRef reply = Post.ReplyRef.builder().root(root).parent(parent).build();
        reply.root().uri();
        Post.ReplyRef other = reply.toBuilder().parent(newer).build();
        reply.unknownFields();
        return other;
    }

    static void bot(Client client) {
        Client bot =
                client.with(o -> o.invalidItems(InvalidItems.SKIP).onProblem(p -> System.err.println(p.message())));
        bot.pages(GetTimeline.QUERY, q -> q.limit(50L))
                .items(GetTimeline.Output::feed)
                .forEach(item -> System.out.println(item.post().uri()));
    }

    static void withoutGenerating(Client client, LexMap record) {
        RuntimeSchemas schemas = RuntimeSchemas.of(LexiconDocuments.load(Path.of("lexicons")));
        schemas.validateRecord(record);
        new DynamicClient(client, schemas).call("com.example.newMethod", LexMap.of());
        new DynamicClient(client, schemas)
                .pages("com.example.listThings", LexMap.of())
                .items(page -> page.getArray("things"));
    }
}
