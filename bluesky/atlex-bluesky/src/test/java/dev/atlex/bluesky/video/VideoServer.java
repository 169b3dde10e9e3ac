package dev.atlex.bluesky.video;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A video service with scripted responses, which are returned in turn; the last one repeats. */
final class VideoServer implements AutoCloseable {
    static final String BLOB = """
            {"$type":"blob","ref":{"$link":"bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku"},\
            "mimeType":"video/mp4","size":12345}""";

    /** A received request. */
    record Seen(
            String method,
            @Nullable String query,
            @Nullable String token,
            @Nullable String type,
            long bytes) {
        /** Returns the claims in the token. */
        LexMap claims() {
            String payload = String.valueOf(token).split("\\.")[1];
            return (LexMap) LexValue.parseJson(new String(Base64.getUrlDecoder().decode(payload), UTF_8));
        }
    }

    private record Reply(int status, String json) {}

    final List<Seen> requests = new ArrayList<>();

    /** The number of bytes received in request bodies. */
    final AtomicLong received = new AtomicLong();

    private final Deque<Reply> limits = new ArrayDeque<>();
    private final Deque<Reply> uploads = new ArrayDeque<>();
    private final Deque<Reply> jobs = new ArrayDeque<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    VideoServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/xrpc/app.bsky.video.getUploadLimits", exchange -> reply(exchange, limits));
        server.createContext("/xrpc/app.bsky.video.uploadVideo", exchange -> reply(exchange, uploads));
        server.createContext("/xrpc/app.bsky.video.getJobStatus", exchange -> reply(exchange, jobs));
        server.start();
        limits(200, "{'canUpload':true,'remainingDailyVideos':25,'remainingDailyBytes':1000000000}");
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Replaces the response about upload limits. */
    VideoServer limits(int status, String json) {
        limits.clear();
        return add(limits, status, json);
    }

    VideoServer upload(int status, String json) {
        return add(uploads, status, json);
    }

    VideoServer job(int status, String json) {
        return add(jobs, status, json);
    }

    /** Adds a status for the job {@code j1}. */
    VideoServer job(String state, String otherFields) {
        return job(200, "{'jobStatus':" + status(state, otherFields) + "}");
    }

    static String status(String state, String otherFields) {
        return "{'jobId':'j1','did':'did:web:localhost','state':'" + state + "'" + otherFields + "}";
    }

    private VideoServer add(Deque<Reply> replies, int status, String json) {
        synchronized (requests) {
            replies.add(new Reply(status, json.replace('\'', '"')));
        }
        return this;
    }

    List<Seen> seen(String method) {
        synchronized (requests) {
            return requests.stream().filter(r -> r.method().equals(method)).toList();
        }
    }

    private void reply(HttpExchange exchange, Deque<Reply> replies) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            long bytes = drain(exchange.getRequestBody());
            String authorization = exchange.getRequestHeaders().getFirst("authorization");
            Reply reply;
            synchronized (requests) {
                requests.add(new Seen(
                        path.substring(path.lastIndexOf('.') + 1),
                        exchange.getRequestURI().getRawQuery(),
                        authorization == null ? null : authorization.substring("Bearer ".length()),
                        exchange.getRequestHeaders().getFirst("content-type"),
                        bytes));
                reply = replies.size() > 1 ? replies.remove() : replies.element();
            }
            byte[] body = reply.json().getBytes(UTF_8);
            exchange.getResponseHeaders().set("content-type", "application/json");
            exchange.sendResponseHeaders(reply.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private long drain(InputStream body) throws IOException {
        byte[] buffer = new byte[64 << 10];
        long total = 0;
        while (true) {
            int count = body.read(buffer);
            if (count < 0) {
                return total;
            }
            total += count;
            received.addAndGet(count);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
