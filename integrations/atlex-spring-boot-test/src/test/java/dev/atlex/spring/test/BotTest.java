package dev.atlex.spring.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.bluesky.Bluesky;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.TestAccount;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** The example in docs/spring-boot.md and in the Javadoc of {@link AutoConfigureLocalPds}. */
@SpringBootTest
@AutoConfigureLocalPds
class BotTest {
    @Autowired
    LocalPds pds;

    @Autowired
    TestAccount account;

    @Autowired
    Bluesky bsky;

    @Test
    void posts() {
        bsky.post("Hello");
        assertThat(pds.records(account.did(), "app.bsky.feed.post")).hasSize(1);
    }
}
