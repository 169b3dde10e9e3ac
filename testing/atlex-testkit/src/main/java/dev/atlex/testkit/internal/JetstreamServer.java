package dev.atlex.testkit.internal;

import dev.atlex.testkit.internal.jetstream.Jetstream;
import dev.atlex.testkit.internal.jetstream.ZstdDictionary;
import dev.atlex.testkit.internal.ws.Handshake;
import dev.atlex.testkit.internal.ws.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Serves a {@link Jetstream}. */
public final class JetstreamServer implements AutoCloseable {
    private static final String VERSION_2 = "/xrpc/network.bsky.jetstream.subscribeEvents";
    private static final String VERSION_1 = "/subscribe";
    private static final String DICTIONARY = "/xrpc/network.bsky.jetstream.getZstdDictionary";
    private static final String SUBPROTOCOL = "xrpc.v1.json";
    private static final String OFFER = "sec-websocket-protocol";

    private final Jetstream jetstream;
    private final HttpListener listener;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    public JetstreamServer(Jetstream jetstream) {
        this.jetstream = jetstream;
        this.listener = new HttpListener(0, request -> Delivery.whole(respond(request)));
    }

    public int port() {
        return listener.port();
    }

    /** Returns the paths and queries of the requests, in order. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    private Response respond(Request request) {
        requests.add(request.path() + (request.query().isEmpty() ? "" : "?" + request.query()));
        Query query = new Query(request.query());
        try {
            if (request.path().equals(VERSION_1)) {
                return open(request, false, () -> jetstream.acceptVersion1(query));
            } else if (jetstream.isVersion2() && request.path().equals(VERSION_2)) {
                return open(request, true, () -> jetstream.acceptVersion2(query));
            } else if (jetstream.isVersion2() && request.path().equals(DICTIONARY)) {
                return dictionary(query.first("id", ""));
            }
            return Response.text(404, "application/json", "{\"message\":\"Not Found\"}");
        } catch (XrpcError e) {
            // Version 1 explains refusals in plain text.
            return request.path().equals(VERSION_1)
                    ? Response.text(e.status, "text/plain; charset=utf-8", e.text)
                    : Response.error(e);
        }
    }

    private interface Acceptor {
        Consumer<WebSocket> accept();
    }

    private static Response open(Request request, boolean negotiates, Acceptor acceptor) {
        Consumer<WebSocket> consumer = acceptor.accept();
        if (!Handshake.isUpgrade(request.headers()) || !Handshake.isSupported(request.headers())) {
            return Response.text(426, "text/plain", "expected a WebSocket handshake")
                    .with("upgrade", "websocket");
        }
        Map<String, String> headers = Handshake.response(request.headers());
        if (headers.remove(OFFER) != null
                && negotiates
                && List.of(request.headers().getOrDefault(OFFER, "").split("\\s*,\\s*"))
                        .contains(SUBPROTOCOL)) {
            headers.put(OFFER, SUBPROTOCOL);
        }
        return Response.webSocket(headers, consumer);
    }

    private Response dictionary(String id) {
        ZstdDictionary current = jetstream.dictionary();
        if (current == null || !id.isEmpty() && !id.equals(String.valueOf(current.id()))) {
            throw new XrpcError(404, "DictionaryNotFound", "no dictionary with the id \"" + id + "\"");
        }
        return new Response(200, current.bytes()).with("content-type", "application/octet-stream");
    }

    @Override
    public void close() {
        jetstream.hub().close();
        listener.close();
    }
}
