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

    @Nested
    class ThreadTrees extends ReadThreadScenarios {
        ThreadTrees() {
            super(server());
        }
    }

    @Nested
    class Reactions extends ReactionScenarios {
        Reactions() {
            super(server());
        }
    }

    @Nested
    class Graph extends GraphScenarios {
        Graph() {
            super(server());
        }
    }

    @Nested
    class UserLists extends ListScenarios {
        UserLists() {
            super(server());
        }
    }

    @Nested
    class Profiles extends ProfileScenarios {
        Profiles() {
            super(server());
        }
    }

    @Nested
    class Feeds extends FeedScenarios {
        Feeds() {
            super(server());
        }
    }

    @Nested
    class Notices extends NotificationScenarios {
        Notices() {
            super(server());
        }
    }

    @Nested
    class Moderations extends ModerationScenarios {
        Moderations() {
            super(server());
        }
    }
}
