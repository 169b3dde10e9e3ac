package dev.atlex.streams.internal.tap;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.client.internal.ErrorPayload;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.JdkTransport;
import dev.atlex.client.transport.RequestBody;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.streams.TapException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Sends requests to a Tap. Redirects aren't followed, because the password is only for this server. */
public final class TapRequests {
    private static final String NAME = "Tap ";
    private static final int MAX_RESPONSE = 1024 * 1024;
    private static final int UNAUTHORIZED = 401;

    private final URI service;
    private final JdkTransport transport;
    private final @Nullable AdminPassword password;
    private final Duration timeout;

    /** @param service an http or https URL without a path */
    public TapRequests(URI service, JdkTransport transport, @Nullable AdminPassword password, Duration timeout) {
        this.service = service;
        this.transport = transport;
        this.password = password;
        this.timeout = timeout;
    }

    /** Returns the headers of each request, including the handshake of a WebSocket. */
    public static HttpHeaders headers(@Nullable AdminPassword password) {
        return password == null ? HttpHeaders.of() : HttpHeaders.of("Authorization", password.header());
    }

    /**
     * Sends a GET.
     *
     * @return the response
     * @throws TapException if the status isn't 200, or the response isn't a JSON object
     * @throws TransportException if there is no response
     */
    public LexMap get(String path) {
        byte[] body = send(TransportRequest.get(service.resolve(path)).headers(headers(password)), path);
        LexMap json = json(body);
        if (json == null) {
            throw new TapException(NAME + path + ": the response isn't a JSON object", 200, null, null);
        }
        return json;
    }

    /**
     * Sends a POST. Its response has no body.
     *
     * @throws TapException if the status isn't 200
     * @throws TransportException if there is no response
     */
    public void post(String path, LexValue json) {
        HttpHeaders headers = headers(password).toBuilder()
                .set("Content-Type", "application/json")
                .build();
        send(
                TransportRequest.post(service.resolve(path))
                        .headers(headers)
                        .body(RequestBody.of(json.toJson().getBytes(UTF_8))),
                path);
    }

    private byte[] send(TransportRequest.Builder request, String path) {
        try (TransportResponse response = transport.send(
                request.timeout(timeout).maxResponseBytes(MAX_RESPONSE).build())) {
            byte[] body = response.readAll();
            if (response.status() != 200) {
                throw refusal(path, response, body);
            }
            return body;
        }
    }

    private TapException refusal(String path, TransportResponse response, byte[] body) {
        int status = response.status();
        String text = new String(body, UTF_8);
        String shown = password == null ? text : password.redact(text);
        String name = NAME + path;
        ErrorPayload error = ErrorPayload.of(name, status, response.headers(), shown, json(shown.getBytes(UTF_8)));
        String fix = status == UNAUTHORIZED
                ? (password == null ? "; set the admin password" : "; check the admin password")
                : "";
        return new TapException(error.describe(name, status) + fix, status, error.message(), null);
    }

    private static @Nullable LexMap json(byte[] body) {
        try {
            return LexReader.readJson(body, ReadOptions.LENIENT, LexReader::readValue) instanceof LexMap map
                    ? map
                    : null;
        } catch (LexException e) {
            return null;
        }
    }
}
