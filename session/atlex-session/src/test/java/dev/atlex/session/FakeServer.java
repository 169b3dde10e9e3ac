package dev.atlex.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Sends the responses that a test sets, by the last part of the path, to imitate servers that misbehave. */
public final class FakeServer implements Transport {
    public static final String DID = "did:plc:ewvi7nxzyoun6zhxrhs64oiz";

    final List<TransportRequest> requests = new CopyOnWriteArrayList<>();
    final AtomicInteger openBodies = new AtomicInteger();
    private final Map<String, Function<TransportRequest, TransportResponse>> answers = new ConcurrentHashMap<>();

    public FakeServer on(String nsid, Function<TransportRequest, TransportResponse> answer) {
        answers.put(nsid, answer);
        return this;
    }

    public FakeServer on(String nsid, int status, String json) {
        return on(nsid, request -> json(status, json));
    }

    @Override
    public TransportResponse send(TransportRequest request) {
        requests.add(request);
        String nsid = request.uri().getPath().replace("/xrpc/", "");
        return answers.getOrDefault(nsid, r -> json(404, "{\"error\":\"XRPCNotSupported\"}"))
                .apply(request);
    }

    public long count(String nsid) {
        return requests.stream()
                .filter(r -> r.uri().getPath().endsWith("/" + nsid))
                .count();
    }

    public static TransportResponse json(int status, String json) {
        return TransportResponse.of(status, HttpHeaders.of("content-type", "application/json"), json.getBytes(UTF_8));
    }

    /** Rejects one token as expired, given its last part, and accepts all others. */
    public static Function<TransportRequest, TransportResponse> expired(String token) {
        return request ->
                String.valueOf(request.headers().first("authorization")).endsWith(token)
                        ? json(400, "{\"error\":\"ExpiredToken\"}")
                        : json(200, "{}");
    }

    /** A response that shows the server's time. */
    public static TransportResponse dated(Instant now, String json) {
        HttpHeaders headers = HttpHeaders.builder()
                .add("content-type", "application/json")
                .add("date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)))
                .build();
        return TransportResponse.of(200, headers, json.getBytes(UTF_8));
    }

    /** A page whose body is counted as open until it is closed. */
    public TransportResponse page(int status) {
        openBodies.incrementAndGet();
        return TransportResponse.of(
                status,
                HttpHeaders.of("content-type", "text/html"),
                new ByteArrayInputStream("<html>".getBytes(UTF_8)) {
                    @Override
                    public void close() {
                        openBodies.decrementAndGet();
                    }
                });
    }

    /** Returns a token with an expiry. */
    public static String token(String id, Instant expiry) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String payload = "{\"jti\":\"" + id + "\",\"exp\":" + expiry.getEpochSecond() + "}";
        return base64.encodeToString("{\"alg\":\"none\"}".getBytes(UTF_8)) + "."
                + base64.encodeToString(payload.getBytes(UTF_8)) + "." + id;
    }

    /** Returns a token with a time of issue and an expiry. */
    public static String token(String id, Instant issued, Instant expiry) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String payload = "{\"jti\":\"" + id + "\",\"iat\":" + issued.getEpochSecond() + ",\"exp\":"
                + expiry.getEpochSecond() + "}";
        return base64.encodeToString("{\"alg\":\"none\"}".getBytes(UTF_8)) + "."
                + base64.encodeToString(payload.getBytes(UTF_8)) + "." + id;
    }

    /** The body of a session; more fields begin with a comma. */
    public static String session(String did, String access, String refresh, String more) {
        return "{\"did\":\"" + did + "\",\"handle\":\"alice.test\",\"accessJwt\":\"" + access + "\",\"refreshJwt\":\""
                + refresh + "\"" + more + "}";
    }

    public static String didDoc(String endpoint) {
        return ",\"didDoc\":{\"id\":\"" + DID + "\",\"service\":[{\"id\":\"#atproto_pds\","
                + "\"type\":\"AtprotoPersonalDataServer\",\"serviceEndpoint\":\""
                + endpoint + "\"}]},\"emailConfirmed\":true";
    }

    /** A saved session of {@link #DID} at {@code https://service.test}. */
    public static SessionData saved(String access, String refresh, String more) {
        return SessionData.parse(session(DID, access, refresh, ",\"service\":\"https://service.test\"" + more));
    }
}
