package dev.atlex.conformance;

import dev.atlex.client.Client;
import dev.atlex.client.WriteOptions;
import dev.atlex.data.LexMap;
import dev.atlex.streams.CommitEvent;
import dev.atlex.streams.Firehose;
import dev.atlex.streams.Gap;
import dev.atlex.streams.RepoEvent;
import dev.atlex.streams.RepoStream;
import dev.atlex.streams.StreamException;
import dev.atlex.streams.StreamGap;
import dev.atlex.streams.StreamListener;
import dev.atlex.streams.StreamOptions;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.RecordKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** Base class for tests of the firehose. Their accounts write numbered records. */
abstract class FirehoseScenarios extends Scenarios {
    private static final String COLLECTION = "com.example.number";

    final Client client = signedIn();
    final BlockingQueue<String> numbers = new LinkedBlockingQueue<>();
    final BlockingQueue<StreamGap> gaps = new LinkedBlockingQueue<>();
    final BlockingQueue<StreamException> losses = new LinkedBlockingQueue<>();

    FirehoseScenarios(Server server) {
        super(server);
    }

    /** Connects a stream of the account's records and of all its other events. */
    final RepoStream connect(Consumer<? super StreamOptions.Builder> options) {
        StreamListener listener = new StreamListener() {
            @Override
            public void disconnected(StreamException cause, Duration retryIn) {
                losses.add(cause);
            }

            @Override
            public void gap(StreamGap gap, Gap decision) {
                gaps.add(gap);
            }
        };
        return Firehose.connect(f -> {
            f.service(server.url().toString())
                    .dids(client.requireDid())
                    .startAt(0)
                    .listener(listener);
            options.accept(f);
        });
    }

    /** Writes a record with a number as its key. Does nothing if it exists. */
    final AtUri write(int number) {
        return write(client, number, "");
    }

    static AtUri write(Client client, int number, String padding) {
        LexMap record = untyped(COLLECTION)
                .put("number", number)
                .put("padding", padding)
                .build();
        return client.putRecord(record, RecordKey.of(String.valueOf(number)), WriteOptions.DEFAULTS)
                .body()
                .uri();
    }

    /** Adds the numbers of the event's records to {@link #numbers}. */
    final void collect(RepoEvent event) {
        numbers.addAll(numbers(event));
    }

    static List<String> numbers(RepoEvent event) {
        return event instanceof CommitEvent commit
                ? commit.operations().stream()
                        .filter(operation -> operation.collection().toString().equals(COLLECTION))
                        .map(operation -> operation.recordKey().toString())
                        .toList()
                : List.of();
    }

    final List<String> take(int count) throws InterruptedException {
        List<String> taken = new ArrayList<>();
        while (taken.size() < count) {
            taken.add(numbers.take());
        }
        return taken;
    }

    static List<String> range(int from, int to) {
        List<String> numbers = new ArrayList<>();
        for (int number = from; number <= to; number++) {
            numbers.add(String.valueOf(number));
        }
        return numbers;
    }
}
