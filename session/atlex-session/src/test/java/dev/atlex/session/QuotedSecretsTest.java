package dev.atlex.session;

import static dev.atlex.session.FakeServer.DID;
import static dev.atlex.session.FakeServer.saved;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.atproto.identity.ResolveHandle;
import com.atproto.repo.DescribeRepo;
import com.atproto.server.CheckAccountStatus;
import dev.atlex.client.AgentRequest;
import dev.atlex.client.Client;
import dev.atlex.client.XrpcException;
import dev.atlex.client.XrpcInvalidResponseException;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.session.internal.TimeSourceClock;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.Handle;
import dev.atlex.testkit.MutableClock;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers quote requests; no exception, event or log of a session shows the secrets in them. */
class QuotedSecretsTest {
    private static final String SERVER = "com.atproto.server.";
    private static final String SERVICE = "https://service.test";
    private static final String PASSWORD = "p4ss-\"wörd\"/<&>+%41-quoted";
    private static final String CODE = "QZWXE-98765";

    private final String access = FakeServer.token("aXbYcZdWeVfUgThSiRjQ", Instant.ofEpochSecond(4102444800L));
    private final String refresh = FakeServer.token("kPlOmNnMoLpKqJrIsHtG", Instant.ofEpochSecond(4102444800L));
    private final List<SessionEvent> events = new ArrayList<>();
    private final FakeServer server = new FakeServer();

    /** How a server escapes its quotes. */
    enum Form {
        PLAIN,
        UNICODE,
        URL,
        HTML,
        CUT,
        CUT_WITH_ELLIPSIS;

        String of(String secret) {
            return switch (this) {
                case PLAIN -> json(secret);
                case UNICODE -> {
                    StringBuilder text = new StringBuilder();
                    secret.chars().forEach(c -> text.append(String.format(Locale.ROOT, "\\u%04x", c)));
                    yield text.toString();
                }
                case URL -> URLEncoder.encode(secret, UTF_8);
                case HTML ->
                    json(secret.replace("&", "&amp;")
                            .replace("<", "&lt;")
                            .replace(">", "&gt;")
                            .replace("\"", "&quot;"));
                case CUT -> json(secret.substring(0, secret.length() * 2 / 3));
                case CUT_WITH_ELLIPSIS -> json(secret.substring(0, Math.min(10, secret.length() / 2)) + "…");
            };
        }

        private static String json(String text) {
            String quoted = LexValue.of(text).toJson();
            return quoted.substring(1, quoted.length() - 1);
        }
    }

    @BeforeEach
    void forgetLogs() {
        CapturedLogs.lines().clear();
    }

    private SessionOptions options() {
        return SessionOptions.of(
                o -> o.clock(new TimeSourceClock(new TimeSource(MutableClock.atPresent(), wait -> {}, () -> 1)))
                        .transport(server)
                        .listener(events::add));
    }

