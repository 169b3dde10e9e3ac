package dev.atlex.spring.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.bluesky.Bluesky;
import dev.atlex.identity.HandleNotFoundException;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.syntax.Handle;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.TestAccount;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest(properties = "atlex.store.type=postgres")
@AutoConfigureLocalPds(handle = "bot.test")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AutoConfigureLocalPdsTest {
    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class App {}

    @Autowired
    private LocalPds pds;

    @Autowired
    private TestAccount account;

    @Autowired
    private Bluesky bsky;

    @Test
    void accountsAreFoundByTheirHandles(@Autowired IdentityResolver resolver) {
        assertThat(resolver.resolve(Handle.of("bot.test")).did()).isEqualTo(account.did());
        TestAccount other = pds.createAccount("other.test", "password");
        assertThat(resolver.resolve(Handle.of("other.test")).did()).isEqualTo(other.did());
        assertThatThrownBy(() -> resolver.resolve(Handle.of("missing.test")))
                .isInstanceOf(HandleNotFoundException.class);
    }

    @Test
    void testsRunWithTheNamedVersion() {
        assertThat(SpringBootVersion.getVersion()).isEqualTo(System.getProperty("spring-boot.version"));
    }

    @Test
    @Order(1)
    void applicationUsesTheServer() {
        assertThat(pds.requests()).isEmpty();
        bsky.post("Hello");
        assertThat(account.handle()).isEqualTo("bot.test");
        assertThat(pds.records(account.did(), "app.bsky.feed.post")).hasSize(1);
        pds.faults().always("com.atproto.repo.createRecord", Fault.status(400));
    }

    @Test
    @Order(2)
    void requestsAndFaultsFromOtherTestsAreGone() {
        assertThat(pds.requests()).isEmpty();
        bsky.post("Again");
        assertThat(pds.count("com.atproto.server.createSession")).isZero();
        assertThat(pds.records(account.did(), "app.bsky.feed.post")).hasSize(2);
    }

    @Nested
    class Inside {
        @Test
        void sharesTheServer(@Autowired LocalPds server) {
            assertThat(server).isSameAs(pds);
        }
    }
}
