package dev.atlex.cli.bluesky;

import app.bsky.notification.ListNotifications;
import app.bsky.notification.ListNotifications.Notification;
import app.bsky.notification.UpdateSeen;
import dev.atlex.bluesky.Bluesky;
import dev.atlex.cli.runtime.Command;
import dev.atlex.cli.runtime.CommandBuilder;
import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Options;
import dev.atlex.cli.session.AccountOption;
import dev.atlex.cli.session.StoredSession;
import dev.atlex.client.Client;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Prints the account's notifications. */
public final class Notifications implements Command {
    private final CommandContext context;
    private List<String> reasons = new ArrayList<>();
    private boolean unread;
    private boolean markSeen;
    private final PageOptions page = new PageOptions();
    private final AccountOption account = new AccountOption();

    /** Creates the command. */
    public Notifications(CommandContext context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return CommandBuilder.of("notifications", this)
                .description(
                        "Print likes, replies, mentions and other notifications, newest first.",
                        "On a terminal, the output is text. Otherwise, or with --json, the output is JSON lines: one "
                                + "app.bsky.notification.listNotifications#notification per line.")
                .examples(
                        "atlex notifications --unread --mark-seen",
                        "atlex notifications --reason mention --reason reply")
                .add(Options.list(
                        "--reason",
                        "REASON",
                        "Kind of notification to print: like, repost, follow, mention, reply, quote, … "
                                + "Repeatable. Default: all.",
                        String.class,
                        values -> reasons = values))
                .add(Options.flag(
                        "--unread",
                        "Print only notifications that arrived after the last --mark-seen, or since you last "
                                + "viewed them in an app.",
                        value -> unread = value))
                .add(Options.flag(
                        "--mark-seen",
                        "Mark everything that arrived before this command started as seen.",
                        value -> markSeen = value))
                .add(page)
                .add(account)
                .build();
    }

    @Override
    public Integer call() {
        Instant start = Instant.now();
        long limit = page.limit();
        PostText text = new PostText(context);
        return StoredSession.open(context, account).use(session -> {
            Client client = Bluesky.of(session).client();
            client.pages(ListNotifications.QUERY, p -> {
                        p.limit(page.pageSize());
                        if (!reasons.isEmpty()) {
                            p.reasons(reasons);
                        }
                    })
                    .items(ListNotifications.Output::notifications)
                    .takeWhile(notification -> !unread || !notification.isRead())
                    .limit(limit)
                    .forEach(notification -> show(notification, text));
            if (markSeen) {
                client.call(UpdateSeen.PROCEDURE, p -> p.seenAt(start));
            }
            return 0;
        });
    }

    private void show(Notification notification, PostText text) {
        if (!context.isForPeople()) {
            context.print(notification.toJson());
            return;
        }
        text.printHeading(
                (notification.isRead() ? "  " : "• ") + notification.reason() + "  @"
                        + notification.author().handle(),
                text.age(notification.indexedAt().toInstant()));
        String words = notification.record().getString("text");
        if (words != null && !words.isBlank()) {
            words.lines().forEach(line -> text.printText("    ", line));
        }
        text.printFaint("    " + notification.uri());
    }
}
