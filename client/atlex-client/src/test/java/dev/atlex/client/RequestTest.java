package dev.atlex.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.atproto.identity.ResolveHandle;
import com.atproto.label.QueryLabels;
import com.atproto.repo.ApplyWrites;
import com.atproto.repo.CreateRecord;
import com.atproto.repo.UploadBlob;
import com.atproto.server.CreateSession;
import com.atproto.server.DeleteSession;
import com.atproto.server.GetSession;
import com.atproto.sync.ListRepos;
import dev.atlex.client.transport.RequestBody;
import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.BinaryProcedure;
import dev.atlex.schema.Output;
import dev.atlex.schema.Unit;
import dev.atlex.syntax.Did;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The request of a call: method, path, headers and body. */
class RequestTest {
    private static final String SESSION = "{\"handle\":\"alice.test\",\"did\":\"did:plc:alice\"}";
    private static final String PROXY = "did:web:api.example.com#appview";
    private static final String OTHER_PROXY = "did:plc:other#chat";
    private static final Did LABELER = Did.of("did:plc:labeler");
    private static final Did OTHER_LABELER = Did.of("did:plc:otherlabeler");

    private final FakeAgent agent = FakeAgent.alice();
    private final Client client = new Client(agent);

    private AgentRequest session(CallOptions defaults, CallOptions options) {
        agent.json(SESSION);
        new Client(agent, defaults).xrpc(Call.of(GetSession.QUERY), options);
        return agent.last();
    }

    private static @Nullable String proxyOf(AgentRequest request) {
        return request.headers().first("atproto-proxy");
    }

    private static @Nullable String labelersOf(AgentRequest request) {
        return request.headers().first("atproto-accept-labelers");
    }

    private static CallOptions options(java.util.function.Consumer<CallOptions.Builder> options) {
        return CallOptions.of(options);
    }

    // Paths and parameters

    @Test
    void queryIsAGetWithItsParametersInTheUrl() {
        agent.json("{\"did\":\"did:plc:bob\"}");
        client.call(ResolveHandle.QUERY, p -> p.handle("bob.test"));
        AgentRequest request = agent.only();
        assertThat(request.post()).isFalse();
        assertThat(request.path()).isEqualTo("/xrpc/com.atproto.identity.resolveHandle?handle=bob.test");
        assertThat(request.body()).isNull();
        assertThat(request.headers().first("accept")).isEqualTo("application/json");
        assertThat(request.headers().first("content-type")).isNull();
        assertThat(request.headers().names()).containsExactly("accept");
    }

    @Test
    void queryWithoutParametersHasNoQuestionMark() {
        assertThat(session(CallOptions.DEFAULTS, CallOptions.DEFAULTS).path())
                .isEqualTo("/xrpc/com.atproto.server.getSession");
    }

    @Test
    void arraysRepeatTheParameterAndTextIsEncoded() {
        agent.json("{\"labels\":[]}");
        client.call(
                QueryLabels.QUERY,
                p -> p.uriPatterns(List.of("at://a/*", "x y&z=ü+%"))
                        .limit(7L)
                        .unknownField("flag", dev.atlex.data.LexBoolean.TRUE));
        assertThat(agent.only().path())
                .isEqualTo("/xrpc/com.atproto.label.queryLabels?uriPatterns=at%3A%2F%2Fa%2F*"
                        + "&uriPatterns=x+y%26z%3D%C3%BC%2B%25&limit=7&flag=true");
    }

    @Test
    void defaultIsNotSentBecauseTheServerAppliesIt() {
        agent.json("{\"repos\":[]}");
        ListRepos.Params params = ListRepos.Params.builder().build();
        client.call(ListRepos.QUERY, params);
        assertThat(params.limit()).isEqualTo(500);
        assertThat(agent.only().path()).isEqualTo("/xrpc/com.atproto.sync.listRepos");
    }

    @Test
    void emptyArrayIsNotSent() {
        agent.json("{\"labels\":[]}");
        client.call(QueryLabels.QUERY, p -> p.uriPatterns(List.of()).cursor("c"));
        assertThat(agent.only().path())
                .startsWith("/xrpc/com.atproto.label.queryLabels?")
                .contains("cursor=c")
                .doesNotContain("uriPatterns");
    }

