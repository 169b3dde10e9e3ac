package dev.atlex.benchmarks.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The processes that a run starts, one at a time beside the server. */
final class Children {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MINUTES = 5;

    private final Path folder;

    /** @param folder where they run, and where their complaints are kept */
    Children(Path folder) {
        this.folder = folder;
    }

    /** A class of this program in a JVM like this one. */
    static List<String> java(Class<?> main, String... args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(List.of(args));
        return command;
    }

    /** The numbers in the one line of JSON that the command prints. */
    Map<String, Double> measure(List<String> command) throws IOException, InterruptedException {
        return JSON.readValue(output(command), new TypeReference<Map<String, Double>>() {});
    }

    /** What the command prints. */
    String output(List<String> command) throws IOException, InterruptedException {
        return output(command, Map.of());
    }

    /** The same, with these variables beside those of this process. */
    String output(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
        Path complaints = folder.resolve("last.err");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(complaints.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IOException("failed, see " + complaints + ": " + command.get(0) + " … "
                        + String.join(" ", command.subList(Math.min(3, command.size()), command.size())));
            }
            return output;
        } finally {
            process.destroyForcibly();
        }
    }

    /** How many milliseconds the command takes, from its start until it has ended. */
    double time(List<String> command, Map<String, String> environment, String expected)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        String output = output(command, environment);
        double millis = (System.nanoTime() - start) / 1e6;
        if (!output.contains(expected)) {
            throw new IOException("printed something else: " + output);
        }
        return millis;
    }

    /** A server that runs until it is closed. */
    record Server(Process process, String url) implements AutoCloseable {
        static Server start() throws IOException {
            Process process = new ProcessBuilder(java(CannedServer.class))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String port = process.inputReader(UTF_8).readLine();
            if (port == null) {
                throw new IOException("the server did not start");
            }
            return new Server(process, "http://127.0.0.1:" + port);
        }

        @Override
        public void close() {
            process.destroy();
        }
    }
}
