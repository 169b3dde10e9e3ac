package dev.atlex.benchmarks;

import dev.atlex.benchmarks.oauth.OAuthCalls;
import dev.atlex.benchmarks.payload.Payload;
import dev.atlex.benchmarks.payload.Photo;
import dev.atlex.benchmarks.peer.Databind;
import dev.atlex.benchmarks.peer.Kbsky;
import dev.atlex.benchmarks.peer.TokenScan;
import dev.atlex.benchmarks.peer.UntypedTree;
import dev.atlex.benchmarks.report.Results;
import dev.atlex.bluesky.internal.image.ImagePreparer;
import dev.atlex.data.ReadOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures the ratios that have goals:
 *
 * <pre>
 * Ratios [--in-process] [--quick] [--all] [--rounds=2] [PAYLOAD…]
 * </pre>
 *
 * <p>By default, JMH runs each benchmark in its own JVMs, round after round. With {@code --in-process}, all run in this
 * JVM in short turns, which takes half a minute and is accurate enough for trying out a change. {@code --all} adds one
 * round of the other payloads and benchmarks. The default payload is the timeline. Writes {@code ratios.json}.
 */
public final class Ratios {
    private static final ReadOptions UNCHECKED = ReadOptions.STRICT.withValidate(false);
    private static final String DOCUMENTS = DocumentBenchmark.class.getSimpleName() + "\\.";

    private Ratios() {}

    public static void main(String[] args) throws Exception {
        List<String> options = List.of(args);
        boolean quick = options.contains("--quick");
        int rounds = quick ? 1 : 2;
        for (String option : options) {
            if (option.startsWith("--rounds=")) {
                rounds = Integer.parseInt(option.substring("--rounds=".length()));
            }
        }
        List<String> payloads =
                options.stream().filter(option -> !option.startsWith("--")).toList();
        if (payloads.isEmpty()) {
            payloads = List.of("timeline");
        }
        Results results = new Results("ratios");
        results.fact("payload bytes", sizes(Payload.NAMES));
        if (options.contains("--in-process")) {
            results.fact("method", "all in one JVM, in alternating turns, by processor time");
            payloads = options.contains("--all") ? Payload.NAMES : payloads;
            for (String payload : payloads) {
                Alternating.run(bodies(payload), quick ? 1_200 : 4_000, quick ? 15 : 40, 50, results);
            }
            if (options.contains("--all")) {
                record(results, others(true));
            }
        } else {
            results.fact("method", "JMH, a JVM for each benchmark and round, rounds alternating: " + rounds);
            for (int round = 0; round < rounds; round++) {
                System.out.println("round " + (round + 1) + " of " + rounds);
                record(results, documents(quick, payloads));
            }
            if (options.contains("--all")) {
                List<String> measured = payloads;
                List<String> more = Payload.NAMES.stream()
                        .filter(name -> !measured.contains(name))
                        .toList();
                record(results, documents(true, more));
                record(results, others(true));
                payloads = Payload.NAMES;
            }
        }
        images(results, quick);
        oauth(results, quick);
        for (String payload : payloads) {
            goals(results, payload);
        }
        results.print();
        results.save();
    }

    /** Measures how much processor time it takes to turn a photo's file into the bytes to upload. */
    private static void images(Results results, boolean quick) throws IOException {
        for (int orientation : new int[] {1, 6}) {
            String name =
                    "photo of 12 megapixels, " + (orientation == 1 ? "upright" : "rotated") + ", ready for upload";
            Path file = Photo.write(orientation);
            try {
                int warmup = quick ? 2 : 5;
                for (int i = 0; i < warmup + (quick ? 3 : 15); i++) {
                    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                    ImagePreparer.prepare(file, ImagePreparer.POST_LIMIT);
                    long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
                    if (i >= warmup) {
                        results.add(name, "ms", nanos / 1e6);
                    }
                }
            } finally {
                Files.delete(file);
            }
            results.value(name, name, true, 400);
        }
    }

    /** Measures calls without a network, so that the work of the session itself shows. */
    private static void oauth(Results results, boolean quick) {
        OAuthCalls calls = new OAuthCalls();
        Map<String, Supplier<?>> bodies = new LinkedHashMap<>();
        bodies.put("OAuth signature", calls::signature);
        bodies.put("OAuth call without a network", calls::oauthCall);
        bodies.put("password call without a network", calls::passwordCall);
        bodies.put("OAuth resume", calls::resume);
        Alternating.run(bodies, quick ? 1_200 : 4_000, quick ? 15 : 40, 50, results);
        results.compare(
                "OAuth call without a network against its signature",
                "OAuth call without a network",
                "OAuth signature");
        results.value("resuming an OAuth session", "OAuth resume", true, Double.NaN);
    }

    private static Map<String, Object> sizes(List<String> payloads) {
        Map<String, Object> sizes = new LinkedHashMap<>();
        for (String name : payloads) {
            Payload<?> payload = Payload.of(name);
            sizes.put(name, Map.of("json", payload.json().length, "cbor", payload.cbor().length));
        }
        return sizes;
    }

