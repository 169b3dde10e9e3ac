package dev.atlex.testkit.internal;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.internal.MediaType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The methods that the test implements itself. They take precedence over the server's own. Thread-safe. */
final class HandledMethods {
    private static final int MAX_BODY = 5 << 20;

    private final Map<String, HandledCall.Handler> handlers = new ConcurrentHashMap<>();

    void put(String nsid, HandledCall.Handler handler) {
        handlers.put(nsid, handler);
    }

    HandledCall.@Nullable Handler get(@Nullable String nsid) {
        return nsid == null ? null : handlers.get(nsid);
    }

    void clear() {
        handlers.clear();
    }

    /** Reads the body and calls the handler. */
    static Response respond(String nsid, HandledCall.Handler handler, Request request, @Nullable String did) {
        boolean procedure = request.method().equals("POST");
        byte[] body = procedure ? Bodies.decompressed(request, MAX_BODY, "PayloadTooLarge") : new byte[0];
        boolean json = MediaType.JSON.equals(MediaType.essence(request.header("content-type")));
        LexValue input = body.length > 0 && json ? Bodies.json(request, MAX_BODY) : LexMap.of();
        LexMap output = handler.handle(new HandledCall(
                nsid,
                procedure,
                did,
                new Query(request.query()),
                input instanceof LexMap map ? map : LexMap.of(),
                body,
                request.headers()));
        return output == null ? Response.empty() : Response.json(output);
    }
}
