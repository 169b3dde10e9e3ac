package dev.atlex.endurance;

import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.RefreshResult;
import dev.atlex.session.SessionEvent;
import dev.atlex.session.SessionOptions;

/** A program that refreshes and saves all the time, until it is killed. */
final class Refresher {
    private Refresher() {}

    /** Arguments: the place, the service, the identifier. */
    public static void main(String[] args) throws Exception {
        Watch.install(System.out::println);
        SessionOptions options =
                SessionOptions.of(o -> o.store(new Place(args[0]).open(1)).listener(Refresher::tell));
        try {
            PasswordSession session =
                    PasswordSession.open(Credentials.of(args[1], args[2], Secrets.password(args[2])), options);
            System.out.println("open");
            check(session.refresh());
            System.out.println("refreshed");
            while (true) {
                check(session.refresh());
            }
        } catch (RuntimeException e) {
            System.out.println(Secrets.text(e));
            System.exit(1);
        }
    }

    private static void tell(SessionEvent event) {
        if (!(event instanceof SessionEvent.Refreshed
                || event instanceof SessionEvent.Resumed
                || event instanceof SessionEvent.Adopted)) {
            System.out.println(event);
        }
    }

    private static void check(RefreshResult outcome) {
        if (!outcome.refreshed()) {
            throw new IllegalStateException("not refreshed", outcome.failure());
        }
    }
}
