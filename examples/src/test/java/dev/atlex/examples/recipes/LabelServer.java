package dev.atlex.examples.recipes;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.streams.Frames;
import dev.atlex.streams.StreamServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A labeler that only serves {@code subscribeLabels}. It can be stopped and started again on the same port. */
final class LabelServer implements AutoCloseable {
    private final List<byte[]> labels = new ArrayList<>();
    private final List<StreamServer.Connection> consumers = new ArrayList<>();
    private StreamServer server;

    LabelServer() throws IOException {
        server = new StreamServer(this::open);
    }

    String url() {
        return server.url();
    }

    private synchronized void open(StreamServer.Connection consumer, int number) throws IOException {
        consumer.open();
        int first =
                consumer.cursor() == null ? labels.size() : consumer.cursor().intValue();
        for (byte[] label : labels.subList(first, labels.size())) {
            consumer.binary(label);
        }
        consumers.add(consumer);
        notifyAll();
    }

    synchronized void awaitConsumer() throws InterruptedException {
        while (consumers.isEmpty()) {
            wait();
        }
    }

    /** Creates a label, also while the server is stopped. */
    synchronized void label(String uri, String value, boolean negated) throws IOException {
        LexMap label = LexMap.builder()
                .put("src", "did:plc:labeler222222222222222222")
                .put("uri", uri)
                .put("val", value)
                .put("neg", negated)
                .put("cts", "2026-11-27T16:00:00.000Z")
                .build();
        byte[] frame = Frames.message(
                "#labels", body -> body.put("seq", labels.size() + 1L).put("labels", LexArray.of(label)));
        labels.add(frame);
        for (StreamServer.Connection consumer : consumers) {
            consumer.binary(frame);
        }
    }

    /** Stops the server like a crash. Its labels stay. */
    void stop() throws IOException {
        server.close();
        synchronized (this) {
            consumers.clear();
        }
    }

    void restart() throws IOException {
        server = new StreamServer(server.port(), this::open);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
