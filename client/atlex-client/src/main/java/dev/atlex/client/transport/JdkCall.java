package dev.atlex.client.transport;

import dev.atlex.data.internal.Durations;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One call of {@link JdkTransport}, used once. It doesn't reference the client: the client keeps the last call of each
 * idle connection, and shuts down only when it becomes unreachable.
 */
final class JdkCall implements BodyHandler<BodyStream> {
    private static final Set<String> COMPRESSION_HEADERS = Set.of("content-encoding", "content-length");
    private static final Set<String> ENCODING_HEADER = Set.of("content-encoding");

    private final JdkSettings settings;
    /** The request without its body, because an idle connection keeps this object. */
    private final TransportRequest request;

    private @Nullable RequestBody body;
    private final long start = System.nanoTime();
    private final long deadline;
    private @Nullable StreamPublisher upload;
    private @Nullable BytesPublisher sent;
    private volatile @Nullable BodyStream download;

    private volatile boolean abandoned;

    /** @throws TransportTimeoutException if the request's deadline has passed */
    JdkCall(JdkSettings settings, TransportRequest request) {
        this.settings = settings;
        this.request = request.withoutBody();
        this.body = request.body();
        Duration left = request.deadline().left();
        if (left != null && left.isZero()) {
            throw Failures.noTimeLeft(request);
        }
        this.deadline = start + Durations.nanos(left == null ? settings.timeout() : left);
    }

    TransportResponse send(HttpClient client) {
        HttpRequest outgoing = outgoing();
        HttpResponse<BodyStream> response = null;
        try {
            response = exchange(client, outgoing);
        } finally {
            if (sent != null) {
                sent.forget();
            }
            if (response == null) {
                abandon();
            }
        }
        if (response.statusCode() == ProxyException.AUTHENTICATION_REQUIRED) {
            String proxy = settings.proxy(request.uri());
            if (proxy != null) {
                // If the proxy refuses a tunnel, the response has no body, not even an empty one.
                abandon();
                throw Failures.proxyAuthentication(
                        request, proxy, settings.hasProxyCredentials(request.uri()), response.statusCode());
            }
        }
        return incoming(response);
    }

    /**
     * Sends the request. {@code client.send} does as much work as possible on the calling thread, which makes a short
     * call several times faster. But it also looks up the host on that thread, without a time limit. So a call that may
     * have to wait for a lookup starts on another thread.
     */
    private HttpResponse<BodyStream> exchange(HttpClient client, HttpRequest outgoing) {
        try {
            return settings.lookups().isKnown(request.uri().getHost(), start)
                    ? client.send(outgoing, this)
                    : exchangeElsewhere(client, outgoing);
        } catch (InterruptedException e) {
            throw Failures.interrupted(request, e);
        } catch (IOException | RuntimeException e) {
            throw failed(e);
        }
    }

    private HttpResponse<BodyStream> exchangeElsewhere(HttpClient client, HttpRequest outgoing)
            throws InterruptedException {
        CompletableFuture<HttpResponse<BodyStream>> future =
                TransportThreads.starting(() -> client.sendAsync(outgoing, this));
        try {
            HttpResponse<BodyStream> response = future.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            settings.lookups().succeeded(request.uri().getHost(), start);
            return response;
        } catch (InterruptedException e) {
            future.cancel(true);
            throw e;
        } catch (TimeoutException e) {
            future.cancel(true);
            throw Failures.timeout(request, null);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw failed(e.getCause() == null ? e : e.getCause());
        }
    }

    private TransportException failed(Throwable cause) {
        if (cause instanceof TransportException own) {
            return own;
        }
        String proxy = settings.proxy(request.uri());
        TransportException refused = proxy == null
                ? null
                : Failures.byProxy(request, proxy, settings.hasProxyCredentials(request.uri()), cause);
        if (refused != null) {
            return refused;
        }
        Throwable uploadFailure = upload == null ? null : upload.failure();
        return uploadFailure == null
                ? Failures.beforeResponse(request, cause)
                : Failures.uploadFailed(request, uploadFailure, true);
    }

    private HttpRequest outgoing() {
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.uri()).timeout(Duration.ofNanos(deadline - start));
        request.headers().forEach(builder::header);
        if (request.headers().first("accept-encoding") == null) {
            builder.header("Accept-Encoding", "gzip");
        }
        if (request.headers().first("user-agent") == null) {
            builder.header("User-Agent", settings.userAgent());
        }
        String forProxy = settings.proxyAuthorization(request.uri());
        if (forProxy != null) {
            builder.setHeader("Proxy-Authorization", forProxy);
        }
        return request.method().equals("GET")
                ? builder.GET().build()
                : builder.POST(publisher()).build();
    }

    private BodyPublisher publisher() {
        RequestBody body = this.body;
        this.body = null;
        if (body == null || body instanceof RequestBodies.OfBytes empty && empty.bytes.length == 0) {
            return BodyPublishers.noBody();
        }
        if (body instanceof RequestBodies.OfBytes bytes) {
            BytesPublisher publisher = new BytesPublisher(bytes.bytes);
            sent = publisher;
            return publisher;
        }
        try {
            StreamPublisher publisher =
                    new StreamPublisher(body, body.contentLength().orElse(-1), TransportThreads.WAITERS);
            upload = publisher;
            return publisher;
        } catch (IOException e) {
            throw Failures.uploadFailed(request, e, false);
        }
    }

    @Override
    public BodySubscriber<BodyStream> apply(ResponseInfo info) {
        BodyStream stream = new BodyStream(request, deadline);
        download = stream;
        if (abandoned) {
            stream.close();
        }
        return stream;
    }

    private TransportResponse incoming(HttpResponse<BodyStream> response) {
        List<String> encodings = codings(response.headers().allValues("content-encoding"));
        boolean gzip = encodings.size() == 1 && isGzip(encodings.get(0));
        // The headers keep unsupported codings, so that the caller can report them.
        Set<String> undone = gzip ? COMPRESSION_HEADERS : encodings.isEmpty() ? ENCODING_HEADER : Set.of();
        long announced = TransportResponse.contentLength(
                response.headers().firstValue("content-length").orElse(null));
        return TransportResponse.of(
                response.statusCode(),
                HttpHeaders.received(response.headers().map(), undone),
                new ResponseBody(request, response.body(), gzip, response.statusCode() >= 400, announced, upload));
    }

    /** Returns the codings of all headers in order, without {@code identity}. */
    private static List<String> codings(List<String> headers) {
        return headers.stream()
                .flatMap(header -> Stream.of(header.split(",")))
                .map(String::strip)
                .filter(coding -> !coding.isEmpty() && !coding.equalsIgnoreCase("identity"))
                .toList();
    }

    private static boolean isGzip(String encoding) {
        return encoding.equalsIgnoreCase("gzip") || encoding.equalsIgnoreCase("x-gzip");
    }

    /** Discards a response that may still arrive, because an unread response would block its connection. */
    private void abandon() {
        abandoned = true;
        BodyStream stream = download;
        if (stream != null) {
            stream.close();
        }
        if (upload != null) {
            upload.close();
        }
    }
}
