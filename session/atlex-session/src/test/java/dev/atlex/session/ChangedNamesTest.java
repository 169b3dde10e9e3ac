package dev.atlex.session;

import static dev.atlex.session.FakeServer.didDoc;
import static dev.atlex.session.FakeServer.json;
import static dev.atlex.session.FakeServer.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.client.AgentRequest;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.session.pool.AccountPool;
import dev.atlex.session.pool.PoolOptions;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handles and email addresses that now belong to a different account. */
@Timeout(60)
class ChangedNamesTest extends PdsTest {
    private static final String SERVICE = "https://service.test";
    private static final String FIRST = "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa";
    private static final String SECOND = "did:plc:bbbbbbbbbbbbbbbbbbbbbbbb";

    private final TestStore store = new TestStore();
    private final FakeServer server = new FakeServer();
    private final AtomicInteger issued = new AtomicInteger();

    /** The account that each identifier signs in, with its handle and email address. */
    private final Map<String, String> owners = new ConcurrentHashMap<>();

    private final Map<String, String> handles = new ConcurrentHashMap<>();
    private final Map<String, String> emails = new ConcurrentHashMap<>();

    @BeforeEach
    void serve() {
        handles.put(FIRST, "alice.test");
        emails.put(FIRST, "alice@mail.test");
        owners.put("alice.test", FIRST);
        owners.put("alice@mail.test", FIRST);
        owners.put(FIRST, FIRST);
        server.on(CREATE, request -> {
            String identifier = identifier(request);
            return tokens(owners.getOrDefault(identifier.toLowerCase(Locale.ROOT), FIRST));
        });
        server.on(
                REFRESH,
                request -> tokens(
                        String.valueOf(request.headers().first("authorization")).contains(SECOND) ? SECOND : FIRST));
        server.on(CALL, 200, "{}");
    }

