package dev.atlex.conformance;

import org.junit.jupiter.api.Nested;

/** All scenarios on Bluesky, for one server. Subclasses provide the servers. */
abstract class BlueskyConformance {
    /** Returns the running server. */
    abstract BlueskyServer server();

    @Nested
    class Posts extends PostScenarios {
        Posts() {
            super(server());
        }
    }

    @Nested
    class Replies extends ReplyScenarios {
        Replies() {
            super(server());
        }
    }

    @Nested
    class Embeds extends EmbedScenarios {
        Embeds() {
            super(server());
        }
    }

    @Nested
    class Threads extends ThreadScenarios {
        Threads() {
            super(server());
        }
    }
}
