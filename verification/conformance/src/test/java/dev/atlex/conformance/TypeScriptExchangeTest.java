package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.atproto.server.GetSession;
import dev.atlex.client.Client;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests exchanging sessions between Atlex and the TypeScript package. */
@Tag("reference")
class TypeScriptExchangeTest {
    private final ReferenceNetwork network = ReferenceNetwork.shared();
    private final ReferenceNetwork.Account account = network.createAccount();
    private final TypeScriptClient typeScript = new TypeScriptClient();
    private final TypeScriptClient.Identity identity = new TypeScriptClient.Identity(account.handle(), account.did());

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("session.json");
    }

    private SessionData saved() throws IOException {
        return SessionData.parse(Files.readString(file()));
    }

    private void save(SessionData data) throws IOException {
        Files.writeString(file(), data.toJson());
    }

    private SessionData typeScriptLogin() throws IOException {
        typeScript.login(network.pdsUrl(), account.handle(), account.password(), file());
        return saved();
    }

    private PasswordSession login() {
        return PasswordSession.login(network.pdsUrl().toString(), account.handle(), account.password());
    }

    private void assertWorks(PasswordSession session) {
        GetSession.Output me = new Client(session).call(GetSession.QUERY);
        assertThat(me.did()).hasToString(account.did());
        assertThat(me.handle()).hasToString(account.handle());
    }

    @Test
    void session_typeScriptToAtlexAndBack() throws Exception {
        PasswordSession here = PasswordSession.resume(typeScriptLogin());
        assertWorks(here);

        save(here.data());
        assertThat(typeScript.resume(file())).isEqualTo(identity);

        PasswordSession again = PasswordSession.resume(saved());
        assertWorks(again);
        assertThat(again.data().email()).isEqualTo(account.email());
    }

    @Test
    void session_atlexToTypeScriptAndBack() throws Exception {
        PasswordSession here = login();
        save(here.data());

        assertThat(typeScript.resume(file())).isEqualTo(identity);
        SessionData fromThere = saved();
        assertThat(fromThere).isNotEqualTo(here.data());

        assertWorks(PasswordSession.resume(fromThere));
        assertWorks(here);
    }

    @Test
    void session_fromTypeScriptResumesWithoutRefresh() throws Exception {
        CountingTransport transport = new CountingTransport();
        PasswordSession here =
                PasswordSession.of(typeScriptLogin(), SessionOptions.of(options -> options.transport(transport)));

        assertWorks(here);
        assertThat(transport.count()).isEqualTo(1);
    }

    @Test
    void sessionData_sameFieldsAndValuesAsTypeScript() throws Exception {
        SessionData there = typeScriptLogin();
        SessionData here = login().data();

        assertThat(here.fields().keySet()).isEqualTo(there.fields().keySet());
        for (String name : there.fields().keySet()) {
            if (!name.endsWith("Jwt")) {
                assertThat(here.fields().get(name))
                        .as(name)
                        .isEqualTo(there.fields().get(name));
            }
        }
        PasswordSession resumedHere = PasswordSession.resume(there);
        typeScript.resume(file());
        assertThat(resumedHere.data().fields().keySet())
                .isEqualTo(saved().fields().keySet());
    }
}
