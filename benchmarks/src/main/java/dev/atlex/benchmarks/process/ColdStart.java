package dev.atlex.benchmarks.process;

import dev.atlex.benchmarks.report.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From the shell to the answer: {@code atlex whoami} with a saved session, beside a script on the TypeScript packages. */
final class ColdStart {
    private static final String ATLEX = "atlex whoami, launcher";
    private static final String JAR = "atlex whoami, java -jar";
    private static final String SCRIPT = "the same, script on @atproto/lex";
    private static final String BARE = "the same, bare java.net.http";

    private final Children children;
    private final Path folder;
    private final String node;
    private final Path typescript;
    private final Path repository;

    ColdStart(Children children, Path folder, String node, Path typescript, Path repository) {
        this.children = children;
        this.folder = folder;
        this.node = node;
        this.typescript = typescript;
        this.repository = repository;
    }

    void run(String url, int times, Results results) throws IOException, InterruptedException {
        Path saved = folder.resolve("session.json");
        String access = Accounts.jwt(SideBySide.TOKEN_LIFETIME, "good");
        Files.writeString(saved, Accounts.saved(0, url, access, "refresh"));
        Map<String, List<String>> sides = new LinkedHashMap<>();
        Path target = repository.resolve("lex-cli").resolve("target");
        Path launcher =
                Path.of(System.getProperty("launcher", target.resolve("atlex").toString()));
        Path jar = target.resolve("atlex.jar");
        if (Files.isExecutable(launcher)) {
            addAtlex(sides, ATLEX, List.of(launcher.toString()), saved);
        }
        if (Files.exists(jar)) {
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            addAtlex(sides, JAR, List.of(java, "-jar", jar.toString()), saved);
        }
        if (!node.isEmpty()) {
            sides.put(SCRIPT, List.of(node, typescript.resolve("whoami.mjs").toString(), saved.toString()));
        }
        sides.put(BARE, Children.java(BareWhoami.class, url, access));
        for (int time = -2; time < times; time++) {
            for (Map.Entry<String, List<String>> side : sides.entrySet()) {
                double millis = children.time(side.getValue(), Accounts.did(0));
                if (time >= 0) { // before that, the files come from the disk, and the launcher makes what it keeps
                    results.add("cold start: " + side.getKey(), "ms", millis);
                }
            }
        }
        String best = sides.containsKey(ATLEX) ? ATLEX : JAR;
        results.atMost(
                "cold start, atlex whoami, against a script on the TypeScript package",
                "cold start: " + best,
                "cold start: " + SCRIPT,
                1.5);
        results.compare(
                "cold start, atlex whoami, against bare java.net.http", "cold start: " + best, "cold start: " + BARE);
    }

    /** Each has a store of its own. */
    private void addAtlex(Map<String, List<String>> sides, String side, List<String> command, Path saved)
            throws IOException, InterruptedException {
        Path store = folder.resolve("store-" + sides.size());
        children.output(with(command, store, "import", saved.toString()));
        sides.put(side, with(command, store, "whoami"));
    }

    private static List<String> with(List<String> command, Path store, String... args) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(args));
        all.add("--store");
        all.add(store.toString());
        return all;
    }
}
