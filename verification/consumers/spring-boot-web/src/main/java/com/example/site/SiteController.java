package com.example.site;

import app.bsky.feed.Post;
import dev.atlex.bluesky.Bluesky;
import dev.atlex.bluesky.InvalidPostException;
import dev.atlex.data.ReadOptions;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
class SiteController {
    /** A post as the page shows it. */
    public record Line(String author, String handle, String text, String time) {}

    /** Shows the sign-in form to visitors, and the profile and the timeline to users. */
    @GetMapping("/")
    String home(Optional<Bluesky> user, Model model) {
        user.ifPresent(bsky -> {
            model.addAttribute("profile", bsky.profile());
            model.addAttribute("timeline", timeline(bsky));
        });
        return user.isPresent() ? "home" : "sign-in";
    }

    private static List<Line> timeline(Bluesky bsky) {
        return bsky.timeline()
                .limit(20)
                .map(item -> {
                    Post post = Post.RECORD.tryFrom(item.post().record(), ReadOptions.LENIENT);
                    var author = item.post().author();
                    return new Line(
                            author.displayName() == null ? "" : author.displayName(),
                            author.handle().toString(),
                            post == null ? "" : post.text(),
                            item.post().indexedAt().toString());
                })
                .toList();
    }

    /** Shows the settings to users. Visitors are redirected to the sign-in page, and return here afterward. */
    @GetMapping("/settings")
    String settings(Bluesky bsky, Model model) {
        model.addAttribute("profile", bsky.profile());
        return "settings";
    }

    @PostMapping("/posts")
    String post(Bluesky bsky, @RequestParam String text, RedirectAttributes redirect) {
        try {
            bsky.post(text);
        } catch (InvalidPostException e) {
            redirect.addFlashAttribute("problem", "A post needs between 1 and 300 characters.");
            redirect.addFlashAttribute("text", text);
        }
        return "redirect:/";
    }
}
