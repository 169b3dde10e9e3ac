package dev.atlex.cli.bluesky;

import dev.atlex.bluesky.Bluesky;
import dev.atlex.bluesky.PostThread;
import dev.atlex.bluesky.ShortLinkException;
import dev.atlex.bluesky.ThreadNode;
import dev.atlex.cli.runtime.Command;
import dev.atlex.cli.runtime.CommandBuilder;
import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.cli.runtime.Options;
import dev.atlex.cli.session.AccountOption;
import dev.atlex.cli.session.StoredSession;
import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.data.LexMap;
import picocli.CommandLine.Model.CommandSpec;

/** Prints a post's thread: the posts above it, the post itself, and its replies. */
public final class ShowThread implements Command {
    private static final int MAX_INDENT = 8;

    private final CommandContext context;
    private String uri = "";
    private final AccountOption account = new AccountOption();

    /** Creates the command. */
    public ShowThread(CommandContext context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return CommandBuilder.of("thread", this)
                .description(
                        "Print a post's thread: the posts above it, the post itself, and its replies. To post a "
                                + "thread, use atlex post --thread.",
                        "On a terminal, the output is text. Otherwise, or with --json, the output is JSON lines in "
                                + "reading order: "
                                + "{\"uri\",\"depth\",\"post\"}. depth is 0 for the post itself and negative "
                                + "for the posts above it. A post that can't be shown has "
                                + "\"notFound\":true or \"blocked\":true instead of post.")
                .examples(
                        "atlex thread https://bsky.app/profile/alice.example.com/post/3jzfcijpj2z2a",
                        "atlex thread at://alice.example.com/app.bsky.feed.post/3jzfcijpj2z2a | jq -r .post.record.text")
                .add(Options.argument(
                        "URI", "The post's AT URI, or the URL of its page on bsky.app.", value -> uri = value))
                .add(account)
                .build();
    }

    @Override
    public Integer call() {
        PostText text = new PostText(context);
        try {
            PostThread thread = StoredSession.open(context, account)
                    .use(session -> Bluesky.of(session).readThread(uri));
            thread.nodes().forEach(node -> show(node, text));
            if (!thread.complete()) {
                context.warn("Incomplete: the server left out part of this thread");
            }
        } catch (InvalidSyntaxException | ShortLinkException e) {
            throw Failure.input(String.valueOf(e.getMessage()));
        }
        return 0;
    }

    private void show(ThreadNode node, PostText text) {
        if (context.isForPeople()) {
            print(node, text);
            return;
        }
        LexMap.Builder line = LexMap.builder().put("uri", node.uri().toString()).put("depth", node.depth());
        if (node instanceof ThreadNode.Post post) {
            line.put("post", post.view().toLexMap());
        } else {
            line.put(node instanceof ThreadNode.Blocked ? "blocked" : "notFound", true);
        }
        context.print(line.build());
    }

    private void print(ThreadNode node, PostText text) {
        PostText indented = text.indented(Math.min(MAX_INDENT, Math.max(0, node.depth())));
        if (node instanceof ThreadNode.Post post) {
            indented.print(post.view());
        } else {
            indented.print(node instanceof ThreadNode.Blocked ? "[blocked]" : "[deleted or not found]");
            indented.print("");
        }
    }
}
