package dev.atlex.examples;

import app.bsky.feed.Like;
import app.bsky.feed.Post;
import com.atproto.label.SubscribeLabels;
import dev.atlex.examples.recipes.LiveMentionBot;
import dev.atlex.repo.Car;
import dev.atlex.repo.CarBlock;
import dev.atlex.repo.CarReader;
import dev.atlex.repo.RepoRecord;
import dev.atlex.repo.Repository;
import dev.atlex.session.store.CursorStore;
import dev.atlex.streams.EventStream;
import dev.atlex.streams.Firehose;
import dev.atlex.streams.Jetstream;
import dev.atlex.streams.RepoStream;
import dev.atlex.syntax.AtUri;
import dev.atlex.testkit.LocalPds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The examples of {@code docs/streams.md} and of the Javadoc of streams and repositories. They are only compiled, because
 * they connect to the real network; {@code StreamRecipesTest} runs programs like them.
 */
final class StreamExamples {
    private StreamExamples() {}

    static void index(AtUri uri, Post post) {
        System.out.println(uri + " " + post.text());
    }

    static void page(Path folder) {
        try (RepoStream stream =
                Firehose.connect(f -> f.collections(Post.RECORD).cursor(CursorStore.file(folder)))) {
            stream.forEach(Post.RECORD, (operation, post) -> index(operation.uri(), post));
        }
    }

    static void firehose(Path folder) {
        try (var stream = Firehose.connect(f -> f.collections(Post.RECORD).cursor(CursorStore.file(folder)))) {
            stream.forEach(Post.RECORD, (operation, post) -> index(operation.uri(), post));
        }
    }

    static void jetstream(Path folder) {
        try (var stream =
                Jetstream.connect(j -> j.collections(Post.RECORD, Like.RECORD).cursor(CursorStore.file(folder)))) {
            stream.forEach(Post.RECORD, (event, post) -> index(event.uri(), post));
        }
    }

    static void labels() {
        try (var stream = EventStream.connect(SubscribeLabels.SUBSCRIPTION, o -> o.service("wss://mod.bsky.app"))) {
            stream.forEach(event -> System.out.println(event.message()));
        }
    }

    static RepoStream mentions(CursorStore cursors) {
        return Jetstream.connect(s -> s.collections(Post.RECORD)
                .consumer("mention-bot")
                .cursor(cursors)
                .onFailure(LiveMentionBot::onFailure));
    }

    static void repository(Path file) throws IOException {
        Repository repository = Repository.of(Car.parse(Files.readAllBytes(file)));
        for (RepoRecord record : repository.records("app.bsky.feed.post/")) {
            System.out.println(record.rkey() + " " + record.value());
        }
    }

    @SuppressWarnings("UnusedVariable") // as in the example
    static void car(InputStream in) {
        try (CarReader car = CarReader.open(in)) {
            while (car.hasNext()) {
                CarBlock block = car.next();
            }
        }
    }

    static void failures(LocalPds pds) {
        pds.firehose().dropConnections();
        pds.firehose().halfOpen(true);
        pds.firehose().resetSequence();
    }

    static void pageOnTests(LocalPds server) {
        server.firehose().dropConnections();
        server.firehose().halfOpen(true);
        server.firehose().resetSequence();
        server.firehose().backfillLimit(10);
    }
}
