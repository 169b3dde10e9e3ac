package dev.atlex.spring.test;

import app.bsky.actor.ActorDefs.ProfileViewDetailed;
import app.bsky.actor.GetProfile;
import com.atproto.repo.StrongRef;
import dev.atlex.bluesky.Bluesky;
import dev.atlex.client.Client;
import dev.atlex.syntax.AtIdentifier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The example in docs/spring-boot.md. The samples in verification/consumers run the same code. */
@RestController
class BotController {
    private final Bluesky bsky;
    private final Client client;

    BotController(Bluesky bsky, Client client) {
        this.bsky = bsky;
        this.client = client;
    }

    @PostMapping("/posts")
    StrongRef post(@RequestParam String text) {
        return bsky.post(text).ref();
    }

    @GetMapping("/profiles/{actor}")
    ProfileViewDetailed profile(@PathVariable AtIdentifier actor) {
        return client.call(GetProfile.QUERY, p -> p.actor(actor));
    }
}
