package dev.atlex.benchmarks.process;

import dev.atlex.benchmarks.report.Results;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * From the shell to the end: {@code atlex whoami} with a saved session, beside a script on the TypeScript packages. The
 * property {@code jdks} has the homes of the JDKs to measure, like a path; without, it is the JDK of this JVM.
 */
final class ColdStart {
    private static final String PREFIX = "cold start: ";
    private static final String SCRIPT = PREFIX + "the same, script on @atproto/lex";
    private static final int ARCHIVE_SECONDS = 300;

    private final Children children;
    private final Path folder;
    private final String node;
    private final Path typescript;
    private final Path target;

    /** One of those that take turns. */
    private record Side(String name, List<String> command, Map<String, String> environment) {}

    private final List<Side> sides = new ArrayList<>();

    ColdStart(Children children, Path folder, String node, Path typescript, Path repository) {
        this.children = children;
        this.folder = folder;
        this.node = node;
        this.typescript = typescript;
        this.target = repository.resolve("cli/atlex-cli/target");
    }

    void run(String url, int times, Results results) throws IOException, InterruptedException {
        Path saved = folder.resolve("session.json");
        String access = Accounts.jwt(SideBySide.TOKEN_LIFETIME, "good");
        Files.writeString(saved, Accounts.saved(0, url, access, "refresh"));
        Map<String, Path> jdks = jdks();
        for (Map.Entry<String, Path> jdk : jdks.entrySet()) {
            addJdk(jdk.getKey(), jdk.getValue(), saved, List.of(url, access));
        }
        if (!node.isEmpty()) {
            String script = typescript.resolve("whoami.mjs").toString();
            sides.add(new Side(SCRIPT, List.of(node, script, saved.toString()), Map.of()));
        }
        for (int time = -2; time < times; time++) {
            for (Side side : sides) {
                double millis = children.time(side.command(), side.environment(), Accounts.did(0));
                if (time >= 0) { // before that, the files come from the disk
                    results.add(side.name(), "ms", millis);
                }
            }
        }
        for (String jdk : jdks.keySet()) {
            results.atMost(
                    "cold start, atlex whoami on " + jdk + ", against a script on the TypeScript package",
                    launched(jdk),
                    SCRIPT,
                    1.5);
            results.compare(
                    "cold start, atlex whoami on " + jdk + ", against bare java.net.http", launched(jdk), bare(jdk));
        }
    }

    private static String launched(String jdk) {
        return PREFIX + "atlex whoami, launcher, " + jdk;
    }

    private static String bare(String jdk) {
        return PREFIX + "the same, bare java.net.http, " + jdk;
    }

    private static Map<String, Path> jdks() throws IOException {
        Map<String, Path> jdks = new LinkedHashMap<>();
        String homes = System.getProperty("jdks", "");
        for (String home : (homes.isEmpty() ? System.getProperty("java.home") : homes).split(File.pathSeparator)) {
            String version = Files.readAllLines(Path.of(home, "release")).stream()
                    .filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.replaceAll("[^0-9.]", "").replaceAll("\\..*", ""))
                    .findFirst()
                    .orElse("of " + home);
            jdks.putIfAbsent("JDK " + version, Path.of(home));
        }
        return jdks;
    }

    private void addJdk(String name, Path home, Path saved, List<String> request)
            throws IOException, InterruptedException {
        String java = home.resolve("bin").resolve("java").toString();
        Path cache = Files.createDirectories(folder.resolve("cache").resolve(home.getFileName()));
        String launcher = target.resolve("atlex").toString();
        Map<String, String> environment = Map.of("JAVA_HOME", home.toString(), "XDG_CACHE_HOME", cache.toString());
        // Each has a store of its own.
        Path store = folder.resolve("store-" + home.getFileName());
        List<String> whoami = with(List.of(launcher), "whoami", "--store", store.toString());
        children.output(with(List.of(launcher), "import", saved.toString(), "--store", store.toString()), environment);
        awaitArchive(cache.resolve("atlex"));
        sides.add(new Side(launched(name), whoami, environment));
        List<String> jar = List.of(java, "-jar", target.resolve("atlex.jar").toString());
        sides.add(new Side(
                PREFIX + "atlex whoami, java -jar, " + name,
                with(jar, "whoami", "--store", store.toString()),
                Map.of()));
        List<String> bare = new ArrayList<>(Children.java(BareWhoami.class, request.toArray(new String[0])));
        bare.set(0, java);
        sides.add(new Side(bare(name), bare, Map.of()));
    }

    /** The first use makes it in the background, which would slow whatever is measured meanwhile. */
    private static void awaitArchive(Path cache) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + ARCHIVE_SECONDS * 1_000_000_000L;
        while (!Files.exists(cache.resolve("archives")) || Files.exists(cache.resolve("making"))) {
            if (System.nanoTime() > deadline) {
                throw new IOException("the launcher has made no archive in " + cache);
            }
            Thread.sleep(100);
        }
    }

    private static List<String> with(List<String> command, String... args) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(args));
        return all;
    }
}
