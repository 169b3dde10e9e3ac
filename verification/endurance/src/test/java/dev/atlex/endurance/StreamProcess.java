package dev.atlex.endurance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.session.store.CursorStore;
import dev.atlex.streams.Consumer;
import dev.atlex.streams.Firehose;
import dev.atlex.streams.Lanes;
import dev.atlex.streams.RepoStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A consumer of a stream in a process of its own. */
final class StreamProcess {
    private long previous;
    private long mostBytes;

    private StreamProcess() {}

    /** Arguments: {@code index URL STORE}, or {@code slow URL EVENTS}. */
    public static void main(String[] args) throws Exception {
        SecretScanner.install(System.out::println);
        if (args[0].equals("index")) {
            index(args[1], new StoreLocation(args[2]));
        } else {
            new StreamProcess().handleSlowly(args[1], Long.parseLong(args[2]));
        }
    }

    /** Prints each event until the process is killed. */
    private static void index(String url, StoreLocation location) throws InterruptedException {
        CursorStore cursors = CursorStore.of(location.open(2));
        RepoStream stream =
                Firehose.connect(f -> f.service(url).cursor(cursors).startAt(0).saveInterval(Duration.ofMillis(20)));
        print("open");
        try (Consumer consumer = stream.consume(Lanes.of(2), event -> {
            LockSupport.parkNanos(event.sequence() % 4 * 1_000_000); // so slow that events always wait
            print("handled " + event.sequence() + " " + event.did() + ".");
        })) {
            consumer.join();
        }
    }

    /** Prints a line at once, so that a kill can't separate it from the event that it reports. */
    private static void print(String line) {
        byte[] bytes = (line + "\n").getBytes(UTF_8);
        synchronized (System.out) {
            System.out.write(bytes, 0, bytes.length);
            System.out.flush();
        }
    }

    /** Takes a millisecond for each event. */
    private void handleSlowly(String url, long events) {
        try (RepoStream stream = Firehose.connect(f -> f.service(url).startAt(0))) {
            print("open");
            Runnable stop = stream::close;
            stream.forEach(event -> {
                LockSupport.parkNanos(1_000_000);
                mostBytes = Math.max(mostBytes, stream.health().pendingBytes());
                if (event.sequence() != previous + 1) {
                    print("event " + event.sequence() + " after " + previous);
                    stop.run();
                }
                previous = event.sequence();
                if (event.sequence() == events) {
                    print("handled all " + events + ", at most " + mostBytes + " bytes waiting, "
                            + stream.health().reconnects() + " reconnects");
                    stop.run();
                }
            });
        }
    }
}
