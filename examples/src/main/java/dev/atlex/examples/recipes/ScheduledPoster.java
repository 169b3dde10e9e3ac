package dev.atlex.examples.recipes;

import dev.atlex.bluesky.Bluesky;
import dev.atlex.bluesky.Posted;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Posts once a day, no matter how often the program runs: from cron, again after a crash, or on two machines. */
public final class ScheduledPoster {
    private ScheduledPoster() {}

    public static void main(String[] args) {
        try (Demo demo = Demo.start()) {
            LocalDate today = LocalDate.now(ZoneOffset.UTC);
            for (int run = 1; run <= 2; run++) {
                Posted post = post(demo.bluesky(), today);
                System.out.println((post.created() ? "Posted " : "Today's post exists: ") + post.webUrl());
            }
        }
    }

    static Posted post(Bluesky bsky, LocalDate day) {
        Instant midnight = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        return bsky.post(
                p -> p.text("Good morning! Today is " + day + ". #daily").key("daily " + day, midnight));
    }
}
