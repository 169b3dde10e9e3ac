package dev.atlex.session.internal.auth;

import dev.atlex.client.internal.KeptBody;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The result of examining a response for an authentication failure.
 *
 * @param response the response to return to the caller, either unread or completely in memory
 * @param refreshMayHelp whether the request is worth sending again with new tokens
 * @param tokenExpired whether the server reports an expired token, and nothing else
 * @param tokenUnknown whether the server doesn't recognize the token
 * @param ofTheAccount the error if it is about the account, not about its token; otherwise null
 */
public record AuthFailure(
        TransportResponse response,
        boolean refreshMayHelp,
        boolean tokenExpired,
        boolean tokenUnknown,
        @Nullable String ofTheAccount) {
    /** The number of bytes to examine. No XRPC error is longer, but a proxy's page may be. */
    private static final int MAX_ERROR_BYTES = 10 * 1024;

    /** The errors that are about the account, not about the token. */
    private static final Set<String> OF_THE_ACCOUNT =
            Set.of("AccountDeactivated", "AccountTakedown", "AccountSuspended", "AccountNotFound");

    /** Returns the result for a response that isn't an authentication failure. */
    static AuthFailure none(TransportResponse response) {
        return new AuthFailure(response, false, false, false, null);
    }

    /**
     * Examines a response. Servers differ: for an expired token, some return 400 and others 401, and a 401 can have
     * many other meanings.
     *
     * @throws TransportException if the response ends early
     */
    static AuthFailure of(TransportResponse response) {
        int status = response.status();
        if (status != 400 && status != 401) {
            return none(response);
        }
        byte[] body = beginning(response);
        // The beginning of a longer body may name the error too.
        KeptBody kept = KeptBody.of(response.headers(), body);
        String error = kept.error();
        String ofTheAccount = status == 401 && error != null && OF_THE_ACCOUNT.contains(error) ? error : null;
        boolean ofTheToken = status == 401 ? ofTheAccount == null : "ExpiredToken".equals(error);
        return new AuthFailure(
                unread(response, body, kept),
                ofTheToken,
                "ExpiredToken".equals(error),
                "InvalidToken".equals(error),
                ofTheAccount);
    }

    private static TransportResponse unread(TransportResponse response, byte[] beginning, KeptBody kept) {
        TransportResponse next;
        if (beginning.length <= MAX_ERROR_BYTES) {
            response.close();
            next = kept.handOn(response.status(), response.headers(), beginning);
        } else {
            InputStream whole = new SequenceInputStream(new ByteArrayInputStream(beginning), response.body());
            next = TransportResponse.of(response.status(), response.headers(), whole);
        }
        URI uri = response.uri();
        return uri == null ? next : next.withUri(uri);
    }

    private static byte[] beginning(TransportResponse response) {
        try {
            return response.body().readNBytes(MAX_ERROR_BYTES + 1);
        } catch (IOException e) {
            throw new TransportException("failed to read the response's body: " + e.getMessage(), e, true);
        }
    }
}
