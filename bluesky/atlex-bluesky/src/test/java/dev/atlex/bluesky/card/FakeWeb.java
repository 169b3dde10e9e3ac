package dev.atlex.bluesky.card;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.client.transport.TransportTimeoutException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A web without a network. Each URL has one or more responses, which are returned in turn; the last one repeats. */
final class FakeWeb implements Transport {
    final List<TransportRequest> requests = new ArrayList<>();
    private final Map<String, Deque<Supplier<TransportResponse>>> pages = new HashMap<>();

    /** Hosts below {@code private.com} have a private address, all others a public one. */
    static InetAddress[] addresses(String host) throws UnknownHostException {
        String address = host.endsWith("private.com") ? "10.0.0.1" : "1.1.1.1";
        return new InetAddress[] {InetAddress.getByName(address)};
    }

    FakeWeb html(String url, String html) {
        return put(url, 200, html.getBytes(UTF_8), "content-type", "text/html; charset=utf-8");
    }

    FakeWeb put(String url, int status, byte[] body, String... headers) {
        return put(url, () -> TransportResponse.of(status, HttpHeaders.of(headers), body));
    }

    FakeWeb redirect(String url, int status, String location) {
        return put(url, status, new byte[0], "location", location);
    }

    FakeWeb hang(String url) {
        return put(url, () -> {
            throw new TransportTimeoutException("timeout", null, true);
        });
    }

    FakeWeb fail(String url) {
        return put(url, () -> {
            throw new TransportException("connection reset", null, true);
        });
    }

    private FakeWeb put(String url, Supplier<TransportResponse> response) {
        pages.computeIfAbsent(url, key -> new ArrayDeque<>()).add(response);
        return this;
    }

    List<String> urls() {
        return requests.stream().map(request -> request.uri().toString()).toList();
    }

    @Override
    public TransportResponse send(TransportRequest request) {
        requests.add(request);
        Deque<Supplier<TransportResponse>> responses = pages.get(request.uri().toString());
        if (responses == null) {
            return TransportResponse.of(404, HttpHeaders.of("content-type", "text/html"), "Not found".getBytes(UTF_8));
        }
        return (responses.size() > 1 ? responses.remove() : responses.element()).get();
    }
}
