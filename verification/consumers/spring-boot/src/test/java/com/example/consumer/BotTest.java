package com.example.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import com.atproto.repo.StrongRef;
import dev.atlex.spring.test.AutoConfigureLocalPds;
import dev.atlex.syntax.Handle;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.TestAccount;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest
@AutoConfigureLocalPds
class BotTest {
    @Autowired
    private LocalPds pds;

    @Autowired
    private TestAccount account;

    @Autowired
    private BotController bot;

    @Test
    void posts() {
        StrongRef post = bot.post("Hello");
        assertThat(post.uri().toString()).contains(account.did().toString());
        assertThat(pds.records(account.did(), "app.bsky.feed.post")).hasSize(1);
        assertThat(bot.profile(Handle.of(account.handle())).postsCount()).isEqualTo(1);
    }
}
