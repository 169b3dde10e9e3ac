package com.example.consumer;

import app.bsky.actor.ActorDefs.ProfileViewDetailed;
import app.bsky.actor.GetProfile;
import app.bsky.feed.Post;
import com.atproto.repo.StrongRef;
import dev.atlex.bluesky.Bluesky;
import dev.atlex.client.Client;
import dev.atlex.syntax.AtIdentifier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Returns generated types and accepts them as bodies. */
@RestController
class BotController {
    private final Bluesky bsky;
    private final Client client;

    BotController(Bluesky bsky, Client client) {
        this.bsky = bsky;
        this.client = client;
    }

    @GetMapping("/profiles/{actor}")
    ProfileViewDetailed profile(@PathVariable AtIdentifier actor) {
        return client.call(GetProfile.QUERY, p -> p.actor(actor));
    }

    @PostMapping("/posts")
    StrongRef post(@RequestParam String text) {
        return bsky.post(text).ref();
    }

    @PostMapping("/drafts")
    Post draft(@RequestBody Post post) {
        return post;
    }

    @GetMapping("/thread")
    String thread() {
        return Thread.currentThread().toString();
    }
}
