package dev.atlex.cli.bluesky;

import dev.atlex.bluesky.Bluesky;
import dev.atlex.bluesky.InvalidPostException;
import dev.atlex.bluesky.NewPost;
import dev.atlex.bluesky.PostTooLongException;
import dev.atlex.bluesky.Posted;
import dev.atlex.cli.runtime.Command;
import dev.atlex.cli.runtime.CommandBuilder;
import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.cli.runtime.InputFile;
import dev.atlex.cli.runtime.Options;
import dev.atlex.cli.session.AccountOption;
import dev.atlex.cli.session.StoredSession;
import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.data.LexMap;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Posts text and images, as a reply or a quote, or as a thread. */
public final class Post implements Command {
    private static final int MAX_TEXT_BYTES = 1 << 20;

    private final CommandContext context;
    private String text = "";
    private final List<Image> images = new ArrayList<>();
    private @Nullable String replyTo;
    private @Nullable String quote;
    private List<String> langs = new ArrayList<>();
    private List<String> tags = new ArrayList<>();
    private List<String> labels = new ArrayList<>();
    private @Nullable String card;
    private @Nullable String video;
    private String videoAlt = "";
    private @Nullable String key;
    private boolean thread;
    private boolean numbered;
    private final AccountOption account = new AccountOption();

    /** An image with its description. The parser ensures that each has a file. */
    private static final class Image {
        private @Nullable String file;
        private @Nullable String alt;
    }

    /** Creates the command. */
    public Post(CommandContext context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return CommandBuilder.of("post", this)
                .description(
                        "Post on Bluesky. Links, hashtags and mentions in the text become clickable.",
                        "Prints {\"uri\",\"cid\"}, one line per post. Images are shrunk to the size limit, and "
                                + "metadata such as the location is removed.")
                .examples(
                        "atlex post \"Hello from the shell, @alice.example.com! https://example.com #atproto\"",
                        "atlex post \"Look\" --image photo.jpg --alt \"A cat\" --lang en",
                        "atlex post --reply-to https://bsky.app/profile/alice.example.com/post/3jzfcijpj2z2a \"Nice\"",
                        "atlex post --thread - < article.txt")
                .add(Options.optionalArgument(
                        "TEXT|-",
                        "Text of the post. - reads stdin. Not required with an image.",
                        value -> text = value))
                .addRepeatable(
                        Options.text(
                                "--image",
                                "FILE",
                                "Image to attach. Repeatable, at most 4.",
                                value -> image(image -> image.file == null).file = value),
                        Options.text(
                                "--alt",
                                "TEXT",
                                "Description of the preceding image, for people who can't see it.",
                                value -> image(image -> image.alt == null).alt = value))
                .add(Options.text(
                        "--reply-to",
                        "URI",
                        "Post to reply to: its AT URI, or the URL of its page on bsky.app.",
                        value -> replyTo = value))
                .add(Options.text(
                        "--quote",
                        "URI",
                        "Post to quote: its AT URI, or the URL of its page on bsky.app.",
                        value -> quote = value))
                .add(Options.list(
                        "--lang",
                        "TAG",
                        "Language of the text, such as en or pt-BR. Repeatable, at most 3.",
                        String.class,
                        values -> langs = values))
                .add(Options.list(
                        "--tag",
                        "TAG",
                        "Tag that isn't in the text, without #. Repeatable, at most 8.",
                        String.class,
                        values -> tags = values))
                .add(Options.list(
                        "--label",
                        "LABEL",
                        "Content warning: sexual, nudity, porn or graphic-media. Repeatable.",
                        String.class,
                        values -> labels = values))
                .add(Options.text(
                        "--card", "URL", "Web page to show as a card with its title and image.", value -> card = value))
                .add(Options.text(
                        "--video", "FILE", "Video to attach; --video-alt describes it.", value -> video = value))
                .add(Options.text("--video-alt", "TEXT", "Description of the video.", value -> videoAlt = value))
                .add(Options.text(
                        "--key",
                        "KEY",
                        "Post at most once under this key. A later run with the same key prints the first post again.",
                        value -> key = value))
                .add(Options.flag(
                        "--thread",
                        "Split text that is too long into a thread, and publish all of its posts at once. Other "
                                + "options apply to the first post.",
                        value -> thread = value))
                .add(Options.flag("--numbered", "Number the posts of a thread: (1/3).", value -> numbered = value))
                .add(account)
                .build();
    }

