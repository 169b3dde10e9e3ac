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
import java.util.Base64;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Evaluates test cases with the TypeScript packages, in a process that runs {@code reference/evaluate.mjs}. */
final class Reference implements AutoCloseable {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int TIMEOUT_SECONDS = 300;

    private final Process process;
    private final Writer input;
    private final LinkedBlockingQueue<String> results = new LinkedBlockingQueue<>();
    private int submitted;

    private Reference(Process process) {
        this.process = process;
        this.input = new OutputStreamWriter(process.getOutputStream(), UTF_8);
        Thread reader = new Thread(this::readResults, "reference-results");
        reader.setDaemon(true);
        reader.start();
    }

    /** @param catalog a folder with more documents */
    static Reference start(Path root, Path catalog) throws IOException, InterruptedException {
        Path home = install(root.resolve("verification/conformance/reference/install.sh"));
        // Node resolves imports relative to the script.
        Path script = home.resolve("evaluate.mjs");
        Files.copy(
                root.resolve("verification/differential/reference/evaluate.mjs"),
                script,
                StandardCopyOption.REPLACE_EXISTING);
        List<String> command = List.of(
                home.resolve("bin/node").toString(),
                "--no-warnings",
                script.toString(),
                home.resolve("differential").toString(),
                root.resolve("lexicons/documents").toString(),
                catalog.toString());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Reference reference = new Reference(process);
        if (!reference.next().equals("ready")) {
            throw new IllegalStateException("evaluate.mjs failed to start");
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

    /** Submits cases. {@link #results} returns their outcomes in the same order. */
    void submit(List<TestCase> cases) {
        try {
            for (TestCase one : cases) {
                input.write(one.line(submitted++));
            }
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("evaluate.mjs ended unexpectedly, see its errors above", e);
        }
    }

    List<Outcome> results(int count) throws InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            outcomes.add(parse(next()));
        }
        return outcomes;
    }

    Outcome evaluate(TestCase testCase) throws InterruptedException {
        submit(List.of(testCase));
        return results(1).get(0);
    }

    private String next() throws InterruptedException {
        String line = results.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (line == null || line.isEmpty()) {
            throw new IllegalStateException("evaluate.mjs " + (line == null ? "timed out" : "ended unexpectedly"));
        }
        return line;
    }

    private void readResults() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                results.add(line);
            }
        } catch (IOException e) {
            // The empty line below reports the end.
        }
        results.add("");
    }

    private static Outcome parse(String line) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), line)) {
            parser.nextToken();
            parser.nextToken();
            boolean valid = parser.nextToken() == JsonToken.VALUE_TRUE;
            String cbor = parser.nextStringValue();
            String cid = parser.nextStringValue();
            String rule = parser.nextStringValue();
            List<Object> path = null;
            if (parser.nextToken() == JsonToken.START_ARRAY) {
                path = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    path.add(
                            parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                                    ? (Object) parser.getIntValue()
                                    : parser.getString());
                }
            }
            String message = parser.nextStringValue();
            return new Outcome(
                    valid,
                    cbor == null ? null : Base64.getDecoder().decode(cbor),
                    cid,
                    rule == null ? "" : rule,
                    path,
                    message == null ? "" : message);
        }
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
