package dev.atlex.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.atproto.repo.ListRecords;
import com.atproto.server.GetSession;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadProblem;
import dev.atlex.schema.document.LexiconDocuments;
import dev.atlex.schema.runtime.RuntimeSchemas;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The options for reading invalid responses: invalidItems, validateResponse and maxDepth. */
class LenientResponseTest {
    private static final String CID = "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a";
    private static final String NSID = "com.atproto.repo.listRecords";
    private static final LexMap PARAMETERS = LexMap.builder()
            .put("repo", "did:plc:alice")
            .put("collection", "com.example.note")
            .build();

    private final FakeAgent agent = FakeAgent.alice();
    private final Client client = new Client(agent);
    private final Client bot = client.with(o -> o.invalidItems(InvalidItems.SKIP));

    private static String entry(String rkey) {
        return "{\"uri\":\"at://did:plc:alice/com.example.note/" + rkey + "\",\"cid\":\"" + CID
                + "\",\"value\":{\"$type\":\"com.example.note\",\"text\":\"" + rkey + "\"}}";
    }

    private static String page(String cursor, String... entries) {
        return "{\"cursor\":" + cursor + ",\"records\":[" + String.join(",", entries) + "]}";
    }

    private static Call<ListRecords.Output> list() {
        return Call.of(ListRecords.QUERY, q -> q.repo("did:plc:alice").collection("com.example.note"));
    }

    @Test
    void skippedItemsAreReported() {
        agent.json(page("\"c\"", entry("a"), "5", entry("b").replace("at://", "no://"), entry("c")));

        XrpcResponse<ListRecords.Output> response = bot.xrpc(list());

        assertThat(response.body().records()).hasSize(2);
        assertThat(response.body().cursor()).isEqualTo("c");
        assertThat(response.problemCount()).isEqualTo(2);
        assertThat(response.problems())
                .extracting(ReadProblem::message)
                .containsExactly(
                        "Expected an object at $.records[1] (got 5)",
                        "Expected a valid AT URI at $.records[2].uri (got \"no://did:plc:alice/com.example.note/b\")");
        assertThat(response.problems().get(0).value()).isEqualTo(LexValue.of(5));
    }

    @Test
    void byDefaultInvalidItemsFailTheCall() {
        agent.json(page("\"c\"", "5"));

        assertThatThrownBy(() -> client.xrpc(list())).isInstanceOf(XrpcResponseValidationException.class);
    }

    @Test
    void pagesContinueAfterAnInvalidItem() {
        agent.json(page("\"1\"", entry("a"), "5")).json(page("null", "{}", entry("b")));
        List<ReadProblem> problems = new ArrayList<>();

        List<ListRecords.Record> records = client.pages(
                        ListRecords.QUERY,
                        q -> q.repo("did:plc:alice").collection("com.example.note"),
                        CallOptions.of(o -> o.invalidItems(InvalidItems.SKIP).onProblem(problems::add)))
                .<ListRecords.Record>items(ListRecords.Output::records)
                .toList();

        assertThat(records).hasSize(2);
        assertThat(problems).extracting(ReadProblem::path).containsExactly("$.records[1]", "$.records[0].uri");
    }

    @Test
    void listKeepsItsCursorDespiteInvalidEntries() {
        agent.json(page("\"c\"", entry("a"), "null", entry("b").replace("\"uri\"", "\"url\""), "{\"value\":5}"));

        RecordPage<Note> page = client.list(Note.TID);

        assertThat(page.values()).hasSize(1);
        assertThat(page.cursor()).isEqualTo("c");
        assertThat(page.problems()).hasSize(3);
        agent.json(page("null", entry("a").replace("\"text\":\"a\"", "\"text\":5,\"x\":1.5")));
        assertThat(client.list(Note.TID).records()).hasSize(1).hasOnlyElementsOfType(ListedRecord.Invalid.class);
    }

    @Test
    void withoutValidationRequiredFieldsAreNull() {
        Client unchecked = client.with(o -> o.validateResponse(false));
        for (String body : List.of("{}", "{\"records\":null}", "{\"records\":5,\"did\":{},\"value\":[]}")) {
            agent.json(body).json(body).json(body);
            XrpcResponse<GetSession.Output> session = unchecked.xrpc(Call.of(GetSession.QUERY));
            assertThat(session.body().did()).isNull();
            assertThat(session.toString()).isNotEmpty();
            assertThat(session.body().toLexMap()).isEqualTo(LexValue.parseJson(body));
            assertThatThrownBy(() -> unchecked.get(Note.SELF)).isInstanceOf(XrpcResponseValidationException.class);
            assertThat(unchecked
                            .pages(
                                    ListRecords.QUERY,
                                    q -> q.repo("did:plc:alice").collection("com.example.note"))
                            .<ListRecords.Record>items(ListRecords.Output::records))
                    .isEmpty();
        }
        agent.json("[]");
        assertThatThrownBy(() -> unchecked.xrpc(Call.of(GetSession.QUERY)))
                .isInstanceOf(XrpcResponseValidationException.class);
    }

    @Test
    void dynamicClientSkipsInvalidItemsToo() throws IOException {
        RuntimeSchemas schemas = RuntimeSchemas.of(LexiconDocuments.load(Path.of("../../lexicons/documents")));
        CallOptions unchecked = CallOptions.of(o -> o.validateResponse(false));
        agent.json(page("null", entry("a"), "5")).json("[1.5,null]").json("{\"records\":5}");

        XrpcResponse<LexValue> response =
                new DynamicClient(bot, schemas).xrpc(NSID, PARAMETERS, null, CallOptions.DEFAULTS);
        assertThat(response.body()).isInstanceOfSatisfying(LexMap.class, map -> {
            assertThat(map.getArray("records")).hasSize(1);
            assertThat(map.containsKey("cursor")).isTrue();
        });
        assertThat(response.problems()).hasSize(1);
        DynamicClient dynamic = new DynamicClient(client, schemas);
        assertThat(dynamic.call(NSID, PARAMETERS, null, unchecked)).isInstanceOf(LexArray.class);
        assertThat(dynamic.call(NSID, PARAMETERS, null, unchecked)).isEqualTo(LexMap.of("records", LexValue.of(5)));
    }

    @Test
    void maxDepthLimitsTheResponse() {
        String deep = "{\"handle\":\"alice.test\",\"did\":\"did:plc:alice\",\"x\":" + "[".repeat(3000)
                + "]".repeat(3000) + "}";
        agent.json(deep).json(deep);

        assertThatThrownBy(() -> client.xrpc(Call.of(GetSession.QUERY)))
                .isInstanceOf(XrpcInvalidResponseException.class)
                .hasMessageContaining("nested deeper than 2500")
                .hasMessageContaining("…");
        assertThat(client.xrpc(Call.of(GetSession.QUERY), CallOptions.of(o -> o.maxDepth(4000)))
                        .body()
                        .unknownFields())
                .containsKey("x");
        assertThatThrownBy(() -> CallOptions.of(o -> o.maxDepth(0))).isInstanceOf(IllegalArgumentException.class);
    }
}
