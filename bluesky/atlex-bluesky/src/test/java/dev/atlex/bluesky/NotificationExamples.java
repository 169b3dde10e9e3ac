package dev.atlex.bluesky;

import dev.atlex.bluesky.notification.Notifications;
import dev.atlex.bluesky.notification.SetAsideNotification;
import dev.atlex.session.store.CursorStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** The examples in the documentation. */
final class NotificationExamples {
    private NotificationExamples() {}

    static void reply(Bluesky bsky, Path folder) {
        try (Notifications mentions =
                bsky.notifications(n -> n.reasons("mention").cursor(CursorStore.file(folder)))) {
            mentions.forEach(mention -> bsky.reply(mention, "Hello!"));
        }
    }

    static void retry(Bluesky bsky, Notifications mentions) {
        for (SetAsideNotification item : mentions.setAside()) {
            System.out.println(item.failedAt() + " " + item.notification().uri() + ": " + item.failure());
        }
        mentions.retrySetAside(mention -> bsky.reply(mention, "Hello!"));
    }

    static void restart(Notifications mentions) {
        mentions.restartFrom(Instant.now().minus(Duration.ofDays(1)));
    }

    static void stop(Notifications mentions) {
        Runtime.getRuntime().addShutdownHook(new Thread(mentions::close));
    }

    static void firstUse(Bluesky bsky, Path path) {
        bsky.notifications(n -> n.reasons("mention", "reply").cursor(CursorStore.file(path)))
                .forEach(mention -> bsky.reply(mention, "Hello!"));
    }
}
