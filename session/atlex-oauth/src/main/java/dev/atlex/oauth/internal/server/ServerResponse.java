package dev.atlex.oauth.internal.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.client.WwwAuthenticate;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.TransportException;
import dev.atlex.data.LexException;
import dev.atlex.data.LexFloat;
import dev.atlex.data.LexInteger;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.data.internal.Excerpt;
import dev.atlex.oauth.OAuthResponseException;
import dev.atlex.oauth.ProofTargetException;
import dev.atlex.oauth.internal.dpop.DpopProofs;
import dev.atlex.session.internal.auth.JsonMembers;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A response from an authorization server. The members of a JSON object are read one by one, regardless of its media
 * type, and even if it is truncated: a response to a refresh may contain the only valid tokens of a session.
 *
 * @param issuer the server's issuer
 * @param url the endpoint
 * @param status the HTTP status
 * @param body the readable members of the JSON object in the body; empty if there is none. If it has no error, the
 *     error comes from the header {@code WWW-Authenticate}
 * @param broken the failure that ended the body early, or null if the body is complete
 * @param receivedAt the time at which the response arrived, by our clock
 * @param retryAt the time at which the server allows the next request; null if it doesn't specify one
 */
record ServerResponse(
        URI issuer,
        URI url,
        int status,
        LexMap body,
        @Nullable TransportException broken,
        Instant receivedAt,
        @Nullable Instant retryAt) {
    private static final ReadOptions READING = ReadOptions.LENIENT.withMaxDepth(32);
    private static final int MAX_DESCRIPTION = 300;
    private static final int MAX_ERROR = 64;

    /** Returns the members of a body, and the error in the headers if the body has none. */
    static LexMap parse(HttpHeaders headers, byte[] body) {
        String json = new String(body, UTF_8);
        LexMap.Builder members = LexMap.builder();
        WwwAuthenticate.Challenge challenge =
                WwwAuthenticate.parse(headers.all("WWW-Authenticate")).challenge("DPoP");
        String error = challenge == null ? null : challenge.parameters().get("error");
        if (error != null) {
            members.put("error", error);
        }
        JsonMembers.visit(json, (name, start, end) -> {
            try {
                members.put(name, LexValue.parseJson(json.substring(start, end), READING));
            } catch (LexException e) {
                // The other members may be usable.
            }
        });
        return members.build();
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Returns the error code, or null if there is none. */
    @Nullable
    String error() {
        String error = body.getString("error");
        return error == null || error.isBlank() ? null : Excerpt.line(error, MAX_ERROR);
    }

    /** Returns the explanation of the error on one line, or null if there is none. */
    @Nullable
    String errorDescription() {
        String text = body.getString("error_description");
        // An XRPC error, from a server that routes the path to its API.
        String description = text == null ? body.getString("message") : text;
        return description == null || description.isBlank() ? null : Excerpt.line(description, MAX_DESCRIPTION);
    }

    /** Returns a member as a duration, or null if it isn't a non-negative number of seconds. */
    @Nullable
    Duration seconds(String name) {
        LexValue value = body.get(name);
        double seconds = value instanceof LexInteger integer
                ? integer.value()
                : value instanceof LexFloat decimal ? decimal.value() : Double.NaN;
        return seconds >= 0 && seconds <= Integer.MAX_VALUE ? Duration.ofSeconds((long) seconds) : null;
    }

    /** Returns a string member, or null if it is absent, empty or not a string. */
    @Nullable
    String text(String name) {
        String text = body.getString(name);
        return text == null || text.isEmpty() ? null : text;
    }

    /** Returns the exception for a refusal. */
    OAuthResponseException refused(String operation) {
        String error = error();
        String description = errorDescription();
        if (DpopProofs.isTargetMismatch(error, description)) {
            return ProofTargetException.of(operation, url, issuer, status, description, retryAt);
        }
        StringBuilder message = new StringBuilder(operation + ": " + url.getHost() + " responded " + status);
        if (error != null) {
            message.append(' ').append(error);
        }
        if (description != null) {
            message.append(": ").append(description);
        }
        return new OAuthResponseException(message.toString(), url, status, error, description, retryAt);
    }

    /** Returns the exception for a response that claims success but is incomplete or invalid. */
    LexException invalid(String operation, String problem) {
        if (broken != null) {
            return broken;
        }
        return new OAuthResponseException(
                operation + ": invalid response from " + url.getHost() + ": " + problem + " (status " + status + ")",
                url,
                status,
                null,
                null,
                retryAt);
    }

    /** Returns the status and error, without the rest of the body, which may hold tokens. */
    @Override
    public String toString() {
        return "ServerResponse[" + status + ", error=" + error() + "]";
    }
}
