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

/** The search for secrets that goes on in all tests of this module finds what there is, and where it does not look. */
class SecretsTest extends Watched {
    private static final String TOKEN = "eyJ0eXAiOiJhdCtqd3QifQ.eyJzdWIiOiJkaWQ6cGxjOmEifQ.c2lnbmF0dXJl";

    @Test
    void secretInALogIsFound() {
        Watch own = Watch.install(found -> {});
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
        root.addHandler(WATCH);
    }

    @Test
    void secretInAChildsOutputIsFound() throws Exception {
        Watch own = Watch.install(found -> {});
        try (Child child = Child.start(own, Shouting.class, List.of())) {
            child.rest();

            assertThat(own.found()).hasSize(1);
        } finally {
            restore();
        }
    }

    /** A program that shows a token. */
    static final class Shouting {
        private Shouting() {}

        /** Prints it. */
        public static void main(String[] args) {
            System.err.println("oops: " + TOKEN);
        }
    }

    @Test
    void signatureAloneIsFoundOnceItWasSeen() {
        Secrets secrets = new Secrets();
        String signature = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";
        secrets.learn("{\"accessJwt\":\"eyJhIjoxfQ.eyJiIjoyfQ." + signature + "\"}");

        assertThat(secrets.hasSignature("x=" + signature + ";")).isTrue();
        assertThat(secrets.hasSignature("nothing of that")).isFalse();
    }

    /**
     * The JDK's HTTP client prints headers, and with them tokens, where a system property tells it to: SECURITY.md says so. All
     * else that it prints, with its other properties, is clean.
     */
    @Test
    void jdksHttpClientShowsTokensOnlyWhereItIsToldToPrintHeaders() throws Exception {
        String others = "-Djdk.httpclient.HttpClient.log=errors,requests,frames:all,ssl,trace,channel,content";
        String headers = "-Djdk.httpclient.HttpClient.log=headers";
        assertThat(printedBy(others, "-Djdk.internal.httpclient.debug=true").found())
                .isEmpty();
        assertThat(printedBy(headers).found()).isNotEmpty();
    }

    private static Watch printedBy(String... flags) throws Exception {
        Watch own = Watch.install(found -> {});
        try (LocalPds pds = LocalPds.start();
                Child child = start(own, pds, flags)) {
            List<String> said = child.rest();
            assertThat(said).anyMatch(line -> line.equals("called"));
        } finally {
            restore();
        }
        return own;
    }

    private static Child start(Watch watch, LocalPds pds, String... flags) throws Exception {
        pds.createAccount("alice.test", Secrets.password("alice.test"));
        return Child.start(watch, Calling.class, List.of(flags), pds.url().toString());
    }

    /** A program that signs in and calls, with all loggers of the JDK at their finest level on the standard error. */
    static final class Calling {
        private Calling() {}

        /** Argument: the service. */
        public static void main(String[] args) {
            Watch.install(System.out::println);
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
