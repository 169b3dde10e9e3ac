package dev.atlex.bluesky.internal.video;

import dev.atlex.client.Agent;
import dev.atlex.client.AgentRequest;
import dev.atlex.client.CallObserver;
import dev.atlex.client.ServiceAgent;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.syntax.Did;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to the video service with a service token. Uploads need a query and a media type that the method's
 * Lexicon doesn't define.
 */
final class VideoAgent implements Agent {
    private final ServiceAgent agent;
    private final CallObserver observer;
    private final @Nullable String token;
    private final @Nullable Upload upload;

    VideoAgent(
            URI service, Transport transport, CallObserver observer, @Nullable String token, @Nullable Upload upload) {
        ServiceAgent.Builder builder = ServiceAgent.builder(service).transport(transport);
        if (token != null) {
            builder.headers(HttpHeaders.of("authorization", "Bearer " + token));
        }
        this.agent = builder.build();
        this.observer = observer;
        this.token = token;
        this.upload = upload;
    }

    /**
     * The additions to an upload.
     *
     * @param query the query, with its question mark
     * @param mediaType the file's media type
     */
    record Upload(String query, String mediaType) {}

    /** Returns null, because the token identifies the account. */
    @Override
    public @Nullable Did did() {
        return null;
    }

    @Override
    public CallObserver observer() {
        return observer;
    }

    @Override
    public TransportResponse send(AgentRequest request) {
        TransportResponse response = agent.send(upload == null ? request : completed(request, upload));
        String secret = token;
        return secret == null ? response : response.withRedaction(shown -> redacted(shown, secret));
    }

    private static AgentRequest completed(AgentRequest request, Upload upload) {
        HttpHeaders headers = request.headers().toBuilder()
                .set("content-type", upload.mediaType())
                .build();
        return AgentRequest.post(request.path() + upload.query(), request.body())
                .withHeaders(headers)
                .withDeadline(request.deadline())
                .withMaxResponseBytes(request.maxResponseBytes());
    }

    /** Removes the token, which a server may quote in an error. */
    private static TransportResponse redacted(TransportResponse response, String token) {
        String body = new String(response.readAll(), StandardCharsets.ISO_8859_1);
        return body.contains(token)
                ? TransportResponse.of(
                        response.status(),
                        response.headers(),
                        body.replace(token, "***").getBytes(StandardCharsets.ISO_8859_1))
                : response;
    }
}
