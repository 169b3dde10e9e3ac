package dev.atlex.differential;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A process that runs a script from {@code reference/} with the TypeScript packages. It writes a line for each line of
 * input.
 */
final class ReferenceProcess implements AutoCloseable {
    private static final int TIMEOUT_SECONDS = 300;

    private final String script;
    private final Process process;
    private final Writer input;
    private final LinkedBlockingQueue<String> results = new LinkedBlockingQueue<>();

    private ReferenceProcess(String script, Process process) {
        this.script = script;
        this.process = process;
        this.input = new OutputStreamWriter(process.getOutputStream(), UTF_8);
        Thread reader = new Thread(this::readResults, "reference-results");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Installs the packages unless they are installed, and starts a script.
     *
     * @param arguments the arguments of the script after the first, which is a folder for its own files
     */
    static ReferenceProcess start(Path root, String script, String... arguments)
            throws IOException, InterruptedException {
        Path home = install(root.resolve("verification/conformance/reference/install.sh"));
        // Node resolves imports relative to the script.
        Path copy = home.resolve(script);
        Files.copy(
                root.resolve("verification/differential/reference").resolve(script),
                copy,
                StandardCopyOption.REPLACE_EXISTING);
        List<String> command = new ArrayList<>(List.of(
                home.resolve("bin/node").toString(),
                "--no-warnings",
                copy.toString(),
                home.resolve("differential").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        ReferenceProcess reference = new ReferenceProcess(script, process);
        if (!reference.next().equals("ready")) {
            throw new IllegalStateException(script + " failed to start");
        }
        return reference;
    }

    private static Path install(Path script) throws IOException, InterruptedException {
        Process install = new ProcessBuilder(script.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(install.getInputStream().readAllBytes(), UTF_8).strip();
        if (install.waitFor() != 0) {
            throw new IllegalStateException("verification/conformance/reference/install.sh failed");
        }
        return Path.of(output.substring(output.lastIndexOf('\n') + 1));
    }

    /** Writes a line, which must end with a line feed. Call {@link #flush} to make sure that the script gets it. */
    void write(String line) {
        try {
            input.write(line);
        } catch (IOException e) {
            throw new UncheckedIOException(script + " ended unexpectedly, see its errors above", e);
        }
    }

    void flush() {
        try {
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(script + " ended unexpectedly, see its errors above", e);
        }
    }

    /** Returns the next line that the script wrote. */
    String next() throws InterruptedException {
        String line = results.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (line == null || line.isEmpty()) {
            throw new IllegalStateException(script + (line == null ? " timed out" : " ended unexpectedly"));
        }
        return line;
    }

    private void readResults() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                results.add(line);
            }
        } catch (IOException e) {
            // The empty line below signals the end.
        }
        results.add("");
    }

    @Override
    public void close() {
        try {
            input.close();
        } catch (IOException e) {
            // The process is ended below.
        }
        process.destroy();
    }
}
