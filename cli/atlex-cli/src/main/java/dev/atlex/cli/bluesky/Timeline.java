package dev.atlex.cli.bluesky;

import app.bsky.feed.FeedDefs.FeedViewPost;
import dev.atlex.bluesky.Bluesky;
import dev.atlex.cli.runtime.Command;
import dev.atlex.cli.runtime.CommandBuilder;
import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.session.AccountOption;
import dev.atlex.cli.session.StoredSession;
import picocli.CommandLine.Model.CommandSpec;

/** Prints the account's timeline. */
public final class Timeline implements Command {
    private final CommandContext context;
    private final PageOptions page = new PageOptions();
    private final AccountOption account = new AccountOption();

    /** Creates the command. */
    public Timeline(CommandContext context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return CommandBuilder.of("timeline", this)
                .description(
                        "Print the posts of the accounts that you follow, newest first.",
                        "On a terminal, the output is text. Otherwise, or with --json, the output is JSON lines: one "
                                + "app.bsky.feed.defs#feedViewPost per line.")
                .examples("atlex timeline", "atlex timeline --limit 200 | jq -r .post.record.text")
                .add(page)
                .add(account)
                .build();
    }

    @Override
    public Integer call() {
        long limit = page.limit();
        PostText text = new PostText(context);
        return StoredSession.open(context, account).use(session -> {
            Bluesky.of(session).timeline().limit(limit).forEach(item -> show(item, text));
            return 0;
        });
    }

    private void show(FeedViewPost item, PostText text) {
        if (!context.isForPeople()) {
            context.print(item.toJson());
            return;
        }
        if (item.reason() instanceof FeedViewPost.Reason.ReasonRepost repost) {
            text.printFaint("↻ reposted by @" + repost.value().by().handle());
        }
        text.print(item.post());
    }
}
