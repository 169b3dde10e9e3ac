package dev.atlex.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import com.atproto.server.GetSession;
import dev.atlex.client.Client;
import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionOptions;
import dev.atlex.testkit.LocalPds;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** Tests the search for secrets, on which all tests in this module rely. */
class SecretsTest extends EnduranceTest {
    private static final String TOKEN = "eyJ0eXAiOiJhdCtqd3QifQ.eyJzdWIiOiJkaWQ6cGxjOmEifQ.c2lnbmF0dXJl";

    @Test
    void logRecord_secretIsFound() {
        SecretScanner own = SecretScanner.install(found -> {});
        try {
            Logger logger = Logger.getLogger("dev.atlex.any");
            logger.finest("nothing");
            assertThat(own.found()).isEmpty();
            assertThat(own.records()).isPositive();

            logger.log(Level.FINEST, "in a parameter: {0}", TOKEN);
            logger.log(Level.FINEST, "in an exception", new IllegalStateException(new IllegalStateException(TOKEN)));
            LogRecord unformatted = new LogRecord(Level.FINEST, "in an unused parameter");
            unformatted.setParameters(new Object[] {Secrets.password("alice.test")});
            logger.log(unformatted);
            System.getLogger("dev.atlex.other").log(System.Logger.Level.TRACE, "by the system's logger: " + TOKEN);

            assertThat(own.found()).hasSize(4);
        } finally {
            restore();
        }
    }

    private static void restore() {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(SCANNER);
    }

    @Test
    void childOutput_secretIsFound() throws Exception {
        SecretScanner own = SecretScanner.install(found -> {});
        try (ChildProcess child = ChildProcess.start(own, TokenPrinter.class, List.of())) {
            child.rest();

            assertThat(own.found()).hasSize(1);
        } finally {
            restore();
        }
    }

    /** A program that prints a token. */
    static final class TokenPrinter {
        private TokenPrinter() {}

        /** Prints the token. */
        public static void main(String[] args) {
            System.err.println("oops: " + TOKEN);
        }
    }

    @Test
    void signature_isFoundOnceRemembered() {
        Secrets secrets = new Secrets();
        String signature = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";
        secrets.remember("{\"accessJwt\":\"eyJhIjoxfQ.eyJiIjoyfQ." + signature + "\"}");

        assertThat(secrets.hasSignature("x=" + signature + ";")).isTrue();
        assertThat(secrets.hasSignature("no signature here")).isFalse();
    }

    /**
     * If a system property enables it, the JDK's HTTP client logs headers and thus tokens, as SECURITY.md warns. With
     * its other logging properties, it logs no secrets.
     */
    @Test
    void jdkHttpClient_logsTokensOnlyWithHeaderLogging() throws Exception {
        String others = "-Djdk.httpclient.HttpClient.log=errors,requests,frames:all,ssl,trace,channel,content";
        String headers = "-Djdk.httpclient.HttpClient.log=headers";
        assertThat(printedBy(others, "-Djdk.internal.httpclient.debug=true").found())
                .isEmpty();
        assertThat(printedBy(headers).found()).isNotEmpty();
    }

    private static SecretScanner printedBy(String... flags) throws Exception {
        SecretScanner own = SecretScanner.install(found -> {});
        try (LocalPds pds = LocalPds.start();
                ChildProcess child = start(own, pds, flags)) {
            List<String> lines = child.rest();
            assertThat(lines).anyMatch(line -> line.equals("called"));
        } finally {
            restore();
        }
        return own;
    }

    private static ChildProcess start(SecretScanner watch, LocalPds pds, String... flags) throws Exception {
        pds.createAccount("alice.test", Secrets.password("alice.test"));
        return ChildProcess.start(
                watch, SingleCall.class, List.of(flags), pds.url().toString());
    }

    /** A program that signs in and makes a call, with all loggers at the finest level. */
    static final class SingleCall {
        private SingleCall() {}

        /** Argument: the service. */
        public static void main(String[] args) {
            SecretScanner.install(System.out::println);
            PasswordSession session = PasswordSession.login(
                    Credentials.of(args[0], "alice.test", Secrets.password("alice.test")), SessionOptions.DEFAULTS);
            new Client(session).call(GetSession.QUERY);
            session.refresh();
            session.close();
            System.out.println("called");
            System.exit(0);
        }
    }
}
