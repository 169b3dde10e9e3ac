package dev.atlex.oauth.internal.server;

import dev.atlex.client.internal.RetryAfter;
import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.Deadline;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.RequestBody;
import dev.atlex.client.transport.ResponseTooLargeException;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.crypto.P256PrivateKey;
import dev.atlex.oauth.internal.dpop.DpopContext;
import dev.atlex.oauth.internal.dpop.DpopProofs;
import dev.atlex.session.internal.auth.ScrubbedTransport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends one form to an authorization server, with a DPoP proof and the client's authentication.
 *
 * <p>If the proof has no valid nonce, or the date of the proof or of the client's assertion is wrong, a server refuses
 * the request before it acts on it. The request is then sent again: at most twice with the nonce that the server
 * demands, and at most once with a date from the server's clock. Each attempt has a new proof and a new assertion,
 * because servers accept each only once. After any other failure, the request isn't sent again.
 */
final class DpopPost {
    /** The time limit for a request. Servers read client metadata from other hosts before they respond. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final int MAX_NONCE_RETRIES = 2;

    /** The maximum size of a response. The tokens of all known servers are far smaller. */
    private static final int MAX_BYTES = 256 << 10;

    private final Transport transport;
    private final TimeSource time;
    private final DpopContext context;

    DpopPost(Transport transport, TimeSource time, DpopContext context) {
        this.transport = transport;
        this.time = time;
        this.context = context;
    }

    /**
     * A form for an authorization server.
     *
     * @param server the server
     * @param endpoint the URL
     * @param auth the client
     * @param dpopKey the session's key
     * @param fields the fields without those that authenticate the client
     * @param secrets the values that no exception may show
     */
    record Request(
            AuthServer server,
            URI endpoint,
            ClientAuth auth,
            P256PrivateKey dpopKey,
            Map<String, String> fields,
            List<String> secrets) {
        Request {
            if (auth.isKey(dpopKey.publicKey())) {
                throw new IllegalArgumentException(
                        "the client's key must not be a session's DPoP key: use a new key for each session");
            }
        }

        /** Returns a string without fields or keys. */
        @Override
        public String toString() {
            return "Request[" + endpoint + ", " + auth.clientId() + "]";
        }
    }

    /**
     * Sends the form, and returns the response of any status.
     *
     * @throws TransportException if there is no response
     */
    ServerResponse send(Request request, Deadline deadline) {
        DpopProofs proofs = new DpopProofs(request.dpopKey());
        int nonceRetries = 0;
        boolean dated = false;
        String nonce = context.nonces().current(request.endpoint());
        for (int attempt = 1; ; attempt++) {
            Instant now = context.clock().now(request.endpoint());
            Attempt sent = attempt(request, proofs, now, nonce, deadline, attempt);
            ServerResponse response = sent.response();
            if ("use_dpop_nonce".equals(response.error())) {
                String demanded = context.nonces().observe(request.endpoint(), sent.headers(), true);
                if (demanded == null || nonceRetries++ == MAX_NONCE_RETRIES || deadline.isOver()) {
                    return response;
                }
                nonce = demanded;
            } else if (!dated && isDatedWrongly(request, response, now, sent.date()) && !deadline.isOver()) {
                dated = true;
                nonce = context.nonces().current(request.endpoint());
            } else {
                return response;
            }
        }
    }

    /** A response, its headers, and the server's time from its headers. */
    private record Attempt(
            ServerResponse response,
            HttpHeaders headers,
            @Nullable Instant date) {}

    private Attempt attempt(
            Request request, DpopProofs proofs, Instant now, @Nullable String nonce, Deadline deadline, int attempt) {
        Map<String, String> fields = new LinkedHashMap<>(request.fields());
        request.auth().addTo(fields, request.server().issuer(), now);
        String proof = proofs.proof("POST", request.endpoint(), now, nonce, null);
        List<String> secrets = new ArrayList<>(request.secrets());
        secrets.add(proof);
        String assertion = fields.get("client_assertion");
        if (assertion != null) {
            secrets.add(assertion);
        }
        Received received = new Received(request.endpoint());
        Transport scrubbed = ScrubbedTransport.ofCalls(received, () -> secrets);
        TransportRequest http = TransportRequest.post(request.endpoint())
                .headers(HttpHeaders.of("Content-Type", Form.MEDIA_TYPE, "Accept", "application/json", "DPoP", proof))
                .body(RequestBody.of(Form.encode(fields)))
                .deadline(time.deadline(deadline.leftWithin(TIMEOUT)))
                .attempt(attempt)
                .build();
        try (TransportResponse response = scrubbed.send(http)) {
            Body body = read(response);
            Duration wait = RetryAfter.of(response.status(), received.headers, time.clock());
            Instant receivedAt = time.clock().instant();
            ServerResponse parsed = new ServerResponse(
                    request.server().issuer(),
                    request.endpoint(),
                    response.status(),
                    ServerResponse.parse(response.headers(), body.bytes()),
                    body.broken(),
                    receivedAt,
                    wait == null ? null : receivedAt.plus(wait));
            return new Attempt(parsed, received.headers, received.date);
        }
    }

    /** Sends a request, and reads the headers of the response before secrets are removed from them. */
    private final class Received implements Transport {
        private final URI endpoint;
        private HttpHeaders headers = HttpHeaders.of();
        private @Nullable Instant date;

        Received(URI endpoint) {
            this.endpoint = endpoint;
        }

        @Override
        public TransportResponse send(TransportRequest request) {
            TransportResponse response = transport.send(request);
            headers = response.headers();
            date = context.clock().observe(endpoint, headers);
            context.nonces().observe(endpoint, headers, false);
            return response;
        }
    }

    /** The beginning of a body, and the failure that ended it early, or null if it is complete. */
    private record Body(byte[] bytes, @Nullable TransportException broken) {}

    private static Body read(TransportResponse response) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[8 << 10];
        try {
            for (int count; (count = response.body().read(buffer)) >= 0; ) {
                bytes.write(buffer, 0, count);
                if (bytes.size() > MAX_BYTES) {
                    String problem = "the response has more than " + MAX_BYTES + " bytes";
                    return new Body(bytes.toByteArray(), new ResponseTooLargeException(problem, MAX_BYTES));
                }
            }
            return new Body(bytes.toByteArray(), null);
        } catch (TransportException e) {
            return new Body(bytes.toByteArray(), e);
        } catch (IOException e) {
            return new Body(
                    bytes.toByteArray(),
                    new TransportException("failed to read the response's body: " + e.getMessage(), e, true));
        }
    }

    /**
     * Returns whether the server refused the request because of a proof or an assertion, and the response's time shows
     * that its date was wrong. The error text isn't evaluated.
     *
     * @param now the server's time as we knew it when the request was sent
     * @param date the server's time in the response, or null if there is no usable Date
     */
    private static boolean isDatedWrongly(
            Request request, ServerResponse response, Instant now, @Nullable Instant date) {
        if (date == null || response.isSuccess()) {
            return false;
        }
        return switch (String.valueOf(response.error())) {
            case "invalid_dpop_proof" -> isOff(now, date);
            case "invalid_client" ->
                request.auth().kid() != null && (ClientAuth.issuedAt(now).isAfter(date) || isOff(now, date));
            default -> false;
        };
    }

    /** Half of the shortest time for which servers accept an assertion. */
    private static boolean isOff(Instant now, Instant date) {
        return Duration.between(now, date).abs().compareTo(Duration.ofSeconds(30)) > 0;
    }
}
