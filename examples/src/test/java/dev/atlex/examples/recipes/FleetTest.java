package dev.atlex.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.pool.AccountPool;
import dev.atlex.session.postgres.PostgresServer;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.LocalPdsExtension;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The fleet on a real PostgreSQL: two pools stand for two machines. */
class FleetTest {
    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    @Test
    void machinesShareSessionsAndPostOnce(LocalPds pds) {
        String database = PostgresServer.get().url() + "?user=postgres";
        List<PasswordSession> accounts = new ArrayList<>();
        try (AccountPool first = Fleet.open(Fleet.store(database));
                AccountPool second = Fleet.open(Fleet.store(database))) {
            for (String handle : List.of("alice.test", "bob.test", "carol.test")) {
                pds.createAccount(handle, "password");
                accounts.add(first.open(Credentials.of(pds.url().toString(), handle, "password")));
            }
            pds.revokeSessions(accounts.get(2).did());
            pds.expireAccessTokens();

            assertThat(Fleet.post(first, "Good morning!", "morning 2026-11-03")).isEqualTo(2);
            assertThat(Fleet.post(second, "Good morning!", "morning 2026-11-03"))
                    .isZero();
            assertThat(Fleet.post(second, "Good morning!", "morning 2026-11-04"))
                    .isEqualTo(2);

            assertThat(pds.count("com.atproto.server.createSession")).isEqualTo(3);
            assertThat(accounts)
                    .extracting(account ->
                            pds.records(account.did(), "app.bsky.feed.post").size())
                    .containsExactly(2, 2, 0);
        }
    }
}