    private static String identifier(TransportRequest request) {
        try (InputStream body = request.body().open()) {
            return ((LexMap) LexValue.parseJson(new String(body.readAllBytes(), StandardCharsets.UTF_8)))
                    .getString("identifier");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TransportResponse tokens(String did) {
        Instant now = clock.instant();
        String id = did + "-" + issued.incrementAndGet();
        String email = emails.get(did) == null ? "" : ",\"email\":\"" + emails.get(did) + "\"";
        return json(
                200,
                "{\"did\":\"" + did + "\",\"handle\":\"" + handles.get(did) + "\",\"accessJwt\":\""
                        + token(id, now, now.plus(Duration.ofHours(2))) + "\",\"refreshJwt\":\""
                        + token(id, now, now.plus(Duration.ofDays(90))) + "\"" + email
                        + didDoc("https://pds.test").replace(FakeServer.DID, did) + "}");
    }

    private SessionOptions with() {
        return options(o -> o.store(store).transport(server));
    }

    private PasswordSession open(String identifier) {
        return PasswordSession.open(Credentials.of(SERVICE, identifier, appPassword), store, with());
    }

    private long logins() {
        return server.count(CREATE);
    }

    /**
     * Gives the first account's handle and email address to the second one, and reports new ones to the first session.
     */
    private void handOver(String handle) {
        handles.put(FIRST, handle);
        emails.put(FIRST, "first@mail.test");
        handles.put(SECOND, "alice.test");
        emails.put(SECOND, "alice@mail.test");
        owners.put("alice.test", SECOND);
        owners.put("alice@mail.test", SECOND);
    }

    private void refreshStored() {
        PasswordSession.of(store.load(Key.session(Did.of(FIRST))), with()).refresh();
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice.test", "ALICE.test", "alice@mail.test", "Alice@Mail.test"})
    void open_nameOfAnotherAccount_signsIn(String name) {
        assertThat(open(name).did()).hasToString(FIRST);
        handOver("first.test");
        refreshStored();

        assertThat(open(name).did()).hasToString(SECOND);
        assertThat(open(name).did()).hasToString(SECOND);

        assertThat(logins()).isEqualTo(2);
        assertThat(store.load(Did.of(FIRST)))
                .as("the first account's session stays")
                .isNotNull();
        assertThat(open(FIRST).did()).hasToString(FIRST);
    }

    @Test
    void open_refreshReportsNewHandle_signsIn() {
        open("alice.test");
        handOver("first.test");
        clock.advance(EXPIRY);

        assertThat(open("alice.test").did()).hasToString(SECOND);

        assertThat(logins()).isEqualTo(2);
    }

    @Test
    void open_entryOfAnOlderVersion_isCompared() {
        open("alice.test");
        handOver("first.test");
        refreshStored();
        store.put(Key.login(URI.create(SERVICE), "alice.test"), "{\"did\":\"" + FIRST + "\",\"signIns\":[]}");

        assertThat(open("alice.test").did()).hasToString(SECOND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"handle.invalid", "alice.test", "ALICE.test"})
    void open_sameOrInvalidHandle_resumes(String handle) {
        open("alice.test");
        handles.put(FIRST, handle);
        refreshStored();

        assertThat(open("alice.test").did()).hasToString(FIRST);

        assertThat(logins()).isEqualTo(1);
    }

    @Test
    void didIsNotAffectedByNewNames() {
        open(FIRST);
        handOver("first.test");
        refreshStored();

        assertThat(open(FIRST).did()).hasToString(FIRST);

        assertThat(logins()).isEqualTo(1);
    }

    @Test
    void open_nameThatTheServerDoesNotReport_signsInOnce() {
        owners.put("alias.test", FIRST);
        owners.put("second@mail.test", FIRST);
        owners.put("old-alice.test", FIRST);
        for (String name : List.of("alias.test", "second@mail.test", "old-alice.test")) {
            long before = logins();
            open(name);
            open(name);
            clock.advance(EXPIRY);
            open(name);
            assertThat(logins()).as(name).isEqualTo(before + 1);
        }
    }

    @Test
    void open_did_isNotOverruledByTheIndex() {
        open("alice.test");
        handles.put(SECOND, "bob.test");
        owners.put(SECOND, SECOND);
        store.put(Key.login(URI.create(SERVICE), SECOND), "{\"did\":\"" + FIRST + "\",\"signIns\":[]}");

        assertThat(open(SECOND).did()).hasToString(SECOND);
    }

    @Test
    void open_serverReturnsAnotherDid_isRejected() {
        owners.put(SECOND, FIRST);

        AccountMismatchException conflict = failureOf(AccountMismatchException.class, () -> open(SECOND));

        assertThat(conflict.expected()).hasToString(SECOND);
        assertThat(store.list()).isEmpty();
    }

    @Test
    void poolOpensTheAccountThatHasTheNameNow() {
        try (AccountPool pool =
                AccountPool.create(store, PoolOptions.of(o -> o.session(options(s -> s.transport(server)))))) {
            PasswordSession first = pool.open(Credentials.of(SERVICE, "alice.test", appPassword));
            assertThat(pool.open(Credentials.of(SERVICE, "Alice.test", appPassword)))
                    .isSameAs(first);
            handOver("first.test");
            first.refresh();

            PasswordSession second = pool.open(Credentials.of(SERVICE, "alice.test", appPassword));

            assertThat(second.did()).hasToString(SECOND);
            assertThat(pool.find(Handle.of("alice.test"))).isSameAs(second);
            second.send(AgentRequest.get("/xrpc/" + CALL)).close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pool_handleFindsTheAccountThatReceivedItLast(boolean open) {
        open("alice.test");
        // The first account's session was not used since: it is still stored under the handle.
        clock.advance(Duration.ofHours(1));
        handOver("first.test");
        handles.put(SECOND, "alice.test");
        owners.put("alice.test", SECOND);
        PasswordSession.login(Credentials.of(SERVICE, "alice.test", appPassword), with());
        try (AccountPool pool =
                AccountPool.create(store, PoolOptions.of(o -> o.session(options(s -> s.transport(server)))))) {
            if (open) {
                pool.session(Did.of(FIRST));
                pool.session(Did.of(SECOND));
            }
            assertThat(pool.find(Handle.of("alice.test")))
                    .satisfies(found -> assertThat(found.did()).hasToString(SECOND));
            assertThat(pool.find(Handle.of("handle.invalid"))).isNull();
        }
    }
}