    /** Returns the last image if the next option belongs to it, else a new one. */
    private Image image(Predicate<Image> lacks) {
        if (images.isEmpty() || !lacks.test(images.get(images.size() - 1))) {
            images.add(new Image());
        }
        return images.get(images.size() - 1);
    }

    @Override
    public Integer call() {
        if (numbered && !thread) {
            throw Failure.usage("--numbered requires --thread");
        }
        String content = text.equals("-") ? readText() : text;
        List<Posted> posts;
        try {
            NewPost first = NewPost.of(this::describe);
            posts = StoredSession.open(context, account).use(session -> post(Bluesky.of(session), content, first));
        } catch (PostTooLongException e) {
            throw Failure.input(e.getMessage() + (thread ? "" : " (atlex: use --thread)"));
        } catch (InvalidPostException | InvalidSyntaxException e) {
            throw Failure.input(String.valueOf(e.getMessage()));
        }
        for (Posted posted : posts) {
            posted.unresolvedMentions()
                    .forEach(handle ->
                            context.warn("UnresolvedMention: @" + handle + " doesn't exist; posted as plain text"));
            if (posted.cardFailure() != null) {
                context.warn("LinkCard: " + posted.cardFailure().getMessage());
            }
            show(posted);
        }
        return 0;
    }

    private List<Posted> post(Bluesky bluesky, String content, NewPost first) {
        if (!thread) {
            return List.of(bluesky.post(first.toBuilder().text(content).build()));
        }
        return bluesky.thread(content, t -> {
                    t.numbered(numbered).first(this::describe).each(p -> p.langs(langs.toArray(new String[0])));
                    if (key != null) {
                        t.key(key);
                    }
                    if (replyTo != null) {
                        t.reply(replyTo);
                    }
                })
                .posts();
    }

    /** Sets everything but the text. In a thread, the reply and the key are options of the thread instead. */
    private void describe(NewPost.Builder post) {
        for (Image image : images) {
            post.image(file("--image", String.valueOf(image.file)), image.alt == null ? "" : image.alt);
        }
        if (card != null) {
            post.card(link(card));
        }
        if (video != null) {
            post.video(file("--video", video), v -> v.alt(videoAlt));
        }
        if (quote != null) {
            post.quote(quote);
        }
        post.langs(langs.toArray(new String[0]));
        post.tags(tags.toArray(new String[0]));
        post.labels(labels.toArray(new String[0]));
        if (!thread && replyTo != null) {
            post.reply(replyTo);
        }
        if (!thread && key != null) {
            post.key(key);
        }
    }

    private String readText() {
        byte[] bytes = new InputFile(context.environment(), text).read(MAX_TEXT_BYTES);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
                    .strip();
        } catch (CharacterCodingException e) {
            throw Failure.input("stdin: expected text in UTF-8");
        }
    }

    private static URI link(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            // The URL may contain a password.
            throw Failure.input("--card: not a valid URL: " + e.getReason() + " at index " + e.getIndex());
        }
    }

    private static Path file(String option, String name) {
        try {
            Path path = Path.of(name);
            if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
                throw Failure.input(option + ": can't read " + name);
            }
            return path;
        } catch (InvalidPathException e) {
            throw Failure.input(option + ": not a valid file name: " + name);
        }
    }

    private void show(Posted posted) {
        if (context.isForPeople()) {
            context.print(posted.webUrl().toString());
            return;
        }
        context.print(LexMap.builder()
                .put("uri", posted.uri().toString())
                .put("cid", posted.cid().toString())
                .build());
    }
}
