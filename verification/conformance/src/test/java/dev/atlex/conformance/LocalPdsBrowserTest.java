package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.conformance.Chromium.Decision;
import dev.atlex.oauth.OAuthClient;
import dev.atlex.session.AccountMismatchException;
import dev.atlex.testkit.TestAccount;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sign-ins through the pages of {@link dev.atlex.testkit.LocalPds}. */
class LocalPdsBrowserTest extends BrowserScenarios {
    LocalPdsBrowserTest() {
        super(new LocalServer());
    }

    @Override
    String serverName() {
        return "local";
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void anotherAccount_isRefusedAndRevoked() {
        TestAccount bob = account();
        OAuthClient client = publicClient();
        Chromium chromium = chromium(bob, Decision.APPROVE, "another-account");

        assertThatThrownBy(() -> client.open(alice.did(), chromium))
                .isInstanceOfSatisfying(AccountMismatchException.class, mismatch -> {
                    assertThat(mismatch.expected()).isEqualTo(alice.did());
                    assertThat(mismatch.found()).isEqualTo(bob.did());
                });

        assertThat(chromium.pages()).hasSize(3);
        assertThat(client.accounts()).isEmpty();
        assertThat(oauth.sessions(bob.did())).isZero();
    }
}
