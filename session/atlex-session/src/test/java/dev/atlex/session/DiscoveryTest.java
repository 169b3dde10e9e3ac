package dev.atlex.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.identity.DidNotFoundException;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.TestAccount;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Signing in without naming a server. */
class DiscoveryTest {
    private final LocalPds pds = LocalPds.start();
    private final TestAccount alice = pds.createAccount("alice.test", "alice-password");
    private final IdentityResolver resolver = IdentityResolver.builder()
            .plcUrl(pds.plcUrl())
            .dns(name -> name.equals("_atproto.alice.test") ? List.of("did=" + alice.did()) : List.of())
            .allowPrivateAddresses(true)
            .build();

    @AfterEach
    void stop() {
        pds.close();
    }

    @Test
    void handle_resolvesToTheAccountsServer() {
        Credentials credentials = Credentials.resolve("alice.test", "alice-password", resolver);

        assertThat(credentials.service().getPort()).isEqualTo(pds.pdsUrl().getPort());
        PasswordSession session = PasswordSession.login(credentials, SessionOptions.DEFAULTS);
        assertThat(session.did()).isEqualTo(alice.did());
        session.logout();
    }

    @Test
    void did_resolvesToTheAccountsServer() {
        Credentials credentials = Credentials.resolve(alice.did().toString(), "alice-password", resolver);

        assertThat(credentials.identifier()).isEqualTo(alice.did().toString());
        assertThat(credentials.service().getPort()).isEqualTo(pds.pdsUrl().getPort());
    }

    @Test
    void unknownAccount_messageOmitsThePassword() {
        assertThatThrownBy(() -> Credentials.resolve("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa", "alice-password", resolver))
                .isInstanceOf(DidNotFoundException.class)
                .hasMessageContaining("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa")
                .hasMessageNotContaining("alice-password");
    }

    @Test
    void emailAddress_isRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Credentials.resolve("alice@mail.test", "alice-password", resolver))
                .withMessageContaining("handle or a DID");
    }
}
