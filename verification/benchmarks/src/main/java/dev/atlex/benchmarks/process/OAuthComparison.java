package dev.atlex.benchmarks.process;

import dev.atlex.benchmarks.report.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares the processor time of an OAuth call with that of a password call, for Atlex and for the TypeScript client,
 * in turns against one server. An OAuth client signs each call, so the signature is measured, too.
 */
final class OAuthComparison {
    /** A call may cost this much more than a password call, without its signature. */
    private static final double GOAL = 1.1;

    private static final String ATLEX = "Atlex";
    private static final String TYPESCRIPT = "@atproto/oauth-client-node";

    private final Children children;
    private final Path folder;
    private final String node;
    private final Path typescript;

    /** @param node the Node executable; if empty, the TypeScript side is skipped */
    OAuthComparison(Children children, Path folder, String node, Path typescript) {
        this.children = children;
        this.folder = folder;
        this.node = node;
        this.typescript = typescript;
    }

    void run(boolean quick, int rounds, Results results) throws IOException {
        Map<String, Children.Worker> workers = new LinkedHashMap<>();
        String seconds = quick ? "1" : "2";
        try (Children.Server server = Children.Server.start(OAuthServer.class, folder.toString());
                Children.Server canned = Children.Server.start(CannedServer.class)) {
            try {
                workers.put(
                        ATLEX,
                        children.start(Children.java(
                                OAuthTurns.class,
                                server.url(),
                                canned.url(),
                                folder.toString(),
                                quick ? "8" : "20",
                                seconds)));
                if (!node.isEmpty()) {
                    String script = typescript.resolve("oauth.mjs").toString();
                    workers.put(
                            TYPESCRIPT,
                            children.start(List.of(
                                    node, script, server.url(), folder.toString(), quick ? "3" : "8", seconds)));
                }
                for (int round = 1; round <= rounds; round++) {
                    for (Map.Entry<String, Children.Worker> worker : workers.entrySet()) {
                        add(worker.getKey(), worker.getValue().measure(), round, results);
                    }
                }
            } finally {
                workers.values().forEach(Children.Worker::close);
            }
        }
        ratios(results);
    }

    private static void add(String client, Map<String, Double> measured, int round, Results results) {
        String prefix = "OAuth, " + client + ": ";
        measured.forEach((name, value) -> results.add(prefix + name, name.endsWith("bytes") ? "B" : "µs", value));
        results.add(prefix + "oauth without signature", "µs", measured.get("oauth") - measured.get("signature"));
        if (measured.containsKey("canned oauth")) {
            double beyond =
                    measured.get("canned oauth threads") - measured.get("canned password with signature threads");
            results.add(
                    prefix + "canned oauth threads without signature",
                    "µs",
                    measured.get("canned password threads") + beyond);
        }
        System.out.printf("round %d, %s: %s%n", round, client, measured);
    }

    private static void ratios(Results results) {
        String ours = "OAuth, " + ATLEX + ": ";
        String theirs = "OAuth, " + TYPESCRIPT + ": ";
        results.atMost(
                "processor time of an OAuth call without its signature, against a password call",
                ours + "canned oauth threads without signature",
                ours + "canned password threads",
                GOAL);
        for (String client : List.of(ours, theirs)) {
            results.compare(
                    client + "processor time of an OAuth call, against a password call",
                    client + "oauth",
                    client + "password");
        }
        results.compare("processor time of an OAuth call, against TypeScript", ours + "oauth", theirs + "oauth");
        results.compare(
                "processor time of a password call, against TypeScript", ours + "password", theirs + "password");
        results.value("allocation of a signature", ours + "signature bytes", true, Double.NaN);
        results.value("allocation of a password call", ours + "canned password bytes", true, Double.NaN);
        results.value("allocation of an OAuth call", ours + "canned oauth bytes", true, Double.NaN);
    }
}
