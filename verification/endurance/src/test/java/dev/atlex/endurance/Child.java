package dev.atlex.endurance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Another JVM, which speaks by lines. All that it prints is searched for secrets. */
final class Child implements AutoCloseable {
    private static final String END = "(its output has ended)";

    /** Of whoever runs the tests: {@code -XX:SharedArchiveFile=…} makes long runs shorter. */
    private static final List<String> MORE_FLAGS = Stream.of(
                    System.getProperty("atlex.endurance.flags", "").split(" "))
            .filter(flag -> !flag.isEmpty())
            .toList();

    private final Process process;
    private final Watch watch;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Thread reader;

    private Child(Process process, Watch watch) {
        this.process = process;
        this.watch = watch;
        reader = new Thread(this::read, "output of a child process");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a program with flags for the JVM that it runs on. */
    static Child start(Watch watch, Class<?> program, List<String> flags, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Quick to start, and small.
        command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
        command.addAll(flags);
        command.addAll(MORE_FLAGS);
        command.add("-Datlex.endurance.long=" + Size.LONG);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        return new Child(new ProcessBuilder(command).redirectErrorStream(true).start(), watch);
    }

    private void read() {
        try (BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            String line;
            while ((line = output.readLine()) != null) {
                watch.search("the output of a child process", line);
                lines.add(line);
            }
        } catch (IOException e) {
            // It was killed.
        }
        lines.add(END);
    }

    /** The next line, for which it has two minutes. */
    String next() throws InterruptedException {
        return next(2);
    }

    String next(int minutes) throws InterruptedException {
        String line = lines.poll(minutes, TimeUnit.MINUTES);
        return line == null ? "(no line in " + minutes + " minutes)" : line;
    }

    /** Waits until the process says that, and nothing else. */
    void await(String expected) throws InterruptedException {
        String line = next();
        if (!line.equals(expected)) {
            StringBuilder said = new StringBuilder(line);
            while (!line.equals(END) && (line = lines.poll(500, TimeUnit.MILLISECONDS)) != null) {
                said.append('\n').append(line);
            }
            throw new AssertionError("a child process should have said '" + expected + "', but said " + said);
        }
    }

    /** What it has said that nobody has waited for, once it is gone. */
    List<String> rest() throws InterruptedException {
        reader.join();
        List<String> rest = new ArrayList<>();
        lines.drainTo(rest);
        rest.remove(END);
        return rest;
    }

    void say(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(UTF_8));
        process.getOutputStream().flush();
    }

    /** Kills it as the system does, without a chance to tidy up, and waits until it is gone. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
