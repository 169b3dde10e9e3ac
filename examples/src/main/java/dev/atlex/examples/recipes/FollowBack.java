package dev.atlex.examples.recipes;

import app.bsky.actor.ActorDefs.ProfileView;
import app.bsky.actor.ActorDefs.ViewerState;
import dev.atlex.bluesky.Bluesky;
import java.util.List;

/** Follows the accounts that follow this account, except the ones that it blocks or mutes. Run it daily. */
public final class FollowBack {
    private FollowBack() {}

    public static void main(String[] args) {
        try (Demo demo = Demo.start()) {
            demo.asBob(bob -> bob.follow("alice.test"));
            run(demo.bluesky()).forEach(follower -> System.out.println("Followed @" + follower.handle()));
        }
    }

    static List<ProfileView> run(Bluesky bsky) {
        List<ProfileView> strangers =
                bsky.followers(bsky.did()).filter(FollowBack::isStranger).toList();
        strangers.forEach(follower -> bsky.follow(follower.did()));
        return strangers;
    }

    private static boolean isStranger(ProfileView follower) {
        ViewerState viewer = follower.viewer();
        return viewer == null
                || viewer.following() == null
                        && viewer.blocking() == null
                        && viewer.blockingByList() == null
                        && !Boolean.TRUE.equals(viewer.muted());
    }
}
