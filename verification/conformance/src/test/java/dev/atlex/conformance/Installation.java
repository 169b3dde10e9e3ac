package dev.atlex.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Installed servers, with the paths to their Node and their scripts. The {@code install.sh} in a folder of {@code
 * verification/conformance} installs them, and does nothing if they are up to date.
 */
final class Installation {
    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(15);
    private static final int TAIL_LINES = 30;
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Map<String, Installation> INSTALLED = new HashMap<>();
    private static final Map<String, IllegalStateException> FAILURES = new HashMap<>();

    private final Path home;
    private final Path logs;

    private Installation(Path home, Path logs) {
        this.home = home;
        this.logs = logs;
    }

    /** Returns the PLC directory, the PDS and the TypeScript client, like {@link #of}. */
    static Installation reference() {
        return of("reference");
    }

    /** Returns the AppView with the servers it needs, like {@link #of}. */
    static Installation appView() {
        return of("appview");
    }

    /** Returns the driver of the browser, like {@link #of}. */
    static Installation browser() {
        return of("browser");
    }

    /**
     * Installs the servers at the first call in this JVM. Later calls immediately return the same result or throw the
     * same exception.
     *
     * @param folder the folder of {@code verification/conformance} that contains {@code install.sh}
     * @throws IllegalStateException if the installation fails. The message contains the end of the script's output.
     */
    private static Installation of(String folder) {
        LOCK.lock();
        try {
            IllegalStateException failure = FAILURES.get(folder);
            if (failure != null) {
                throw new IllegalStateException("installing " + folder + " failed earlier in this JVM", failure);
            }
            Installation installed = INSTALLED.get(folder);
            if (installed == null) {
                installed = install(folder);
                INSTALLED.put(folder, installed);
            }
            return installed;
        } catch (IllegalStateException e) {
            FAILURES.putIfAbsent(folder, e);
            throw e;
        } finally {
            LOCK.unlock();
        }
    }

    /** Returns the command that runs a script. The process finds its packages by itself. */
    List<String> command(String script, List<String> arguments) {
        Path file = home.resolve(script);
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("no such script (got \"" + file + "\")");
        }
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin/node").toString());
        command.add(file.toString());
        command.addAll(arguments);
        return command;
    }

    /** Creates a file for the output of a process, in a folder below {@code target}. */
    Path newLog(String name) {
        return newLog(logs, name);
    }

    /**
     * Runs a command, writes its output and errors to these files (which may be the same), and returns the exit code.
     */
    static int run(List<String> command, Path out, Path err, Duration limit) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile());
        if (out.equals(err)) {
            builder.redirectErrorStream(true);
        } else {
            builder.redirectError(err.toFile());
        }
        try {
            Process process = builder.start();
            try {
                process.getOutputStream().close();
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException("process still running after " + limit + ":\n" + tail(err));
                }
                return process.exitValue();
            } finally {
                process.descendants().forEach(ProcessHandle::destroy);
                process.destroy();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a process", e);
        }
    }

    /** Returns the last lines of a log, for an error message. */
    static String tail(Path log) {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.UTF_8)) {
            List<String> all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - TAIL_LINES), all.size()));
        } catch (IOException | UncheckedIOException e) {
            return "(" + log + " can't be read: " + e + ")";
        }
    }

    private static Installation install(String folder) {
        Path module = moduleFolder();
        Path script = module.resolve(folder).resolve("install.sh");
        Path logs = module.resolve("target").resolve(folder);
        Path out = newLog(logs, "install-out");
        Path err = newLog(logs, "install");
        int exit = run(List.of(script.toString()), out, err, INSTALL_LIMIT);
        if (exit != 0) {
            throw new IllegalStateException(script + " failed with exit code " + exit + ", all of its output is in "
                    + err + "; it ends with:\n" + tail(err));
        }
        return new Installation(Path.of(tail(out).strip()), logs);
    }

    private static Path newLog(Path folder, String name) {
        try {
            Files.createDirectories(folder);
            return Files.createTempFile(folder, name + "-", ".log");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path moduleFolder() {
        // Surefire sets the folder of the module. An IDE may start in the module or above it.
        Path start = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            for (Path candidate : List.of(folder, folder.resolve("verification/conformance"))) {
                if (Files.isRegularFile(candidate.resolve("reference/install.sh"))) {
                    return candidate;
                }
            }
        }
        throw new IllegalStateException(
                "verification/conformance/reference/install.sh was not found in " + start + " or above it");
    }
}
