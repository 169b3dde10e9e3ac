package dev.atlex.bluesky.internal.card;

import dev.atlex.bluesky.card.LinkCardException;
import dev.atlex.bluesky.internal.image.ImagePreparer;
import dev.atlex.client.internal.HttpStatus;
import dev.atlex.client.internal.Redirects;
import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.Deadline;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.client.transport.TransportTimeoutException;
import dev.atlex.data.internal.Excerpt;
import dev.atlex.identity.ForbiddenHostException;
import dev.atlex.identity.internal.SsrfGuard;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Loads pages and images within a deadline. Temporary failures are retried. Each attempt has its own time limit, so
 * that a server that hangs once doesn't use up the whole deadline.
 */
final class WebLoader {
    private static final String ACCEPT_PAGE = "text/html, application/xhtml+xml, image/*;q=0.8, */*;q=0.5";
    private static final String ACCEPT_IMAGE = "image/webp, image/png, image/jpeg, image/*;q=0.8, */*;q=0.5";
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final int MAX_SHOWN = 200;

    private final Transport guarded;
    private final @Nullable String userAgent;
    private final Duration attemptTimeout;
    private final int maxPageBytes;
    private final int maxImageBytes;
    private final TimeSource time;

    /**
     * @param guarded a transport that rejects hosts that aren't allowed
     * @param userAgent the user agent, or null for the transport's own
     */
    WebLoader(
            Transport guarded,
            @Nullable String userAgent,
            Duration attemptTimeout,
            int maxPageBytes,
            int maxImageBytes,
            TimeSource time) {
        this.guarded = guarded;
        this.userAgent = userAgent;
        this.attemptTimeout = attemptTimeout;
        this.maxPageBytes = maxPageBytes;
        this.maxImageBytes = maxImageBytes;
        this.time = time;
    }

    /**
     * Loads the document that a link leads to.
     *
     * @throws LinkCardException if it can't be loaded
     */
    WebDocument page(URI uri, Deadline deadline, int maxRetries) {
        return load(uri, ACCEPT_PAGE, deadline, maxRetries, this::readDocument);
    }

    /**
     * Loads an image without examining its content.
     *
     * @throws LinkCardException if it can't be loaded
     */
    byte[] image(URI uri, Deadline deadline, int maxRetries) {
        return load(uri, ACCEPT_IMAGE, deadline, maxRetries, this::readImage);
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(URI uri, TransportResponse response) throws IOException;
    }

    private <T> T load(URI uri, String accept, Deadline deadline, int maxRetries, Reader<T> reader) {
        Duration pause = FIRST_PAUSE;
        for (int retries = 0; ; retries++) {
            try {
                return attempt(uri, accept, time.deadline(deadline.leftWithin(attemptTimeout)), reader);
            } catch (LinkCardException e) {
                Duration left = deadline.left();
                if (!e.retryable() || retries == maxRetries || left != null && left.compareTo(pause) <= 0) {
                    throw e;
                }
            }
            time.sleeper().sleep(pause);
            pause = pause.multipliedBy(2);
        }
    }

    private <T> T attempt(URI uri, String accept, Deadline deadline, Reader<T> reader) {
        HttpHeaders.Builder headers = HttpHeaders.of("accept", accept).toBuilder();
        if (userAgent != null) {
            headers.set("user-agent", userAgent);
        }
        TransportRequest request = TransportRequest.get(uri)
                .headers(headers.build())
                .deadline(deadline)
                // The rest of a large page isn't read, so its length doesn't matter.
                .maxResponseBytes(Long.MAX_VALUE)
                .build();
        try (TransportResponse response = Redirects.send(guarded, request)) {
            int status = response.status();
            if (status < 200 || status > 299) {
                String kind = status >= 300 && status < 400 ? ", a redirect that is not followed" : "";
                throw failure(
                        uri,
                        status,
                        HttpStatus.isRetryable(status),
                        "the server returned status " + status + kind,
                        null);
            }
            URI from = response.uri();
            return reader.read(from == null ? uri : from, response);
        } catch (TransportInterruptedException e) {
            throw e;
        } catch (ForbiddenHostException e) {
            throw failure(uri, 0, false, e.getMessage(), e);
        } catch (TransportTimeoutException e) {
            throw failure(uri, 0, true, "the server did not respond in time", e);
        } catch (TransportException e) {
            throw failure(uri, 0, !SsrfGuard.isUnknownHost(e), e.getMessage(), e);
        } catch (IOException e) {
            throw failure(uri, 0, true, e.getMessage(), e);
        }
    }

    private WebDocument readDocument(URI uri, TransportResponse response) throws IOException {
        String header = response.headers().first("content-type");
        String type = header == null ? "" : header.strip().toLowerCase(Locale.ROOT);
        if (type.startsWith("image/") && !type.startsWith("image/svg")) {
            return new WebDocument.Image(uri, readImage(uri, response));
        }
        boolean page = type.isEmpty()
                || type.startsWith("text/html")
                || type.startsWith("application/xhtml")
                || type.startsWith("text/plain");
        return page ? new WebDocument.Page(uri, readHead(header, response.body())) : new WebDocument.Other(uri);
    }

    /** Reads a page up to the end of its head. An incomplete page is used if it has a title. */
    private HtmlHead.Found readHead(@Nullable String contentType, InputStream body) throws IOException {
        HeadReader reader = new HeadReader(contentType, maxPageBytes);
        try {
            reader.readFrom(body);
        } catch (TransportInterruptedException e) {
            throw e;
        } catch (TransportException | IOException e) {
            HtmlHead.Found partial = reader.scan();
            if (partial.title() == null && partial.elements().isEmpty()) {
                throw e;
            }
            return partial;
        }
        return reader.scan();
    }

    private byte[] readImage(URI uri, TransportResponse response) throws IOException {
        // Larger files are never fitted.
        int max = (int) Math.min(maxImageBytes, ImagePreparer.MAX_FILE);
        byte[] bytes = response.body().readNBytes(max + 1);
        if (bytes.length > max) {
            throw failure(uri, 0, false, "the image has more than " + max + " bytes", null);
        }
        return bytes;
    }

    static LinkCardException failure(
            URI uri, int status, boolean retryable, @Nullable String reason, @Nullable Throwable cause) {
        String shown = Excerpt.line(uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath(), MAX_SHOWN);
        return new LinkCardException(uri, status, retryable, "failed to fetch " + shown + ": " + reason, cause);
    }
}
