package dev.atlex.endurance;

import dev.atlex.streams.Frames;
import dev.atlex.streams.StreamServer;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A firehose of identity events with the sequence numbers 1, 2, 3 and so on, which cuts its connections in random ways.
 * The event of a number is always the same, so the server needs no memory.
 */
final class EventServer implements AutoCloseable {
    private static final int BEHIND = 2_000;

    private final StreamServer server;
    private final Plan plan;
    private final Random random = new Random(Scale.SEED);
    private final String padding;
    private final Map<String, Integer> cuts = new TreeMap<>();
    private final AtomicInteger tooSlow = new AtomicInteger();
    private int cutsLeft;

    /** When the first consumer connected. The first event happens then. */
    private long begin;

    private long highest;
    private long last = Long.MAX_VALUE;

    /**
     * What the server does.
     *
     * @param accounts the number of accounts, which take turns
     * @param size the approximate size of an event in bytes
     * @param rate the number of events a second; 0 for as many as the consumer takes
     * @param cuts the number of connections to cut
     * @param last the last event if nothing is cut
     */
    record Plan(int accounts, int size, int rate, int cuts, long last) {}

    EventServer(Plan plan) throws IOException {
        this.plan = plan;
        this.padding = "x".repeat(Math.max(0, plan.size() - 150));
        this.cutsLeft = plan.cuts();
        if (plan.cuts() == 0) {
            last = plan.last();
        }
        server = new StreamServer((consumer, number) -> serve(consumer));
    }

    String url() {
        return server.url();
    }

    /** Returns the account of an event. */
    String did(long sequence) {
        return "did:plc:account" + (100_000 + sequence % plan.accounts());
    }

    /** Waits until all cuts are done, and returns the last event's number. */
    synchronized long awaitLast() throws InterruptedException {
        while (last == Long.MAX_VALUE) {
            wait();
        }
        return last;
    }

    /** Returns how many connections were cut in each way. */
    synchronized String cuts() {
        return cuts.toString();
    }

    /** Returns how many connections were cut before the response to their handshake. */
    synchronized int cutsBeforeHandshake() {
        return cuts.getOrDefault(Way.BEFORE_HANDSHAKE.name(), 0);
    }

    /** Returns how many consumers were cut off because they were too slow. */
    int tooSlow() {
        return tooSlow.get();
    }

    private void serve(StreamServer.Connection consumer) throws IOException, InterruptedException {
        try {
            long next = consumer.cursor() == null ? 1 : consumer.cursor() + 1;
            Cut cut = nextCut();
            if (cut != null && cut.way() == Way.UNAVAILABLE) {
                consumer.refuse(503, "", "");
            } else if (cut == null || cut.way() != Way.BEFORE_HANDSHAKE) {
                consumer.open();
                send(consumer, next, cut);
            }
        } finally {
            consumer.end();
        }
    }

    private enum Way {
        UNAVAILABLE,
        BEFORE_HANDSHAKE,
        IN_FRAME,
        BETWEEN_FRAMES,
        CLOSED
    }

    private record Cut(Way way, int after) {}

    private synchronized Cut nextCut() {
        if (cutsLeft == 0) {
            if (plan.cuts() > 0 && last == Long.MAX_VALUE) {
                last = highest + plan.last();
                notifyAll();
            }
            return null;
        }
        cutsLeft--;
        int dice = random.nextInt(100);
        Way way = dice < 2 ? Way.UNAVAILABLE : dice < 4 ? Way.BEFORE_HANDSHAKE : Way.values()[2 + dice % 3];
        cuts.merge(way.name(), 1, Integer::sum);
        return new Cut(way, random.nextInt(20) == 0 ? 0 : 1 + random.nextInt(300));
    }

    private void send(StreamServer.Connection consumer, long first, Cut cut) throws IOException, InterruptedException {
        boolean caughtUp = false;
        for (long sequence = first; ; sequence++) {
            if (cut != null && sequence - first >= cut.after()) {
                cut(consumer, sequence, cut.way());
                return;
            }
            long behind = awaitEvent(sequence);
            caughtUp |= behind < 100;
            if (caughtUp && behind > BEHIND) {
                tooSlow.incrementAndGet();
                consumer.binary(Frames.error("ConsumerTooSlow", BEHIND + " events behind"));
                return;
            }
            consumer.binary(event(sequence));
        }
    }

    /** Waits until an event exists, and returns how many later ones exist too. Never returns after the last event. */
    private synchronized long awaitEvent(long sequence) throws InterruptedException {
        while (sequence > last) {
            wait();
        }
        highest = Math.max(highest, sequence);
        if (plan.rate() == 0) {
            return 0;
        }
        begin = begin == 0 ? System.nanoTime() : begin;
        long exist = existing();
        while (exist < sequence) {
            wait(1);
            exist = existing();
        }
        return exist - sequence;
    }

    private long existing() {
        return (System.nanoTime() - begin) / (1_000_000_000L / plan.rate());
    }

    private void cut(StreamServer.Connection consumer, long sequence, Way way) throws IOException {
        if (way == Way.CLOSED) {
            consumer.close(1001, "");
            return;
        }
        if (way == Way.IN_FRAME) {
            consumer.halfOf(event(sequence));
        }
        consumer.drop();
    }

    private byte[] event(long sequence) {
        return Frames.message("#identity", body -> {
            body.put("seq", sequence).put("did", did(sequence)).put("time", "2026-11-27T16:00:00.000Z");
            if (!padding.isEmpty()) {
                body.put("padding", padding);
            }
        });
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
