package dev.atlex.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.atproto.server.GetSession;
import dev.atlex.client.Client;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.data.LexMap;
import dev.atlex.oauth.HookedStore.Operation;
import dev.atlex.session.SessionEvent;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.session.store.StoreEncryptionKey;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.TestAccount;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Exercises the whole lifecycle of OAuth sessions, including failures, and searches everything that a person may see
 * for tokens, codes, verifiers, keys, assertions, proofs, browser secrets and states.
 */
class SecretsTest {
    private static final String TOKEN = "/oauth/token";
    private static final String REVOKE = "/oauth/revoke";

    private final OAuthWorld world = new OAuthWorld();
    private final SecretWatch watch = new SecretWatch();
    private final List<SessionEvent> events = new CopyOnWriteArrayList<>();
    private final HookedStore store = new HookedStore(new MemorySessionStore());

    /** Paths at which a server or a proxy quotes the whole request in its error. */
    private final List<String> quoting = new CopyOnWriteArrayList<>();

    private final OAuthClient client = client(store, o -> o.metadata(ClientMetadata.loopback(OAuthWorld.SCOPES)));

    private OAuthClient client(SessionStore in, Consumer<? super OAuthOptions.Builder> more) {
        Transport transport = watch.watch(this::send);
        return OAuthClient.of(in, o -> {
            o.transport(transport)
                    .identity(world.identity(transport))
                    .clock(world.clock)
                    .listener(events::add);
            more.accept(o);
        });
    }

    private TransportResponse send(dev.atlex.client.transport.TransportRequest request) {
        if (!quoting.contains(request.uri().getPath())) {
            return world.transport.send(request);
        }
        String quoted = SecretWatch.form(request) + " " + request.headers().all("DPoP")
                + request.headers().all("Authorization");
        return TransportResponse.of(
                400,
                HttpHeaders.of("Content-Type", "application/json", "X-Request", quoted.replace("\n", "")),
                LexMap.builder()
                        .put("error", "invalid_request")
                        .put("error_description", quoted)
                        .put("message", quoted)
                        .build()
                        .toJson()
                        .getBytes(UTF_8));
    }

    @AfterEach
    void close() {
        watch.close();
        world.close();
    }

    private Authorization authorize(OAuthClient by) {
        Authorization authorization = by.authorize(OAuthWorld.handle(world.alice), o -> o.state("program-state"));
        watch.secret("program-state");
        watch.secret(authorization.browserSecret());
        watch.store(store);
        watch.text(authorization.url().toString());
        return watch.shows(authorization);
    }

    private URI callback(Authorization authorization, TestAccount account) {
        return watch.callback(world.pds.authorize(authorization.url(), account));
    }

    private OAuthSession signIn(OAuthClient by) {
        Authorization authorization = authorize(by);
        Callback done = by.callback(callback(authorization, world.alice), authorization.browserSecret());
        watch.shows(done);
        watch.json(done.session().data().toJson());
        watch.store(store);
        return done.session();
    }

    private void failingCallback(Fault fault, String path, TestAccount account) {
        Authorization authorization = authorize(client);
        URI callback = callback(authorization, account);
        world.pds.faults().inject(path, 3, fault);
        watch.fails(() -> client.callback(callback, authorization.browserSecret()));
        world.pds.faults().clear();
    }

