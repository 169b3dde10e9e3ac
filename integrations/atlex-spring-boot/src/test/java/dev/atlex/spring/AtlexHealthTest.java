package dev.atlex.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.bluesky.Bluesky;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.oauth.Authorization;
import dev.atlex.oauth.ClientMetadata;
import dev.atlex.oauth.OAuthClient;
import dev.atlex.oauth.Scope;
import dev.atlex.oauth.Scopes;
import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.pool.AccountPool;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.spring.AtlexHealth.Report;
import dev.atlex.spring.AtlexHealth.State;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.LocalPdsExtension;
import dev.atlex.testkit.TestAccount;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AtlexHealthTest {
    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    @Test
    void isUnknownUntilTheFirstUseAndThenUp(LocalPds pds, TestAccount alice) {
        Contexts.of(pds, alice).run(context -> {
            AtlexHealth health = context.getBean(AtlexHealth.class);
            assertThat(health.report()).isEqualTo(new Report(State.UNKNOWN, Map.of("status", "not used yet")));
            assertThat(pds.requests()).isEmpty();

            context.getBean(Bluesky.class).post("x");
            assertThat(health.report().state()).isEqualTo(State.UP);
            assertThat(health.report().details())
                    .containsEntry("account", alice.did().toString())
                    .containsEntry("handle", alice.handle())
                    .containsEntry("status", "active");
        });
    }

    @Test
    void isDownAfterATakedownWithTheReason(LocalPds pds, TestAccount alice) {
        Contexts.of(pds, alice).run(context -> {
            AtlexHealth health = context.getBean(AtlexHealth.class);
            Bluesky bsky = context.getBean(Bluesky.class);
            bsky.post("x");
            pds.takedown(alice.did());
            pds.expireAccessTokens();
            assertThatThrownBy(() -> bsky.post("y")).isInstanceOf(RuntimeException.class);
            Report report = health.report();
            assertThat(report.state()).isEqualTo(State.DOWN);
            assertThat(report.details()).containsEntry("accountStatus", "takendown");
            assertThat(report.toString()).doesNotContain(alice.password(), "eyJ");
        });
    }

    @Test
    void isDownAfterTheSessionEnded(LocalPds pds, TestAccount alice) {
        Contexts.of(pds, alice).run(context -> {
            context.getBean(Bluesky.class).post("x");
            context.getBean(PasswordSession.class).logout();
            Report report = context.getBean(AtlexHealth.class).report();
            assertThat(report.state()).isEqualTo(State.DOWN);
            assertThat(report.details()).containsEntry("status", "ended").containsKey("reason");
        });
    }

    @Test
    void isDownAfterAFailedSignInWithoutThePassword(LocalPds pds, TestAccount alice) {
        Contexts.of(pds, alice).withPropertyValues("atlex.password=wrong-word").run(context -> {
            assertThatThrownBy(() -> context.getBean(Bluesky.class).post("x")).isNotNull();
            Report report = context.getBean(AtlexHealth.class).report();
            assertThat(report.state()).isEqualTo(State.DOWN);
            assertThat(report.details()).containsEntry("status", "not signed in");
            assertThat(report.details().get("reason").toString())
                    .startsWith("InvalidCredentialsException: ")
                    .doesNotContain("wrong-word");
        });
    }

    @Test
    void countsOAuthSessions_andPutsThemIntoThePool(LocalPds pds, TestAccount alice, TestAccount bob) {
        MemorySessionStore store = new MemorySessionStore();
        OAuthClient client = OAuthClient.of(
                store,
                o -> o.metadata(ClientMetadata.loopback(Scopes.of(Scope.ATPROTO)))
                        .identity(IdentityResolver.builder()
                                .plcUrl(pds.plcUrl())
                                .allowPrivateAddresses(true)
                                .build()));
        for (TestAccount account : new TestAccount[] {alice, bob}) {
            String id = account == bob ? "browser-1" : null;
            Authorization authorization = client.authorize(account.did(), o -> {
                if (id != null) {
                    o.sessionId(id);
                }
            });
            client.callback(pds.authorize(authorization.url(), account), authorization.browserSecret());
        }
        Contexts.empty()
                .withBean(SessionStore.class, () -> store)
                .withBean(OAuthClient.class, () -> client)
                .run(context -> {
                    AtlexHealth health = context.getBean(AtlexHealth.class);
                    assertThat(health.report()).isEqualTo(new Report(State.UP, Map.of("oauth", Map.of("active", 2))));
                    AccountPool pool = context.getBean(AccountPool.class);
                    assertThat(pool.accounts()).containsExactly(alice.did());
                    assertThat(health.report().details()).containsEntry("pool", Map.of("active", 1));
                });
    }

    @Test
    void countsAccountsOfPoolInUse(LocalPds pds, TestAccount alice, TestAccount bob) {
        Contexts.empty().run(context -> {
            AtlexHealth health = context.getBean(AtlexHealth.class);
            assertThat(health.report()).isEqualTo(new Report(State.UNKNOWN, Map.of()));
            AccountPool pool = context.getBean(AccountPool.class);
            for (TestAccount account : new TestAccount[] {alice, bob}) {
                pool.open(Credentials.of(pds.url(), AtIdentifier.of(account.handle()), account.password()));
            }
            assertThat(health.report()).isEqualTo(new Report(State.UP, Map.of("pool", Map.of("active", 2))));
            pds.takedown(bob.did());
            pds.expireAccessTokens();
            assertThatThrownBy(() -> pool.session(bob.did()).refresh()).isNotNull();
            assertThat(health.report())
                    .isEqualTo(new Report(State.UP, Map.of("pool", Map.of("active", 1, "inactive", 1))));
        });
    }
}
