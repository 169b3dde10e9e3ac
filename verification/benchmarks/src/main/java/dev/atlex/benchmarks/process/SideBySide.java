package dev.atlex.benchmarks.process;

import dev.atlex.benchmarks.report.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Compares whole processes: calls per second, waiting for a token, calls with OAuth, cold start, memory, jar
 * sizes. {@code side-by-side.sh} builds everything and runs it. Writes {@code side-by-side.json}.
 *
 * <pre>
 * SideBySide [--quick] [--goals] [--rounds=N] [--only=calls,waiting,oauth,cold,heap,jars]
 * </pre>
 *
 * <p>{@code --goals} skips calls without a goal. {@code --rounds} applies to the calls per second, to the 10,000
 * waiting calls and to the calls with OAuth.
 *
 * <p>The system properties {@code node} and {@code typescript} name Node and the folder of its scripts. Without them, the
 * TypeScript side is skipped. {@code repository} is the root folder of the project.
 */
public final class SideBySide {
    private static final int WAITING_CALLS = 10_000;
    private static final int HEAP_SESSIONS = 10_000;

    private final boolean quick;
    private final boolean everything;
    private final int rounds;
    private final String node = System.getProperty("node", "");
    private final Path typescript = Path.of(System.getProperty("typescript", ""));
    private final Path repository = Path.of(System.getProperty("repository", ".."));
    private final Path folder = Results.folder().toAbsolutePath().resolve("work");
    private final Children children = new Children(folder);
    private final Results results = new Results("side-by-side");

    private SideBySide(boolean quick, boolean everything, int rounds) {
        this.quick = quick;
        this.everything = everything;
        this.rounds = rounds;
    }

    public static void main(String[] args) throws Exception {
        boolean quick = List.of(args).contains("--quick");
        int rounds = quick ? 2 : 7;
        List<String> only = List.of("calls", "waiting", "oauth", "cold", "heap", "jars");
        for (String arg : args) {
            if (arg.startsWith("--rounds=")) {
                rounds = Integer.parseInt(arg.substring("--rounds=".length()));
            } else if (arg.startsWith("--only=")) {
                only = List.of(arg.substring("--only=".length()).split(","));
            }
        }
        new SideBySide(quick, !quick && !List.of(args).contains("--goals"), rounds).run(only);
    }

    private void run(List<String> only) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        results.fact("rounds", rounds);
        if (!node.isEmpty()) {
            results.fact("node", children.output(List.of(node, "--version")).strip());
        }
        try (Children.Server server = Children.Server.start(CannedServer.class)) {
            if (only.contains("calls")) {
                new Throughput(children, node, typescript, quick, everything, rounds).run(server.url(), results);
            }
            if (only.contains("waiting")) {
                waiting(server.url());
            }
            if (only.contains("cold")) {
                new ColdStart(children, folder, node, typescript, repository)
                        .run(server.url(), quick ? 5 : 25, results);
            }
        }
        if (only.contains("oauth")) {
            new OAuthComparison(children, folder, node, typescript).run(quick, rounds, results);
        }
        if (only.contains("heap")) {
            heap();
        }
        if (only.contains("jars")) {
            jars();
        }
        results.print();
        results.save();
    }

    private void waiting(String url) throws IOException, InterruptedException {
        String calls = Integer.toString(WAITING_CALLS);
        for (int round = 0; round < (quick ? 1 : Math.max(3, rounds)); round++) {
            for (String token : List.of("good", "expired", "refused")) {
                Map<String, Double> measured = children.measure(Children.java(Waiting.class, url, token, calls));
                String name = "10,000 calls, token " + token;
                System.out.printf("round %d, %s: %.0f ms%n", round + 1, name, measured.get("millis"));
                results.add(name, "ms", measured.get("millis"));
                results.add(name + ": refreshes", "", measured.get("refreshes"));
                results.add(name + ": refused calls", "", measured.get("refusals"));
            }
        }
        for (String token : List.of("expired", "refused")) {
            String name = "10,000 calls, token " + token;
            results.value(name + ": refreshes", name + ": refreshes", true, 1);
            results.atMost(name + ", until the last, against a good one", name, "10,000 calls, token good", 1.2);
        }
    }

    private void heap() throws IOException, InterruptedException {
        for (int round = 0; round < (quick ? 1 : 3); round++) {
            Map<String, Double> measured = children.measure(Children.java(Heap.class, Integer.toString(HEAP_SESSIONS)));
            results.add("idle session", "B", measured.get("bytes"));
            results.add("idle session beyond its tokens", "B", measured.get("beyond"));
        }
        results.value("heap of an idle session beyond its tokens", "idle session beyond its tokens", true, 4096);
    }

    /**
     * Measures the jars that a program needs to sign in and call com.atproto. Their only other dependency is jspecify.
     */
    private void jars() throws IOException {
        List<String> needed = List.of(
                "core/atlex-data",
                "core/atlex-schema",
                "lexicons/atlex-lexicons-atproto",
                "client/atlex-client",
                "client/atlex-identity",
                "session/atlex-session");
        List<Path> jars = new ArrayList<>();
        for (String module : needed) {
            try (Stream<Path> files = Files.list(repository.resolve(module).resolve("target"))) {
                String name = module.replaceAll(".*/", "");
                files.filter(file -> file.getFileName().toString().matches(name + "-[0-9][^-]*(-SNAPSHOT)?\\.jar"))
                        .forEach(jars::add);
            }
        }
        if (jars.size() != needed.size()) {
            throw new IOException("expected one jar of each of " + needed + " (got " + jars + ")");
        }
        double all = 0;
        for (Path jar : jars) {
            double size = Files.size(jar) / 1e6;
            all += size;
            results.add("jar " + jar.getFileName().toString().replaceAll("-[0-9].*", ""), "MB", size);
        }
        results.add("jars to sign in and call com.atproto", "MB", all);
        results.value("jars to sign in and call com.atproto", "jars to sign in and call com.atproto", true, 2.0);
    }

    /** The lifetime of the access tokens, which is longer than any measurement. */
    static final Duration TOKEN_LIFETIME = Duration.ofHours(2);
}
