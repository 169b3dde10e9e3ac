package dev.atlex.benchmarks.peer;

import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The floor: jackson-core goes over the bytes token by token, and nothing of them is read. */
public final class TokenScan {
    private static final JsonFactory FACTORY = new JsonFactory();

    private TokenScan() {}

    /** How many tokens there are. */
    public static int scan(byte[] json) {
        int tokens = 0;
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            while (parser.nextToken() != null) {
                tokens++;
            }
        }
        return tokens;
    }
}