    private void failedCallbacks() {
        Authorization authorization = authorize(client);
        URI callback = callback(authorization, world.alice);
        String query = callback.getRawQuery();
        watch.fails(() -> client.callback(query.replaceAll("state=[^&]*", "state=unknown"), "unknown-secret"));
        watch.fails(() -> client.callback("%%" + query, authorization.browserSecret()));
        watch.fails(() -> client.callback(callback, authorize(client).browserSecret()));
        watch.fails(() -> client.callback(
                query.replaceAll("iss=[^&]*", "iss=https://evil.example"), authorization.browserSecret()));
        watch.fails(() -> client.callback(callback, authorization.browserSecret())); // used

        Authorization denied = authorize(client);
        URI denial = watch.callback(world.pds.deny(denied.url()));
        watch.fails(() -> client.callback(denial, denied.browserSecret()));

        failingCallback(Fault.status(500), REVOKE, world.bob); // another account, and its revocation fails
        failingCallback(Fault.status(400, "invalid_grant", "Invalid code"), TOKEN, world.alice);
        failingCallback(Fault.dropAfterProcessing(), TOKEN, world.alice);
        failingCallback(Fault.garbageJson(), TOKEN, world.alice);
        failingCallback(Fault.truncatedBody(), TOKEN, world.alice);
        failingCallback(Fault.html(502), TOKEN, world.alice);
        for (String path : List.of(TOKEN, REVOKE)) {
            quoting.add(path);
            failingCallback(Fault.delay(Duration.ofMillis(1)), "/unused", world.bob);
            quoting.clear();
        }

        Authorization unsaved = authorize(client);
        URI full = callback(unsaved, world.alice);
        store.fail(Operation.SAVE);
        watch.fails(() -> client.callback(full, unsaved.browserSecret()));
        store.before = operation -> {};

        Authorization late = authorize(client);
        URI old = callback(late, world.alice);
        world.clock.advance(Duration.ofMinutes(21));
        watch.fails(() -> client.callback(old, late.browserSecret()));
        quoting.add("/oauth/par");
        watch.fails(() -> client.authorize(OAuthWorld.handle(world.alice)));
        quoting.clear();
        client.sweep();
    }

    private void refreshes(OAuthSession session) {
        watch.shows(session.refresh());
        watch.json(session.data().toJson());
        quoting.add(TOKEN);
        watch.shows(session.refresh());
        watch.shows(session.health());
        quoting.clear();
        quoting.add("/xrpc/com.atproto.server.getSession");
        watch.fails(() -> new Client(session).call(GetSession.QUERY));
        quoting.clear();
        world.pds.faults().next(TOKEN, Fault.status(400, "invalid_client", "no"));
        watch.shows(session.refresh());
        store.fail(Operation.SAVE); // no marker, so nothing is sent
        watch.shows(session.refresh());
        store.before = operation -> {};
        store.after = operation -> {
            if (operation == Operation.SAVE) {
                store.after = later -> {};
                store.fail(Operation.SAVE);
            }
        };
        watch.shows(session.refresh()); // new tokens that can't be saved
        watch.json(session.data().toJson());
        watch.shows(session);
        store.before = operation -> {};
        session.close();
        store.before = operation -> {};
        assertThat(session.isSaved()).isTrue();
    }

    private void lostResponse(OAuthSession session) {
        world.pds.faults().next(TOKEN, Fault.dropAfterProcessing());
        watch.shows(session.refresh());
        watch.store(store);
        world.clock.advance(Duration.ofHours(2));
        watch.fails(() -> new Client(session).call(GetSession.QUERY));
        watch.fails(session::refresh);
        watch.shows(session);
    }

    private void logouts() {
        OAuthSession session = signIn(client);
        world.pds.faults().always(REVOKE, Fault.status(500));
        assertThat(session.logout()).isFalse();
        watch.store(store);
        watch.shows(session);
        quoting.add(REVOKE);
        world.clock.advance(Duration.ofMinutes(5));
        client.finishLogouts();
        quoting.clear();
        world.pds.faults().clear();
        OAuthSession unqueued = signIn(client);
        store.beforeLogouts = operation -> {
            throw new IllegalStateException("disk full");
        };
        world.pds.faults().always(REVOKE, Fault.status(500));
        watch.fails(unqueued::logout);
        store.beforeLogouts = operation -> {};
        world.pds.faults().clear();
        world.clock.advance(Duration.ofDays(200));
        client.finishLogouts();
    }

