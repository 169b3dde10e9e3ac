package dev.atlex.cli.bluesky;

import app.bsky.feed.FeedDefs.PostView;
import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.DisplayText;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Formats posts for a terminal, without characters that control it. */
final class PostText {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

    /** The minimum number of columns for text, no matter how deep the thread is. */
    private static final int MIN_COLUMNS = 20;

    private final CommandContext context;
    private final String indent;
    private final Instant now = Instant.now();

    PostText(CommandContext context) {
        this(context, "");
    }

    private PostText(CommandContext context, String indent) {
        this.context = context;
        this.indent = indent;
    }

    /** Returns an instance that indents all lines by a number of levels. */
    PostText indented(int levels) {
        return new PostText(context, "  ".repeat(levels));
    }

    /** Prints a post with its author, age, counts and URI, and an empty line. */
    void print(PostView post) {
        String name = post.author().displayName();
        String text = post.record().getString("text");
        printHeading(
                (name == null || name.isBlank() ? "" : name + " ") + "@"
                        + post.author().handle(),
                age(post.indexedAt().toInstant()));
        if (text != null && !text.isBlank()) {
            text.lines().forEach(line -> printText("  ", line));
        }
        if (post.toLexMap().get("embed") instanceof LexMap embed) {
            printEmbed(embed);
        }
        printFaint("  ♥ " + count(post.likeCount()) + "  ↻ " + count(post.repostCount()) + "  ↩ "
                + count(post.replyCount()) + "  " + post.uri());
        print("");
    }

    private void printEmbed(LexMap embed) {
        String type = String.valueOf(embed.getString("$type"));
        switch (type) {
            case "app.bsky.embed.images#view" -> printImages(embed.get("images"));
            case "app.bsky.embed.gallery#view" -> printImages(embed.get("items"));
            case "app.bsky.embed.video#view" -> print("  [video] " + orEmpty(embed.getString("alt")));
            case "app.bsky.embed.external#view" -> {
                if (embed.get("external") instanceof LexMap card) {
                    print("  [" + orEmpty(card.getString("title")) + "] " + orEmpty(card.getString("uri")));
                }
            }
            case "app.bsky.embed.record#view" -> printQuote(embed);
            case "app.bsky.embed.recordWithMedia#view" -> {
                if (embed.get("media") instanceof LexMap media) {
                    printEmbed(media);
                }
                if (embed.get("record") instanceof LexMap record) {
                    printQuote(record);
                }
            }
            default -> print("  [" + type + "]");
        }
    }

    private void printImages(@Nullable LexValue images) {
        if (images instanceof LexArray array) {
            for (LexValue image : array) {
                print("  [image] " + (image instanceof LexMap map ? orEmpty(map.getString("alt")) : ""));
            }
        }
    }

    private void printQuote(LexMap embed) {
        if (embed.get("record") instanceof LexMap quoted) {
            print("  [quote] " + orEmpty(quoted.getString("uri")));
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static long count(@Nullable Long count) {
        return count == null ? 0 : count;
    }

    /** Prints a line without control characters. */
    void print(String line) {
        context.printStyled(line.isEmpty() ? "" : indent + DisplayText.visible(line));
    }

    /** Prints a faint line. */
    void printFaint(String line) {
        context.printStyled(indent + context.style().faint(DisplayText.visible(line)));
    }

    /** Prints the line above a post: its author and age. */
    void printHeading(String who, String when) {
        String name = context.style().strong(DisplayText.visible(who));
        context.printStyled(indent + name + context.style().faint(" · " + when));
    }

    /** Prints a line of a post. Wraps it if the terminal is too narrow. */
    void printText(String margin, String line) {
        int columns = Math.max(MIN_COLUMNS, context.columns() - indent.length() - margin.length());
        DisplayText.wrap(DisplayText.visible(line), columns)
                .forEach(part -> context.printStyled(indent + margin + part));
    }

    /** Returns the age, such as {@code 5m} or {@code 3h}, or the date if it is more than a day ago. */
    String age(Instant time) {
        Duration age = Duration.between(time, now);
        if (age.toDays() >= 1) {
            return DATE.format(time.atZone(ZoneId.systemDefault()));
        }
        long minutes = Math.max(0, age.toMinutes());
        return minutes < 60 ? minutes + "m" : minutes / 60 + "h";
    }
}
