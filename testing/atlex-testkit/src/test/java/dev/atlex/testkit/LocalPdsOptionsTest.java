package dev.atlex.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LocalPdsOptionsTest {
    @Test
    void defaults_areLikeThoseOfPlainServer() {
        assertThat(LocalPdsOptions.DEFAULTS.port()).isZero();
        assertThat(LocalPdsOptions.DEFAULTS.entryway()).isFalse();
        assertThat(LocalPdsOptions.DEFAULTS.appView()).isTrue();
        assertThat(LocalPdsOptions.DEFAULTS.clock()).isEqualTo(Clock.systemUTC());
        assertThat(LocalPdsOptions.DEFAULTS.accounts()).isEmpty();
    }

    @Test
    void toBuilder_keepsOptionsAndLeavesOriginalUnchanged() {
        MutableClock clock = MutableClock.at(Instant.EPOCH);
        LocalPdsOptions first =
                LocalPdsOptions.of(o -> o.clock(clock).appView(false).account("alice.test", "a"));

        LocalPdsOptions second =
                first.toBuilder().account(Handle.of("bob.test"), "b").build();

        assertThat(second.clock()).isSameAs(clock);
        assertThat(second.appView()).isFalse();
        assertThat(second.accounts()).containsOnlyKeys("alice.test", "bob.test");
        assertThat(first.accounts()).containsOnlyKeys("alice.test");
    }

    @Test
    void toString_hidesPasswords() {
        LocalPdsOptions options = LocalPdsOptions.of(o -> o.account("alice.test", "secret-password"));

        assertThat(options.toString()).contains("alice.test").doesNotContain("secret-password");
        try (LocalPds pds = LocalPds.start(options)) {
            pds.behavior().accessTokenLifetime(Duration.ofMinutes(1));
            pds.faults().next(Fault.status(500));

            assertThat(pds).hasToString("LocalPds[" + pds.url() + "]");
            assertThat(pds.behavior().toString()).contains("accessTokenLifetime=PT1M");
            assertThat(pds.faults()).hasToString("Faults[left=1]");
        }
    }

    @Test
    void start_invalidHandleIsRejected() {
        assertThatThrownBy(() -> LocalPds.start(o -> o.account("no handle", "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a valid handle (got \"no handle\")");
    }

    @Test
    void accounts_areFoundByHandleAndDid() {
        try (LocalPds pds = LocalPds.start()) {
            TestAccount alice = pds.createAccount(Handle.of("Alice.test"), "a");

            assertThat(alice.handle()).isEqualTo("alice.test");
            assertThat(pds.hasAccount(alice.did())).isTrue();
            assertThat(pds.hasAccount(Handle.of("alice.test"))).isTrue();
            assertThat(pds.hasAccount("alice.test")).isTrue();
            assertThat(pds.hasAccount("bob.test")).isFalse();
            assertThatThrownBy(() -> pds.createAccount("ALICE.test", "other@mail.test", "a"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Handle already taken: alice.test");
            assertThatThrownBy(() -> pds.takedown(Did.of("did:plc:unknown")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("no account with this DID on the server (got \"did:plc:unknown\")");
        }
    }
}
