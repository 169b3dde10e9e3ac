package dev.atlex.oauth.internal.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.atlex.crypto.Jws;
import dev.atlex.crypto.P256PublicKey;
import dev.atlex.data.LexMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An authorization server that checks proofs, nonces and assertions in the order and with the windows of the reference
 * server. It has one client and any number of sessions.
 */
final class TestAuthServer implements AutoCloseable {
    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /** A request, and the response. */
    record Seen(
            String path,
            Map<String, String> form,
            Jws proof,
            int status,
            @Nullable String error) {}

    /** A response: JSON, or an error. */
    private record Answer(int status, LexMap body) {
        static Answer error(int status, String error, String description) {
            return new Answer(
                    status,
                    LexMap.builder()
                            .put("error", error)
                            .put("error_description", description)
                            .build());
        }
    }

    final List<Seen> seen = new CopyOnWriteArrayList<>();
    final List<String> violations = new CopyOnWriteArrayList<>();

    /** The client's published key by its identifier; a public client if it is empty. */
    final Map<String, P256PublicKey> clientKeys = new ConcurrentHashMap<>();

    volatile boolean rotatesNonceEachRequest;
    volatile boolean acceptsNoNonce;
    volatile boolean sendsNoNonce;

    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger nonces = new AtomicInteger(1);
    private final Set<String> identifiers = ConcurrentHashMap.newKeySet();
    private final Set<String> usedTokens = ConcurrentHashMap.newKeySet();
    private final AtomicInteger tokens = new AtomicInteger();

    TestAuthServer() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.createContext("/", this::handle);
        http.setExecutor(threads);
        http.start();
    }

    AuthServer server() {
        String origin = origin();
        return new AuthServer(
                URI.create(origin),
                URI.create(origin + "/oauth/authorize"),
                URI.create(origin + "/oauth/par"),
                URI.create(origin + "/oauth/token"),
                URI.create(origin + "/oauth/revoke"));
    }

    private String origin() {
        return "http://localhost:" + http.getAddress().getPort();
    }

    /** Replaces the nonce, and accepts no earlier one. */
    void rotateNonce() {
        nonces.incrementAndGet();
    }

    long count(String error) {
        return seen.stream().filter(one -> error.equals(one.error())).count();
    }

    private String nonce() {
        return "nonce-" + nonces.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(200, -1);
                return;
            }
            Map<String, String> form = form(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            Jws proof = Jws.parse(exchange.getRequestHeaders().getFirst("DPoP"));
            String path = exchange.getRequestURI().getPath();
            Answer answer = answer(path, form, proof);
            seen.add(new Seen(path, form, proof, answer.status(), answer.body().getString("error")));
            if (rotatesNonceEachRequest) {
                rotateNonce();
            }
            if (!sendsNoNonce) {
                exchange.getResponseHeaders().set("DPoP-Nonce", nonce());
            }
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            byte[] body = answer.body().toJson().getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Answer answer(String path, Map<String, String> form, Jws proof) {
        LexMap claims = proof.payload();
        if (!proof.verify(P256PublicKey.fromJwk(proof.header().getMap("jwk")))
                || !"dpop+jwt".equals(proof.header().getString("typ"))
                || !"POST".equals(claims.getString("htm"))
                || !(origin() + path).equals(claims.getString("htu"))
                || claims.containsKey("ath")
                || claims.containsKey("iss")) {
            violations.add("proof " + claims);
        }
        if (!identifiers.add(claims.getString("jti"))) {
            return Answer.error(401, "invalid_dpop_proof", "DPoP proof replayed");
        }
        long age = Instant.now().getEpochSecond() - claims.getInteger("iat");
        if (age > 190 || age < -180) {
            return Answer.error(401, "invalid_dpop_proof", "Failed to verify DPoP proof");
        }
        String nonce = claims.getString("nonce");
        if (nonce == null ? !acceptsNoNonce : !nonce.equals(nonce())) {
            return Answer.error(400, "use_dpop_nonce", "Authorization server requires nonce in DPoP proof");
        }
        Answer refusal = client(form);
        if (refusal != null) {
            return refusal;
        }
        return switch (path) {
            case "/oauth/par" ->
                new Answer(
                        201,
                        LexMap.builder()
                                .put("request_uri", "urn:ietf:params:oauth:request_uri:req-1")
                                .put("expires_in", 299)
                                .build());
            case "/oauth/token" -> tokens(form);
            default -> new Answer(200, LexMap.of());
        };
    }

    private @Nullable Answer client(Map<String, String> form) {
        if (clientKeys.isEmpty()) {
            return form.containsKey("client_id") ? null : Answer.error(400, "invalid_request", "client_id missing");
        }
        if (!ASSERTION_TYPE.equals(form.get("client_assertion_type"))) {
            return Answer.error(400, "invalid_request", "assertion missing");
        }
        Jws assertion = Jws.parse(form.get("client_assertion"));
        LexMap claims = assertion.payload();
        P256PublicKey key = clientKeys.get(assertion.header().getString("kid"));
        long age = Instant.now().getEpochSecond() - claims.getInteger("iat");
        if (key == null || !assertion.verify(key) || !origin().equals(claims.getString("aud")) || age > 60 || age < 0) {
            return Answer.error(400, "invalid_client", "Validation of \"client_assertion\" failed");
        }
        return identifiers.add(claims.getString("jti"))
                ? null
                : Answer.error(400, "invalid_grant", "private_key_jwt jti reused");
    }

    private Answer tokens(Map<String, String> form) {
        String used = form.getOrDefault("code", form.get("refresh_token"));
        if (used == null || !usedTokens.add(used)) {
            return Answer.error(400, "invalid_grant", "Refresh token replayed");
        }
        int number = tokens.incrementAndGet();
        return new Answer(
                200,
                LexMap.builder()
                        .put("access_token", "access-" + number)
                        .put("refresh_token", "ref-" + number)
                        .put("token_type", "DPoP")
                        .put("scope", "atproto transition:generic")
                        .put("expires_in", 3599)
                        .put("sub", "did:plc:vr5jcb5qyr7wkge7et5n4tjr")
                        .build());
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new HashMap<>();
        for (String pair : new ArrayList<>(List.of(body.split("&")))) {
            String[] parts = pair.split("=", 2);
            form.put(URLDecoder.decode(parts[0], UTF_8), URLDecoder.decode(parts[1], UTF_8));
        }
        return form;
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
