package dev.atlex.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.data.LexMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.DynamicTest;

/** Rows in tables of questions to the reference server and its responses. */
final class OAuthRows {
    private OAuthRows() {}

    /** Returns a test that is named after the question. */
    static DynamicTest row(String question, String response, Supplier<Http.Reply> call) {
        return DynamicTest.dynamicTest(
                question, () -> assertThat(shown(call.get())).isEqualTo(response));
    }

    /** Returns the status, the error and its description, and the challenge if there is one. */
    static String shown(Http.Reply reply) {
        StringBuilder text = new StringBuilder().append(reply.status());
        if (reply.status() >= 400 && reply.text().startsWith("{")) {
            LexMap body = reply.json();
            String description = body.getString("error_description");
            text.append(' ')
                    .append(body.getString("error"))
                    .append(": ")
                    .append(description == null ? body.getString("message") : description);
        }
        String challenge = reply.header("WWW-Authenticate");
        if (challenge != null) {
            String prefix = "DPoP algs=\"ES256\", error=\"";
            assertThat(challenge).startsWith(prefix);
            text.append(challenge.contains("error_description") ? " [described challenge]" : " [challenge]");
        }
        if (reply.header("DPoP-Nonce") == null) {
            text.append(" (no nonce)");
        }
        return text.toString();
    }
}
