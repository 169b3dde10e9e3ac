package dev.atlex.bluesky;

import dev.atlex.client.Agent;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Handle;
import java.net.URI;
import java.nio.file.Path;

/** The examples on the page about reading and acting, which only have to compile. */
final class ReadingExamples {
    private ReadingExamples() {}

    static void start(Agent session) {
        Bluesky bsky = Bluesky.of(session);
        bsky.timeline()
                .limit(20)
                .forEach(item -> System.out.println(item.post().author().handle()));
        bsky.like("https://bsky.app/profile/alice.example.com/post/3jzfcijpj2z2a");
        bsky.follow("alice.example.com");
    }

    static void thread(Bluesky bsky, AtUri uri) {
        PostThread thread = bsky.readThread(uri);
        for (ThreadNode node : thread.nodes()) {
            if (node instanceof ThreadNode.Post post) {
                System.out.println("  ".repeat(Math.max(0, node.depth()))
                        + post.view().author().handle());
            }
        }
        bsky.readThread(uri, o -> o.parents(0).depth(1).maxPosts(200));
    }

    static void edit(Bluesky bsky) {
        bsky.editProfile(p -> p.displayName("Alice").avatar(Path.of("alice.jpg")));
        bsky.updatePreferences(p -> p.muteWord("spoiler").contentLabel("nudity", "warn"));
    }

    static void lists(Bluesky bsky) {
        AtUri cats = bsky.lists().create(ListPurpose.CURATION, "Cats");
        bsky.lists().add(cats, Handle.of("alice.example.com"));
        bsky.lists()
                .members(cats)
                .forEach(member -> System.out.println(member.subject().handle()));
    }

    static void addresses(Bluesky bsky) {
        AtUri uri = BskyUrls.toAtUri("https://bsky.app/profile/alice.example.com/post/3jzfcijpj2z2a");
        URI page = BskyUrls.toWeb(uri);
        AtUri stable = bsky.resolve(uri);
        System.out.println(page + " " + stable);
        BskyUrls.toAtUri(page.toString(), "deer.social");
    }
}
