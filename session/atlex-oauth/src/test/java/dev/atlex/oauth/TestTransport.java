package dev.atlex.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.client.transport.RequestBody;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Sends requests to a real server, records them, and changes the JSON of responses, to imitate malicious servers. */
final class TestTransport implements Transport {
    /**
     * A request.
     *
     * @param form the fields of a form, decoded
     */
    record Sent(String method, String path, Map<String, String> form) {}

    final List<Sent> sent = new CopyOnWriteArrayList<>();

    private final Map<String, UnaryOperator<LexMap.Builder>> edits = new ConcurrentHashMap<>();
    private final Map<String, Consumer<TransportRequest>> hooks = new ConcurrentHashMap<>();
    private final Transport transport = Transport.jdk();

    /** Changes the successful responses of a path. */
    TestTransport edit(String path, UnaryOperator<LexMap.Builder> edit) {
        edits.put(path, edit);
        return this;
    }

    /** Calls a function, which may throw, before each request to a path. */
    TestTransport before(String path, Consumer<TransportRequest> hook) {
        hooks.put(path, hook);
        return this;
    }

    long count(String path) {
        return sent.stream().filter(request -> request.path().equals(path)).count();
    }

    /** Returns the fields of the latest form that was sent to a path. */
    Map<String, String> form(String path) {
        return sent.stream()
                .filter(request -> request.path().equals(path))
                .reduce((first, second) -> second)
                .orElseThrow()
                .form();
    }

    @Override
    public TransportResponse send(TransportRequest request) {
        String path = request.uri().getPath();
        sent.add(new Sent(request.method(), path, form(request.body())));
        hooks.getOrDefault(path, r -> {}).accept(request);
        TransportResponse response = transport.send(request);
        UnaryOperator<LexMap.Builder> edit = edits.get(path);
        if (edit == null || response.status() >= 300) {
            return response;
        }
        LexMap json = (LexMap) LexValue.parseJson(new String(response.readAll(), UTF_8));
        byte[] edited = edit.apply(json.toBuilder()).build().toJson().getBytes(UTF_8);
        return TransportResponse.of(response.status(), response.headers(), edited);
    }

    private static Map<String, String> form(@Nullable RequestBody body) {
        Map<String, String> fields = new HashMap<>();
        if (body != null && body.isReplayable()) {
            try (InputStream in = body.open()) {
                for (String pair : new String(in.readAllBytes(), UTF_8).split("&", -1)) {
                    String[] parts = pair.split("=", 2);
                    if (parts.length == 2) {
                        fields.put(URLDecoder.decode(parts[0], UTF_8), URLDecoder.decode(parts[1], UTF_8));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return fields;
    }
}
