package dev.atlex.benchmarks.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.atproto.server.GetSession;
import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.atlex.client.Agent;
import dev.atlex.client.Client;
import dev.atlex.client.transport.Transport;
import dev.atlex.crypto.P256PrivateKey;
import dev.atlex.oauth.OAuthSessionData;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionOptions;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Calls getSession with an OAuth session and with a password session in turns, and signs as many bytes as a proof has.
 * The calls go to an {@link OAuthServer}, which verifies them, and to a {@link CannedServer}, which doesn't, so that
 * the time spent waiting for the server is the same. There, a password call is also measured right after a
 * signature, as in an OAuth call. Prints a line when it has warmed up. Then, for each line of input, measures for
 * some seconds of processor time and prints a line of JSON with three numbers for each operation: the processor time of
 * this process, that of its threads without compilers and garbage collection, and the bytes that it allocates.
 *
 * <pre>
 * OAuthTurns URL CANNED_URL FOLDER WARMUP_SECONDS SECONDS
 * </pre>
 */
public final class OAuthTurns {
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /**
     * Turns are short, so that changes in the machine's speed affect all operations equally. All durations are
     * processor time.
     */
    private static final double SLICE_SECONDS = 0.05;

    /** Keeps the results alive, so that the compiler can't remove the work. */
    private static volatile Object sink;

    private OAuthTurns() {}

    /** What one operation has used so far. */
    private static final class Used {
        long count;
        long nanos;
        long threadNanos;
        long bytes;
    }

    public static void main(String[] args) throws Exception {
        Map<String, Callable<?>> operations = operations(args[0], args[1], Path.of(args[2]));
        long warm = PROCESS.getProcessCpuTime() + (long) (Double.parseDouble(args[3]) * 1e9);
        while (PROCESS.getProcessCpuTime() < warm) {
            run(operations, 1);
        }
        System.out.println("ready");
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        while (input.readLine() != null) {
            System.out.println(json(run(operations, Double.parseDouble(args[4]))));
        }
    }

    private static Map<String, Callable<?>> operations(String url, String canned, Path folder) throws Exception {
        String oauth = Files.readString(folder.resolve("java-oauth.json"));
        String password = Files.readString(folder.resolve("java-password.json"));
        P256PrivateKey key = P256PrivateKey.generate();
        byte[] signed = "x".repeat(520).getBytes(UTF_8);
        Map<String, Callable<?>> operations = new LinkedHashMap<>();
        operations.put("signature", () -> key.sign(signed));
        operations.put("password", call(password(password)));
        operations.put("oauth", call(oauth(oauth, url)));
        operations.put("canned password", call(password(password.replace(url, canned))));
        Callable<?> call = call(password(password.replace(url, canned)));
        operations.put("canned password with signature", () -> {
            sink = key.sign(signed);
            return call.call();
        });
        operations.put("canned oauth", call(oauth(oauth.replace(url, canned), url)));
        return operations;
    }

    private static Callable<?> call(Agent agent) {
        Client client = new Client(agent);
        return () -> client.call(GetSession.QUERY);
    }

    private static Agent oauth(String data, String plcUrl) {
        return OAuthServer.program(Transport.jdk(), URI.create(plcUrl)).importSession(OAuthSessionData.parse(data));
    }

    private static Agent password(String data) {
        return PasswordSession.of(SessionData.parse(data), SessionOptions.DEFAULTS);
    }

    private static Map<String, Used> run(Map<String, Callable<?>> operations, double seconds) throws Exception {
        Map<String, Used> all = new LinkedHashMap<>();
        operations.keySet().forEach(name -> all.put(name, new Used()));
        for (double rest = seconds; rest > 0; rest -= SLICE_SECONDS * operations.size()) {
            for (Map.Entry<String, Callable<?>> operation : operations.entrySet()) {
                slice(operation.getValue(), all.get(operation.getKey()));
            }
        }
        return all;
    }

    private static void slice(Callable<?> operation, Used used) throws Exception {
        long bytes = allocated();
        long threads = threadNanos();
        long cpu = PROCESS.getProcessCpuTime();
        long now = cpu;
        while (now - cpu < SLICE_SECONDS * 1e9) {
            sink = operation.call();
            used.count++;
            now = PROCESS.getProcessCpuTime();
        }
        used.nanos += now - cpu;
        used.threadNanos += threadNanos() - threads;
        used.bytes += allocated() - bytes;
    }

    private static long threadNanos() {
        long sum = 0;
        for (long nanos : THREADS.getThreadCpuTime(THREADS.getAllThreadIds())) {
            sum += Math.max(0, nanos);
        }
        return sum;
    }

    /** Returns the bytes that the threads of this process have allocated. The transport's threads live on. */
    private static long allocated() {
        long sum = 0;
        for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }

    private static String json(Map<String, Used> all) {
        List<String> members = new ArrayList<>();
        all.forEach((name, used) -> {
            members.add(String.format(Locale.ROOT, "\"%s\":%.3f", name, used.nanos / 1e3 / used.count));
            members.add(String.format(Locale.ROOT, "\"%s threads\":%.3f", name, used.threadNanos / 1e3 / used.count));
            members.add(String.format(Locale.ROOT, "\"%s bytes\":%.0f", name, used.bytes / (double) used.count));
        });
        return "{" + String.join(",", members) + "}";
    }
}
