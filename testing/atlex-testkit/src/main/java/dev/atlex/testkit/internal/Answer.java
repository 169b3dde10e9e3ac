package dev.atlex.testkit.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the server answers: a status, headers and a body that is held as a whole. */
final class Answer {
    static final String JSON = "application/json; charset=utf-8";

    private static final byte[] NOTHING = new byte[0];

    final int status;
    final byte[] body;
    final Map<String, String> headers = new LinkedHashMap<>();

    Answer(int status, byte[] body) {
        this.status = status;
        this.body = body;
    }

    static Answer json(LexValue body) {
        return json(200, body);
    }

    static Answer json(int status, LexValue body) {
        return new Answer(status, body.toJson().getBytes(UTF_8)).with("content-type", JSON);
    }

    static Answer error(XrpcError error) {
        return json(
                error.status,
                LexMap.builder()
                        .put("error", error.error)
                        .put("message", error.text)
                        .build());
    }

    /** Done, with nothing to say. */
    static Answer empty() {
        return new Answer(200, NOTHING);
    }

    static Answer text(int status, String contentType, String text) {
        return new Answer(status, text.getBytes(UTF_8)).with("content-type", contentType);
    }

    Answer with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    /** The same status and headers with another body. */
    Answer withBody(byte[] other) {
        Answer answer = new Answer(status, other);
        answer.headers.putAll(headers);
        return answer;
    }
}
