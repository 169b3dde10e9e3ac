package dev.atlex.spring.oauth;

import app.bsky.actor.GetProfile;
import dev.atlex.bluesky.Bluesky;
import dev.atlex.client.Client;
import dev.atlex.oauth.OAuthSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The pages of {@link TestSite}, as text. */
@RestController
final class Pages {
    private final SignedInUsers users;

    Pages(SignedInUsers users) {
        this.users = users;
    }

    @GetMapping("/")
    String home(Optional<SignedInUser> user, Model model) {
        String shown = user.map(known -> "user " + known.did()).orElse("no user");
        return model.getAttribute(SignInFailure.ATTRIBUTE) instanceof SignInFailure failure
                ? shown + ", " + failure.getReason() + ", " + failure.getAccount()
                : shown;
    }

    @GetMapping("/profile")
    String profile(Client client, OAuthSession session) {
        return client.call(GetProfile.QUERY, p -> p.actor(session.did()))
                .handle()
                .toString();
    }

    @GetMapping("/session-id")
    String sessionId(SignedInUser user) {
        return user.sessionId();
    }

    /** Does what the server does to a session that times out. */
    @GetMapping("/expire")
    String expire(HttpServletRequest request) {
        request.getSession().invalidate();
        return "expired";
    }

    @GetMapping("/current")
    String current() {
        return users.current().did().toString();
    }

    @GetMapping("/maybe")
    String maybe(@Nullable Client client) {
        return client == null ? "no user" : "a user";
    }

    @PostMapping("/posts")
    String post(Bluesky bsky, @RequestParam("text") String text) {
        return bsky.post(text).uri().toString();
    }

    @GetMapping("/remember")
    String remember(HttpServletRequest request, @RequestParam("value") String value) {
        request.getSession().setAttribute("value", value);
        return value;
    }

    /** Returns the content of the HTTP session. */
    @GetMapping("/content")
    String content(HttpServletRequest request) {
        HttpSession session = request.getSession();
        return Collections.list(session.getAttributeNames()).stream()
                .map(name -> name + "=" + session.getAttribute(name))
                .collect(Collectors.joining(", "));
    }

    @GetMapping("/remembered")
    String remembered(HttpServletRequest request) {
        return String.valueOf(request.getSession().getAttribute("value"));
    }
}