    @Test
    void invalidParametersAreNotSent() {
        assertThatExceptionOfType(XrpcRequestException.class)
                .isThrownBy(() -> client.call(ListRepos.QUERY, p -> p.limit(100_000L)))
                .withMessageContaining("com.atproto.sync.listRepos")
                .withMessageContaining("$.limit")
                .satisfies(e -> {
                    assertThat(e.error()).isEqualTo("InvalidRequest");
                    assertThat(e.retryable()).isFalse();
                });
        assertThat(agent.requests).isEmpty();
    }

    @Test
    void parameterThatAUrlCanNotRepresentIsRefused() {
        assertThatExceptionOfType(XrpcRequestException.class)
                .isThrownBy(() -> client.call(ListRepos.QUERY, p -> p.unknownField("deep", LexMap.of())))
                .withMessageContaining("deep");
        assertThat(agent.requests).isEmpty();
    }

    @Test
    void missingRequiredParameterIsNamed() {
        assertThatIllegalStateException()
                .isThrownBy(() -> client.call(ResolveHandle.QUERY))
                .withMessageContaining("handle");
    }

    // Procedures

    @Test
    void procedureIsAPostOfJson() {
        agent.json("{\"accessJwt\":\"a\",\"refreshJwt\":\"r\",\"handle\":\"alice.test\",\"did\":\"did:plc:alice\"}");
        client.call(CreateSession.PROCEDURE, i -> i.identifier("alice.test").password("geheim ü"));
        AgentRequest request = agent.only();
        assertThat(request.post()).isTrue();
        assertThat(request.path()).isEqualTo("/xrpc/com.atproto.server.createSession");
        assertThat(request.headers().first("content-type")).isEqualTo("application/json");
        assertThat(agent.sent()).isEqualTo("{\"identifier\":\"alice.test\",\"password\":\"geheim ü\"}");
        assertThat(request.isReplayable()).isTrue();
    }

    @Test
    void procedureWithoutInputHasNeitherBodyNorType() {
        agent.respond(200, null, "");
        Unit none = client.call(DeleteSession.PROCEDURE);
        assertThat(none).isSameAs(Unit.INSTANCE);
        assertThat(agent.only().post()).isTrue();
        assertThat(agent.only().body()).isNull();
        assertThat(agent.only().headers().names()).isEmpty();
    }

    @Test
    void procedureMayHaveUrlParameters() {
        agent.json("{\"did\":\"did:plc:bob\"}");
        Call<?> call = Call.of(CreateSession.PROCEDURE, i -> i.identifier("a").password("b"))
                .withParameters(Unit.INSTANCE.toBuilder()
                        .unknownField("x", new LexString("1"))
                        .build());
        client.attempt(call);
        assertThat(agent.only().path()).isEqualTo("/xrpc/com.atproto.server.createSession?x=1");
        assertThat(agent.sent()).contains("identifier");
    }

    // Headers

    @Test
    void headersOfTheCallOverrideTheDefaults() {
        AgentRequest request = session(
                options(o -> o.header("X-Base", "base").header("X-Shared", "base")),
                options(o -> o.header("x-shared", "call").header("X-Call", "call")));
        assertThat(request.headers().first("X-Base")).isEqualTo("base");
        assertThat(request.headers().all("X-Shared")).containsExactly("call");
        assertThat(request.headers().first("X-Call")).isEqualTo("call");
    }

    @Test
    void authorizationHeaderIsSentAsGiven() {
        AgentRequest request =
                session(CallOptions.DEFAULTS, options(o -> o.header("Authorization", "Bearer token123")));
        assertThat(request.headers().first("authorization")).isEqualTo("Bearer token123");
        assertThat(request.toString()).doesNotContain("token123");
    }

    @Test
    void acceptHeaderIsTheMethodsOutputEncoding() {
        assertThat(session(CallOptions.DEFAULTS, options(o -> o.header("Accept", "text/html")))
                        .headers()
                        .all("accept"))
                .containsExactly("application/json");
    }

