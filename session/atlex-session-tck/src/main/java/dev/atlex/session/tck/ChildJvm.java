package dev.atlex.session.tck;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.session.store.EntryStore.Lease;
import dev.atlex.session.store.SessionStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Another JVM that uses the store of a test, and the program that runs there. The two exchange lines of text. */
final class ChildJvm implements AutoCloseable {
    /** The number of times that each process increments the counter. */
    static final int COUNTS = 200;

    private static final String END = "(end of output)";

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private ChildJvm(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "output of a child process");
        reader.setDaemon(true);
        reader.start();
    }

    static ChildJvm start(StoreProcess store, String task) throws IOException {
        return new ChildJvm(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChildJvm.class.getName(),
                        store.factory().getName(),
                        store.argument(),
                        task)
                .redirectErrorStream(true)
                .start());
    }

    private void read() {
        try (BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            String line;
            while ((line = output.readLine()) != null) {
                lines.add(line);
            }
        } catch (IOException e) {
            // The process was killed.
        }
        lines.add(END);
    }

    /** Waits until the process has printed a line. */
    void await(String expected) throws InterruptedException {
        StringBuilder output = new StringBuilder();
        while (true) {
            String line = lines.poll(120, TimeUnit.SECONDS);
            if (expected.equals(line)) {
                return;
            }
            output.append(line).append('\n');
            if (line == null || line.equals(END)) {
                throw new AssertionError("the process did not print '" + expected + "'. Output: " + output);
            }
        }
    }

    /** Lets the process continue. */
    void resume() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    /** Kills the process without giving it a chance to clean up, and waits until it has exited. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    /** Runs in the other JVM. Arguments: the factory's class, its argument, and the task. */
    public static void main(String[] args) throws Exception {
        StoreFactory factory =
                (StoreFactory) Class.forName(args[0]).getDeclaredConstructor().newInstance();
        SessionStore store = factory.open(args[1]);
        PrintStream out = System.out;
        switch (args[2]) {
            case "count" -> {
                out.println("ready");
                if (System.in.read() < 0) {
                    return;
                }
                for (int i = 0; i < COUNTS; i++) {
                    StoreTck.increment(store, StoreTck.ALICE);
                }
                out.println("counted");
            }
            case "hold" -> hold(store, Duration.ZERO);
            default -> {
                if (store.acquireLease(StoreTck.ALICE, Duration.ofMinutes(5), Duration.ZERO) != null) {
                    throw new IllegalStateException("expected a held lease, but acquired it");
                }
                out.println("tried");
                hold(store, Duration.ofMinutes(2));
            }
        }
    }

    private static void hold(SessionStore store, Duration maxWait) throws Exception {
        try (Lease lease = store.acquireLease(StoreTck.ALICE, Duration.ofMinutes(5), maxWait)) {
            System.out.println(lease == null ? "no lease" : "holds");
            // Blocks until the process is killed, or its parent has exited.
            int end = System.in.read();
            System.out.println("released by " + end);
        }
    }
}
