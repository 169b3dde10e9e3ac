package dev.atlex.session;

import static dev.atlex.session.FakeServer.DID;
import static dev.atlex.session.FakeServer.saved;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.client.XrpcInvalidResponseException;
import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.data.LexDataException;
import dev.atlex.session.internal.TimeSourceClock;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.syntax.Handle;
import dev.atlex.testkit.MutableClock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A session needs its tokens and its DID. Whatever the other fields of a response are, those three are saved and used. */
class OddResponseTest {
    private static final String SERVER = "com.atproto.server.";
    private static final String CREATE = SERVER + "createSession";
    private static final String CREATE_ACCOUNT = SERVER + "createAccount";
    private static final String REFRESH = SERVER + "refreshSession";
    private static final String GET = SERVER + "getSession";
    private static final String SERVICE = "https://service.test";

    private static final List<String> OPTIONAL = List.of(
            "handle",
            "email",
            "emailConfirmed",
            "emailAuthFactor",
            "active",
            "status",
            "didDoc",
            "service",
            "$type",
            "future");

    private static final List<String> ODD = List.of(
            "null",
            "\"\"",
            "\"x\"",
            "\"x y\\n\\u0000\"",
            "\"\\ud800\"",
            "\"bad \\q escape\"",
            "[]",
            "[null, [\"x\"]]",
            "{}",
            "{\"$type\": \"\"}",
            "{\"$link\": \"x\"}",
            "{\"$bytes\": \"%\"}",
            "{\"id\": null, \"service\": [null, {\"id\": 5}]}",
            "{\"id\": \"" + DID + "\", \"id\": 7}",
            "0",
            "-1.5e3",
            "1e999999",
            "99999999999999999999",
            "true",
            "false",
            "\"" + "x".repeat(70_000) + "\"",
            "[".repeat(50_000) + "]".repeat(50_000),
            "{\"service\":".repeat(5_000) + "1" + "}".repeat(5_000));

    private final MutableClock clock = MutableClock.atPresent();
    private final FakeServer server = new FakeServer();
    private final MemorySessionStore store = new MemorySessionStore();

    static Stream<String> optional() {
        return OPTIONAL.stream();
    }

    private SessionOptions options() {
        return SessionOptions.of(o -> o.clock(new TimeSourceClock(new TimeSource(clock, wait -> {}, () -> 1)))
                .transport(server)
                .store(store));
    }

    /** Bodies with the odd value before and after the required fields. */
    private static List<String> bodies(String field, String odd) {
        String needed = "\"did\":\"" + DID + "\",\"accessJwt\":\"access-2\",\"refreshJwt\":\"refresh-2\"";
        String member = "\"" + field + "\":" + odd;
        return List.of("{" + member + "," + needed + "}", "{" + needed + ", " + member + " }");
    }

    private void assertTokens(PasswordSession session, String what) {
        SessionData data = session.data();
        assertThat(data.accessJwt()).as(what).isEqualTo("access-2");
        assertThat(data.refreshJwt()).as(what).isEqualTo("refresh-2");
        assertThat(SessionData.parse(data.toJson())).as(what).isEqualTo(data);
        assertThat(data.toJson()).as(what).doesNotContain(":null").hasSizeLessThan(1000);
        assertThat(store.load(SessionStore.Key.session(data.did())).value())
                .as(what)
                .contains("refresh-2");
        assertThat(session.health().did()).hasToString(DID);
        assertThat(Handle.isValid(data.handle().toString())).as(what).isTrue();
        assertThat(data.service()).hasToString(SERVICE);
        assertThat(session.target()).hasToString(SERVICE);
    }

