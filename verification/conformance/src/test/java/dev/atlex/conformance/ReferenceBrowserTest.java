package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.conformance.Chromium.Decision;
import dev.atlex.oauth.Authorization;
import org.junit.jupiter.api.Test;

/** Sign-ins through the pages of the reference PDS. */
class ReferenceBrowserTest extends BrowserScenarios {
    ReferenceBrowserTest() {
        super(new ReferenceServer(ReferenceNetwork.shared()));
    }

    @Override
    String serverName() {
        return "reference";
    }

    /** Past its page, the server accepts another account: see {@link OAuthScenarios}. */
    @Test
    void anotherAccount_cantBeEntered() {
        Authorization authorization = publicClient().authorize(alice.did());

        Chromium chromium = chromium(alice, Decision.LOOK, "another-account");
        assertThat(chromium.visitNow(authorization.url()).get(0).fixed()).containsExactly(alice.handle());
    }
}
