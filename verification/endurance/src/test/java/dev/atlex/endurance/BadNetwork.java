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

/** Stands between a client and its server, and does to a share of the requests what networks and gateways do. */
final class BadNetwork implements AutoCloseable {
    /** What may happen to a request. */
    enum Mishap {
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

    private static final String PAGE = "<!doctype html><title>Sorry</title><p>This is not what you wanted.";

    private final ServerSocket server = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
    private final URI upstream;
    private final long stallMillis;
    private final Secrets secrets;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Map<Mishap, LongAdder> mishaps = new EnumMap<>(Mishap.class);
    private final LongAdder refreshMishaps = new LongAdder();
    private final AtomicInteger refreshes = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile double share;

    BadNetwork(URI upstream, long stallMillis, Secrets secrets) throws IOException {
        this.upstream = upstream;
        this.stallMillis = stallMillis;
        this.secrets = secrets;
        for (Mishap mishap : Mishap.values()) {
            mishaps.put(mishap, new LongAdder());
        }
        start(this::accept);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** From now on so many of the requests go wrong. */
    void share(double share) {
        this.share = share;
    }

    /** How many clients are connected. */
    int open() {
        return sockets.size();
    }

    Map<Mishap, LongAdder> mishaps() {
        return mishaps;
    }

    long refreshMishaps() {
        return refreshMishaps.sum();
    }

    private void start(Runnable task) {
        Thread thread = new Thread(task, "bad-network");
        thread.setDaemon(true);
        threads.removeIf(one -> !one.isAlive());
        threads.add(thread);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                client.setTcpNoDelay(true);
                sockets.add(client);
                Random random = new Random(connections.incrementAndGet());
                start(() -> serve(client, random));
            } catch (IOException e) {
                // Closed, or the client has gone.
            }
        }
    }

    private void serve(Socket client, Random random) {
        try (client;
                Socket beyond = new Socket(upstream.getHost(), upstream.getPort())) {
            beyond.setTcpNoDelay(true);
            InputStream requests = new BufferedInputStream(client.getInputStream());
            InputStream answers = new BufferedInputStream(beyond.getInputStream());
            for (byte[] request = message(requests); request != null; request = message(requests)) {
                boolean refresh = head(request).contains("refreshSession");
                // Of the few refreshes each fourth for certain, the first among them.
                boolean due = refresh && share > 0 && refreshes.getAndIncrement() % 4 == 0;
                Mishap mishap = due || random.nextDouble() < share ? pick(random) : null;
                if (mishap != null) {
                    mishaps.get(mishap).increment();
                    if (refresh) {
                        refreshMishaps.increment();
                    }
                }
                byte[] answer = answer(mishap, request, beyond, answers, random);
                if (answer == null) {
                    return;
                }
                client.getOutputStream().write(answer);
                client.getOutputStream().flush();
                if (mishap == Mishap.TRUNCATED) {
                    return;
                }
            }
        } catch (IOException e) {
            // One of the two has gone.
        } catch (InterruptedException e) {
            // The test is over.
        } finally {
            sockets.remove(client);
        }
    }

    /** Each alike, but a stall takes long. */
    private static Mishap pick(Random random) {
        Mishap mishap = Mishap.values()[random.nextInt(Mishap.values().length)];
        return mishap == Mishap.STALLED && random.nextInt(10) > 0 ? Mishap.DELAYED : mishap;
    }

    private byte[] answer(Mishap mishap, byte[] request, Socket beyond, InputStream answers, Random random)
            throws IOException, InterruptedException {
        if (mishap == null) {
            return ask(request, beyond, answers);
        }
        switch (mishap) {
            case DROPPED_BEFORE -> {
                return null;
            }
            case DROPPED_AFTER -> {
                ask(request, beyond, answers);
                return null;
            }
            case DELAYED -> TimeUnit.MILLISECONDS.sleep(20 + random.nextInt(200));
            case STALLED -> TimeUnit.MILLISECONDS.sleep(stallMillis);
            case TRUNCATED -> {
                byte[] whole = ask(request, beyond, answers);
                byte[] part = new byte[1 + random.nextInt(whole.length - 1)];
                System.arraycopy(whole, 0, part, 0, part.length);
                return part;
            }
            case DUPLICATED -> ask(request, beyond, answers);
            case ERROR_500 -> {
                return make(
                        500, "Internal Server Error", "application/json", "{\"error\":\"InternalServerError\"}", "");
            }
            case HTML_502 -> {
                return make(502, "Bad Gateway", "text/html", PAGE, "");
            }
            case ERROR_503 -> {
                return make(503, "Service Unavailable", "application/json", "{\"error\":\"NotNow\"}", "");
            }
            case LIMITED_429 -> {
                String wait = random.nextBoolean() ? "Retry-After: 1\r\n" : "";
                return make(429, "Too Many Requests", "application/json", "{\"error\":\"RateLimitExceeded\"}", wait);
            }
            case HTML_200 -> {
                return make(200, "OK", "text/html", PAGE, "");
            }
        }
        return ask(request, beyond, answers);
    }

    private static byte[] make(int status, String reason, String type, String body, String more) {
        return ("HTTP/1.1 " + status + " " + reason + "\r\nContent-Type: " + type + "\r\nContent-Length: "
                        + body.length() + "\r\n" + more + "\r\n" + body)
                .getBytes(ISO_8859_1);
    }

    private byte[] ask(byte[] request, Socket beyond, InputStream answers) throws IOException {
        beyond.getOutputStream().write(request);
        beyond.getOutputStream().flush();
        byte[] answer = message(answers);
        if (answer == null) {
            throw new IOException("the server has gone");
        }
        if (head(request).contains("/xrpc/com.atproto.server.")) {
            learn(answer);
        }
        return answer;
    }

    private void learn(byte[] answer) throws IOException {
        String head = head(answer);
        byte[] body = new byte[answer.length - head.length()];
        System.arraycopy(answer, head.length(), body, 0, body.length);
        if (head.toLowerCase(Locale.ROOT).contains("content-encoding: gzip")) {
            body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
        }
        secrets.learn(new String(body, UTF_8));
    }

    private static String head(byte[] message) {
        String text = new String(message, ISO_8859_1);
        return text.substring(0, text.indexOf("\r\n\r\n") + 4);
    }

    /** A request or an answer as it is, or null at the end. */
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
        server.close();
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
