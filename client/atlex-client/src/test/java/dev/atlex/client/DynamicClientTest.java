package dev.atlex.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.RequestBody;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.data.Bytes;
import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexNull;
import dev.atlex.data.LexValue;
import dev.atlex.schema.Output;
import dev.atlex.schema.Unit;
import dev.atlex.schema.ValueProcedure;
import dev.atlex.schema.document.LexiconDocument;
import dev.atlex.schema.document.LexiconDocuments;
import dev.atlex.schema.generated.Codecs;
import dev.atlex.schema.runtime.RuntimeSchemas;
import dev.atlex.syntax.Did;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DynamicClientTest {
    private static final String FIND = "com.example.find";
    static final RuntimeSchemas SCHEMAS = RuntimeSchemas.of(LexiconDocuments.of(List.of(
            document(FIND, """
                    {"type": "query",
                      "parameters": {"type": "params", "required": ["q"], "properties": {
                        "q": {"type": "string", "maxLength": 20}, "limit": {"type": "integer", "maximum": 10},
                        "all": {"type": "boolean", "default": false},
                        "tags": {"type": "array", "maxLength": 2, "items": {"type": "string"}},
                        "pages": {"type": "array", "items": {"type": "integer"}}}},
                      "output": {"encoding": "application/json", "schema": {
                        "type": "object", "required": ["found"], "properties": {"found": {"type": "integer"}}}},
                      "errors": [{"name": "TooMany"}]}"""),
            document("com.example.file", """
                    {"type": "query", "output": {"encoding": "application/vnd.ipld.car"}}"""),
            document("com.example.list", """
                    {"type": "query",
                      "parameters": {"type": "params", "properties": {
                        "limit": {"type": "integer"}, "cursor": {"type": "string"}}},
                      "output": {"encoding": "application/json", "schema": {
                        "type": "ref", "ref": "com.example.listed#page"}}}"""),
            LexiconDocument.parse("""
                    {"lexicon": 1, "id": "com.example.listed", "defs": {"page": {
                      "type": "object", "properties": {
                        "cursor": {"type": "string"},
                        "items": {"type": "array", "items": {"type": "integer"}}}}}}""".getBytes(UTF_8)),
            document("com.example.endless", """
                    {"type": "query",
                      "parameters": {"type": "params", "properties": {"cursor": {"type": "string"}}},
                      "output": {"encoding": "application/json", "schema": {"type": "object", "properties": {}}}}"""),
            document("com.example.store", """
                    {"type": "procedure",
                      "input": {"encoding": "application/json", "schema": {
                        "type": "object", "required": ["x"], "properties": {"x": {"type": "integer", "minimum": 1}}}},
                      "output": {"encoding": "application/json"}}"""),
            document("com.example.tune", """
                    {"type": "procedure",
                      "parameters": {"type": "params", "properties": {"dry": {"type": "boolean"}}},
                      "input": {"encoding": "application/json", "schema": {
                        "type": "object", "properties": {"x": {"type": "integer"}}}}}"""),
            document("com.example.touch", "{\"type\": \"procedure\"}"),
            document("com.example.upload", """
                    {"type": "procedure", "input": {"encoding": "image/*"},
                      "output": {"encoding": "application/json"}}"""))));

    private final QueuedAgent agent = new QueuedAgent();
    private final DynamicClient client = new DynamicClient(new Client(agent), SCHEMAS);

    @Test
    void queryIsAGetWithItsParameters() {
        agent.json("{\"found\":1,\"more\":[null]}");
        LexMap parameters = LexMap.builder()
                .put("q", "a b")
                .put("tags", LexArray.of(LexValue.of("x"), LexValue.of("y")))
                .put("all", true)
                .build();

        LexValue response = client.call(FIND, parameters);

        assertThat(response).isEqualTo(LexValue.parseJson("{\"found\":1,\"more\":[null]}"));
        assertThat(agent.last().post()).isFalse();
        assertThat(agent.last().path()).isEqualTo("/xrpc/com.example.find?q=a+b&tags=x&tags=y&all=true");
        assertThat(agent.last().headers().first("accept")).isEqualTo("application/json");
    }

    @Test
    void invalidParametersAreNotSent() {
        assertThatThrownBy(() -> client.call(FIND, LexMap.of()))
                .isInstanceOf(XrpcRequestException.class)
                .hasMessageContaining("$.q");
        assertThatThrownBy(() -> client.call(
                        FIND, LexMap.builder().put("q", "a").put("limit", 11).build()))
                .isInstanceOf(XrpcRequestException.class)
                .hasMessageContaining("$.limit");
        assertThat(agent.requests).isEmpty();
    }

    @Test
    void invalidResponseIsRefusedUnlessValidationIsOff() {
        agent.json("{\"found\":\"1\"}").json("{}");
        LexMap parameters = LexMap.of("q", LexValue.of("a"));

        assertThatThrownBy(() -> client.call(FIND, parameters))
                .isInstanceOf(XrpcResponseValidationException.class)
                .hasMessageContaining("$.found");
        assertThat(client.call(FIND, parameters, null, CallOptions.of(options -> options.validateResponse(false))))
                .isEqualTo(LexMap.of());
    }

    @Test
    void errorResponseThrowsTypedException() {
        agent.respond(400, "application/json", "{\"error\":\"TooMany\",\"message\":\"no\"}");

        assertThatThrownBy(() -> client.call(FIND, LexMap.of("q", LexValue.of("a"))))
                .isInstanceOfSatisfying(XrpcResponseException.class, e -> {
                    assertThat(e.error()).isEqualTo("TooMany");
                    assertThat(e.matchesSchemaErrors()).isTrue();
                    assertThat(e.method().nsid()).isEqualTo(FIND);
                });
    }

    @Test
    void queriesAreRetriedAndProceduresAreNot() {
        TimeSource timing = new TimeSource(Clock.systemUTC(), duration -> {}, () -> 0);
        Client retrying = new Client(agent, CallOptions.of(options -> options.retries(2)), timing);
        DynamicClient patient = new DynamicClient(retrying, SCHEMAS);
        agent.respond(503, null, "").json("{\"found\":2}");

        assertThat(patient.call(FIND, LexMap.of("q", LexValue.of("a")))).isEqualTo(LexMap.of("found", LexValue.of(2)));
        assertThat(agent.requests).hasSize(2);

        agent.respond(503, null, "");
        assertThatThrownBy(() -> patient.call("com.example.touch", LexMap.of()))
                .isInstanceOf(XrpcResponseException.class);
        assertThat(agent.requests).hasSize(3);
    }

    @Test
    void pagesFollowTheCursorWithTheSameParameters() {
        agent.json("{\"items\":[1,2],\"cursor\":\"b\"}")
                .json("{\"cursor\":\"c d\"}")
                .json("{\"items\":[3]}");

        assertThat(client.pages("com.example.list", LexMap.of("limit", LexValue.of(2)))
                        .items(page -> page.getArray("items")))
                .containsExactly(LexValue.of(1), LexValue.of(2), LexValue.of(3));
        assertThat(agent.requests)
                .extracting(AgentRequest::path)
                .containsExactly(
                        "/xrpc/com.example.list?limit=2",
                        "/xrpc/com.example.list?limit=2&cursor=b",
                        "/xrpc/com.example.list?limit=2&cursor=c+d");
    }

    @Test
    void pagesStartAtACursorAndStopAtARepeatedOne() {
        agent.json("{\"items\":[1],\"cursor\":\"a\"}");

        assertThat(client.pages("com.example.list", LexMap.of("cursor", LexValue.of("a"))))
                .hasSize(1);
        assertThat(agent.last().path()).isEqualTo("/xrpc/com.example.list?cursor=a");
    }

    @Test
    void pageIsValidatedAndRetriedLikeATypedOne() {
        TimeSource timing = new TimeSource(Clock.systemUTC(), duration -> {}, () -> 0);
        DynamicClient patient = new DynamicClient(new Client(agent, CallOptions.DEFAULTS, timing), SCHEMAS);
        agent.respond(503, null, "")
                .respond(503, null, "")
                .respond(503, null, "")
                .json("{\"items\":[]}");

        assertThat(patient.pages("com.example.list", LexMap.of())).hasSize(1);

        agent.respond(503, null, "");
        assertThatThrownBy(() -> patient.pages(
                                "com.example.list", LexMap.of(), CallOptions.of(options -> options.retries(0)))
                        .iterator()
                        .next())
                .isInstanceOf(XrpcResponseException.class);
        agent.json("{\"items\":[\"1\"]}");
        assertThatThrownBy(() -> patient.pages("com.example.list", LexMap.of())
                        .iterator()
                        .next())
                .isInstanceOf(XrpcResponseValidationException.class)
                .hasMessageContaining("$.items[0]");
    }

    @Test
    void methodWithoutCursorHasNoPages() {
        for (String nsid : List.of(FIND, "com.example.file", "com.example.endless", "com.example.touch")) {
            assertThatThrownBy(() -> client.pages(nsid, LexMap.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(nsid + " has no cursor");
        }
        assertThatThrownBy(() -> client.pages("com.example.missing", LexMap.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("com.example.missing");
        assertThat(agent.requests).isEmpty();
    }

    @Test
    void procedureIsAPostWithItsInput() {
        agent.json("[1]");
        LexMap input = LexMap.of("x", LexValue.of(0));

        assertThat(client.call("com.example.store", LexMap.of(), input, CallOptions.DEFAULTS))
                .isEqualTo(LexArray.of(LexValue.of(1)));
        assertThat(agent.last().post()).isTrue();
        assertThat(agent.last().path()).isEqualTo("/xrpc/com.example.store");
        assertThat(agent.last().headers().first("content-type")).isEqualTo("application/json");
        assertThat(agent.sent()).isEqualTo("{\"x\":0}");
    }

    @Test
    void inputIsValidatedIfEnabled() {
        CallOptions checked = CallOptions.of(options -> options.validateRequest(true));

        assertThatThrownBy(() -> client.call("com.example.store", LexMap.of(), LexMap.of("x", LexValue.of(0)), checked))
                .isInstanceOf(XrpcRequestException.class)
                .hasMessageContaining("$.x");
    }

    @Test
    void procedureWithoutInputAndOutputReturnsNull() {
        agent.respond(200, null, "");

        assertThat(client.call("com.example.touch", LexMap.of())).isEqualTo(LexNull.NULL);
        assertThat(agent.last().post()).isTrue();
        assertThat(agent.last().body()).isNull();
        assertThat(agent.last().headers().first("content-type")).isNull();
    }

    @Test
    void optionalInputMayBeOmitted() {
        agent.respond(200, null, "");

        client.call("com.example.tune", LexMap.of("dry", LexValue.of(true)));

        assertThat(agent.sent()).isEqualTo("{}");
        assertThat(agent.last().path()).isEqualTo("/xrpc/com.example.tune?dry=true");
        assertThatThrownBy(() -> client.call("com.example.store", LexMap.of()))
                .isInstanceOf(XrpcRequestException.class)
                .hasMessageContaining("$.x");
    }

    @Test
    void inputThatTheMethodDoesNotAcceptIsRefused() {
        RequestBody bytes = RequestBody.of(new byte[1]);

        assertThatThrownBy(() -> client.call("com.example.file", LexMap.of(), LexMap.of(), CallOptions.DEFAULTS))
                .isInstanceOf(XrpcRequestException.class)
                .hasMessageContaining("query");
        assertThatThrownBy(() -> client.call("com.example.touch", LexMap.of(), LexMap.of(), CallOptions.DEFAULTS))
                .isInstanceOf(XrpcRequestException.class)
                .hasMessageContaining("procedure");
        assertThatThrownBy(() -> client.call("com.example.upload", LexMap.of()))
                .isInstanceOf(XrpcRequestException.class)
                .hasMessageContaining("bytes");
        for (String nsid : List.of("com.example.store", "com.example.file", "com.example.touch")) {
            assertThatThrownBy(() -> client.callBinary(nsid, LexMap.of(), bytes, CallOptions.DEFAULTS))
                    .isInstanceOf(XrpcRequestException.class)
                    .hasMessageContaining("bytes");
        }
        assertThat(agent.requests).isEmpty();
    }

    @Test
    void bytesAreSentWithTheirMediaType() {
        agent.json("{\"ok\":true}");

        LexValue response = client.callBinary(
                "com.example.upload",
                LexMap.of(),
                RequestBody.of("png".getBytes(UTF_8)),
                CallOptions.of(options -> options.encoding("image/png")));

        assertThat(response).isEqualTo(LexMap.of("ok", LexValue.of(true)));
        assertThat(agent.sent()).isEqualTo("png");
        assertThat(agent.last().headers().first("content-type")).isEqualTo("image/png");
    }

    @Test
    void binaryResponseIsBytesOrAStream() throws IOException {
        agent.respond(200, "application/vnd.ipld.car", "car").respond(200, "application/vnd.ipld.car", "car");

        XrpcResponse<LexValue> response = client.xrpc("com.example.file", LexMap.of(), null, CallOptions.DEFAULTS);
        assertThat(response.body()).isEqualTo(Bytes.of("car".getBytes(UTF_8)));
        assertThat(response.encoding()).isEqualTo("application/vnd.ipld.car");
        try (TransportResponse stream = client.stream("com.example.file", LexMap.of(), null, CallOptions.DEFAULTS)) {
            assertThat(stream.readAll()).asString(UTF_8).isEqualTo("car");
        }
    }

    @Test
    void methodWithoutDocumentIsNamedInTheError() {
        assertThatThrownBy(() -> client.call("com.example.missing", LexMap.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("com.example.missing");
        assertThatThrownBy(() -> client.paramsFromText("com.example.missing", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("com.example.missing");
    }

    @Test
    void uncheckedCallsNeedNoDocument() {
        LexMap parameters = LexMap.builder()
                .put("n", 1)
                .put("l", LexArray.of(LexValue.of("a"), LexValue.of("b")))
                .build();
        agent.json("{\"a\":{\"$bytes\":\"AQ\"}}")
                .respond(200, null, "")
                .respond(200, "text/plain; charset=utf-8", "hi");

        assertThat(client.queryUnchecked("com.example.missing", parameters, CallOptions.DEFAULTS)
                        .body())
                .isEqualTo(LexMap.of("a", Bytes.of(new byte[] {1})));
        assertThat(agent.last().path()).isEqualTo("/xrpc/com.example.missing?n=1&l=a&l=b");
        assertThat(agent.last().post()).isFalse();
        assertThat(client.procedureUnchecked(
                                "com.example.missing", LexMap.of(), LexMap.of("x", parameters), CallOptions.DEFAULTS)
                        .body())
                .isEqualTo(LexNull.NULL);
        assertThat(agent.sent()).isEqualTo("{\"x\":{\"n\":1,\"l\":[\"a\",\"b\"]}}");
        assertThat(client.binaryUnchecked(
                                "com.example.missing",
                                LexMap.of(),
                                RequestBody.of("raw".getBytes(UTF_8)),
                                CallOptions.DEFAULTS)
                        .body())
                .isEqualTo(Bytes.of("hi".getBytes(UTF_8)));
        assertThat(agent.last().headers().first("content-type")).isEqualTo("application/octet-stream");
    }

    @Test
    void uncheckedStrictCallRequiresTheDataModel() {
        agent.json("{\"a\":1.5}").json("{\"a\":1.5}").json("{");

        CallOptions strict = CallOptions.of(options -> options.strict(true));
        assertThatThrownBy(() -> client.queryUnchecked("com.example.missing", LexMap.of(), strict))
                .isInstanceOf(XrpcInvalidResponseException.class);
        assertThat(client.queryUnchecked("com.example.missing", LexMap.of(), CallOptions.DEFAULTS)
                        .body())
                .isInstanceOf(LexMap.class);
        assertThatThrownBy(() -> client.queryUnchecked("com.example.missing", LexMap.of(), CallOptions.DEFAULTS))
                .isInstanceOf(XrpcInvalidResponseException.class);
        assertThatThrownBy(() -> client.queryUnchecked("../admin", LexMap.of(), CallOptions.DEFAULTS))
                .isInstanceOf(InvalidSyntaxException.class);
    }

    @Test
    void stringsAreParsedIntoTypedParameters() {
        assertThat(client.paramsFromText(
                        FIND,
                        Map.of(
                                "q", List.of("12"),
                                "limit", List.of("7"),
                                "all", List.of("true"),
                                "tags", List.of("5", "x=y"),
                                "pages", List.of("-1"))))
                .isEqualTo(LexMap.builder()
                        .put("q", "12")
                        .put("limit", 7)
                        .put("all", true)
                        .put("tags", LexArray.of(LexValue.of("5"), LexValue.of("x=y")))
                        .put("pages", LexArray.of(LexValue.of(-1)))
                        .build());
        assertThat(client.paramsFromText("com.example.touch", Map.of())).isEmpty();
    }

    @Test
    void invalidParameterStringsAreNamedInTheError() {
        assertText("limit", List.of("ten"), "parameter \"limit\": expected an integer of at most 53 bits, got \"ten\"");
        assertText("limit", List.of("9007199254740992"), "parameter \"limit\": expected an integer of at most 53 bits");
        assertText("limit", List.of("99999999999999999999"), "parameter \"limit\"");
        assertText("limit", List.of("1.0"), "parameter \"limit\"");
        assertText("limit", List.of("11"), "parameter \"limit\": expected an integer of at most 10, got 11");
        assertText("limit", List.of("1", "2"), "parameter \"limit\": expected one value, got 2");
        assertText("all", List.of("yes"), "parameter \"all\": expected true or false, got \"yes\"");
        assertText(
                "pages", List.of("1", "x"), "parameter \"pages\": expected an integer of at most 53 bits, got \"x\"");
        assertText("tags", List.of("a", "b", "c"), "parameter \"tags\": expected an array of at most 2");
        assertText(
                "lmit", List.of("1"), "com.example.find has no parameter \"lmit\" (known: q, limit, all, tags, pages)");
        assertThatThrownBy(() -> client.paramsFromText(FIND, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("com.example.find needs the parameter \"q\"");
        assertThatThrownBy(() -> client.paramsFromText("com.example.touch", Map.of("x", List.of("1"))))
                .hasMessage("com.example.touch has no parameter \"x\" (it has no parameters)");
    }

    private void assertText(String name, List<String> values, String message) {
        Map<String, List<String>> texts =
                name.equals("q") ? Map.of(name, values) : Map.of("q", List.of("a"), name, values);
        assertThatThrownBy(() -> client.paramsFromText(FIND, texts))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void typedProcedureAcceptsAnyJsonInput() {
        ValueProcedure<LexValue, Unit> procedure =
                new ValueProcedure<>("com.example.any", Unit.CODEC, Codecs.VALUE, Output.none(), List.of());
        agent.respond(200, null, "");

        new Client(agent).call(procedure, LexArray.of(LexValue.of(1)));

        assertThat(agent.sent()).isEqualTo("[1]");
        assertThat(agent.last().headers().first("content-type")).isEqualTo("application/json");
    }

    private static LexiconDocument document(String nsid, String main) {
        String json = "{\"lexicon\": 1, \"id\": \"" + nsid + "\", \"defs\": {\"main\": " + main + "}}";
        return LexiconDocument.parse(json.getBytes(UTF_8));
    }

    /** An agent that records requests and returns queued responses. */
    private static final class QueuedAgent implements Agent {
        final List<AgentRequest> requests = new ArrayList<>();
        private final Deque<TransportResponse> responses = new ArrayDeque<>();

        QueuedAgent json(String body) {
            return respond(200, "application/json", body);
        }

        QueuedAgent respond(int status, @Nullable String contentType, String body) {
            HttpHeaders headers = contentType == null ? HttpHeaders.of() : HttpHeaders.of("Content-Type", contentType);
            responses.add(TransportResponse.of(status, headers, body.getBytes(UTF_8)));
            return this;
        }

        AgentRequest last() {
            return requests.get(requests.size() - 1);
        }

        String sent() {
            RequestBody body = last().body();
            assertThat(body).isNotNull();
            try (InputStream in = body.open()) {
                return new String(in.readAllBytes(), UTF_8);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public @Nullable Did did() {
            return null;
        }

        @Override
        public TransportResponse send(AgentRequest request) {
            requests.add(request);
            return responses.remove();
        }
    }
}
