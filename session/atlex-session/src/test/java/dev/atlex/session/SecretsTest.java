package dev.atlex.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.atproto.server.CreateAccount;
import com.atproto.server.CreateSession;
import com.atproto.server.RefreshSession;
import dev.atlex.client.AgentRequest;
import dev.atlex.client.Call;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.syntax.Handle;
import org.junit.jupiter.api.Test;

/** No type with a password or a token prints it. The other tests search their logs and exceptions. */
class SecretsTest extends PdsTest {
    @Test
    void search_findsALoggedSecret() {
        System.getLogger(PasswordSession.class.getName()).log(System.Logger.Level.TRACE, "the token {0}", "found");

        assertThat(CapturedLogs.lines()).containsExactly("TRACE the token found");
    }

    @Test
    void inputsAndOutputs_showNoSecret() {
        String secret = "the-secret";
        secrets.add(secret);
        String session = FakeServer.session(alice.did().toString(), secret, secret, "");
        LexMap fields = (LexMap) LexValue.parseJson(session, ReadOptions.LENIENT);

        for (Object printed : new Object[] {
            CreateSession.Input.builder()
                    .identifier("alice.test")
                    .password(secret)
                    .authFactorToken(secret)
                    .build(),
            CreateAccount.Input.builder()
                    .handle(Handle.of("alice.test"))
                    .password(secret)
                    .build(),
            CreateSession.Output.CODEC.fromJson(
                    session.getBytes(java.nio.charset.StandardCharsets.UTF_8), ReadOptions.LENIENT),
            RefreshSession.Output.CODEC.fromJson(
                    session.getBytes(java.nio.charset.StandardCharsets.UTF_8), ReadOptions.LENIENT),
            Call.of(
                    CreateSession.PROCEDURE,
                    input -> input.identifier("alice.test").password(secret)),
            fields,
            AgentRequest.get("/xrpc/x").withHeaders(HttpHeaders.of("Authorization", "Bearer " + secret)),
            Credentials.of("https://a.test", "alice.test", secret).withAuthFactorToken(secret)
        }) {
            assertThat(printed.toString()).isNotEmpty().doesNotContain(secret);
        }
    }

    @Test
    void session_toString_showsOnlyTheAccount() {
        PasswordSession session = login();

        assertThat(session).hasToString("PasswordSession[" + alice.did() + "]");
    }
}
