package dev.atlex.bluesky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.atlex.client.Agent;
import dev.atlex.client.LazyAgent;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.LocalPdsExtension;
import dev.atlex.testkit.TestAccount;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests an account whose agent signs in at its first use. */
class LazyBlueskyTest {
    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    @Test
    void signsInAtTheFirstCall(LocalPds pds, TestAccount alice) {
        AtomicInteger signIns = new AtomicInteger();
        Bluesky bsky = Bluesky.of(LazyAgent.of(() -> {
            signIns.incrementAndGet();
            return SignedIn.agent(pds, alice);
        }));
        assertThat(bsky).hasToString("Bluesky[LazyAgent[not used yet]]");
        assertThat(signIns).hasValue(0);

        Posted post = bsky.post("Hello");
        assertThat(bsky.likedPosts()).isEmpty();
        bsky.delete(post.uri());
        assertThat(bsky.did()).isEqualTo(alice.did());
        assertThat(signIns).hasValue(1);
    }

    @Test
    void unauthenticatedAgentIsRejected(LocalPds pds) {
        Agent anonymous = Agent.of(pds.url());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bluesky.of(anonymous))
                .withMessageContaining("not signed in");
        Bluesky lazy = Bluesky.of(LazyAgent.of(() -> anonymous));
        assertThatIllegalStateException().isThrownBy(lazy::did).withMessageContaining("not signed in");
    }
}
