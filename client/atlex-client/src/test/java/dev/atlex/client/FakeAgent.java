package dev.atlex.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.syntax.Did;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An agent that records requests and returns queued responses. */
final class FakeAgent implements Agent {
    static final Did ALICE = Did.of("did:plc:alice");

    final List<AgentRequest> requests = Collections.synchronizedList(new ArrayList<>());

    /** The time left of each request when it was sent. */
    final List<Duration> timeouts = Collections.synchronizedList(new ArrayList<>());

    private final Deque<Supplier<TransportResponse>> responses = new ArrayDeque<>();
    private final @Nullable Did did;

    private FakeAgent(@Nullable Did did) {
        this.did = did;
    }

    static FakeAgent alice() {
        return new FakeAgent(ALICE);
    }

    static FakeAgent anonymous() {
        return new FakeAgent(null);
    }

    FakeAgent json(String body) {
        return json(200, body);
    }

    FakeAgent json(int status, String body, String... headers) {
        return respond(status, "application/json", body, headers);
    }

    FakeAgent respond(int status, @Nullable String contentType, String body, String... headers) {
        HttpHeaders.Builder all = HttpHeaders.of(headers).toBuilder();
        if (contentType != null) {
            all.set("Content-Type", contentType);
        }
        HttpHeaders built = all.build();
        return then(() -> TransportResponse.of(status, built, body.getBytes(StandardCharsets.UTF_8)));
    }

    FakeAgent then(Supplier<TransportResponse> response) {
        responses.add(response);
        return this;
    }

    AgentRequest only() {
        assertThat(requests).hasSize(1);
        return requests.get(0);
    }

    AgentRequest last() {
        return requests.get(requests.size() - 1);
    }

    /** The body of the last request as text. */
    String sent() {
        return text(last());
    }

    /** The body of a request as text. */
    static String text(AgentRequest request) {
        try (var in = Objects.requireNonNull(request.body()).open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public @Nullable Did did() {
        return did;
    }

    @Override
    public TransportResponse send(AgentRequest request) {
        requests.add(request);
        timeouts.add(Objects.requireNonNull(request.timeout()));
        Supplier<TransportResponse> response = responses.poll();
        if (response == null) {
            throw new AssertionError("unexpected request: " + request);
        }
        return response.get();
    }
}
