package dev.atlex.endurance;

import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.RefreshResult;
import dev.atlex.session.SessionEvent;
import dev.atlex.session.store.SessionStore;

/** A process that refreshes its session in a loop, and saves it, until it is killed. */
final class RefreshingProcess {
    private RefreshingProcess() {}

    /** Arguments: the location of the store, the service, the identifier. */
    public static void main(String[] args) throws Exception {
        SecretScanner.install(System.out::println);
        SessionStore store = new StoreLocation(args[0]).open(1);
        try {
            PasswordSession session = PasswordSession.open(
                    Credentials.of(args[1], args[2], Secrets.password(args[2])),
                    store,
                    o -> o.listener(RefreshingProcess::print));
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

    private static void print(SessionEvent event) {
        if (!(event instanceof SessionEvent.Refreshed
                || event instanceof SessionEvent.Resumed
                || event instanceof SessionEvent.Adopted)) {
            System.out.println(event);
        }
    }

    private static void check(RefreshResult result) {
        if (!result.refreshed()) {
            throw new IllegalStateException("not refreshed", result.failure());
        }
    }
}
