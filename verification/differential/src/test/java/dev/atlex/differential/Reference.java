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

/** The TypeScript packages, in a process that stays up: {@code reference/answer.mjs}. */
final class Reference implements AutoCloseable {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int TIMEOUT_SECONDS = 300;

    private final Process process;
    private final Writer questions;
    private final LinkedBlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private int asked;

    private Reference(Process process) {
        this.process = process;
        this.questions = new OutputStreamWriter(process.getOutputStream(), UTF_8);
        Thread reader = new Thread(this::readAnswers, "reference-answers");
        reader.setDaemon(true);
        reader.start();
    }

    /** @param catalogue a folder of further documents */
    static Reference start(Path root, Path catalogue) throws IOException, InterruptedException {
        Path home = install(root.resolve("verification/conformance/reference/install.sh"));
        // Imports are looked for beside the script.
        Path script = home.resolve("answer.mjs");
        Files.copy(root.resolve("differential/reference/answer.mjs"), script, StandardCopyOption.REPLACE_EXISTING);
        List<String> command = List.of(
                home.resolve("bin/node").toString(),
                "--no-warnings",
                script.toString(),
                home.resolve("differential").toString(),
                root.resolve("lexicons").toString(),
                catalogue.toString());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Reference reference = new Reference(process);
        if (!reference.next().equals("ready")) {
            throw new IllegalStateException("answer.mjs did not start");
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

    /** Sends questions, whose answers {@link #answers} takes in the same order. */
    void ask(List<Case> cases) {
        try {
            for (Case one : cases) {
                questions.write(one.line(asked++));
            }
            questions.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("answer.mjs has gone, see its errors above", e);
        }
    }

    List<Verdict> answers(int count) throws InterruptedException {
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            verdicts.add(parse(next()));
        }
        return verdicts;
    }

    Verdict answer(Case question) throws InterruptedException {
        ask(List.of(question));
        return answers(1).get(0);
    }

    private String next() throws InterruptedException {
        String line = answers.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (line == null || line.isEmpty()) {
            throw new IllegalStateException("answer.mjs has " + (line == null ? "hung" : "ended"));
        }
        return line;
    }

    private void readAnswers() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                answers.add(line);
            }
        } catch (IOException e) {
            // Said by the empty line below.
        }
        answers.add("");
    }

    private static Verdict parse(String line) {
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
            return new Verdict(
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
            questions.close();
        } catch (IOException e) {
            // It ends anyway.
        }
        process.destroy();
    }
}
