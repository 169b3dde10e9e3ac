package dev.atlex.oauth.internal.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.ResponseTooLargeException;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The responses of servers by URL. */
public final class FakeWeb implements Transport {
    /** The requested URLs in order. */
    public final List<String> asked = new CopyOnWriteArrayList<>();

    /** The latest request. */
    public volatile TransportRequest last =
            TransportRequest.get(URI.create("http://none.example.com")).build();

    private final Map<String, TransportResponse> responses = new ConcurrentHashMap<>();

    /** Creates servers that respond with nothing. */
    public FakeWeb() {}

    /** Sets a JSON document. */
    public FakeWeb json(String url, String json) {
        return response(url, 200, "application/json", json);
    }

    /** Sets a response. */
    public FakeWeb response(String url, int status, String contentType, String body, String... headers) {
        HttpHeaders.Builder all = HttpHeaders.of(headers).toBuilder();
        if (!contentType.isEmpty()) {
            all.add("content-type", contentType);
        }
        responses.put(url, TransportResponse.of(status, all.build(), body.getBytes(UTF_8)));
        return this;
    }

    @Override
    public TransportResponse send(TransportRequest request) {
        String url = request.uri().toString();
        asked.add(url);
        last = request;
        TransportResponse response = responses.get(url);
        if (response == null) {
            String host = request.uri().getHost();
            if (responses.keySet().stream().noneMatch(known -> known.contains("//" + host))) {
                throw new TransportException(host + ": unknown host", new UnknownHostException(host), false);
            }
            return TransportResponse.of(404, HttpHeaders.of(), new byte[0]);
        }
        if (response.readAll().length > request.maxResponseBytes()) {
            throw new ResponseTooLargeException("too large", request.maxResponseBytes());
        }
        return response;
    }
}
