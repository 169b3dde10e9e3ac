package dev.atlex.differential;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Evaluates test cases with the TypeScript packages, in a process that runs {@code reference/evaluate.mjs}. */
final class Reference implements AutoCloseable {
    private static final JsonFactory JSON = new JsonFactory();

    private final ReferenceProcess process;
    private int submitted;

    private Reference(ReferenceProcess process) {
        this.process = process;
    }

    /** @param catalog a folder with additional documents */
    static Reference start(Path root, Path catalog) throws IOException, InterruptedException {
        return new Reference(ReferenceProcess.start(
                root, "evaluate.mjs", root.resolve("lexicons/documents").toString(), catalog.toString()));
    }

    /** Submits cases. {@link #results} returns their outcomes in the same order. */
    void submit(List<TestCase> cases) {
        for (TestCase one : cases) {
            process.write(one.line(submitted++));
        }
        process.flush();
    }

    List<Outcome> results(int count) throws InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            outcomes.add(parse(process.next()));
        }
        return outcomes;
    }

    Outcome evaluate(TestCase testCase) throws InterruptedException {
        submit(List.of(testCase));
        return results(1).get(0);
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
        process.close();
    }
}
