package dev.atlex.endurance;

import dev.atlex.streams.Firehose;
import dev.atlex.streams.RepoStream;
import java.util.concurrent.locks.LockSupport;

/** A consumer that reads a stream from its beginning, in a process of its own, and handles events slowly. */
final class BackfillProcess {
    private final long events;
    private long previous;
    private long mostBytes;

    private BackfillProcess(long events) {
        this.events = events;
    }

    /** Arguments: the URL, the number of events, and the limit of the buffer in bytes. */
    public static void main(String[] args) {
        new BackfillProcess(Long.parseLong(args[1])).run(args[0], Long.parseLong(args[2]));
    }

    private void run(String url, long bufferBytes) {
        try (RepoStream stream = Firehose.connect(f -> f.service(url).startAt(0).bufferBytes(bufferBytes))) {
            System.out.println("open");
            Runnable stop = stream::close;
            stream.forEach(event -> {
                if (event.sequence() != previous + 1) {
                    System.out.println("event " + event.sequence() + " after " + previous);
                    stop.run();
                }
                previous = event.sequence();
                if (previous % 100 == 0) {
                    LockSupport.parkNanos(1_000_000); // so the queue is full most of the time
                    mostBytes = Math.max(mostBytes, stream.health().pendingBytes());
                }
                if (previous == events) {
                    System.out.println("handled all " + events + ", at most " + mostBytes + " bytes waiting");
                    stop.run();
                }
            });
        }
    }
}
