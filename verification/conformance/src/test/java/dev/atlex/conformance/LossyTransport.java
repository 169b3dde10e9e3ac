package dev.atlex.conformance;

import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends requests through {@link Transport#jdk()}, but loses requests or responses for one method. Not thread-safe. */
final class LossyTransport implements Transport {
    /** The kinds of loss. */
    enum Loss {
        /** The server processes the request, but its response is lost. */
        RESPONSE,
        /** The request is delayed, and arrives just before the next request for the method. */
        LATE
    }

    private final List<String> methods = new ArrayList<>();
    private @Nullable String faultyMethod;
    private Loss loss = Loss.RESPONSE;
    private int left;
    private @Nullable TransportRequest delayed;

    /** Loses the next requests for this method, or their responses. */
    void lose(String nsid, int times, Loss loss) {
        methods.clear();
        this.faultyMethod = nsid;
        this.left = times;
        this.loss = loss;
    }

    /** Returns the last segment of the name of each method that was called since {@link #lose}. */
    List<String> methods() {
        return methods;
    }

    @Override
    public TransportResponse send(TransportRequest request) {
        String nsid = request.uri().getPath().replaceFirst("^/xrpc/", "");
        methods.add(nsid.substring(nsid.lastIndexOf('.') + 1));
        if (!nsid.equals(faultyMethod)) {
            return Transport.jdk().send(request);
        }
        if (delayed != null) {
            deliver(delayed);
            delayed = null;
        }
        if (left == 0) {
            return Transport.jdk().send(request);
        }
        left--;
        if (loss == Loss.LATE) {
            delayed = request;
        } else {
            deliver(request);
        }
        throw new TransportException("lost on purpose", null, true);
    }

    private static void deliver(TransportRequest request) {
        try (TransportResponse response = Transport.jdk().send(request)) {
            if (response.status() != 200) {
                throw new AssertionError("expected status 200 for the lost request (got " + response.status() + ")");
            }
        }
    }
}
