package dev.atlex.benchmarks.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Starts the child processes of a run. */
final class Children {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MINUTES = 5;

    private final Path folder;

    /** @param folder the working directory of the children, which also gets their stderr */
    Children(Path folder) {
        this.folder = folder;
    }

    /** Returns the command that runs a class of this program with the JDK that runs this JVM. */
    static List<String> java(Class<?> main, String... args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(List.of(args));
        return command;
    }

    /** Runs a command and returns the numbers in the line of JSON that it prints. */
    Map<String, Double> measure(List<String> command) throws IOException, InterruptedException {
        return JSON.readValue(output(command), new TypeReference<Map<String, Double>>() {});
    }

    /** Runs a command and returns its output. */
    String output(List<String> command) throws IOException, InterruptedException {
        return output(command, Map.of());
    }

    /** Like {@link #output(List)}, with additional environment variables. */
    String output(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
        Path stderr = folder.resolve("last.err");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(stderr.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IOException("failed, see " + stderr + ": " + command.get(0) + " … "
                        + String.join(" ", command.subList(Math.min(3, command.size()), command.size())));
            }
            return output;
        } finally {
            process.destroyForcibly();
        }
    }

    /** Runs a command and returns the milliseconds from its start to its exit. */
    double time(List<String> command, Map<String, String> environment, String expected)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        String output = output(command, environment);
        double millis = (System.nanoTime() - start) / 1e6;
        if (!output.contains(expected)) {
            throw new IOException("expected " + expected + " in the output (got " + output + ")");
        }
        return millis;
    }

    /** Starts a worker and waits until it has warmed up. */
    Worker start(List<String> command) throws IOException {
        Path stderr = folder.resolve("last.err");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(stderr.toFile()))
                .start();
        Worker worker = new Worker(process, process.inputReader(UTF_8), stderr);
        try {
            worker.read();
            return worker;
        } catch (IOException e) {
            worker.close();
            throw e;
        }
    }

    /** A process that prints a line when it is ready. For each line of input, it measures once and prints a line of JSON. */
    record Worker(Process process, BufferedReader output, Path stderr) implements AutoCloseable {
        Map<String, Double> measure() throws IOException {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            return JSON.readValue(read(), new TypeReference<Map<String, Double>>() {});
        }

        private String read() throws IOException {
            String line = output.readLine();
            if (line == null) {
                throw new IOException("worker ended early, see " + stderr + ": "
                        + process.info().commandLine().orElse("?"));
            }
            return line;
        }

        @Override
        public void close() {
            process.destroy();
        }
    }

    /** A server that runs until it is closed. */
    record Server(Process process, String url) implements AutoCloseable {
        /** Starts a program that prints its URL. */
        static Server start(Class<?> main, String... args) throws IOException {
            Process process = new ProcessBuilder(java(main, args))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String url = process.inputReader(UTF_8).readLine();
            if (url == null) {
                throw new IOException("failed to start the server");
            }
            return new Server(process, url);
        }

        @Override
        public void close() {
            process.destroy();
        }
    }
}
