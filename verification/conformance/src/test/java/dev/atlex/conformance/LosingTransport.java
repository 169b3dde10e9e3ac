package dev.atlex.conformance;

import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends requests as {@link Transport#jdk()} does, but loses what one method answers. For one thread. */
final class LosingTransport implements Transport {
    /** What becomes of a request that is spoiled. */
    enum Loss {
        /** The server does what it is asked to, and its answer is lost. */
        ANSWER,
        /** The request gets stuck, and arrives just before the next one of that method. */
        LATE
    }

    private final List<String> methods = new ArrayList<>();
    private @Nullable String spoiled;
    private Loss loss = Loss.ANSWER;
    private int left;
    private @Nullable TransportRequest stuck;

    /** Spoils the next requests of that method. */
    void lose(String nsid, int times, Loss loss) {
        methods.clear();
        this.spoiled = nsid;
        this.left = times;
        this.loss = loss;
    }

    /** The methods that were called since, by the last part of their name. */
    List<String> methods() {
        return methods;
    }

    @Override
    public TransportResponse send(TransportRequest request) {
        String nsid = request.uri().getPath().replaceFirst("^/xrpc/", "");
        methods.add(nsid.substring(nsid.lastIndexOf('.') + 1));
        if (!nsid.equals(spoiled)) {
            return Transport.jdk().send(request);
        }
        if (stuck != null) {
            deliver(stuck);
            stuck = null;
        }
        if (left == 0) {
            return Transport.jdk().send(request);
        }
        left--;
        if (loss == Loss.LATE) {
            stuck = request;
        } else {
            deliver(request);
        }
        throw new TransportException("lost on purpose", null, true);
    }

    private static void deliver(TransportRequest request) {
        try (TransportResponse answer = Transport.jdk().send(request)) {
            if (answer.status() != 200) {
                throw new AssertionError("the server was to do it, but answered " + answer.status());
            }
        }
    }
}
