package dev.atlex.examples;

import com.atproto.server.CheckAccountStatus;
import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.pool.AccountPool;
import dev.atlex.session.pool.PoolOptions;
import dev.atlex.session.ratelimit.RateLimiter;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.syntax.Did;
import java.nio.file.Path;

/** The examples of {@code docs/sessions.md}, so that they compile. */
final class SessionsExamples {
    private SessionsExamples() {}

    static PasswordSession oneAccount(String service, String handle, String appPassword) {
        SessionStore store = new FileSessionStore(Path.of("sessions"));
        PasswordSession session = PasswordSession.open(Credentials.of(service, handle, appPassword), store);
        return session;
    }

    static void manyAccounts(SessionStore store, String service, String handle, String appPassword) {
        try (AccountPool pool = AccountPool.create(store, PoolOptions.of(o -> o.rateLimiter(RateLimiter.create())))) {
            pool.open(Credentials.of(service, handle, appPassword)); // once for each account; the store remembers it
            for (Did did : pool.accounts()) {
                pool.client(did).call(CheckAccountStatus.QUERY);
            }
        }
    }
}
