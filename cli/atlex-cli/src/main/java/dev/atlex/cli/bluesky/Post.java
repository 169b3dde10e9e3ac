package dev.atlex.cli.bluesky;

import dev.atlex.bluesky.Bluesky;
import dev.atlex.bluesky.InvalidPostException;
import dev.atlex.bluesky.NewPost;
import dev.atlex.bluesky.PostTooLongException;
import dev.atlex.bluesky.Posted;
import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.cli.runtime.InputFile;
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
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Posts text and images, as a reply or a quote, or as a thread. */
@Command(
        name = "post",
        mixinStandardHelpOptions = true,
        addMethodSubcommands = false,
        description = {
            "Post on Bluesky. Links, hashtags and mentions in the text become clickable.",
            "Prints {\"uri\",\"cid\"}, one line per post. Images are reduced to the size limit, and metadata such as "
                    + "the location is removed."
        },
        footer = {
            "",
            "Examples:",
            "  atlex post \"Hello from the shell, @alice.example.com! https://example.com #atproto\"",
            "  atlex post \"Look\" --image photo.jpg --alt \"A cat\" --lang en",
            "  atlex post --reply-to https://bsky.app/profile/alice.example.com/post/3jzfcijpj2z2a \"Nice\"",
            "  atlex post --thread - < article.txt"
        })
public final class Post implements Callable<Integer> {
    private static final int MAX_TEXT_BYTES = 1 << 20;

    private final CommandContext context;

    @Parameters(
            arity = "0..1",
            paramLabel = "TEXT|-",
            description = "Text of the post. - reads stdin. Not required with an image.")
    private String text = "";

    @ArgGroup(exclusive = false, multiplicity = "0..*")
    private List<Image> images = new ArrayList<>();

    @Option(
            names = "--reply-to",
            paramLabel = "URI",
            description = "Post to reply to: an AT URI or its page on bsky.app.")
    private @Nullable String replyTo;

    @Option(names = "--quote", paramLabel = "URI", description = "Post to quote: an AT URI or its page on bsky.app.")
    private @Nullable String quote;

    @Option(
            names = "--lang",
            paramLabel = "TAG",
            description = "Language of the text: en, pt-BR. Repeatable, at most 3.")
    private List<String> langs = new ArrayList<>();

    @Option(
            names = "--tag",
            paramLabel = "TAG",
            description = "Tag that isn't in the text, without #. Repeatable, at most 8.")
    private List<String> tags = new ArrayList<>();

    @Option(
            names = "--label",
            paramLabel = "LABEL",
            description = "Content warning: sexual, nudity, porn or graphic-media. Repeatable.")
    private List<String> labels = new ArrayList<>();

    @Option(names = "--card", paramLabel = "URL", description = "Page to show as a card with its title and image.")
    private @Nullable String card;

    @Option(names = "--video", paramLabel = "FILE", description = "Video to attach; --video-alt describes it.")
    private @Nullable String video;

    @Option(names = "--video-alt", paramLabel = "TEXT", description = "Description of the video.")
    private String videoAlt = "";

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description =
                    "Post at most once under this key. A later run with the same key prints the first post again.")
    private @Nullable String key;

    @Option(
            names = "--thread",
            description =
                    "Split text that is too long into a thread, and post it as a whole. Other options apply to its "
                            + "first post.")
    private boolean thread;

    @Option(names = "--numbered", description = "Number the posts of a thread: (1/3).")
    private boolean numbered;

    @Mixin
    private AccountOption account = new AccountOption();

    /** An image with its description. */
    static final class Image {
        @Option(
                names = "--image",
                required = true,
                paramLabel = "FILE",
                description = "Image to attach. Repeatable, at most 4.")
        String file = "";

        @Option(
                names = "--alt",
                paramLabel = "TEXT",
                description = "Description of the preceding image, for people who can't see it.")
        String alt = "";
    }

    /** Creates the command. */
    public Post(CommandContext context) {
        this.context = context;
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

    /** Sets everything but the text. In a thread, reply and key are options of the thread. */
    private void describe(NewPost.Builder post) {
        for (Image image : images) {
            post.image(file("--image", image.file), image.alt);
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
