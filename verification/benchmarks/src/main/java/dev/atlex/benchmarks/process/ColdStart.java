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
 * Measures {@code atlex whoami} with a stored session, from the start of the process to its exit, and for comparison a
 * script that uses the TypeScript packages and a bare {@code java.net.http} request. The system property {@code jdks}
 * lists the home folders of the JDKs to measure, separated as in a class path. The default is the JDK that runs this
 * JVM.
 */
final class ColdStart {
    private static final String PREFIX = "cold start: ";
    private static final String SCRIPT = PREFIX + "script on @atproto/lex";

    /** The number of runs before the measurement, which bring the files into the page cache. */
    private static final int WARMUP = 2;

    private final Children children;
    private final Path folder;
    private final String node;
    private final Path typescript;
    private final Path target;

    /** A command that takes turns with the others. */
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
        for (int time = -WARMUP; time < times; time++) {
            for (Side side : sides) {
                double millis = children.time(side.command(), side.environment(), Accounts.did(0));
                if (time >= 0) {
                    results.add(side.name(), "ms", millis);
                }
            }
        }
        for (String jdk : jdks.keySet()) {
            String whoami = "cold start, atlex whoami on " + jdk;
            results.compare(whoami + ", against a script on the TypeScript package", atlex(jdk), SCRIPT);
            results.compare(whoami + ", against bare java.net.http", atlex(jdk), bare(jdk));
        }
    }

    private static String atlex(String jdk) {
        return PREFIX + "atlex whoami, " + jdk;
    }

    private static String bare(String jdk) {
        return PREFIX + "bare java.net.http, " + jdk;
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
        String launcher = target.resolve("atlex").toString();
        Map<String, String> environment = Map.of("JAVA_HOME", home.toString());
        String store = folder.resolve("store-" + home.getFileName()).toString();
        children.output(List.of(launcher, "import", saved.toString(), "--store", store), environment);
        sides.add(new Side(atlex(name), List.of(launcher, "whoami", "--store", store), environment));
        List<String> bare = new ArrayList<>(Children.java(BareWhoami.class, request.toArray(new String[0])));
        bare.set(0, home.resolve("bin").resolve("java").toString());
        sides.add(new Side(bare(name), bare, Map.of()));
    }
}
