package dev.atlex.cli.stream;

import dev.atlex.cli.runtime.Command;
import dev.atlex.cli.runtime.CommandBuilder;
import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.cli.runtime.Interruption;
import dev.atlex.cli.runtime.Options;
import dev.atlex.data.LexMap;
import dev.atlex.streams.EventStream;
import dev.atlex.streams.Firehose;
import dev.atlex.streams.Jetstream;
import dev.atlex.streams.Labels;
import dev.atlex.streams.StreamException;
import dev.atlex.streams.StreamOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Prints the events of a stream until it is interrupted. */
public final class Stream implements Command {
    private final CommandContext context;
    private Kind kind = Kind.repos;
    private @Nullable String service;
    private List<String> collections = new ArrayList<>();
    private @Nullable Long cursor;
    private long limit = Long.MAX_VALUE;
    private long printed;

    /** The values of the argument, named as they are typed. */
    enum Kind {
        repos,
        labels,
        jetstream
    }

    /** Creates the command. */
    public Stream(CommandContext context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return CommandBuilder.of("stream", this)
                .description(
                        "Print the events of a stream, one JSON object per line, until interrupted. No sign-in is needed.",
                        "repos reads the firehose of a relay or a PDS. jetstream reads the same events from a Jetstream. labels "
                                + "reads the labels of a moderation service.",
                        "Events of repositories are {\"seq\",\"kind\",\"did\",\"time\",…}. The kind is commit, with {\"rev\",\"ops\":"
                                + "[{\"action\",\"uri\",\"cid\",\"record\"}]}; identity, with {\"handle\"}; account, with {\"active\","
                                + "\"status\"}; or sync, with {\"rev\"}. Label events are {\"seq\",\"kind\",\"labels\":[…]}.",
                        "If the connection is lost, the command reconnects and continues after the last event, with a warning on "
                                + "stderr. It fails only if it can't connect the first time. Lost events also cause a warning.",
                        "Signatures of commits and labels are not verified.")
                .examples(
                        "atlex stream jetstream --collection app.bsky.feed.post --limit 10",
                        "atlex stream repos --service wss://bsky.network --cursor 0 | jq .did",
                        "atlex stream labels --service https://mod.bsky.app")
                .add(Options.argument("repos|labels|jetstream", "Stream.", Kind.class, value -> kind = value))
                .add(Options.text(
                        "--service",
                        "URL",
                        "Server. Default: Bluesky's relay, moderation service or a Jetstream.",
                        value -> service = value))
                .add(Options.list(
                        "--collection",
                        "NSID",
                        "Print only records of this collection, or of collections with a prefix such as app.bsky.feed.*. "
                                + "Events that aren't about records are always printed. Not for labels. Repeatable.",
                        String.class,
                        values -> collections = values))
                .add(Options.value(
                        "--cursor",
                        "N",
                        "Sequence number to continue after; 0 for the oldest event. A Jetstream also takes a time in "
                                + "microseconds. Default: the newest event.",
                        long.class,
                        value -> cursor = value))
                .add(Options.value("--limit", "N", "Stop after this many events.", long.class, value -> limit = value))
                .build();
    }

    @Override
    public Integer call() {
        if (kind == Kind.labels && !collections.isEmpty()) {
            throw Failure.usage("--collection is for repos and jetstream, because labels have no collection");
        }
        if (cursor != null && cursor < 0) {
            throw Failure.usage("--cursor: expected a number of at least 0 (got " + cursor + ")");
        }
        if (limit < 1) {
            throw Failure.usage("--limit: expected a number of at least 1 (got " + limit + ")");
        }
        StreamWarnings warnings = new StreamWarnings(context);
        EventJson json = new EventJson(context::warn);
        switch (kind) {
            case repos -> print(connect(warnings, Firehose::connect), warnings, json::of);
            case jetstream -> print(connect(warnings, Jetstream::connect), warnings, json::of);
            case labels -> print(connect(warnings, Labels::connect), warnings, EventJson::ofLabels);
        }
        return 0;
    }

    private <S> S connect(StreamWarnings warnings, Function<Consumer<StreamOptions.Builder>, S> stream) {
        try {
            return stream.apply(options -> {
                options.transport(context.socketTransport())
                        .listener(warnings)
                        .onSkipped(failed ->
                                context.warn("event skipped: " + failed.cause().getMessage()))
                        .collections(collections.toArray(new String[0]));
                if (service != null) {
                    options.service(service);
                }
                if (cursor != null) {
                    options.startAt(cursor);
                }
            });
        } catch (IllegalArgumentException e) {
            throw Failure.input(String.valueOf(e.getMessage()));
        }
    }

    private <E> void print(EventStream<E> stream, StreamWarnings warnings, Function<E, LexMap> json) {
        warnings.onFailure(stream::close);
        Interruption interruption = new Interruption(() -> {
            stream.close();
            context.environment().out().flush();
        });
        try {
            stream.forEach(event -> {
                context.print(json.apply(event));
                context.checkOutput(); // a reader such as head may have gone
                if (++printed == limit) {
                    stream.close();
                }
            });
        } finally {
            stream.close();
            interruption.cancel();
        }
        StreamException failure = warnings.failure();
        if (failure != null) {
            throw failure;
        }
    }
}