    @ParameterizedTest
    @MethodSource("optional")
    void signIn_oddField_keepsTokens(String field) {
        for (String odd : ODD) {
            for (String body : bodies(field, odd)) {
                server.on(CREATE, 200, body).on(CREATE_ACCOUNT, 200, body);
                String what = shorten(body);

                PasswordSession session =
                        PasswordSession.login(Credentials.of(SERVICE, "alice.test", "password"), options());
                assertTokens(session, what);
                assertThat(session.handle()).as(what).hasToString("alice.test");

                PasswordSession created = PasswordSession.createAccount(
                        SERVICE, account -> account.handle(Handle.of("new.test")), options());
                assertTokens(created, what);
                assertThat(created.handle()).as(what).hasToString("new.test");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("optional")
    void refresh_oddField_keepsTokensAndKnownValues(String field) {
        String known = ",\"email\":\"alice@mail.test\",\"emailConfirmed\":true,\"emailAuthFactor\":true"
                + FakeServer.didDoc(SERVICE).replace(",\"emailConfirmed\":true", "");
        for (String odd : ODD) {
            for (String body : bodies(field, odd)) {
                for (String more : List.of("{}", body)) {
                    server.on(REFRESH, 200, body).on(GET, 200, more);
                    String what = shorten(body);
                    PasswordSession session = PasswordSession.of(saved("access-1", "refresh-1", known), options());

                    assertThat(session.refresh().refreshed()).as(what).isTrue();

                    assertTokens(session, what);
                    SessionData data = session.data();
                    assertThat(data.handle()).as(what).hasToString("alice.test");
                    assertThat(data.pds()).as(what).hasToString(SERVICE);
                    if (!odd.equals("\"x\"") && !odd.startsWith("\"xxx")) {
                        assertThat(data.email()).as(what).isEqualTo("alice@mail.test");
                    }
                    if (!odd.equals("false")) {
                        assertThat(data.emailConfirmed()).as(what).isTrue();
                        assertThat(data.active()).as(what).isTrue();
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("optional")
    void savedSession_oddField_isRead(String field) {
        if (field.equals("service")) {
            return;
        }
        for (String odd : ODD) {
            for (String body : bodies(field, odd)) {
                String json = body.substring(0, body.lastIndexOf('}')) + ",\"service\":\"" + SERVICE + "\"}";

                SessionData data = SessionData.parse(json);

                assertThat(data.refreshJwt()).isEqualTo("refresh-2");
                assertThat(data.pds()).isNull();
                assertThat(data.handle()).hasToString("handle.invalid");
                assertThat(SessionData.parse(data.toJson())).isEqualTo(data);
            }
        }
    }

    @Test
    void bytesAroundTheFields_areIgnored() {
        String good = FakeServer.session(DID, "access-2", "refresh-2", "");
        List<byte[]> bodies = new ArrayList<>(List.of(
                ("\uFEFF" + good).getBytes(UTF_8),
                (" \n" + good + "\n ").getBytes(UTF_8),
                (good + "garbage").getBytes(UTF_8),
                good.replace("}", ",\"email\":\"a").getBytes(UTF_8),
                good.replace("}", ",\"accessJwt\":null,\"refreshJwt\":7,\"did\":[]}")
                        .getBytes(UTF_8),
                good.replace("{", "{\"accessJwt\":\"old\",").getBytes(UTF_8),
                good.replace("}", ",\"future\":\"" + "x".repeat(1 << 20) + "\"}")
                        .getBytes(UTF_8)));
        byte[] brokenUtf8 = good.replace("}", ",\"email\":\"a?b\"}").getBytes(UTF_8);
        brokenUtf8[new String(brokenUtf8, UTF_8).indexOf('?')] = (byte) 0xFF;
        bodies.add(brokenUtf8);
        for (byte[] body : bodies) {
            server.on(
                    REFRESH, r -> TransportResponse.of(200, HttpHeaders.of("content-type", "application/json"), body));
            PasswordSession session = PasswordSession.of(saved("access-1", "refresh-1", ""), options());

            assertThat(session.refresh().failure()).isNull();

            assertTokens(session, shorten(new String(body, UTF_8)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "json", "text/plain", "application/jwt; charset", "Application/JSON;charset=utf-8"})
    void oddMediaType_isIgnored(String type) {
        HttpHeaders headers = type.isEmpty() ? HttpHeaders.of() : HttpHeaders.of("content-type", type);
        byte[] body = FakeServer.session(DID, "access-2", "refresh-2", "").getBytes(UTF_8);
        server.on(CREATE, r -> TransportResponse.of(200, headers, body));

        assertTokens(PasswordSession.login(Credentials.of(SERVICE, "alice.test", "password"), options()), type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "date: tomorrow",
                "date: Fri, 31 Dec 9999 23:59:59 GMT",
                "date: Thu, 01 Jan 0001 00:00:00 GMT",
                "date: ",
                "ratelimit-limit: many",
                "ratelimit-reset: 99999999999999999999",
                "ratelimit-remaining: -1",
                "ratelimit-policy: ;;;w=",
                "retry-after: -5",
                "retry-after: 1e9"
            })
    void oddHeaders_areIgnored(String header) {
        HttpHeaders headers = HttpHeaders.builder()
                .add("content-type", "application/json")
                .add(header.substring(0, header.indexOf(':')), header.substring(header.indexOf(':') + 2))
                .build();
        byte[] body = FakeServer.session(
                        DID, FakeServer.token("access-2", clock.instant().plusSeconds(7200)), "refresh-2", "")
                .getBytes(UTF_8);
        server.on(REFRESH, r -> TransportResponse.of(200, headers, body));
        PasswordSession session = PasswordSession.of(saved("access-1", "refresh-1", ""), options());

        assertThat(session.refresh().refreshed()).isTrue();
        assertThat(session.data().refreshJwt()).isEqualTo("refresh-2");
        assertThat(session.target()).hasToString(SERVICE);
    }

    static Stream<String> unusableTokens() {
        return Stream.of(
                "null",
                "5",
                "[]",
                "{}",
                "\"\"",
                "\"tok-secret\\nb\"",
                "\"tok-secret\\r\\nX: y\"",
                "\"tok-secret \"",
                "\"tok-secret b\"",
                "\"tok-secret\\u0000\"",
                "\"tok-secret\\u007f\"",
                "\"tok-secretö\"",
                "\"tok-secret\\u2028\"",
                "\"tok-secret" + "x".repeat(20_000) + "\"");
    }

    @ParameterizedTest
    @MethodSource("unusableTokens")
    void unsendableToken_isRejectedOnArrival(String token) {
        for (String field : List.of("accessJwt", "refreshJwt")) {
            String good = FakeServer.session(DID, "access-secret", "refresh-secret", "");
            String bad = good.replaceFirst(
                    "\"" + field + "\":\"[^\"]*\"",
                    "\"" + field + "\":" + java.util.regex.Matcher.quoteReplacement(token));
            server.on(CREATE, 200, bad).on(CREATE_ACCOUNT, 200, bad).on(REFRESH, 200, bad);

            assertThatThrownBy(
                            () -> PasswordSession.login(Credentials.of(SERVICE, "alice.test", "password"), options()))
                    .isInstanceOf(XrpcInvalidResponseException.class)
                    .hasMessageContaining(field)
                    .satisfies(OddResponseTest::showsNoToken);
            assertThatThrownBy(() -> PasswordSession.createAccount(
                            SERVICE, account -> account.handle(Handle.of("new.test")), options()))
                    .isInstanceOf(XrpcInvalidResponseException.class)
                    .satisfies(OddResponseTest::showsNoToken);
            assertThat(store.list()).isEmpty();

            SessionData before = saved("access-1", "refresh-1", "");
            PasswordSession session = PasswordSession.of(before, options());
            RefreshResult outcome = session.refresh();
            assertThat(outcome.refreshed()).isFalse();
            assertThat(outcome.failure()).isInstanceOf(XrpcInvalidResponseException.class);
            showsNoToken(outcome.failure());
            assertThat(session.data()).isEqualTo(before);
            assertThat(store.list()).isEmpty();

            assertThatThrownBy(() -> SessionData.parse(bad.replaceFirst("\\{", "{\"service\":\"" + SERVICE + "\",")))
                    .isInstanceOf(LexDataException.class)
                    .hasMessageContaining(field)
                    .satisfies(OddResponseTest::showsNoToken);
        }
    }

    private static void showsNoToken(Throwable failure) {
        assertThat(CapturedLogs.text(failure)).doesNotContain("tok-secret", "access-secret", "refresh-secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\"x\"", "7", "[]", "\"did:plc:other\\n\""})
    void responseWithoutValidDid_isRejected(String did) {
        String bad =
                FakeServer.session(DID, "access-secret", "refresh-secret", "").replace("\"" + DID + "\"", did);
        server.on(CREATE, 200, bad).on(REFRESH, 200, bad);

        assertThatThrownBy(() -> PasswordSession.login(Credentials.of(SERVICE, "alice.test", "password"), options()))
                .isInstanceOf(XrpcInvalidResponseException.class)
                .hasMessageContaining("did")
                .satisfies(OddResponseTest::showsNoToken);
        PasswordSession session = PasswordSession.of(saved("access-1", "refresh-1", ""), options());
        assertThat(session.refresh().refreshed()).isFalse();
        assertThat(session.data().refreshJwt()).isEqualTo("refresh-1");
    }

    @Test
    void savedSession_unknownFields_areKeptUpToALimit() {
        String small =
                FakeServer.session(DID, "a", "r", ",\"service\":\"" + SERVICE + "\",\"future\":{\"x\":[1.5,null]}}");
        String large = small.replace("1.5", "1,".repeat(50_000) + "1");

        assertThat(SessionData.parse(small.substring(0, small.length() - 1)).toJson())
                .contains("\"future\":{\"x\":[1.5,null]}");
        assertThat(SessionData.parse(large.substring(0, large.length() - 1)).toJson())
                .doesNotContain("future");
    }

    private static String shorten(String text) {
        return text.length() < 300 ? text : text.substring(0, 150) + "…" + text.substring(text.length() - 100);
    }
}
