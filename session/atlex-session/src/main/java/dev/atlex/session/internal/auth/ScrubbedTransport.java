package dev.atlex.session.internal.auth;

import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Removes the session's secrets from each response that reports a failure, before an exception is created from it,
 * because servers and proxies quote requests. Therefore, exceptions may keep the response. A successful response stays
 * unchanged, because its data belongs to the caller. If it turns out to be invalid, its body is scrubbed at that point.
 */
public final class ScrubbedTransport implements Transport {
    /**
     * The maximum number of bytes to read from an error. No XRPC error is longer, and more of a proxy's page isn't
     * useful.
     */
    private static final int MAX_ERROR_BYTES = 64 << 10;

    /** The maximum length of a session, in bytes. Only this much of a longer response is read. */
    private static final int MAX_SESSION_BYTES = 256 << 10;

    private final Transport transport;
    private final Supplier<? extends Collection<String>> secrets;
    private final boolean sessions;

    private ScrubbedTransport(Transport transport, Supplier<? extends Collection<String>> secrets, boolean sessions) {
        this.transport = transport;
        this.secrets = secrets;
        this.sessions = sessions;
    }

    /**
     * Returns a transport for calls through a session. It has to wrap the transport that follows redirects.
     * The Location of a signed URL may look like a token, so it is scrubbed only in a redirect that isn't followed.
     *
     * @param secrets the strings that must not be shown, besides the request's {@code Authorization} and {@code DPoP}
     */
    public static ScrubbedTransport ofCalls(Transport transport, Supplier<? extends Collection<String>> secrets) {
        return new ScrubbedTransport(transport, secrets, false);
    }

    /**
     * Returns a transport for the methods whose response is a session. Such a response is read up to a limit and
     * returned unchanged, as JSON regardless of its content type. All other responses are scrubbed.
     *
     * @param secrets see {@link #ofCalls}
     */
    public static ScrubbedTransport ofSessions(Transport transport, Supplier<? extends Collection<String>> secrets) {
        return new ScrubbedTransport(transport, secrets, true);
    }

    @Override
    public TransportResponse send(TransportRequest request) {
        try {
            TransportResponse response = transport.send(request);
            boolean success = response.status() >= 200 && response.status() < 300;
            if (success && sessions) {
                return session(response, scrubber(request));
            }
            return success
                    ? response.withRedaction(shown -> redacted(shown, scrubber(request)))
                    : scrubbed(response, scrubber(request));
        } catch (TransportException e) {
            throw scrubbed(e, scrubber(request));
        }
    }

    private Scrubber scrubber(TransportRequest request) {
        List<String> all = new ArrayList<>(secrets.get());
        for (String value : request.headers().all("authorization")) {
            all.add(value.substring(value.indexOf(' ') + 1));
        }
        all.addAll(request.headers().all("dpop"));
        return new Scrubber(all);
    }

    private static TransportResponse session(TransportResponse response, Scrubber scrubber) {
        byte[] body = readHead(response, MAX_SESSION_BYTES);
        HttpHeaders headers = scrubber.scrub(response.headers());
        if (!isObject(body)) {
            return TransportResponse.of(response.status(), headers, scrubber.scrub(body));
        }
        HttpHeaders json =
                headers.toBuilder().set("content-type", "application/json").build();
        return TransportResponse.of(response.status(), json, body);
    }

    private static boolean isObject(byte[] body) {
        int at = body.length > 2 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF ? 3 : 0;
        while (at < body.length && (body[at] == ' ' || body[at] == '\t' || body[at] == '\r' || body[at] == '\n')) {
            at++;
        }
        return at < body.length && body[at] == '{';
    }

    private static TransportResponse redacted(TransportResponse response, Scrubber scrubber) {
        HttpHeaders headers = scrubber.scrub(response.headers());
        byte[] body = response.readAll();
        byte[] clean = scrubber.scrub(body);
        return clean == body && headers == response.headers()
                ? response
                : TransportResponse.of(response.status(), headers, clean);
    }

    private static TransportResponse scrubbed(TransportResponse response, Scrubber scrubber) {
        TransportResponse clean = TransportResponse.of(
                response.status(), scrubber.scrub(response.headers()), new ScrubbedBody(response, scrubber));
        URI uri = response.uri();
        return uri == null ? clean : clean.withUri(uri);
    }

    /**
     * The JDK's messages about malformed responses may quote them. Only failures of the general class contain a
     * server's text.
     */
    private static TransportException scrubbed(TransportException failure, Scrubber scrubber) {
        boolean clean = true;
        for (Throwable t = failure; t != null; t = t.getCause()) {
            String message = String.valueOf(t.getMessage());
            clean &= scrubber.scrub(message).equals(message);
        }
        if (clean || failure.getClass() != TransportException.class) {
            return failure;
        }
        return new TransportException(
                scrubber.scrub(String.valueOf(failure.getMessage())), null, failure.requestMayHaveBeenProcessed());
    }

    private static byte[] readHead(TransportResponse response, int max) {
        try (response) {
            return response.body().readNBytes(max);
        } catch (IOException e) {
            throw new TransportException("failed to read the response's body: " + e.getMessage(), e, true);
        }
    }

    /** The beginning of a body, scrubbed when it is read. */
    private static final class ScrubbedBody extends InputStream {
        private final TransportResponse source;
        private final Scrubber scrubber;
        private @Nullable InputStream head;
        private boolean closed;

        ScrubbedBody(TransportResponse source, Scrubber scrubber) {
            this.source = source;
            this.scrubber = scrubber;
        }

        private InputStream head() {
            InputStream opened = head;
            if (opened == null) {
                closed = true;
                opened = new ByteArrayInputStream(scrubber.scrub(readHead(source, MAX_ERROR_BYTES)));
                head = opened;
            }
            return opened;
        }

        @Override
        public int read() throws IOException {
            return head().read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return head().read(target, offset, length);
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                source.close();
            }
        }
    }
}
