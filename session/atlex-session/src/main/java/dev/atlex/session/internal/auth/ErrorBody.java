package dev.atlex.session.internal.auth;

import dev.atlex.client.internal.KeptBody;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;

/**
 * The body of a response that may be an error, read up to the maximum length of an error.
 *
 * @param kept the beginning of the body, which may contain the error's name even if the body is longer
 * @param response the response to return to the caller, either unread or completely in memory
 */
public record ErrorBody(KeptBody kept, TransportResponse response) {
    /** The number of bytes to examine. No XRPC error is longer, but a proxy's page may be. */
    private static final int MAX_BYTES = 10 * 1024;

    /**
     * Reads the beginning of a body.
     *
     * @throws TransportException if the response ends early
     */
    public static ErrorBody of(TransportResponse response) {
        byte[] beginning = beginning(response);
        KeptBody kept = KeptBody.of(response.headers(), beginning);
        return new ErrorBody(kept, unread(response, beginning, kept));
    }

    private static TransportResponse unread(TransportResponse response, byte[] beginning, KeptBody kept) {
        TransportResponse next;
        if (beginning.length <= MAX_BYTES) {
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
            return response.body().readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            throw new TransportException("failed to read the response's body: " + e.getMessage(), e, true);
        }
    }
}
