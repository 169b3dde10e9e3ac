package dev.atlex.benchmarks.process;

import dev.atlex.benchmarks.report.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures how many calls per second each client makes, with one caller and with many. All clients are started and
 * warmed up first. Then they take turns of a few seconds, round after round, so that changes in the machine's load
 * affect all of them equally.
 */
final class Throughput {
    private static final String DEFAULT_TRACES = "@atproto/lex";
    private static final String NO_TRACES = "@atproto/lex, stack traces off";
    private static final int MANY = 32;

    private final Children children;
    private final String node;
    private final Path typescript;
    private final boolean quick;
    private final boolean everything;
    private final int rounds;

    /** @param node the Node executable; if empty, the TypeScript side is skipped */
    Throughput(Children children, String node, Path typescript, boolean quick, boolean everything, int rounds) {
        this.children = children;
        this.node = node;
        this.typescript = typescript;
        this.quick = quick;
        this.everything = everything;
        this.rounds = rounds;
    }

    void run(String url, Results results) throws IOException, InterruptedException {
        for (int callers : everything ? List.of(1, MANY) : List.of(MANY)) {
            Map<String, Children.Worker> workers = new LinkedHashMap<>();
            try {
                for (Map.Entry<String, List<String>> side : sides(url, callers).entrySet()) {
                    workers.put(callers + " callers: " + side.getKey(), children.start(side.getValue()));
                }
                for (int round = 1; round <= rounds; round++) {
                    for (Map.Entry<String, Children.Worker> worker : workers.entrySet()) {
                        measure(worker.getKey(), worker.getValue(), round, results);
                    }
                }
            } finally {
                workers.values().forEach(Children.Worker::close);
            }
            ratios(callers, results);
        }
    }

    private static void measure(String name, Children.Worker worker, int round, Results results) throws IOException {
        Map<String, Double> measured = worker.measure();
        results.add(name, "calls/s", measured.get("perSecond"));
        results.add(name + ", p50", "ms", measured.get("p50"));
        results.add(name + ", p99", "ms", measured.get("p99"));
        System.out.printf("round %d, %s: %.0f calls/s%n", round, name, measured.get("perSecond"));
    }

    /** Returns the command of each client. */
    private Map<String, List<String>> sides(String url, int callers) {
        // Compiling a client and java.net.http takes 20 s of processor time, so the warmup is long.
        String warmup = quick ? "8" : "24";
        String seconds = quick ? "1" : "2";
        String many = Integer.toString(callers);
        Map<String, List<String>> sides = new LinkedHashMap<>();
        sides.put("Atlex, checked", Children.java(Load.class, url, "checked", many, warmup, seconds));
        sides.put("java.net.http + token scan", Children.java(Load.class, url, "raw", many, warmup, seconds));
        sides.put("java.net.http + untyped tree", Children.java(Load.class, url, "tree", many, warmup, seconds));
        if (everything) {
            sides.put("Atlex, unchecked", Children.java(Load.class, url, "unchecked", many, warmup, seconds));
            sides.put("java.net.http", Children.java(Load.class, url, "bytes", many, warmup, seconds));
        }
        if (!node.isEmpty()) {
            String script = typescript.resolve("load.mjs").toString();
            String shorter = quick ? "3" : "8"; // V8 compiles faster
            sides.put(DEFAULT_TRACES + ", checked", List.of(node, script, url, "checked", many, shorter, seconds));
            sides.put(
                    NO_TRACES + ", checked",
                    List.of(node, "--stack-trace-limit=0", script, url, "checked", many, shorter, seconds));
            sides.put(DEFAULT_TRACES + ", unchecked", List.of(node, script, url, "unchecked", many, shorter, seconds));
            if (everything) {
                sides.put("fetch + JSON.parse", List.of(node, script, url, "parse", many, shorter, seconds));
            }
        }
        return sides;
    }

    private static void ratios(int callers, Results results) {
        String prefix = callers + " callers: ";
        String atlex = prefix + "Atlex, checked";
        boolean goal = callers == MANY;
        String what = "calls a second, " + callers + " callers, checked, against ";
        results.atLeast(what + "TypeScript", atlex, prefix + DEFAULT_TRACES + ", checked", goal ? 60 : Double.NaN);
        results.atLeast(
                what + "TypeScript, stack traces off", atlex, prefix + NO_TRACES + ", checked", goal ? 25 : Double.NaN);
        results.atLeast(
                what + "TypeScript unchecked", atlex, prefix + DEFAULT_TRACES + ", unchecked", goal ? 6 : Double.NaN);
        results.atLeast(
                what + "raw HttpClient + token scan",
                atlex,
                prefix + "java.net.http + token scan",
                goal ? 0.8 : Double.NaN);
        results.atLeast(
                what + "raw HttpClient + untyped tree, unchecked",
                atlex,
                prefix + "java.net.http + untyped tree",
                Double.NaN);
    }
}
