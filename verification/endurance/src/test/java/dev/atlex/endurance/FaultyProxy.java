package dev.atlex.endurance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.GZIPInputStream;

/** A proxy that breaks a share of the requests in the ways that networks and gateways do. */
final class FaultyProxy implements AutoCloseable {
    /** The kinds of fault. */
    enum NetworkFault {
        DROPPED_BEFORE,
        DROPPED_AFTER,
        DELAYED,
        STALLED,
        TRUNCATED,
        DUPLICATED,
        ERROR_500,
        HTML_502,
        ERROR_503,
        LIMITED_429,
        HTML_200
    }

    private static final String PAGE = "<!doctype html><title>Sorry</title><p>Try again later.";

    private final ServerSocket listener = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
    private final URI upstream;
    private final long stallMillis;
    private final Secrets secrets;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Map<NetworkFault, LongAdder> faults = new EnumMap<>(NetworkFault.class);
    private final LongAdder refreshFaults = new LongAdder();
    private final AtomicInteger refreshes = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile double share;

    FaultyProxy(URI upstream, long stallMillis, Secrets secrets) throws IOException {
        this.upstream = upstream;
        this.stallMillis = stallMillis;
        this.secrets = secrets;
        for (NetworkFault fault : NetworkFault.values()) {
            faults.put(fault, new LongAdder());
        }
        start(this::accept);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** Sets the share of requests that fail from now on, from 0 to 1. */
    void share(double share) {
        this.share = share;
    }

    /** Returns the number of connected clients. */
    int open() {
        return sockets.size();
    }

    Map<NetworkFault, LongAdder> faults() {
        return faults;
    }

    long refreshFaults() {
        return refreshFaults.sum();
    }

    private void start(Runnable task) {
        Thread thread = new Thread(task, "faulty-proxy");
        thread.setDaemon(true);
        threads.removeIf(one -> !one.isAlive());
        threads.add(thread);
        thread.start();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                client.setTcpNoDelay(true);
                sockets.add(client);
                Random random = new Random(Scale.SEED + connections.incrementAndGet());
                start(() -> serve(client, random));
            } catch (IOException e) {
                // The proxy was closed, or the client disconnected.
            }
        }
    }

    private void serve(Socket client, Random random) {
        try (client;
                Socket server = new Socket(upstream.getHost(), upstream.getPort())) {
            server.setTcpNoDelay(true);
            InputStream requests = new BufferedInputStream(client.getInputStream());
            InputStream responses = new BufferedInputStream(server.getInputStream());
            for (byte[] request = message(requests); request != null; request = message(requests)) {
                boolean refresh = head(request).contains("refreshSession");
                // There are few refreshes, so every fourth one always fails, starting with the first.
                boolean forced = refresh && share > 0 && refreshes.getAndIncrement() % 4 == 0;
                NetworkFault fault = forced || random.nextDouble() < share ? pick(random) : null;
                if (fault != null) {
                    faults.get(fault).increment();
                    if (refresh) {
                        refreshFaults.increment();
                    }
                }
                byte[] response = respond(fault, request, server, responses, random);
                if (response == null) {
                    return;
                }
                client.getOutputStream().write(response);
                client.getOutputStream().flush();
                if (fault == NetworkFault.TRUNCATED) {
                    return;
                }
            }
        } catch (IOException e) {
            // The client or the server disconnected.
        } catch (InterruptedException e) {
            // The test is over.
        } finally {
            sockets.remove(client);
        }
    }

    /** Picks a fault. All are equally likely except stalls, which take long. */
    private static NetworkFault pick(Random random) {
        NetworkFault fault = NetworkFault.values()[random.nextInt(NetworkFault.values().length)];
        return fault == NetworkFault.STALLED && random.nextInt(10) > 0 ? NetworkFault.DELAYED : fault;
    }

    private byte[] respond(NetworkFault fault, byte[] request, Socket server, InputStream responses, Random random)
            throws IOException, InterruptedException {
        if (fault == null) {
            return forward(request, server, responses);
        }
        switch (fault) {
            case DROPPED_BEFORE -> {
                return null;
            }
            case DROPPED_AFTER -> {
                forward(request, server, responses);
                return null;
            }
            case DELAYED -> TimeUnit.MILLISECONDS.sleep(20 + random.nextInt(200));
            case STALLED -> TimeUnit.MILLISECONDS.sleep(stallMillis);
            case TRUNCATED -> {
                byte[] whole = forward(request, server, responses);
                byte[] part = new byte[1 + random.nextInt(whole.length - 1)];
                System.arraycopy(whole, 0, part, 0, part.length);
                return part;
            }
            case DUPLICATED -> forward(request, server, responses);
            case ERROR_500 -> {
                return response(
                        500, "Internal Server Error", "application/json", "{\"error\":\"InternalServerError\"}", "");
            }
            case HTML_502 -> {
                return response(502, "Bad Gateway", "text/html", PAGE, "");
            }
            case ERROR_503 -> {
                return response(503, "Service Unavailable", "application/json", "{\"error\":\"NotNow\"}", "");
            }
            case LIMITED_429 -> {
                String wait = random.nextBoolean() ? "Retry-After: 1\r\n" : "";
                return response(
                        429, "Too Many Requests", "application/json", "{\"error\":\"RateLimitExceeded\"}", wait);
            }
            case HTML_200 -> {
                return response(200, "OK", "text/html", PAGE, "");
            }
        }
        return forward(request, server, responses);
    }

    private static byte[] response(int status, String reason, String type, String body, String more) {
        return ("HTTP/1.1 " + status + " " + reason + "\r\nContent-Type: " + type + "\r\nContent-Length: "
                        + body.length() + "\r\n" + more + "\r\n" + body)
                .getBytes(ISO_8859_1);
    }

    private byte[] forward(byte[] request, Socket server, InputStream responses) throws IOException {
        server.getOutputStream().write(request);
        server.getOutputStream().flush();
        byte[] response = message(responses);
        if (response == null) {
            throw new IOException("the server closed the connection");
        }
        if (head(request).contains("/xrpc/com.atproto.server.")) {
            remember(response);
        }
        return response;
    }

    private void remember(byte[] response) throws IOException {
        String head = head(response);
        byte[] body = new byte[response.length - head.length()];
        System.arraycopy(response, head.length(), body, 0, body.length);
        if (head.toLowerCase(Locale.ROOT).contains("content-encoding: gzip")) {
            body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
        }
        secrets.remember(new String(body, UTF_8));
    }

    private static String head(byte[] message) {
        String text = new String(message, ISO_8859_1);
        return text.substring(0, text.indexOf("\r\n\r\n") + 4);
    }

    /** Reads a request or a response. Returns null at the end of the stream. */
    private static byte[] message(InputStream in) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        long length = 0;
        boolean chunked = false;
        while (true) {
            String line = line(in, message);
            if (line == null) {
                return null;
            }
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(lower.substring(15).strip());
            }
            chunked |= lower.startsWith("transfer-encoding:");
            if (line.isEmpty()) {
                break;
            }
        }
        if (!chunked) {
            message.write(in.readNBytes((int) length));
            return message.toByteArray();
        }
        for (long size = -1; size != 0; ) {
            String line = line(in, message);
            if (line == null) {
                return null;
            }
            size = Long.parseLong(line, 16);
            message.write(in.readNBytes((int) size));
            line(in, message);
        }
        return message.toByteArray();
    }

    private static String line(InputStream in, ByteArrayOutputStream copy) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            copy.write(c);
            if (c == '\n') {
                return line.toString();
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        for (Thread thread : threads) {
            thread.interrupt();
            try {
                thread.join(10_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
