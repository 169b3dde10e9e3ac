package dev.atlex.benchmarks.process;

import com.atproto.server.GetSession;
import dev.atlex.client.Client;
import dev.atlex.client.transport.JdkTransport;
import dev.atlex.client.transport.Transport;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Makes calls with one session from many threads at once, and prints the time until the last response as a line of
 * JSON:
 *
 * <pre>
 * Waiting URL TOKEN CALLS
 * </pre>
 *
 * <p>The token is {@code good}, {@code expired} according to its own claims, or {@code refused}, which means that only
 * the server treats it as expired. In all three cases, the calls share 64 connections, which are the bottleneck rather
 * than the client. Connections and code are warmed up with a good token.
 */
public final class Waiting {
    private static final int CONNECTIONS = 64;
    private static final int STACK = 192 << 10;

    private Waiting() {}

    public static void main(String[] args) throws Exception {
        String url = args[0];
        int calls = Integer.parseInt(args[2]);
        Transport jdk = JdkTransport.builder().build();
        Semaphore permits = new Semaphore(CONNECTIONS);
        Transport transport = request -> {
            permits.acquireUninterruptibly();
            try {
                return jdk.send(request);
            } finally {
                permits.release();
            }
        };
        // Loads classes, compiles code and opens connections. The measured session starts from scratch.
        for (int i = 0; i < 3; i++) {
            run(session(url, "good", transport), calls / 5 + 1);
        }
        send(url, "POST", "/reset");
        double millis = run(session(url, args[1], transport), calls);
        String counts = send(url, "GET", "/counts");
        System.out.printf(Locale.ROOT, "{\"millis\":%.2f,%s%n", millis, counts.substring(1));
    }

    private static Client session(String url, String token, Transport transport) {
        String access = switch (token) {
            case "good" -> Accounts.jwt(Duration.ofHours(2), "good");
            case "expired" -> Accounts.jwt(Duration.ofHours(-1), CannedServer.EXPIRED);
            case "refused" -> Accounts.jwt(Duration.ofHours(2), CannedServer.EXPIRED);
            default -> throw new IllegalArgumentException("unknown token: " + token);
        };
        SessionData data = SessionData.parse(Accounts.saved(0, url, access, "refresh"));
        return new Client(PasswordSession.of(data, SessionOptions.of(options -> options.transport(transport))));
    }

    private static double run(Client client, int calls) throws Exception {
        CountDownLatch ready = new CountDownLatch(calls);
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch responses = new CountDownLatch(calls);
        CountDownLatch end = new CountDownLatch(1);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            Thread thread = new Thread(
                    null,
                    () -> {
                        try {
                            ready.countDown();
                            go.await();
                            try {
                                client.call(GetSession.QUERY);
                            } finally {
                                responses.countDown();
                            }
                            // With thousands of threads, ending one of them takes the JVM nearly as long as a call.
                            end.await();
                        } catch (Throwable e) {
                            failure.compareAndSet(null, e);
                        }
                    },
                    "caller",
                    STACK);
            threads.add(thread);
            thread.start();
        }
        ready.await();
        long start = System.nanoTime();
        go.countDown();
        responses.await();
        double millis = (System.nanoTime() - start) / 1e6;
        end.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        if (failure.get() != null) {
            throw new IllegalStateException("a call failed", failure.get());
        }
        return millis;
    }

    private static String send(String url, String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
