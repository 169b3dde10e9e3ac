package dev.atlex.benchmarks.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import app.bsky.feed.GetTimeline;
import dev.atlex.benchmarks.peer.TokenScan;
import dev.atlex.benchmarks.peer.UntypedTree;
import dev.atlex.client.Client;
import dev.atlex.client.ServiceAgent;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/**
 * Calls getTimeline repeatedly from several threads. Prints a line when it has warmed up. Then, for each line of input,
 * measures for some seconds and prints the result as a line of JSON:
 *
 * <pre>
 * Load URL MODE CALLERS WARMUP_SECONDS SECONDS
 * </pre>
 *
 * <p>Modes: {@code checked} is the client's default. {@code unchecked} uses {@code validateResponse(false)}. {@code raw} uses
 * {@link HttpClient} and scans the body for tokens. {@code bytes} omits the scan. {@code tree} builds an untyped tree from
 * the tokens without checks.
 */
public final class Load {
    private Load() {}

    public static void main(String[] args) throws Exception {
        Callable<?> call = call(args[0], args[1]);
        int callers = Integer.parseInt(args[2]);
        double warmup = Double.parseDouble(args[3]);
        double seconds = Double.parseDouble(args[4]);
        // Warm up with a single caller first, because the JVM compiles slowly while many callers keep the machine busy.
        run(call, 1, warmup / 2);
        run(call, callers, warmup / 2);
        System.out.println("ready");
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        while (input.readLine() != null) {
            long start = System.nanoTime();
            long[] nanos = run(call, callers, seconds);
            print(nanos, (System.nanoTime() - start) / 1e9);
        }
    }

    private static void print(long[] nanos, double took) {
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "{\"perSecond\":%.2f,\"p50\":%.3f,\"p99\":%.3f,\"calls\":%d}%n",
                nanos.length / took,
                nanos[nanos.length / 2] / 1e6,
                nanos[(int) (nanos.length * 0.99)] / 1e6,
                nanos.length);
    }

    private static Callable<?> call(String url, String mode) {
        URI service = URI.create(url);
        switch (mode) {
            case "checked", "unchecked" -> {
                Client client = new Client(ServiceAgent.builder(service).build())
                        .with(options -> options.validateResponse(mode.equals("checked")));
                return () -> client.call(GetTimeline.QUERY, params -> params.limit(50L));
            }
            case "raw", "bytes", "tree" -> {
                HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                HttpRequest request = HttpRequest.newBuilder(
                                service.resolve("/xrpc/app.bsky.feed.getTimeline?limit=50"))
                        .build();
                return () -> {
                    byte[] body =
                            client.send(request, BodyHandlers.ofByteArray()).body();
                    return switch (mode) {
                        case "raw" -> TokenScan.scan(body);
                        case "tree" -> UntypedTree.parse(body);
                        default -> body.length;
                    };
                };
            }
            default -> throw new IllegalArgumentException("unknown mode: " + mode);
        }
    }

    /** Returns the duration of each call. */
    private static long[] run(Callable<?> call, int callers, double seconds) throws Exception {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        List<Caller> all = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            Caller caller = new Caller(call, end);
            all.add(caller);
            caller.start();
        }
        long[] nanos = new long[0];
        for (Caller caller : all) {
            caller.join();
            if (caller.failure != null) {
                throw caller.failure;
            }
            int had = nanos.length;
            nanos = Arrays.copyOf(nanos, had + caller.count);
            System.arraycopy(caller.nanos, 0, nanos, had, caller.count);
        }
        return nanos;
    }

    private static final class Caller extends Thread {
        private final Callable<?> call;
        private final long end;
        private long[] nanos = new long[1024];
        private int count;
        private Exception failure;

        Caller(Callable<?> call, long end) {
            this.call = call;
            this.end = end;
        }

        @Override
        public void run() {
            try {
                for (long now = System.nanoTime(); now < end; ) {
                    if (call.call() == null) {
                        throw new IllegalStateException("no response");
                    }
                    long then = System.nanoTime();
                    if (count == nanos.length) {
                        nanos = Arrays.copyOf(nanos, count * 2);
                    }
                    nanos[count++] = then - now;
                    now = then;
                }
            } catch (Exception e) {
                failure = e;
            }
        }
    }
}
