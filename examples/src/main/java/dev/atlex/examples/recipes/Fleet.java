package dev.atlex.examples.recipes;

import dev.atlex.bluesky.Bluesky;
import dev.atlex.data.LexException;
import dev.atlex.session.Credentials;
import dev.atlex.session.pool.AccountPool;
import dev.atlex.session.pool.PoolOptions;
import dev.atlex.session.postgres.PostgresSessionStore;
import dev.atlex.session.ratelimit.RateLimiter;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.syntax.Did;
import dev.atlex.testkit.LocalPds;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Posts from many accounts whose sessions are in PostgreSQL. Any number of machines may run this program at the same
 * time.
 */
public final class Fleet {
    private Fleet() {}

    public static void main(String[] args) {
        String database = System.getenv("ATLEX_JDBC_URL");
        SessionStore store = database == null ? new MemorySessionStore() : store(database);
        try (LocalPds pds = LocalPds.start();
                AccountPool fleet = open(store)) {
            for (String handle : List.of("alice.test", "bob.test", "carol.test")) {
                pds.createAccount(handle, "password");
                fleet.open(Credentials.of(pds.url().toString(), handle, "password")); // once for each account
            }
            String day = LocalDate.now(ZoneOffset.UTC).toString();
            System.out.println("New posts: " + post(fleet, "Good morning!", "morning " + day));
        }
    }

    /** Returns the store in a database such as {@code jdbc:postgresql://localhost/bots?user=bots&password=…}. */
    static SessionStore store(String jdbcUrl) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(jdbcUrl);
        return PostgresSessionStore.create(database);
    }

    static AccountPool open(SessionStore store) {
        return AccountPool.create(store, PoolOptions.of(o -> o.rateLimiter(RateLimiter.create())));
    }

    /** Posts from each account, and returns how many posts were created. */
    static int post(AccountPool fleet, String text, String key) {
        int created = 0;
        for (Did did : fleet.accounts()) {
            try {
                if (Bluesky.of(fleet.agent(did))
                        .post(p -> p.text(text).key(key))
                        .created()) {
                    created++;
                }
            } catch (LexException e) { // the other accounts aren't affected
                System.err.println(did + ": " + e.getMessage());
            }
        }
        return created;
    }
}
