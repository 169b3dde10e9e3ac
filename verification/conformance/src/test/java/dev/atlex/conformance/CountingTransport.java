package dev.atlex.conformance;

import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Sends requests through {@link Transport#jdk()} and counts them by method. */
final class CountingTransport implements Transport {
    private final Queue<String> methods = new ConcurrentLinkedQueue<>();

    @Override
    public TransportResponse send(TransportRequest request) {
        methods.add(request.uri().getPath().replaceFirst("^/xrpc/", ""));
        return Transport.jdk().send(request);
    }

    /** Returns the number of requests for this method. */
    long count(String nsid) {
        return methods.stream().filter(nsid::equals).count();
    }

    /** Returns the number of requests. */
    int count() {
        return methods.size();
    }
}
