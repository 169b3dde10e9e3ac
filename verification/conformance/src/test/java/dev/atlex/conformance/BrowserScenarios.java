package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.bsky.feed.Post;
import dev.atlex.client.Client;
import dev.atlex.conformance.Chromium.Decision;
import dev.atlex.conformance.Chromium.Page;
import dev.atlex.oauth.Authorization;
import dev.atlex.oauth.AuthorizationDeniedException;
import dev.atlex.oauth.ClientKeys;
import dev.atlex.oauth.ClientMetadata;
import dev.atlex.oauth.LoopbackReceiver;
import dev.atlex.oauth.OAuthClient;
import dev.atlex.oauth.OAuthSession;
import dev.atlex.oauth.Scope;
import dev.atlex.oauth.Scopes;
import dev.atlex.testkit.TestAccount;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sign-ins in a real browser, through the pages of the authorization server. The screenshots are in target/browser. */
@Tag("browser")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
abstract class BrowserScenarios extends OAuthBase {
    BrowserScenarios(Server server) {
        super(server);
    }

    /** Returns the beginning of the names of the screenshots. */
    abstract String serverName();

    /** A visit that fails interrupts the program, that is, the test. */
    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    final Chromium chromium(TestAccount user, Decision decision, String name) {
        return new Chromium(user, decision, serverName() + "-" + name);
    }

    @Test
    void program_signsInCallsRefreshesAndLogsOut() {
        OAuthClient client = publicClient();
        Chromium chromium = chromium(alice, Decision.APPROVE, "program");

        OAuthSession session = client.open(alice.did(), chromium);

        List<Page> pages = chromium.pages();
        assertThat(pages).hasSize(3);
        assertThat(pages.get(0).text()).contains("Sign in");
        assertThat(pages.get(1).text()).contains("Authorize", alice.handle());
        assertThat(pages.get(2).url().getHost()).isEqualTo("127.0.0.1");
        assertThat(pages.get(2).text()).contains("Almost done", "return to the program");
        new Client(session).create(Post.RECORD, post("from a browser"));
        assertThat(session.refresh().refreshed()).isTrue();
        assertThat(new Client(session).list(Post.RECORD).values()).hasSize(1);
        assertThat(client.open(alice.did(), url -> {
                            throw new AssertionError("the browser was opened");
                        })
                        .did())
                .isEqualTo(alice.did());
        assertThat(session.logout()).isTrue();
        assertThat(oauth.sessions(alice.did())).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Decision.class,
            names = {"DENY", "CANCEL"})
    void denial_isReported(Decision decision) {
        Chromium chromium = chromium(alice, decision, "denial-" + decision.ordinal());

        assertThatThrownBy(() -> publicClient().open(alice.did(), chromium))
                .isInstanceOfSatisfying(
                        AuthorizationDeniedException.class,
                        denied -> assertThat(denied.error()).isEqualTo("access_denied"));

        List<Page> pages = chromium.pages();
        assertThat(pages.get(pages.size() - 1).text()).contains("Not signed in");
        assertThat(oauth.sessions(alice.did())).isZero();
    }

    /** The reference server shows names and logos only of the clients that its operator trusts. */
    @ParameterizedTest
    @ValueSource(strings = {"app", "trusted"})
    void webApplication_signsIn(String host) {
        URI site = URI.create("https://" + host + ".example.com");
        Scopes scopes = Scopes.of(
                Scope.ATPROTO,
                Scope.repo("app.bsky.feed.post"),
                Scope.parse("blob:image/*"),
                Scope.parse("account:email"));
        OAuthClient client = client(
                store,
                oauth.clock(),
                o -> o.keys(ClientKeys.generate())
                        .metadata(ClientMetadata.web(
                                site.resolve("/oauth-client-metadata.json"),
                                m -> m.redirectUri(site + "/callback")
                                        .scopes(scopes)
                                        .name("Atlex Test Application")
                                        .logo(site.resolve("/logo.svg")))));
        oauth.publish(client.metadata());
        Authorization authorization = client.authorize(alice.did(), o -> o.state("basket"));

        List<Page> pages = chromium(alice, Decision.APPROVE, "web-" + host).visitNow(authorization.url());

        String consent = pages.get(1).text();
        assertThat(consent).contains(alice.handle(), "mail");
        if (host.equals("trusted")) {
            assertThat(consent).contains("Atlex Test Application");
        } else {
            assertThat(consent).contains(site.getHost());
        }
        URI callback = pages.get(2).url();
        assertThat(callback.getHost()).isEqualTo(site.getHost());
        var back = client.callback(callback, authorization.browserSecret());
        assertThat(back.state()).isEqualTo("basket");
        OAuthSession session = back.session();
        assertThat(session.data().authMethod()).isEqualTo("private_key_jwt");
        assertThat(session.scopes()).isEqualTo(scopes);
        call(session);
        new Client(session).create(Post.RECORD, post("from a web application"));
        assertThat(session.refresh().refreshed()).isTrue();
        assertThat(session.logout()).isTrue();
        assertThat(oauth.sessions(alice.did())).isZero();
    }

    @Test
    void pagesOfErrors_sayWhatToDo() {
        OAuthClient client = publicClient();
        try (LoopbackReceiver receiver = LoopbackReceiver.open(client.metadata())) {
            Authorization authorization = client.authorize(alice.did(), o -> o.redirectUri(receiver.redirectUri()));
            Thread program = new Thread(() -> {
                try {
                    receiver.await(authorization, Duration.ofMinutes(2));
                } catch (RuntimeException e) {
                    // Closed at the end of the test.
                }
            });
            program.setDaemon(true);
            program.start();

            URI forged = URI.create(receiver.redirectUri() + "?state=unknown&code=x");
            assertThat(chromium(alice, Decision.LOOK, "receiver-error")
                            .visitNow(forged)
                            .get(0)
                            .text())
                    .contains("Unknown sign-in", "start again");
            URI unknown = URI.create(authorization.url().toString().replaceFirst("req-[0-9a-f]{4}", "req-0000"));
            assertThat(chromium(alice, Decision.LOOK, "server-error")
                            .visitNow(unknown)
                            .get(0)
                            .text())
                    .isNotBlank();
        }
    }
}
