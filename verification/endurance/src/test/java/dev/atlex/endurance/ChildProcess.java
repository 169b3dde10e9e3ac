package dev.atlex.endurance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A child JVM that communicates through lines of text. Its output is searched for secrets. */
final class ChildProcess implements AutoCloseable {
    private static final String END = "(end of output)";

    /** JVM flags from the command line. {@code -XX:SharedArchiveFile=…} makes long runs faster. */
    private static final List<String> MORE_FLAGS = Stream.of(
                    System.getProperty("atlex.endurance.flags", "").split(" "))
            .filter(flag -> !flag.isEmpty())
            .toList();

    private final Process process;
    private final SecretScanner watch;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Thread reader;

    private ChildProcess(ProcessBuilder builder, SecretScanner watch) throws IOException {
        this.watch = watch;
        // Not Process.getInputStream(): when a process ends, the JDK may lose the last lines of its output.
        Path pipe = namedPipe();
        reader = new Thread(() -> read(pipe), "output of a child process");
        reader.setDaemon(true);
        reader.start();
        process =
                builder.redirectErrorStream(true).redirectOutput(pipe.toFile()).start();
    }

    private static Path namedPipe() throws IOException {
        Path pipe = Files.createTempDirectory("atlex-child").resolve("output");
        Process mkfifo = new ProcessBuilder("mkfifo", pipe.toString()).start();
        if (mkfifo.onExit().join().exitValue() != 0) {
            throw new IOException("can't create the named pipe " + pipe);
        }
        return pipe;
    }

    /** Starts a program in a JVM with these flags. */
    static ChildProcess start(SecretScanner watch, Class<?> program, List<String> flags, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Fast startup and a small footprint.
        command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
        command.addAll(flags);
        command.addAll(MORE_FLAGS);
        command.add("-Datlex.endurance.long=" + Scale.LONG);
        command.add("-Datlex.endurance.seed=" + Scale.SEED);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        return new ChildProcess(new ProcessBuilder(command), watch);
    }

    private void read(Path pipe) {
        try (BufferedReader output = Files.newBufferedReader(pipe)) {
            Files.delete(pipe); // both ends are open
            Files.delete(pipe.getParent());
            String line;
            while ((line = output.readLine()) != null) {
                watch.search("the output of a child process", line);
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("can't read the output of a child process: " + e);
        }
        lines.add(END);
    }

    /** Waits up to two minutes for the next line. */
    String next() throws InterruptedException {
        return next(2);
    }

    String next(int minutes) throws InterruptedException {
        String line = lines.poll(minutes, TimeUnit.MINUTES);
        return line == null ? "(no output for " + minutes + " minutes)" : line;
    }

    /** Returns the next line, or null if there is none within this time. */
    @Nullable
    String poll(Duration wait) throws InterruptedException {
        return lines.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits for the next line, and fails if it isn't this one. */
    void await(String expected) throws InterruptedException {
        String line = next();
        if (!line.equals(expected)) {
            StringBuilder output = new StringBuilder(line);
            while (!line.equals(END) && (line = lines.poll(500, TimeUnit.MILLISECONDS)) != null) {
                output.append('\n').append(line);
            }
            throw new AssertionError("expected output '" + expected + "' of a child process (got '" + output + "')");
        }
    }

    /** Waits for the process to end and returns the lines that weren't read yet. */
    List<String> rest() throws InterruptedException {
        reader.join();
        List<String> rest = new ArrayList<>();
        lines.drainTo(rest);
        rest.remove(END);
        return rest;
    }

    void send(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(UTF_8));
        process.getOutputStream().flush();
    }

    /** Kills the process without a chance to clean up, and waits until it has ended. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
