package dev.atlex.endurance;

import dev.atlex.bluesky.Bluesky;
import dev.atlex.bluesky.notification.NotificationListener;
import dev.atlex.bluesky.notification.Notifications;
import dev.atlex.bluesky.notification.SetAsideNotification;
import dev.atlex.bluesky.notification.StartPosition;
import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.store.CursorStore;
import dev.atlex.session.store.SessionStore;
import java.time.Duration;

/** A bot that replies to mentions until it is killed. Its session and its cursor are in the same store. */
final class ReplyingProcess {
    private ReplyingProcess() {}

    /** Arguments: the location of the store, the service, the identifier. */
    public static void main(String[] args) throws Exception {
        SecretScanner.install(System.out::println);
        try {
            SessionStore store = new StoreLocation(args[0]).open(2);
            Bluesky bsky = signIn(store, args[1], args[2]);
            System.out.println("open");
            mentions(bsky, store).forEach(mention -> {
                System.out.println("handling " + mention.uri());
                bsky.reply(mention, "Hello!");
                System.out.println("replied to " + mention.uri());
            });
        } catch (RuntimeException e) {
            System.out.println(Secrets.text(e));
            System.exit(1);
        }
    }

    static Bluesky signIn(SessionStore store, String service, String identifier) {
        return Bluesky.of(
                PasswordSession.open(Credentials.of(service, identifier, Secrets.password(identifier)), store));
    }

    static Notifications mentions(Bluesky bsky, SessionStore store) {
        return bsky.notifications(n -> n.reasons("mention")
                .cursor(CursorStore.of(store))
                .from(StartPosition.OLDEST)
                .interval(Duration.ofSeconds(1))
                .listener(new Printer()));
    }

    /** Prints mentions that were set aside. There must be none, because the server has no faults. */
    private static final class Printer implements NotificationListener {
        @Override
        public void onSetAside(SetAsideNotification notification) {
            System.out.println(notification);
        }
    }
}
