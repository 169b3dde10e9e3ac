package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.client.Client;
import dev.atlex.client.WriteOptions;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.identity.DnsResolver;
import dev.atlex.identity.HandleNotFoundException;
import dev.atlex.identity.Identity;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.installer.InstallException;
import dev.atlex.installer.LexiconInstaller;
import dev.atlex.installer.LexiconNetwork;
import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionOptions;
import dev.atlex.syntax.Handle;
import dev.atlex.syntax.RecordKey;
import dev.atlex.testkit.TestAccount;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scenarios for resolving handles to accounts and servers, and for installing an authority's Lexicons. */
abstract class AuthorityScenarios extends Scenarios {
    private static final String NOTE = """
            {"$type":"com.atproto.lexicon.schema","lexicon":1,"id":"com.example.notes.note","defs":{"main":{
              "type":"record","key":"tid","record":{"type":"object","required":["text"],"properties":{
                "text":{"type":"string","maxLength":100},
                "mood":{"type":"ref","ref":"com.example.notes.mood"}}}}}}""";

    private static final String MOOD = """
            {"$type":"com.atproto.lexicon.schema","lexicon":1,"id":"com.example.notes.mood","defs":{"main":{
              "type":"object","properties":{"name":{"type":"string"}}}}}""";

    private final TxtDns dns = new TxtDns();
    private final IdentityResolver resolver = IdentityResolver.builder()
            .plcUrl(server.plcUrl())
            .dns(DnsResolver.of(List.of(dns.address()), Duration.ofSeconds(5)))
            .allowPrivateAddresses(true)
            .build();

    AuthorityScenarios(Server server) {
        super(server);
    }

    @AfterEach
    void stop() {
        dns.close();
    }

    @Test
    void resolve_handleToAccountAndServer() {
        TestAccount alice = server.createAccount();
        dns.put("_atproto." + alice.handle(), "did=" + alice.did());

        Identity identity = resolver.resolve(Handle.of(alice.handle()));

        assertThat(identity.did()).isEqualTo(alice.did());
        assertThat(identity.handle()).hasToString(alice.handle());
        assertThat(identity.requirePds().getPort()).isEqualTo(server.url().getPort());
    }

    @Test
    void login_withoutServer() {
        TestAccount alice = server.createAccount();
        dns.put("_atproto." + alice.handle(), "did=" + alice.did());

        Credentials credentials = Credentials.resolve(alice.handle(), alice.password(), resolver);
        try (PasswordSession session = PasswordSession.login(credentials, SessionOptions.DEFAULTS)) {
            assertThat(session.did()).isEqualTo(alice.did());
        }
    }

    @Test
    void resolve_unknownHandleIsReported() {
        assertThatThrownBy(() -> resolver.resolve(Handle.of("unassigned.test")))
                .isInstanceOf(HandleNotFoundException.class);
    }

    @Test
    void install_includesReferencedLexicons(@TempDir Path folder) {
        TestAccount authority = server.createAccount();
        dns.put("_lexicon.notes.example.com", "did=" + authority.did());
        Client client = new Client(login(authority));
        publish(client, NOTE);
        publish(client, MOOD);
        LexiconInstaller installer = new LexiconInstaller(
                LexiconNetwork.of(resolver), folder.resolve("lexicons"), folder.resolve("lexicons.json"));

        LexiconInstaller.Result installed = installer.install(List.of("com.example.notes.note"));

        assertThat(installed.fetched())
                .extracting(Object::toString)
                .containsExactly("com.example.notes.mood", "com.example.notes.note");
        assertThat(folder.resolve("lexicons/com/example/notes/mood.json")).exists();
        assertThat(installer.verify().fetched()).isEmpty();

        publish(client, MOOD.replace("\"name\"", "\"title\""));
        assertThat(installer.install(List.of()).fetched()).isEmpty();
        assertThat(installer.update(List.of()).fetched())
                .extracting(Object::toString)
                .contains("com.example.notes.mood");
        assertThat(folder.resolve("lexicons/com/example/notes/mood.json"))
                .content()
                .contains("title");
    }

    @Test
    void install_missingLexiconIsNamed(@TempDir Path folder) {
        TestAccount authority = server.createAccount();
        dns.put("_lexicon.notes.example.com", "did=" + authority.did());
        LexiconInstaller installer = new LexiconInstaller(
                LexiconNetwork.of(resolver), folder.resolve("lexicons"), folder.resolve("lexicons.json"));

        assertThatThrownBy(() -> installer.install(List.of("com.example.notes.gone")))
                .isInstanceOf(InstallException.class)
                .hasMessageContaining("com.example.notes.gone");
        assertThat(folder.resolve("lexicons.json")).doesNotExist();
    }

    private static void publish(Client client, String document) {
        LexMap record = (LexMap) LexValue.parseJson(document);
        String id = Objects.requireNonNull(record.getString("id"));
        client.putRecord(record, RecordKey.of(id), WriteOptions.of(options -> {}));
    }
}
