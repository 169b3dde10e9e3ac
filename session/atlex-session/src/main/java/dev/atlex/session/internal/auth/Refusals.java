package dev.atlex.session.internal.auth;

import dev.atlex.client.internal.ErrorPayload;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells which refusals new tokens may help against. */
public final class Refusals {
    /** No error of XRPC is longer; a proxy's page may be. */
    private static final int MAX_ERROR_BYTES = 10 * 1024;

    /** They are about the account, not about the token. */
    private static final Set<String> OF_THE_ACCOUNT =
            Set.of("AccountDeactivated", "AccountTakedown", "AccountSuspended", "AccountNotFound");

    private Refusals() {}

    /**
     * A response that was looked at.
     *
     * @param response to hand on: unread, or whole in memory
     * @param refreshMayHelp whether it is worth trying with new tokens
     * @param tokenExpired whether the server says so, and nothing else
     * @param tokenUnknown whether the server can't make anything of the token
     * @param ofTheAccount the error where it is about the account, not about its token
     */
    public record Refusal(
            TransportResponse response,
            boolean refreshMayHelp,
            boolean tokenExpired,
            boolean tokenUnknown,
            @Nullable String ofTheAccount) {}

    /**
     * Looks at a response. Servers differ: an expired token is a 400 here and a 401 there, and a 401 may mean much else.
     *
     * @throws dev.atlex.client.transport.TransportException if the response breaks off
     */
    public static Refusal of(TransportResponse response) {
        int status = response.status();
        if (status != 400 && status != 401) {
            return new Refusal(response, false, false, false, null);
        }
        byte[] body = beginning(response);
        // Of a longer body, the beginning may name the error too.
        String error = ErrorPayload.name(response.headers(), body);
        String ofTheAccount = status == 401 && error != null && OF_THE_ACCOUNT.contains(error) ? error : null;
        boolean ofTheToken = status == 401 ? ofTheAccount == null : "ExpiredToken".equals(error);
        return new Refusal(
                handedOn(response, body),
                ofTheToken,
                "ExpiredToken".equals(error),
                "InvalidToken".equals(error),
                ofTheAccount);
    }

    private static TransportResponse handedOn(TransportResponse response, byte[] beginning) {
        TransportResponse next;
        if (beginning.length <= MAX_ERROR_BYTES) {
            response.close();
            next = TransportResponse.of(response.status(), response.headers(), beginning);
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
            throw new TransportException("the body of the response could not be read: " + e.getMessage(), e, true);
        }
    }
}
