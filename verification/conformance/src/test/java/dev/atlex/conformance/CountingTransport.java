package dev.atlex.conformance;

import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Sends requests as {@link Transport#jdk()} does, and remembers which methods they called. */
final class CountingTransport implements Transport {
    private final Queue<String> methods = new ConcurrentLinkedQueue<>();

    @Override
    public TransportResponse send(TransportRequest request) {
        methods.add(request.uri().getPath().replaceFirst("^/xrpc/", ""));
        return Transport.jdk().send(request);
    }

    /** How many requests there were of that method. */
    long count(String nsid) {
        return methods.stream().filter(nsid::equals).count();
    }

    /** How many requests there were. */
    int count() {
        return methods.size();
    }
}