    @Test
    void contentTypeHeaderIsRefused() {
        assertThatExceptionOfType(XrpcRequestException.class)
                .isThrownBy(
                        () -> session(CallOptions.DEFAULTS, options(o -> o.header("Content-type", "application/json"))))
                .withMessageContaining("Content-Type");
        assertThat(agent.requests).isEmpty();
    }

    @Test
    void malformedHeaderIsRefusedWithoutItsValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallOptions.builder().header("x-secret", "geheim\r\nx: y"))
                .withMessageContaining("x-secret")
                .withMessageNotContaining("geheim");
    }

    // Proxy

    @Test
    void callOverridesOrDisablesTheDefaultProxy() {
        CallOptions defaults = options(o -> o.proxy(PROXY));
        assertThat(proxyOf(session(defaults, CallOptions.DEFAULTS))).isEqualTo(PROXY);
        assertThat(proxyOf(session(defaults, options(o -> o.header("x", "y"))))).isEqualTo(PROXY);
        assertThat(proxyOf(session(defaults, options(o -> o.proxy(OTHER_PROXY)))))
                .isEqualTo(OTHER_PROXY);
        assertThat(proxyOf(session(defaults, options(CallOptions.Builder::noProxy))))
                .isNull();
        assertThat(proxyOf(session(CallOptions.DEFAULTS, CallOptions.DEFAULTS))).isNull();
    }

    @Test
    void proxyHeaderIsEquivalentToTheOption() {
        CallOptions header = options(o -> o.header("Atproto-Proxy", " " + PROXY + " "));
        assertThat(header.proxy()).isEqualTo(PROXY);
        assertThat(session(CallOptions.DEFAULTS, header).headers().all("atproto-proxy"))
                .containsExactly(PROXY);
        assertThat(proxyOf(session(header, CallOptions.DEFAULTS))).isEqualTo(PROXY);
        assertThat(proxyOf(session(header, options(o -> o.proxy(OTHER_PROXY))))).isEqualTo(OTHER_PROXY);
        assertThat(proxyOf(session(header, options(CallOptions.Builder::noProxy))))
                .isNull();
        assertThat(proxyOf(session(options(o -> o.proxy(OTHER_PROXY)), header))).isEqualTo(PROXY);
        assertThat(proxyOf(session(options(CallOptions.Builder::noProxy), header)))
                .isEqualTo(PROXY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "did:plc:x", "did:plc:x#", "#a", "x#a", "did:plc:x#a#b", "https://example.com#a"})
    void invalidProxyIsRefused(String service) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallOptions.builder().proxy(service));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallOptions.builder().header("atproto-proxy", service));
    }

    // Labelers

    @Test
    void callOverridesOrDisablesTheDefaultLabelers() {
        CallOptions defaults = options(o -> o.labelers(LABELER));
        assertThat(labelersOf(session(defaults, CallOptions.DEFAULTS))).isEqualTo("did:plc:labeler");
        assertThat(labelersOf(session(defaults, options(o -> o.labelers(OTHER_LABELER)))))
                .isEqualTo("did:plc:otherlabeler");
        assertThat(labelersOf(session(defaults, options(o -> o.labelers())))).isNull();
        assertThat(labelersOf(session(defaults, options(CallOptions.Builder::noLabelers))))
                .isNull();
        assertThat(labelersOf(session(CallOptions.DEFAULTS, CallOptions.DEFAULTS)))
                .isNull();
    }

    @Test
    void labelersOfHeaderAndOptionAreCombined() {
        CallOptions header = options(o -> o.header("atproto-accept-labelers", "did:plc:h1;redact,, did:plc:labeler "));
        assertThat(labelersOf(session(CallOptions.DEFAULTS, header))).isEqualTo("did:plc:h1;redact, did:plc:labeler");
        assertThat(labelersOf(session(header, options(o -> o.labelers(LABELER)))))
                .isEqualTo("did:plc:labeler, did:plc:h1;redact");
        assertThat(labelersOf(session(header, options(o -> o.labelers()))))
                .isEqualTo("did:plc:h1;redact, did:plc:labeler");
        assertThat(labelersOf(session(options(o -> o.labelers(OTHER_LABELER)), header)))
                .isEqualTo("did:plc:otherlabeler, did:plc:h1;redact, did:plc:labeler");
    }

    @Test
    void emptyLabelersHeaderIsNotSent() {
        CallOptions empty = options(o -> o.header("atproto-accept-labelers", " , "));
        assertThat(session(CallOptions.DEFAULTS, empty).headers().names()).containsExactly("accept");
    }

    @Test
    void noLabelersRemovesThoseOfAHeaderToo() {
        CallOptions header = options(o -> o.header("atproto-accept-labelers", "did:plc:h1"));
        CallOptions none = options(CallOptions.Builder::noLabelers);
        assertThat(labelersOf(session(header, none))).isNull();
        assertThat(labelersOf(session(
                        CallOptions.DEFAULTS,
                        options(o -> o.noLabelers().header("atproto-accept-labelers", "did:plc:h1")))))
                .isNull();
        assertThat(labelersOf(session(none, header))).isEqualTo("did:plc:h1");
        assertThat(labelersOf(session(none, options(o -> o.labelers(LABELER))))).isEqualTo("did:plc:labeler");
        assertThat(labelersOf(session(
                        CallOptions.DEFAULTS, options(o -> o.noLabelers().labelers(LABELER)))))
                .isEqualTo("did:plc:labeler");
    }

    @Test
    void appLabelersComeFirstAndIgnoreNoLabelers() {
        CallOptions defaults = options(o -> o.appLabelers(List.of(LABELER)).labelers(OTHER_LABELER));
        assertThat(labelersOf(session(defaults, CallOptions.DEFAULTS)))
                .isEqualTo("did:plc:labeler;redact, did:plc:otherlabeler");
        assertThat(labelersOf(session(defaults, options(CallOptions.Builder::noLabelers))))
                .isEqualTo("did:plc:labeler;redact");
        assertThat(labelersOf(session(defaults, options(o -> o.appLabelers(List.of())))))
                .isEqualTo("did:plc:otherlabeler");
    }

    // Defaults

    @Test
    void optionsOfTheCallOverrideTheDefaults() {
        RetryOptions retries = RetryOptions.of(4);
        CallOptions full = options(o -> o.proxy(PROXY)
                .labelers(LABELER)
                .appLabelers(List.of(OTHER_LABELER))
                .timeout(Duration.ofSeconds(7))
                .maxResponseBytes(77)
                .encoding("image/png")
                .validateRequest(true)
                .validateResponse(false)
                .strict(false)
                .retries(retries)
                .header("x", "1"));
        CallOptions contrary = options(o -> o.proxy(OTHER_PROXY)
                .labelers()
                .appLabelers(List.of())
                .timeout(Duration.ofSeconds(1))
                .maxResponseBytes(1)
                .encoding("a/b")
                .validateRequest(false)
                .validateResponse(true)
                .strict(true)
                .retries(0)
                .header("x", "2"));
        for (CallOptions same : List.of(
                full,
                full.orElse(contrary),
                CallOptions.DEFAULTS.orElse(full),
                CallOptions.builder().build().orElse(full),
                full.toBuilder().build())) {
            assertThat(same.proxy()).isEqualTo(PROXY);
            assertThat(same.labelers()).containsExactly(LABELER);
            assertThat(same.appLabelers()).containsExactly(OTHER_LABELER);
            assertThat(same.timeout()).isEqualTo(Duration.ofSeconds(7));
            assertThat(same.maxResponseBytes()).isEqualTo(77);
            assertThat(same.encoding()).isEqualTo("image/png");
            assertThat(same.validateRequest()).isTrue();
            assertThat(same.validateResponse()).isFalse();
            assertThat(same.strict()).isFalse();
            assertThat(same.retries()).isSameAs(retries);
            assertThat(same.headers().all("x")).containsExactly("1");
        }
    }

    @Test
    void mergingLeavesBothOptionsUnchanged() {
        CallOptions one = options(o -> o.header("x", "1"));
        CallOptions other = options(o -> o.header("x", "2").labelers(LABELER));
        one.orElse(other);
        assertThat(one.labelers()).isNull();
        assertThat(one.headers().all("x")).containsExactly("1");
        assertThat(other.headers().all("x")).containsExactly("2");
    }

    @Test
    void withAddsToTheDefaults() {
        agent.json(SESSION);
        Client derived = client.with(o -> o.proxy(PROXY)).with(o -> o.labelers(LABELER));
        derived.call(GetSession.QUERY);
        assertThat(proxyOf(agent.only())).isEqualTo(PROXY);
        assertThat(labelersOf(agent.only())).isEqualTo("did:plc:labeler");
        assertThat(client.defaults().proxy()).isNull();
        assertThat(derived.agent()).isSameAs(agent);
    }

    @Test
    void limitsOfTheCallArePassedToTheAgent() {
        Client client = new Client(agent, CallOptions.DEFAULTS, new FakeTime().timing());
        agent.json(SESSION).json(SESSION).json(SESSION);
        client.xrpc(Call.of(GetSession.QUERY));
        AgentRequest usual = agent.last();
        assertThat(usual.timeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(usual.maxResponseBytes()).isEqualTo(16 << 20);
        client.attempt(
                Call.of(GetSession.QUERY),
                options(o -> o.timeout(Duration.ofMillis(5)).maxResponseBytes(9)));
        AgentRequest own = agent.last();
        assertThat(own.timeout()).isEqualTo(Duration.ofMillis(5));
        assertThat(own.maxResponseBytes()).isEqualTo(9);
        client.xrpc(Call.of(GetSession.QUERY), options(o -> o.timeout(Duration.ofSeconds(Long.MAX_VALUE))));
    }

    @Test
    void limitsMustBePositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallOptions.builder().timeout(Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallOptions.builder().timeout(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallOptions.builder().maxResponseBytes(0));
    }

    // Encodings

    private AgentRequest upload(String expected, @Nullable String given) {
        BinaryProcedure<Unit> method =
                new BinaryProcedure<>("com.example.upload", Unit.CODEC, expected, Output.none(), List.of());
        agent.respond(200, null, "");
        client.call(
                method,
                RequestBody.of(new byte[] {1}),
                given == null ? CallOptions.DEFAULTS : options(o -> o.encoding(given)));
        return agent.last();
    }

    @ParameterizedTest
    @CsvSource({
        "*/*,,application/octet-stream",
        "*/*,image/png,image/png",
        "image/*,image/png,image/png",
        "image/*,IMAGE/PNG,IMAGE/PNG",
        "text/*,,text/plain; charset=utf-8",
        "text/vtt,,text/vtt; charset=utf-8",
        "text/*,text/html; charset=latin1,text/html; charset=latin1",
        "video/mp4,,video/mp4",
        "application/vnd.ipld.car,application/vnd.ipld.car,application/vnd.ipld.car"
    })
    void binaryTypeIsTheGivenOneOrTheMethods(String expected, @Nullable String given, String contentType) {
        assertThat(upload(expected, given).headers().all("content-type")).containsExactly(contentType);
    }

    @ParameterizedTest
    @CsvSource({
        "image/*,text/plain",
        "video/mp4,video/webm",
        "*/*,nonsense",
        "*/*,/png",
        "*/*,''",
        "image/*,image",
        "image/*,"
    })
    void typeThatTheMethodDoesNotAcceptIsRefused(String expected, @Nullable String given) {
        assertThatExceptionOfType(XrpcRequestException.class)
                .isThrownBy(() -> upload(expected, given))
                .withMessageContaining("com.example.upload");
        assertThat(agent.requests).isEmpty();
    }

    @Test
    void typeInvalidInAHeaderIsRefused() {
        assertThatExceptionOfType(XrpcRequestException.class)
                .isThrownBy(() -> upload("*/*", "image/png\r\nx-injected: 1"));
        assertThat(agent.requests).isEmpty();
    }

    @Test
    void typeWithoutBodyIsRefused() {
        assertThatExceptionOfType(XrpcRequestException.class)
                .isThrownBy(() -> session(CallOptions.DEFAULTS, options(o -> o.encoding("image/png"))))
                .withMessageContaining("image/png");
        assertThatExceptionOfType(XrpcRequestException.class)
                .isThrownBy(() ->
                        client.xrpc(Call.of(DeleteSession.PROCEDURE), options(o -> o.encoding("application/json"))));
        assertThat(agent.requests).isEmpty();
    }

    @Test
    void jsonInputAcceptsOnlyJson() {
        Call<?> call = Call.of(CreateSession.PROCEDURE, i -> i.identifier("a").password("b"));
        assertThatExceptionOfType(XrpcRequestException.class)
                .isThrownBy(() -> client.xrpc(call, options(o -> o.encoding("text/plain"))));
        assertThat(agent.requests).isEmpty();
    }

    @Test
    void bodyIsSentUnchanged() {
        RequestBody body = RequestBody.ofStream(new java.io.ByteArrayInputStream(new byte[] {1, 2}));
        agent.json("{\"blob\":{\"$type\":\"blob\",\"ref\":{\"$link\":"
                + "\"bafkreifjjcie6lypi6ny7amxnfftagclbuxndqonfipmb64f2km2devei4\"},\"mimeType\":\"a/b\",\"size\":2}}");
        client.xrpc(Call.of(UploadBlob.PROCEDURE, body), options(o -> o.encoding("a/b")));
        assertThat(agent.only().body()).isSameAs(body);
        assertThat(agent.only().isReplayable()).isFalse();
    }

    // Validation of requests

    @Test
    void inputIsNotValidatedByDefault() {
        ApplyWrites.Input bad = ApplyWrites.Input.builder()
                .repo("did:plc:alice")
                .writes(List.of())
                .unknownField("validate", new LexString("no boolean"))
                .build();
        agent.json("{}");
        client.call(ApplyWrites.PROCEDURE, bad);
        assertThat(agent.sent()).contains("no boolean");

        assertThatExceptionOfType(XrpcRequestException.class)
                .isThrownBy(() -> client.with(o -> o.validateRequest(true)).call(ApplyWrites.PROCEDURE, bad))
                .withMessageContaining("$.validate")
                .withCauseInstanceOf(LexException.class);
        assertThat(agent.requests).hasSize(1);
    }

    @Test
    void validInputPassesValidation() {
        agent.json("{\"uri\":\"at://did:plc:alice/com.example.note/1\","
                + "\"cid\":\"bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a\"}");
        client.with(o -> o.validateRequest(true))
                .call(
                        CreateRecord.PROCEDURE,
                        i -> i.repo("did:plc:alice")
                                .collection("com.example.note")
                                .record(Note.of("hi").toLexMap()));
        assertThat(agent.requests).hasSize(1);
    }

    // Secrets

    @Test
    void toStringShowsNeitherQueryNorBody() {
        AgentRequest request = AgentRequest.post("/xrpc/x.y.z?token=geheim", RequestBody.of("geheim"));
        assertThat(request.toString()).contains("POST /xrpc/x.y.z,").doesNotContain("geheim");
        assertThat(Call.of(CreateSession.PROCEDURE, i -> i.identifier("a").password("geheim"))
                        .toString())
                .isEqualTo("Call[com.atproto.server.createSession]");
    }

    @Test
    void pathCanNotNameAnotherHost() {
        for (String path : List.of("//evil.example/xrpc/x", "xrpc/x?token=geheim", "https://evil.example/x?geheim")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AgentRequest.get(path))
                    .withMessageNotContaining("geheim");
        }
    }

    @Test
    void accessorsOfUnsetOptionsReturnDefaults() {
        assertThat(Stream.of(
                        CallOptions.DEFAULTS.proxy(),
                        CallOptions.DEFAULTS.labelers(),
                        CallOptions.DEFAULTS.appLabelers(),
                        CallOptions.DEFAULTS.encoding()))
                .containsOnlyNulls();
        assertThat(CallOptions.DEFAULTS.validateRequest()).isFalse();
        assertThat(CallOptions.DEFAULTS.validateResponse()).isTrue();
        assertThat(CallOptions.DEFAULTS.strict()).isFalse();
        assertThat(CallOptions.DEFAULTS.invalidItems()).isEqualTo(InvalidItems.FAIL);
        assertThat(CallOptions.DEFAULTS.maxDepth()).isEqualTo(ReadOptions.DEFAULT_MAX_DEPTH);
        assertThat(CallOptions.DEFAULTS.retries().maxRetries()).isZero();
    }
}
