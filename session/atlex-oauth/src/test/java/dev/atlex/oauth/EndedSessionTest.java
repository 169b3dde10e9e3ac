package dev.atlex.oauth;

import static dev.atlex.oauth.OAuthFixture.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.client.Client;
import dev.atlex.client.XrpcAuthenticationException;
import dev.atlex.session.AccountInactiveException;
import dev.atlex.session.AccountMigratedException;
import dev.atlex.session.AccountMismatchException;
import dev.atlex.session.SessionEndedException;
import dev.atlex.session.SessionEndedException.Reason;
import dev.atlex.session.SessionEvent;
import dev.atlex.session.SessionException;
import dev.atlex.session.SessionHealth.Status;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of sessions that the server ends or restricts: why a call fails, and whether the entry is deleted. */
class EndedSessionTest {
    private OAuthFixture oauth = new OAuthFixture();

    @AfterEach
    void close() {
        oauth.close();
    }

    private void assertEnded(OAuthSession session, Class<? extends SessionException> reason) {
        assertThatThrownBy(() -> call(session)).isInstanceOf(reason);
        assertThatThrownBy(() -> call(session)).isInstanceOf(reason);
        assertThat(session.health().status()).isEqualTo(Status.ENDED);
        assertThat(oauth.stored(oauth.alice)).isNull();
        assertThat(oauth.events)
                .anyMatch(event -> event instanceof SessionEvent.Ended ended && reason.isInstance(ended.reason()));
    }

    @Test
    void takedown_isReported() {
        OAuthSession session = oauth.opened(oauth.alice);
        oauth.pds.takedown(oauth.alice.did());

        assertEnded(session, AccountInactiveException.class);
        assertThat(((AccountInactiveException) session.health().failure()).status())
                .isEqualTo("takendown");
    }

    @Test
    void deletion_isReported() {
        OAuthSession session = oauth.opened(oauth.alice);
        oauth.pds.deleteAccount(oauth.alice.did());

        assertEnded(session, SessionException.class);
    }

    @Test
    void migration_isReported_withTheNewServer() {
        OAuthSession session = oauth.opened(oauth.alice);
        oauth.pds.setPdsEndpoint(oauth.alice.did(), URI.create("https://new.example.com"));
        oauth.pds.oauth().revokeSessions(oauth.alice.did());

        assertEnded(session, AccountMigratedException.class);
        assertThat(((AccountMigratedException) session.health().failure()).newHost())
                .isEqualTo(URI.create("https://new.example.com"));
    }

    @Test
    void revocation_isReported() {
        OAuthSession session = oauth.opened(oauth.alice);
        oauth.pds.oauth().revokeSessions(oauth.alice.did());

        assertEnded(session, SessionEndedException.class);
        assertThat(((SessionEndedException) session.health().failure()).reason())
                .isEqualTo(Reason.REVOKED);
    }

    @Test
    void twoWeeks_endThePublicClientsSession() {
        OAuthSession session = oauth.opened(oauth.alice);
        oauth.advance(Duration.ofDays(15));

        assertEnded(session, SessionEndedException.class);
        assertThat(((SessionEndedException) session.health().failure()).reason())
                .isEqualTo(Reason.EXPIRED);
    }

    @Test
    void copyOfTheSession_usedElsewhere_isReportedAsReplay() {
        OAuthSession session = oauth.opened(oauth.alice);
        OAuthFixture.refreshCopy(oauth, session.data());
        oauth.expire();

        assertEnded(session, SessionEndedException.class);
        assertThat(((SessionEndedException) session.health().failure()).reason())
                .isEqualTo(Reason.REPLAYED);
    }

    /** The old server keeps a migrated account as a deactivated one, and refreshes its sessions. */
    @Test
    void migrationThatDeactivates_isReportedByTheNextRefresh() {
        OAuthSession session = oauth.opened(oauth.alice);
        URI newServer = URI.create("https://new.example.com");
        oauth.pds.setPdsEndpoint(oauth.alice.did(), newServer);
        assertThat(session.refresh().refreshed())
                .as("nothing points to a migration")
                .isTrue();
        oauth.pds.deactivate(oauth.alice.did());
        assertThatThrownBy(() -> post(session)).isInstanceOf(XrpcAuthenticationException.class);

        assertThatThrownBy(session::refresh)
                .isInstanceOfSatisfying(
                        AccountMigratedException.class,
                        e -> assertThat(e.newHost()).isEqualTo(newServer));
        assertThatThrownBy(() -> call(session)).isInstanceOf(AccountMigratedException.class);
        assertThat(session.isEnded()).isTrue();
        assertThat(oauth.stored(oauth.alice)).isNull();
        assertThat(oauth.pds.oauth().sessions(oauth.alice.did())).isZero();
    }

    @Test
    void deactivation_keepsTheSession() {
        OAuthSession session = oauth.opened(oauth.alice);
        oauth.pds.deactivate(oauth.alice.did());
        assertThatThrownBy(() -> post(session)).isInstanceOf(XrpcAuthenticationException.class);

        assertThat(session.health().status()).isEqualTo(Status.INACTIVE);
        assertThat(session.refresh().refreshed()).isTrue();
        oauth.pds.activate(oauth.alice.did());
        post(session);
        assertThat(session.health().status()).isEqualTo(Status.ACTIVE);
    }

    @Test
    void missingScope_isNamed() {
        oauth.pds.oauth().grantOnly("atproto");
        OAuthSession session = oauth.opened(oauth.alice);
        assertThat(session.scopes()).hasToString("atproto");

        assertThatThrownBy(() -> post(session))
                .isInstanceOfSatisfying(
                        ScopeMissingException.class,
                        e -> assertThat(e.scope()).hasToString("repo:app.bsky.feed.post?action=create"));
        call(session);
    }

    @ParameterizedTest
    @ValueSource(strings = {"did:plc:aaaaaaaaaaaaaaaaaaaaaaaa", "someone"})
    void refreshOfAnotherAccount_revokesAndEnds(String sub) {
        oauth.signIn(oauth.alice);
        OAuthSession session = oauth.resumed(oauth.alice, OAuthFixture.changingTokens(oauth, "sub", sub));

        assertThatThrownBy(session::refresh)
                .isInstanceOf(sub.startsWith("did:") ? AccountMismatchException.class : SessionEndedException.class);
        assertThat(oauth.stored(oauth.alice)).isNull();
        assertThat(oauth.pds.oauth().sessions(oauth.alice.did())).isZero();
    }

    private static void post(OAuthSession session) {
        new Client(session)
                .call(
                        com.atproto.repo.CreateRecord.PROCEDURE,
                        input -> input.repo(session.did())
                                .collection(dev.atlex.syntax.Nsid.of("app.bsky.feed.post"))
                                .record(dev.atlex.data.LexMap.builder()
                                        .put("$type", "app.bsky.feed.post")
                                        .put("text", "Hello")
                                        .put("createdAt", "2026-01-01T00:00:00Z")
                                        .build()));
    }
}
