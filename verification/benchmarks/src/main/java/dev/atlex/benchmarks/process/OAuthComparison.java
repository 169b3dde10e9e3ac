package dev.atlex.benchmarks.process;

import dev.atlex.benchmarks.report.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares the processor time of a call by OAuth with that of a call by password, for Atlex and for the TypeScript client,
 * in turns against one server. An OAuth client signs each call, so the signature is measured, too.
 */
final class OAuthComparison {
    /** A call may cost this much more than a call by password, without its signature. */
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
        String seconds = quick ? "1" : "3";
        try (Children.Server server = Children.Server.start(OAuthServer.class, folder.toString())) {
            try {
                workers.put(
                        ATLEX,
                        children.start(Children.java(
                                OAuthTurns.class, server.url(), folder.toString(), quick ? "8" : "20", seconds)));
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
        measured.forEach((name, value) ->
                results.add("OAuth, " + client + ": " + name, name.endsWith("bytes") ? "B" : "µs", value));
        double beyond = measured.get("oauth") - measured.get("signature");
        results.add("OAuth, " + client + ": oauth without signature", "µs", beyond);
        System.out.printf(
                "round %d, %s: signature %.1f µs, call by password %.1f µs, by OAuth %.1f µs%n",
                round, client, measured.get("signature"), measured.get("password"), measured.get("oauth"));
    }

    private static void ratios(Results results) {
        for (String client : List.of(ATLEX, TYPESCRIPT)) {
            String name = "OAuth, " + client + ": ";
            boolean ours = client.equals(ATLEX);
            results.atMost(
                    "processor time of a call by OAuth without its signature, against one by password, " + client,
                    name + "oauth without signature",
                    name + "password",
                    ours ? GOAL : Double.NaN);
            results.compare("the same with its signature, " + client, name + "oauth", name + "password");
        }
        results.compare(
                "processor time of a call by OAuth, against TypeScript",
                "OAuth, " + ATLEX + ": oauth",
                "OAuth, " + TYPESCRIPT + ": oauth");
        results.compare(
                "processor time of a call by password, against TypeScript",
                "OAuth, " + ATLEX + ": password",
                "OAuth, " + TYPESCRIPT + ": password");
        results.value("allocation of a call by OAuth", "OAuth, " + ATLEX + ": oauth bytes", true, Double.NaN);
        results.value("allocation of a signature", "OAuth, " + ATLEX + ": signature bytes", true, Double.NaN);
        results.value("allocation of a call by password", "OAuth, " + ATLEX + ": password bytes", true, Double.NaN);
    }
}
