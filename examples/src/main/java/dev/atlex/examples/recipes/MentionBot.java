package dev.atlex.examples.recipes;

import app.bsky.notification.ListNotifications.Notification;
import dev.atlex.bluesky.Bluesky;
import dev.atlex.bluesky.Posted;
import dev.atlex.bluesky.notification.NotificationHandler;
import dev.atlex.bluesky.notification.Notifications;
import dev.atlex.session.store.CursorStore;

/** Replies to each mention exactly once, across restarts and crashes. */
public final class MentionBot {
    private MentionBot() {}

    public static void main(String[] args) {
        try (Demo demo = Demo.start();
                Notifications mentions = mentions(demo.bluesky(), demo.cursors())) {
            NotificationHandler handler = mention -> System.out.println(
                    "Replied: " + reply(demo.bluesky(), mention).webUrl());
            if (demo.isLocal()) {
                mentions.pollOnce(handler); // the first poll only saves the start position
                demo.asBob(bob -> bob.post("Are you there, @alice.test?"));
                mentions.pollOnce(handler);
            } else {
                mentions.forEach(handler);
            }
        }
    }

    static Notifications mentions(Bluesky bsky, CursorStore cursors) {
        return bsky.notifications(n -> n.reasons("mention").name("mention-bot").cursor(cursors));
    }

    static Posted reply(Bluesky bsky, Notification mention) {
        return bsky.reply(mention, "Hello @" + mention.author().handle() + "! I am a bot.");
    }
}
