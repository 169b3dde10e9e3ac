package dev.atlex.testkit.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.testkit.internal.ws.WebSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A response: status, headers and body. */
public final class Response {
    static final String JSON = "application/json; charset=utf-8";

    private static final byte[] EMPTY = new byte[0];

    public final int status;
    public final byte[] body;
    public final Map<String, String> headers = new LinkedHashMap<>();

    /** Takes over the connection after the response; null for ordinary responses. */
    @Nullable
    Consumer<WebSocket> upgrade;

    public Response(int status, byte[] body) {
        this.status = status;
        this.body = body;
    }

    public static Response json(LexValue body) {
        return json(200, body);
    }

    public static Response json(int status, LexValue body) {
        return new Response(status, body.toJson().getBytes(UTF_8)).with("content-type", JSON);
    }

    static Response error(XrpcError error) {
        return json(
                error.status,
                LexMap.builder()
                        .put("error", error.error)
                        .put("message", error.text)
                        .build());
    }

    /** Returns a response with status 200 and no body. */
    static Response empty() {
        return new Response(200, EMPTY);
    }

    /**
     * Returns a response that upgrades the connection to a WebSocket. {@code serve} then handles the WebSocket until it
     * closes.
     */
    static Response webSocket(Map<String, String> headers, Consumer<WebSocket> serve) {
        Response response = new Response(101, EMPTY);
        response.headers.putAll(headers);
        response.upgrade = serve;
        return response;
    }

    public static Response text(int status, String contentType, String text) {
        return new Response(status, text.getBytes(UTF_8)).with("content-type", contentType);
    }

    public Response with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    /** Returns a response with the same status and headers but a different body. */
    Response withBody(byte[] other) {
        Response response = new Response(status, other);
        response.headers.putAll(headers);
        return response;
    }
}
