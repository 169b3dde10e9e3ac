package dev.atlex.examples.recipes;

import dev.atlex.bluesky.Bluesky;
import dev.atlex.bluesky.Posted;
import dev.atlex.bluesky.PostedThread;

/** Posts a long text as a numbered thread, and then quotes its first post. */
public final class ThreadAndQuote {
    private ThreadAndQuote() {}

    public static void main(String[] args) {
        String essay = "A thread is split between sentences, and all of its posts are written at once. ".repeat(12);
        try (Demo demo = Demo.start()) {
            PostedThread thread = thread(demo.bluesky(), essay);
            thread.posts().forEach(post -> System.out.println("Posted " + post.webUrl()));
            System.out.println("Quoted: " + quote(demo.bluesky(), thread).webUrl());
        }
    }

    static PostedThread thread(Bluesky bsky, String essay) {
        return bsky.thread(essay, t -> t.numbered(true).each(p -> p.langs("en")).key("essay on threads"));
    }

    static Posted quote(Bluesky bsky, PostedThread thread) {
        return bsky.quote(thread.first().uri(), "In case you missed it: my thread about threads");
    }
}