    private void badEntries() {
        signIn(client);
        Key key = Key.oauth(world.alice.did(), null);
        String value = store.load(key).value();
        for (String bad : List.of(
                value.replaceFirst("\"session\"", "\"sessions\""),
                value.replace("\"P-256\"", "\"secp256k1\""),
                value.replaceFirst("\"d\":\"....", "\"d\":\"AAAA"),
                value.replaceAll("did:plc:[a-z2-7]+", "did:plc:ewvi7nxzyoun6zhxrhs64oiz"),
                value.replaceFirst("\"access_token\":", "\"access_token\":7,\"x\":"))) {
            Entry now = store.load(key);
            store.save(key, now.generation(), bad);
            watch.json(bad);
            watch.fails(() -> client.resume(world.alice.did()));
            client.accounts();
            client.sessions().forEachHealth(watch::shows);
        }
        watch.fails(() -> OAuthSessionData.parse(value.substring(5)));
    }

    @Test
    void lifeOfAPublicClient_showsNoSecret() {
        failedCallbacks();
        OAuthSession session = signIn(client);
        new Client(session).call(GetSession.QUERY);
        refreshes(session);
        lostResponse(session);
        logouts();
        badEntries();
        signIn(client);
        OAuthSession copied = client.resume(world.alice.did());
        client(new MemorySessionStore(), o -> o.metadata(client.metadata()))
                .importSession(copied.data())
                .refresh();
        watch.fails(copied::refresh); // replayed
        watch.shows(client);
        watch.shows(events);

        assertThat(watch.secrets()).isGreaterThan(100);
        assertThat(watch.reached())
                .contains("OAuthClient", "OAuthSession", "OAuthSessionData", "Authorization", "Callback")
                .contains("OAuthMachine", "Snapshot$Active", "Snapshot$Ended", "OAuthRecord", "Tokens", "DpopProofs")
                .contains("AccountMismatchException", "OAuthResponseException", "CorruptStoreEntryException")
                .contains("SessionEvent$RefreshFailed", "SessionEvent$SaveFailed", "SessionEvent$LogoutPostponed");
        assertThat(watch.texts()).anyMatch(text -> text.startsWith("log: ") && text.contains("failed to revoke"));
        assertThat(watch.texts()).as("DEBUG").anyMatch(text -> text.startsWith("log: ") && text.contains("attempt 1"));
        watch.assertSilent();
    }

    @Test
    void lifeOfAConfidentialClient_showsNoSecret(@TempDir Path folder) throws IOException {
        ClientKeys keys = ClientKeys.generate();
        watch.json(keys.toJson());
        ClientMetadata metadata = ClientMetadata.web(
                OAuthWorld.WEB_CLIENT,
                m -> m.redirectUri(OAuthWorld.WEB_REDIRECT).scopes(OAuthWorld.SCOPES));
        OAuthClient web = client(store, o -> o.metadata(metadata).keys(keys));
        world.pds
                .oauth()
                .register(OAuthWorld.WEB_CLIENT.toString(), web.metadata().toJson());
        OAuthSession session = signIn(web);
        refreshes(session);
        ClientKeys rotated = keys.rotate();
        watch.json(rotated.toJson());
        rotated.save(folder.resolve("keys.json"));
        watch.shows(rotated);
        OAuthClient rekeyed = client(store, o -> o.metadata(metadata).keys(ClientKeys.generate()));
        watch.fails(() -> rekeyed.resume(world.alice.did()));
        watch.fails(() -> ClientKeys.fromJson(keys.toJson().replaceFirst("\"d\":\"....", "\"d\":\"AAAA")));
        Files.writeString(folder.resolve("broken.json"), keys.toJson().substring(7));
        watch.fails(() -> ClientKeys.load(folder.resolve("broken.json")));
        watch.fails(() -> client.resume(world.alice.did())); // another client's session
        world.pds.oauth().unregister(OAuthWorld.WEB_CLIENT.toString());
        watch.shows(session.refresh());
        session.logout();
        watch.text(web.metadata().toJson());
        watch.shows(web);
        watch.shows(OAuthOptions.of(o -> o.metadata(metadata).keys(keys)));
        watch.shows(events);

        assertThat(watch.reached()).contains("ClientKeys", "OAuthOptions", "MissingClientKeyException");
        watch.assertSilent();
    }

