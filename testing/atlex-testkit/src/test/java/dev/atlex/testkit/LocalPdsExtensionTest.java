package dev.atlex.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LocalPdsExtensionTest {
    @RegisterExtension
    static final LocalPdsExtension SHARED = LocalPdsExtension.create(o -> o.account("bob.test", "builder-password"));

    private static int sharedPort;

    @Test
    void accounts_areNamedInOrder_andIncludeThoseFromOptions(TestAccount first, TestAccount second) {
        LocalPds pds = SHARED.pds();
        assertThat(first.handle()).isEqualTo("alice.test");
        assertThat(second.handle()).isEqualTo("carol.test");
        assertThat(pds.hasAccount("bob.test")).isTrue();
        assertThat(first).hasToString("TestAccount[did=" + first.did() + ", handle=alice.test]");
    }

    @Test
    void reset_leavesNothingForNextTest() {
        leaveTraces();
    }

    @Test
    void reset_leavesNothingForNextTestInAnyOrder() {
        leaveTraces();
    }

    private static void leaveTraces() {
        LocalPds pds = SHARED.pds();
        Http http = new Http(pds);
        assertThat(pds.requests()).isEmpty();
        assertThat(pds.faults().exhausted()).isTrue();
        TestAccount dora = pds.createAccount("dora.test", "x");
        assertThat(http.login(dora).text()).contains("emailConfirmed");
        pds.behavior().emailConfirmed(false);
        pds.faults().always("com.atproto.server.getSession", Fault.status(500));
        sharedPort = sharedPort == 0 ? pds.url().getPort() : sharedPort;
        assertThat(pds.url().getPort()).as("one server for the class").isEqualTo(sharedPort);
    }

    @Test
    void pds_throwsOutsideTests() {
        assertThatThrownBy(() -> LocalPdsExtension.create().pds())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("@RegisterExtension");
    }

    @Test
    void reset_invalidatesTokens() {
        LocalPds pds = SHARED.pds();
        Http http = new Http(pds);
        String token = http.login("bob.test", "builder-password").string("accessJwt");
        pds.reset();
        assertThat(http.session(token).error()).isEqualTo("400 InvalidToken: Token could not be verified");
        assertThat(http.login("bob.test", "builder-password").status()).isEqualTo(200);
    }

    @Nested
    class Inner {
        @Test
        void nestedTests_shareTheServer() {
            leaveTraces();
        }
    }
}