    private static Map<String, Supplier<?>> bodies(String name) {
        Payload<?> payload = Payload.of(name);
        byte[] json = payload.json();
        Map<String, Supplier<?>> bodies = new LinkedHashMap<>();
        bodies.put(name + " peerTokenScan", () -> TokenScan.scan(json));
        bodies.put(name + " decodeChecked", () -> payload.fromJson(ReadOptions.STRICT));
        bodies.put(name + " peerUntypedTree", () -> UntypedTree.parse(json));
        bodies.put(name + " decodeUnchecked", () -> payload.fromJson(UNCHECKED));
        bodies.put(name + " peerDatabindTree", () -> Databind.parse(json));
        if (name.equals("timeline")) {
            bodies.put(name + " peerKbsky", () -> Kbsky.parse(json));
        }
        bodies.put(name + " encode", payload::toJson);
        bodies.put(name + " cborDecodeChecked", () -> payload.fromCbor(ReadOptions.STRICT));
        bodies.put(name + " cborDecodeUnchecked", () -> payload.fromCbor(UNCHECKED));
        bodies.put(name + " cborEncode", payload::toCbor);
        return bodies;
    }

    private static Collection<RunResult> documents(boolean quick, List<String> payloads) throws Exception {
        OptionsBuilder options = options(quick);
        options.param("payload", payloads.toArray(new String[0]));
        if (quick) {
            for (String body : List.of(
                    "peerTokenScan",
                    "decodeChecked",
                    "peerUntypedTree",
                    "decodeUnchecked",
                    "encode",
                    "cborDecodeChecked")) {
                options.include(DOCUMENTS + body + "$");
            }
        } else {
            options.include(DOCUMENTS);
        }
        return new Runner(options.build()).run();
    }

    private static Collection<RunResult> others(boolean quick) throws Exception {
        OptionsBuilder options = options(quick);
        options.include(RecordBenchmark.class.getSimpleName());
        options.include(GraphemeBenchmark.class.getSimpleName());
        options.include(KbskyBenchmark.class.getSimpleName());
        options.include(IdentifierBenchmark.class.getSimpleName());
        options.include(ImageBenchmark.class.getSimpleName());
        options.include(OAuthBenchmark.class.getSimpleName());
        options.include(RepoBenchmark.class.getSimpleName());
        options.include(StreamBenchmark.class.getSimpleName());
        return new Runner(options.build()).run();
    }

    private static OptionsBuilder options(boolean quick) {
        OptionsBuilder options = new OptionsBuilder();
        options.forks(1)
                .warmupIterations(quick ? 3 : 5)
                .warmupTime(TimeValue.milliseconds(quick ? 600 : 700))
                .measurementIterations(quick ? 3 : 5)
                .measurementTime(TimeValue.milliseconds(quick ? 300 : 400))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        return options;
    }

    private static void record(Results results, Collection<RunResult> runs) {
        for (RunResult run : runs) {
            String label = run.getPrimaryResult().getLabel();
            String unit = run.getPrimaryResult().getScoreUnit().startsWith("ns") ? "ns" : "µs";
            String payload = run.getParams().getParam("payload");
            String text = run.getParams().getParam("text");
            String variant = text == null ? run.getParams().getParam("orientation") : text;
            String name;
            if (payload != null) {
                name = payload + " " + label;
            } else {
                String type = run.getParams().getBenchmark().replaceAll(".*\\.(\\w+)Benchmark\\.\\w+", "$1");
                name = type.toLowerCase(Locale.ROOT) + " " + (variant == null ? "" : variant + " ") + label;
            }
            run.getAggregatedResult()
                    .getIterationResults()
                    .forEach(iteration ->
                            results.add(name, unit, iteration.getPrimaryResult().getScore()));
            results.add(
                    name + " bytes",
                    "B",
                    run.getSecondaryResults().get("gc.alloc.rate.norm").getScore());
        }
    }

    private static void goals(Results results, String payload) {
        boolean timeline = payload.equals("timeline");
        String of = payload + ": ";
        String name = payload + " ";
        String scan = name + "peerTokenScan";
        String tree = name + "peerUntypedTree";
        String decode = name + "decodeChecked";
        results.atMost(of + "checked decode against bare token scan", decode, scan, timeline ? 2.0 : Double.NaN);
        results.atMost(of + "checked decode against untyped tree", decode, tree, timeline ? 1.3 : Double.NaN);
        results.atMost(
                of + "allocation of checked decode against untyped tree",
                decode + " bytes",
                tree + " bytes",
                timeline ? 1.5 : Double.NaN);
        results.atMost(of + "encode against bare token scan", name + "encode", scan, timeline ? 1.5 : Double.NaN);
        results.atMost(
                of + "DAG-CBOR decode against JSON decode",
                name + "cborDecodeChecked",
                decode,
                timeline ? 1.0 : Double.NaN);
        results.compare(of + "unchecked decode against bare token scan", name + "decodeUnchecked", scan);
        results.compare(of + "untyped tree against bare token scan", tree, scan);
        results.compare(of + "Jackson's mapper (untyped) against bare token scan", name + "peerDatabindTree", scan);
        results.compare(of + "checked decode against kbsky's decode", decode, name + "peerKbsky");
        results.compare(of + "DAG-CBOR encode against JSON encode", name + "cborEncode", name + "encode");
    }
}
