package dev.atlex.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.testkit.Fault;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever goes wrong with a sign-in, no message shows a secret. */
class SignInSecretsTest {
    private final OAuthWorld world = new OAuthWorld();
    private final OAuthClient client = world.client();
    private final List<String> secrets = new ArrayList<>();
    private final StringWriter shown = new StringWriter();

    @AfterEach
    void close() {
        world.close();
    }

    /** Signs in, and keeps everything that is thrown and every secret that was in use. */
    private void signIn(Fault fault, String path) {
        Authorization authorization = client.authorize(OAuthWorld.handle(world.alice), o -> o.state("program-state"));
        URI callback = world.pds.authorize(authorization.url(), world.bob);
        world.store.forEach(Kind.AUTHORIZATION, this::keep);
        world.pds.faults().inject(path, 3, fault);
        Throwable failure = catchThrowable(() -> client.callback(callback, authorization.browserSecret()));
        assertThat(failure).isNotNull();
        failure.printStackTrace(new PrintWriter(shown));
        for (Throwable suppressed : failure.getSuppressed()) {
            suppressed.printStackTrace(new PrintWriter(shown));
        }
        shown.append(authorization.toString());
        world.pds.faults().clear();
        secrets.add(authorization.browserSecret());
        secrets.add("program-state");
        for (TestTransport.Sent sent : world.transport.sent) {
            for (String name : List.of("state", "code", "code_verifier", "code_challenge", "token", "refresh_token")) {
                Map<String, String> form = sent.form();
                if (form.containsKey(name)) {
                    secrets.add(form.get(name));
                }
            }
        }
    }

    private void keep(Entry entry) {
        shown.append(entry.toString());
        for (String field : List.of("verifier", "d", "browser")) {
            secrets.add(entry.value().replaceAll("(?s).*\"" + field + "\":\"([^\"]*)\".*", "$1"));
        }
    }

    @Test
    void failures_showNoSecrets() {
        signIn(Fault.status(500), "/oauth/revoke");
        signIn(Fault.status(400, "invalid_grant", "Invalid code"), "/oauth/token");
        signIn(Fault.dropAfterProcessing(), "/oauth/token");
        signIn(Fault.garbageJson(), "/oauth/token");
        signIn(Fault.html(502), "/oauth/token");

        assertThat(secrets).hasSizeGreaterThan(20).allMatch(secret -> secret.length() >= 10);
        assertThat(shown.toString()).contains("AccountMismatchException", "OAuthResponseException");
        assertThat(secrets).noneMatch(shown.toString()::contains);
    }
}