    /** Everything that a failure shows. */
    private static String all(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable t = failure; t != null; t = t.getCause()) {
            text.append(CapturedLogs.text(t)).append(t).append(t.getMessage());
            if (t instanceof XrpcException call) {
                text.append(call.error());
            }
            if (t instanceof XrpcResponseException refusal) {
                LexValue payload = refusal.payload();
                text.append(refusal.serverMessage()).append(payload == null ? "" : payload.toJson());
                text.append(refusal.bodyText());
                refusal.headers().forEach((name, value) -> text.append(name).append(value));
            }
            if (t instanceof XrpcInvalidResponseException invalid) {
                invalid.headers().forEach((name, value) -> text.append(name).append(value));
                text.append(invalid.bodyText()).append(invalid.payload());
            }
            if (t instanceof SessionException session && session.response() != null) {
                text.append(session.response() == failure ? "" : all(session.response()));
            }
        }
        return text.toString();
    }

    private void assertClean(Throwable failure, String... secrets) {
        assertThat(failure).isNotNull();
        List<String> texts = new ArrayList<>(List.of(all(failure)));
        events.forEach(event -> {
            texts.add(event.toString());
            if (event instanceof SessionEvent.RefreshFailed failed) {
                texts.add(all(failed.failure()));
            }
            if (event instanceof SessionEvent.Ended ended) {
                texts.add(all(ended.reason()));
            }
        });
        texts.addAll(CapturedLogs.lines());
        for (String text : texts) {
            for (String secret : secrets) {
                for (Form form : Form.values()) {
                    String shown = form.of(secret);
                    assertThat(text)
                            .doesNotContain(shown.endsWith("…") ? shown.substring(0, shown.length() - 1) : shown);
                }
            }
        }
    }

    private static TransportResponse refuse(int status, String error, String quoted) {
        HttpHeaders headers = HttpHeaders.builder()
                .add("content-type", "application/json")
                .add("www-authenticate", "Bearer realm=\"x\", token=\"" + URLEncoder.encode(quoted, UTF_8) + "\"")
                .build();
        String body = "{\"error\":\"" + error + "\",\"message\":\"Invalid identifier or password: " + quoted
                + "\",\"debug\":[{\"seen\":\"" + quoted + "\"}]}";
        return TransportResponse.of(status, headers, body.getBytes(UTF_8));
    }

    @ParameterizedTest
    @EnumSource
    void signInShowsNoPasswordAndNoCode(Form form) {
        server.on(
                SERVER + "createSession",
                r -> refuse(401, "AuthenticationRequired", form.of(PASSWORD) + "\",\"more\":\"" + form.of(CODE)));

        Throwable failure = catchThrowable(() -> PasswordSession.login(
                Credentials.of(SERVICE, "alice.test", PASSWORD).withAuthFactorToken(CODE), options()));

        assertThat(failure)
                .isInstanceOf(InvalidCredentialsException.class)
                .hasMessageContaining("Invalid identifier or password");
        assertClean(failure, PASSWORD, CODE);
    }

    @ParameterizedTest
    @EnumSource
    void createAccountShowsNoPassword(Form form) {
        server.on(SERVER + "createAccount", r -> refuse(400, "InvalidPassword", form.of(PASSWORD)));

        Throwable failure = catchThrowable(() -> PasswordSession.createAccount(
                SERVICE, account -> account.handle(Handle.of("new.test")).password(PASSWORD), options()));

        assertThat(((XrpcException) failure).error()).isEqualTo("InvalidPassword");
        assertClean(failure, PASSWORD);
    }

    @ParameterizedTest
    @EnumSource
    void refreshAndCallsShowNoToken(Form form) {
        Function<String, String> quoted = token -> form.of(token);
        server.on(SERVER + "refreshSession", r -> refuse(400, "InvalidRequest", quoted.apply(refresh)))
                .on(
                        SERVER + "checkAccountStatus",
                        r -> refuse(
                                400, "ExpiredToken", quoted.apply(access) + "\",\"more\":\"" + quoted.apply(refresh)));
        PasswordSession session = PasswordSession.of(saved(access, refresh, ""), options());

        Throwable failure = catchThrowable(() -> new Client(session).call(CheckAccountStatus.QUERY));

        assertThat(((XrpcException) failure).error()).isEqualTo("ExpiredToken");
        assertClean(failure, access, refresh);
        RefreshResult outcome = session.refresh();
        assertClean(outcome.failure(), access, refresh);
        assertThat(events).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "application/json,{\"did\":\"%s\"}",
        "application/json,{\"%s\":[]}",
        "application/json,{\"did\":[{\"post\":\"%s\"}]}",
        "application/json,{\"did\":\"did:web:a.test\"} %s",
        "application/json,%s",
        "application/problem+json,{\"authorization\":\"Bearer %s\"}",
        "text/html,<p>%s</p>",
        "application/octet-stream,%s",
    })
    void invalidSuccess_showsNoToken(String type, String body) {
        for (String token : List.of(access, refresh)) {
            server.on(
                    "com.atproto.identity.resolveHandle",
                    r -> TransportResponse.of(
                            200,
                            HttpHeaders.of("content-type", type),
                            body.replace("%s", token).getBytes(UTF_8)));
            PasswordSession session = PasswordSession.of(saved(access, refresh, ""), options());

            Throwable failure =
                    catchThrowable(() -> new Client(session).call(ResolveHandle.QUERY, p -> p.handle("alice.test")));

            assertThat(failure).isInstanceOf(XrpcInvalidResponseException.class);
            assertClean(failure, token);
        }
    }

    @ParameterizedTest
    @EnumSource
    void endAndLogoutShowNoToken(Form form) {
        server.on(SERVER + "refreshSession", r -> refuse(400, "ExpiredToken", form.of(refresh)))
                .on(SERVER + "deleteSession", r -> refuse(500, "InternalServerError", form.of(refresh)));
        PasswordSession session = PasswordSession.of(saved(access, refresh, ""), options());

        assertClean(catchThrowable(session::logout), refresh);
        assertClean(catchThrowable(session::refresh), refresh);
        assertThat(session.isEnded()).isTrue();
        assertClean(session.health().failure(), refresh);
    }

    @Test
    void rotatedTokens_areNotShown() {
        String traded = refresh;
        String now = FakeServer.token("uFvEwDxCyBzAaZbYcXdW", Instant.ofEpochSecond(4102444800L));
        server.on(SERVER + "refreshSession", 200, FakeServer.session(DID, "access-2", now, ""))
                .on(SERVER + "checkAccountStatus", r -> refuse(403, "Forbidden", traded + " or " + now));
        PasswordSession session = PasswordSession.of(saved(access, refresh, ""), options());
        session.refresh();

        assertClean(catchThrowable(() -> new Client(session).call(CheckAccountStatus.QUERY)), traded, now);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 302, 400, 401, 429, 500, 503})
    void responsesOfAllKindsAreScrubbed(int status) {
        String page = "<html><p>You sent \"" + PASSWORD + "\" and " + access + " and " + refresh + "</p></html>";
        Function<TransportRequest, TransportResponse> quoting = r -> TransportResponse.of(
                status,
                HttpHeaders.of("content-type", "text/html", "location", "http://service.test/" + access),
                page.getBytes(UTF_8));
        server.on(SERVER + "createSession", quoting)
                .on(SERVER + "refreshSession", quoting)
                .on(SERVER + "checkAccountStatus", quoting);
        PasswordSession session = PasswordSession.of(saved(access, refresh, ""), options());

        assertClean(
                catchThrowable(() -> PasswordSession.login(Credentials.of(SERVICE, "alice.test", PASSWORD), options())),
                PASSWORD);
        assertClean(catchThrowable(() -> new Client(session).call(CheckAccountStatus.QUERY)), access, refresh);
        TransportResponse raw = session.send(AgentRequest.get("/xrpc/" + SERVER + "checkAccountStatus"));
        String body = new String(raw.redacted(raw.readAll()).readAll(), UTF_8);
        assertThat(body).doesNotContain(access, refresh).contains("You sent");
        assertClean(session.refresh().failure(), access, refresh);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"did\":null,", "\"did\":\"x\",", "\"accessJwt\":5,", "\"refreshJwt\":\"a\\nb\","})
    void invalidSessionResponse_showsNoToken(String wrong) {
        String body = "{\"handle\":\"alice.test\",\"did\":\"" + DID + "\",\"accessJwt\":\"new-access-token\","
                + "\"refreshJwt\":\"new-refresh-token\"," + "\"x\":1}";
        String field = wrong.substring(0, wrong.indexOf(':'));
        String bad = body.replaceFirst(field + ":\"[^\"]*\",", wrong.replace("\\", "\\\\"));
        for (int status : new int[] {200, 302, 400, 500}) {
            server.on(SERVER + "createSession", status, bad);

            Throwable failure = catchThrowable(
                    () -> PasswordSession.login(Credentials.of(SERVICE, "alice.test", PASSWORD), options()));

            assertThat(failure).isInstanceOf(XrpcException.class);
            assertThat(all(failure)).doesNotContain("new-access", "new-refresh");
        }
    }

    @Test
    void connectionFailure_isScrubbed() {
        server.on(SERVER + "createSession", r -> {
            String line = "Invalid status line: HTTP/9 " + PASSWORD;
            throw new TransportException("POST service.test: " + line, new IOException(line), true);
        });

        Throwable failure =
                catchThrowable(() -> PasswordSession.login(Credentials.of(SERVICE, "alice.test", PASSWORD), options()));

        assertThat(failure).hasMessageContaining("Invalid status line");
        assertClean(failure, PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"error", "message", "a", "x", "InvalidToken", "AuthenticationRequired", "{", "\"", "password"})
    void shortOrCommonPassword_leavesErrorsReadable(String password) {
        server.on(SERVER + "createSession", r -> refuse(401, "AuthenticationRequired", "x"));

        Throwable failure =
                catchThrowable(() -> PasswordSession.login(Credentials.of(SERVICE, "alice.test", password), options()));

        assertThat(failure).isInstanceOf(InvalidCredentialsException.class);
    }

    @Test
    void headersOfAResponseWithoutASessionAreScrubbed() {
        server.on(
                SERVER + "createSession",
                r -> TransportResponse.of(
                        200,
                        HttpHeaders.of(
                                "content-type", "application/json", "x-seen", URLEncoder.encode(PASSWORD, UTF_8)),
                        "{}".getBytes(UTF_8)));

        Throwable failure =
                catchThrowable(() -> PasswordSession.login(Credentials.of(SERVICE, "alice.test", PASSWORD), options()));

        assertThat(failure).isInstanceOf(XrpcInvalidResponseException.class);
        assertClean(failure, PASSWORD);
    }

    @Test
    void codeQuotedAsNumber_isRemoved() {
        String body = "{\"error\":\"AuthenticationRequired\",\"code\":123456,\"more\":[-123456.5e1,true]}";
        server.on(SERVER + "createSession", 401, body);

        Throwable failure = catchThrowable(() -> PasswordSession.login(
                Credentials.of(SERVICE, "alice.test", PASSWORD).withAuthFactorToken("123456"), options()));

        assertThat(failure).isInstanceOf(InvalidCredentialsException.class);
        assertThat(all(failure)).doesNotContain("123456");
    }

    /** A blob may be any text, such as captions or a saved page. */
    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "text/vtt; charset=utf-8", "TEXT/HTML", "application/json"})
    void blobThatLooksLikeASecret_isUnchanged(String type) {
        byte[] blob = ("{\"password\": \"abcdefgh\"} " + refresh + " " + access + " \u00e9").getBytes(UTF_8);
        String method = "com.atproto.sync.getBlob";
        server.on(method, r -> TransportResponse.of(200, HttpHeaders.of("content-type", type), blob));
        PasswordSession session = PasswordSession.of(saved(access, refresh, ""), options());

        for (AgentRequest request : List.of(
                AgentRequest.get("/xrpc/" + method).withHeaders(HttpHeaders.of("accept", "*/*")),
                AgentRequest.get("/xrpc/" + method))) {
            assertThat(session.send(request).readAll()).isEqualTo(blob);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"?sig=%s", "?%s", "?token=abc&password=x&sig=%s#f"})
    void signatureInTheUrlOfARedirectIsKept(String location) {
        String signature = FakeServer.token("cdnSignatureOfABlob", Instant.ofEpochSecond(4102444800L));
        String method = "com.atproto.sync.getBlob";
        server.on(
                method,
                r -> r.uri().toString().contains(signature)
                        ? TransportResponse.of(200, HttpHeaders.of("content-type", "image/png"), new byte[] {1})
                        : TransportResponse.of(
                                302,
                                HttpHeaders.of("location", "/xrpc/" + method + location.replace("%s", signature)),
                                new byte[0]));
        PasswordSession session = PasswordSession.of(saved(access, refresh, ""), options());

        assertThat(session.send(AgentRequest.get("/xrpc/" + method)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "garbage %s", "{\"activated\": %s", "{\"activated\":\"%s\"}"})
    void unreadableSuccess_showsNoToken(String body) {
        for (String type : new String[] {"application/json", "application/octet-stream", "text/html"}) {
            server.on(
                    "com.atproto.repo.describeRepo",
                    r -> TransportResponse.of(
                            200,
                            HttpHeaders.of("content-type", type),
                            body.replace("%s", access).getBytes(UTF_8)));
            PasswordSession session = PasswordSession.of(saved(access, refresh, ""), options());

            XrpcInvalidResponseException failure = (XrpcInvalidResponseException) catchThrowable(
                    () -> new Client(session).call(DescribeRepo.QUERY, q -> q.repo(AtIdentifier.of(DID))));

            assertClean(failure, access);
            assertThat(failure.bodyText() + failure.payload()).doesNotContain(access.substring(access.indexOf('.')));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bcd-efgh-ijkl-mnop", "abcd-efgh-ijkl-mno", "***efgh-ijkl-mnop"})
    void shortenedPassword_isRemoved(String quoted) {
        server.on(SERVER + "createSession", r -> refuse(400, "InvalidRequest", "bad: " + quoted + "!"));

        Throwable failure = catchThrowable(
                () -> PasswordSession.login(Credentials.of(SERVICE, "alice.test", "abcd-efgh-ijkl-mnop"), options()));

        assertThat(failure).hasMessageContaining("bad: ");
        assertThat(all(failure)).doesNotContain("efgh-ijkl");
    }

    @Test
    void successfulResponse_isUnchanged() {
        byte[] body = ("{\"quoted\":\"" + access + "\"}").getBytes(UTF_8);
        for (String type : List.of("application/json", "text/plain", "application/octet-stream")) {
            HttpHeaders headers = HttpHeaders.of("content-type", type);
            server.on(SERVER + "checkAccountStatus", r -> TransportResponse.of(200, headers, body));
            PasswordSession session = PasswordSession.of(saved(access, refresh, ""), options());

            TransportResponse response = session.send(AgentRequest.get("/xrpc/" + SERVER + "checkAccountStatus"));

            assertThat(response.headers()).isSameAs(headers);
            assertThat(response.readAll()).isSameAs(body);
        }
    }

    @Test
    void redirectToASignedUrlIsFollowedAsItIs() {
        String signature = FakeServer.token("cdnSignature", Instant.ofEpochSecond(4102444800L));
        String location = "https://cdn.test/xrpc/blob?sig=" + signature;
        server.on(
                        "com.atproto.sync.getBlob",
                        r -> TransportResponse.of(302, HttpHeaders.of("location", location), new byte[0]))
                .on("blob", r -> TransportResponse.of(200, HttpHeaders.of("content-type", "text/plain"), new byte[1]));
        PasswordSession session = PasswordSession.of(saved(access, refresh, ""), options());

        TransportResponse response = session.send(AgentRequest.get("/xrpc/com.atproto.sync.getBlob"));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.uri()).hasToString(location);
        assertThat(server.requests.get(1).headers().first("authorization")).isNull();
    }

    @Test
    void scrubbedError_isStillUnderstood() {
        server.on(SERVER + "createSession", r -> refuse(401, "AuthFactorTokenRequired", PASSWORD));

        Throwable failure =
                catchThrowable(() -> PasswordSession.login(Credentials.of(SERVICE, "alice.test", PASSWORD), options()));

        assertThat(failure).isInstanceOf(AuthFactorRequiredException.class).hasMessageContaining("***");
        XrpcResponseException response = (XrpcResponseException) ((SessionException) failure).response();
        assertThat(((LexMap) response.payload()).getString("error")).isEqualTo("AuthFactorTokenRequired");
    }
}