    @Test
    void folders_andWrongPasswords_showNoSecret(@TempDir Path folder) throws IOException {
        Path encrypted = folder.resolve("encrypted");
        SessionStore files = FileSessionStore.encrypted(
                encrypted, StoreEncryptionKey.ofPassphrase("store-password-1".toCharArray()));
        OAuthClient writer = client(files, o -> o.metadata(ClientMetadata.loopback(OAuthWorld.SCOPES)));
        Authorization authorization = authorize(writer);
        Authorization unfinished = authorize(writer);
        files.forEach(Kind.AUTHORIZATION, entry -> watch.json(entry.value()));
        OAuthSession session = writer.callback(callback(authorization, world.alice), authorization.browserSecret())
                .session();
        world.pds.faults().always(REVOKE, Fault.status(500));
        client(files, o -> o.metadata(ClientMetadata.loopback(OAuthWorld.SCOPES)))
                .resume(world.alice.did())
                .logout();
        callback(unfinished, world.alice);
        watch.secret("store-password-1");
        watch.secret("store-password-2");

        watch.fails(() -> {
            SessionStore wrong = FileSessionStore.encrypted(
                    encrypted, StoreEncryptionKey.ofPassphrase("store-password-2".toCharArray()));
            client(wrong, o -> o.metadata(ClientMetadata.loopback(OAuthWorld.SCOPES)))
                    .resume(world.alice.did());
        });
        OAuthClient withoutKey =
                client(new FileSessionStore(encrypted), o -> o.metadata(ClientMetadata.loopback(OAuthWorld.SCOPES)));
        watch.fails(() -> withoutKey.resume(world.alice.did()));
        watch.shows(session);
        watch.shows(events);
        List<Path> paths = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.forEach(paths::add);
        }
        for (Path path : paths) {
            watch.text(path.toString());
            if (Files.isRegularFile(path)) {
                watch.text(new String(Files.readAllBytes(path), UTF_8));
            }
        }

        assertThat(paths.toString()).contains("oauth", "authorization_", "logout_");
        watch.assertSilent();
    }

    @Test
    void loopbackReceiver_showsNoSecret() throws Exception {
        try (LoopbackReceiver receiver = LoopbackReceiver.open(client.metadata())) {
            Authorization authorization =
                    client.authorize(OAuthWorld.handle(world.alice), o -> o.redirectUri(receiver.redirectUri()));
            watch.secret(authorization.browserSecret());
            watch.shows(receiver);
            URI callback = callback(authorization, world.alice);
            Thread browser = new Thread(() -> {
                for (String url : List.of(
                        callback.toString().replace("state=", "state=x"),
                        callback + "&code=twice",
                        callback.toString())) {
                    try {
                        HttpRequest request =
                                HttpRequest.newBuilder(URI.create(url)).build();
                        watch.text(HttpClient.newHttpClient()
                                .send(request, BodyHandlers.ofString())
                                .body());
                    } catch (IOException | InterruptedException e) {
                        watch.shows(e);
                    }
                }
            });
            browser.start();
            String query = receiver.await(authorization, Duration.ofSeconds(30));
            browser.join();
            watch.shows(receiver);
            assertThat(query).isEqualTo(callback.getRawQuery());
        }
        watch.fails(() -> client.open(world.bob.did(), url -> {
            throw new BrowserUnavailableException("no browser", null);
        }));
        watch.assertSilent();
    }
}
