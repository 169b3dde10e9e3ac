package dev.atlex.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.atproto.lexicon.Schema;
import com.atproto.repo.ApplyWrites;
import com.atproto.repo.CreateRecord;
import com.atproto.repo.PutRecord;
import dev.atlex.data.Cid;
import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValue;
import dev.atlex.schema.RecordType;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Typed and untyped records: create, get, put, delete, list and applyWrites. */
class RecordsTest {
    private static final String TID = "3jzfcijpj2z2a";
    private static final String CID = "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a";
    private static final String WRITTEN =
            "{\"uri\":\"at://did:plc:alice/com.example.note/" + TID + "\",\"cid\":\"" + CID + "\"}";
    private static final String LEGACY_BLOB =
            "{\"cid\":\"bafkreifjjcie6lypi6ny7amxnfftagclbuxndqonfipmb64f2km2devei4\",\"mimeType\":\"image/png\"}";
    private static final WriteOptions NO_OPTIONS = WriteOptions.of(o -> {});

    private final FakeAgent agent = FakeAgent.alice();
    private final FakeTime time = new FakeTime();
    private final Client client = new Client(agent, CallOptions.DEFAULTS, time.timing());

    private LexMap sent() {
        return (LexMap) LexValue.parseJson(agent.sent());
    }

    private String method() {
        String path = agent.last().path();
        return path.substring("/xrpc/com.atproto.repo.".length());
    }

    private static WriteOptions options(Consumer<WriteOptions.Builder> options) {
        return WriteOptions.of(options);
    }

    // Create

    @Test
    void recordIsCreatedInTheAccountsRepository() {
        agent.json(WRITTEN);
        CreateRecord.Output output = client.create(Note.TID, Note.of("hi"));
        assertThat(output.uri()).hasToString("at://did:plc:alice/com.example.note/" + TID);
        assertThat(method()).isEqualTo("createRecord");
        assertThat(agent.sent())
                .isEqualTo("{\"repo\":\"did:plc:alice\",\"collection\":\"com.example.note\","
                        + "\"record\":{\"$type\":\"com.example.note\",\"text\":\"hi\"}}");
    }

    @Test
    void recordCanBeBuiltByAFunction() {
        agent.json(WRITTEN);
        client.create(Note.TID, note -> note.text("hi"));
        assertThat(sent().getMap("record")).isEqualTo(Note.of("hi").toLexMap());
    }

    @Test
    void everyOptionOfACreateIsSent() {
        agent.json(WRITTEN);
        client.create(
                Note.TID,
                Note.of("hi"),
                options(o -> o.repo(Handle.of("bob.test"))
                        .rkey(TID)
                        .validate(false)
                        .swapCommit(Cid.of(CID))
                        .call(CallOptions.of(c -> c.header("x", "1")))));
        LexMap sent = sent();
        assertThat(sent.getString("repo")).isEqualTo("bob.test");
        assertThat(sent.getString("rkey")).isEqualTo(TID);
        assertThat(sent.getBoolean("validate")).isFalse();
        assertThat(sent.getString("swapCommit")).isEqualTo(CID);
        assertThat(agent.last().headers().first("x")).isEqualTo("1");
    }

    @Test
    void validationHasThreeStates() {
        List<Object> states = new ArrayList<>();
        for (Consumer<WriteOptions.Builder> state :
                List.<Consumer<WriteOptions.Builder>>of(o -> {}, o -> o.validate(true), o -> o.validate(false))) {
            agent.json(WRITTEN);
            client.create(Note.TID, Note.of("hi"), options(state));
            states.add(String.valueOf(sent().get("validate")));
        }
        assertThat(states).containsExactly("null", "true", "false");
        assertThat(sent().containsKey("rkey")).isFalse();
    }

    @Test
    void createRefusesSwapRecord() {
        for (WriteOptions wrong :
                List.of(options(o -> o.swapRecord(Cid.of(CID))), options(WriteOptions.Builder::mustNotExist))) {
            assertThatIllegalArgumentException().isThrownBy(() -> client.create(Note.TID, Note.of("hi"), wrong));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> client.applyWrites(w -> w.delete(Note.SELF), wrong))
                    .withMessageContaining("applyWrites");
        }
        assertThat(agent.requests).isEmpty();
    }

    // Keys

    @Test
    void typeWithOneKeyNeedsNone() {
        agent.json(WRITTEN).json(WRITTEN).json("{}").json(record("hi"));
        client.create(Note.SELF, Note.of("hi"));
        assertThat(sent().getString("rkey")).isEqualTo("self");
        client.put(Note.SELF, Note.of("hi"));
        assertThat(sent().getString("rkey")).isEqualTo("self");
        client.delete(Note.SELF, NO_OPTIONS);
        assertThat(sent().getString("rkey")).isEqualTo("self");
        client.get(Note.SELF);
        assertThat(agent.last().path()).contains("rkey=self");
    }

    @Test
    void serverChoosesTheKeyOfNewRecordsOnly() {
        for (RecordType<Note, Note.Builder> type : List.of(Note.TID, Note.ANY)) {
            agent.json(WRITTEN);
            client.create(type, Note.of("hi"));
            assertThat(sent().containsKey("rkey")).isFalse();
            assertThatIllegalArgumentException().isThrownBy(() -> client.put(type, Note.of("hi")));
            assertThatIllegalArgumentException().isThrownBy(() -> client.delete(type, NO_OPTIONS));
            assertThatIllegalArgumentException().isThrownBy(() -> client.get(type));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.create(Note.BY_NSID, Note.of("hi")))
                .withMessageContaining("com.example.note")
                .withMessageContaining("nsid");
    }

    @ParameterizedTest
    @CsvSource({
        "tid,3jzfcijpj2z2a,true",
        "tid,self,false",
        "tid,3jzfcijpj2z2aa,false",
        "any,x:1~,true",
        "any,self,true",
        "nsid,com.example.x,true",
        "nsid,self,false",
        "literal:self,self,true",
        "literal:self,other,false"
    })
    void keyMustMatchTheKeyType(String kind, String key, boolean fits) {
        RecordType<Note, Note.Builder> type = new RecordType<>(Note.CODEC, kind);
        if (fits) {
            agent.json(WRITTEN);
            client.create(type, Note.of("hi"), options(o -> o.rkey(key)));
            assertThat(sent().getString("rkey")).isEqualTo(key);
        } else {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> client.create(type, Note.of("hi"), options(o -> o.rkey(key))))
                    .withMessageContaining(key);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> client.put(type, Note.of("hi"), options(o -> o.rkey(key))));
            assertThatIllegalArgumentException().isThrownBy(() -> client.delete(type, key));
            assertThatIllegalArgumentException().isThrownBy(() -> client.get(type, key));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> client.applyWrites(w -> w.create(type, Note.of("hi"), RecordKey.of(key))));
            assertThat(agent.requests).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "a b"})
    void invalidKeyIsRefused(String key) {
        assertThatThrownBy(() -> client.get(Note.ANY, key)).isInstanceOf(InvalidSyntaxException.class);
        assertThatThrownBy(() -> options(o -> o.rkey(key))).isInstanceOf(InvalidSyntaxException.class);
    }

    @Test
    void generatedRecordTypesWork() {
        agent.json(WRITTEN);
        client.create(Schema.RECORD, Schema.builder().lexicon(1).build(), options(o -> o.rkey("com.example.x")));
        assertThat(sent().getMap("record")).containsEntry("lexicon", LexValue.parseJson("1"));
        assertThat(sent().getString("collection")).isEqualTo("com.atproto.lexicon.schema");
    }

    // Put

    @Test
    void everyOptionOfAPutIsSent() {
        agent.json(WRITTEN);
        PutRecord.Output output = client.put(
                Note.SELF,
                Note.of("hi"),
                options(o -> o.repo(Did.of("did:plc:bob"))
                        .validate(true)
                        .swapCommit(Cid.of(CID))
                        .swapRecord(Cid.of(CID))));
        assertThat(output.cid()).hasToString(CID);
        assertThat(method()).isEqualTo("putRecord");
        assertThat(agent.sent())
                .contains(
                        "\"repo\":\"did:plc:bob\"",
                        "\"rkey\":\"self\"",
                        "\"validate\":true",
                        "\"swapCommit\":\"" + CID + "\"",
                        "\"swapRecord\":\"" + CID + "\"",
                        "\"collection\":\"com.example.note\"");
    }

    @Test
    void putIsUnconditionalByDefaultAndLastSwapOptionWins() {
        agent.json(WRITTEN).json(WRITTEN);
        client.put(Note.SELF, Note.of("hi"));
        assertThat(sent().keySet()).containsExactly("repo", "collection", "rkey", "record");
        client.put(
                Note.SELF, Note.of("hi"), options(o -> o.swapRecord(Cid.of(CID)).mustNotExist()));
        assertThat(agent.sent()).contains("\"swapRecord\":null");
        agent.json(WRITTEN);
        client.put(Note.SELF, Note.of("hi"), options(o -> o.mustNotExist().swapRecord(Cid.of(CID))));
        assertThat(agent.sent()).contains("\"swapRecord\":\"" + CID + "\"");
    }

    @Test
    void failedSwapIsADeclaredError() {
        agent.json(400, "{\"error\":\"InvalidSwap\",\"message\":\"Record was at x\"}");
        assertThatExceptionOfType(XrpcResponseException.class)
                .isThrownBy(() -> client.put(Note.SELF, Note.of("hi"), options(WriteOptions.Builder::mustNotExist)))
                .matches(e -> e.is("InvalidSwap") && e.matchesSchemaErrors());
    }

    // Get

    private static String record(String text) {
        return "{\"uri\":\"at://did:plc:alice/com.example.note/self\",\"cid\":\"" + CID
                + "\",\"value\":{\"$type\":\"com.example.note\",\"text\":\"" + text + "\",\"new\":{\"x\":1}}}";
    }

    @Test
    void unknownFieldsSurviveReadingAndWriting() {
        agent.json(record("old")).json(WRITTEN);
        RecordEntry<Note> entry = client.get(Note.SELF);
        assertThat(entry.uri()).hasToString("at://did:plc:alice/com.example.note/self");
        assertThat(entry.value().text()).isEqualTo("old");
        client.put(
                Note.SELF,
                entry.value().toBuilder().text("new").build(),
                entry.cid() == null ? NO_OPTIONS : options(o -> o.swapRecord(entry.cid())));
        assertThat(sent().getMap("record").toJson())
                .isEqualTo("{\"$type\":\"com.example.note\",\"text\":\"new\",\"new\":{\"x\":1}}");
    }

    @Test
    void recordsOfOtherAccountsCanBeRead() {
        agent.json(record("x")).json(record("x"));
        client.get(Note.TID, Handle.of("bob.test"), RecordKey.of(TID));
        assertThat(agent.last().path())
                .isEqualTo("/xrpc/com.atproto.repo.getRecord?repo=bob.test&collection=com.example.note&rkey=" + TID);
        client.get(Note.TID, TID);
        assertThat(agent.last().path()).contains("repo=did%3Aplc%3Aalice");
    }

    @Test
    void recordThatViolatesItsSchemaIsAnInvalidResponse() {
        agent.json(record("more than ten"));
        assertThatExceptionOfType(XrpcResponseValidationException.class)
                .isThrownBy(() -> client.get(Note.SELF))
                .satisfies(e -> {
                    assertThat(e.failure().path()).isEqualTo("$.text");
                    assertThat(e.status()).isEqualTo(200);
                    assertThat(e.method().nsid()).isEqualTo("com.atproto.repo.getRecord");
                });
        agent.json(record("x").replace("com.example.note\",\"text", "com.example.other\",\"text"));
        assertThatThrownBy(() -> client.get(Note.SELF)).isInstanceOf(XrpcResponseValidationException.class);
    }

    @Test
    void missingRecordIsADeclaredError() {
        agent.json(400, "{\"error\":\"RecordNotFound\"}");
        assertThatExceptionOfType(XrpcResponseException.class)
                .isThrownBy(() -> client.get(Note.SELF))
                .matches(XrpcException::matchesSchemaErrors);
    }

    @Test
    void recordWithLegacyBlobIsReadUnlessStrict() {
        String old = record("x").replace("\"new\"", "\"picture\":" + LEGACY_BLOB + ",\"new\"");
        agent.json(old).json(old);
        assertThatThrownBy(() -> client.with(o -> o.strict(true)).get(Note.SELF))
                .isInstanceOf(XrpcResponseValidationException.class);
        Note note = client.get(Note.SELF).value();
        assertThat(note.picture()).isNotNull().matches(dev.atlex.data.BlobRef::isLegacy);
        assertThat(note.toJson()).contains(LEGACY_BLOB);
    }

    // Delete

    @Test
    void recordIsDeleted() {
        agent.json("{}").json("{\"commit\":{\"cid\":\"" + CID + "\",\"rev\":\"" + TID + "\"}}");
        assertThat(client.delete(Note.TID, TID).commit()).isNull();
        assertThat(method()).isEqualTo("deleteRecord");
        assertThat(agent.sent())
                .isEqualTo("{\"repo\":\"did:plc:alice\",\"collection\":\"com.example.note\",\"rkey\":\"" + TID + "\"}");
        client.delete(
                Note.TID,
                options(o -> o.rkey(TID)
                        .repo(Did.of("did:plc:bob"))
                        .mustNotExist()
                        .swapCommit(Cid.of(CID))
                        .swapRecord(Cid.of(CID))));
        assertThat(sent().keySet()).contains("swapCommit", "swapRecord");
        assertThat(sent().getString("repo")).isEqualTo("did:plc:bob");
    }

    @Test
    void inapplicableDeleteOptionsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.delete(Note.SELF, options(WriteOptions.Builder::mustNotExist)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.delete(Note.SELF, options(o -> o.validate(false))));
        assertThat(agent.requests).isEmpty();
    }

    // List

    private static String entry(String text) {
        return record(text).replace("/self\"", "/" + TID + "\"");
    }

    @Test
    void listSeparatesValidFromInvalidRecords() {
        agent.json("{\"cursor\":\"c\",\"records\":[" + entry("a") + "," + entry("more than ten") + "," + entry("b")
                + "]}");
        RecordPage<Note> page = client.list(Note.TID);
        assertThat(page.cursor()).isEqualTo("c");
        assertThat(page.values()).extracting(Note::text).containsExactly("a", "b");
        assertThat(page.records().get(1)).isInstanceOfSatisfying(ListedRecord.Invalid.class, invalid -> {
            assertThat(invalid.value().getString("text")).isEqualTo("more than ten");
            assertThat(invalid.reason().path()).isEqualTo("$.text");
            assertThat(invalid.uri()).hasToString("at://did:plc:alice/com.example.note/" + TID);
            assertThat(invalid.cid()).hasToString(CID);
        });
        assertThat(agent.only().path())
                .startsWith("/xrpc/com.atproto.repo.listRecords?repo=did%3Aplc%3Aalice&collection=com.example.note");
        assertThat(agent.only().path()).doesNotContain("cursor", "reverse");
    }

    @Test
    void everyOptionOfAListIsSent() {
        agent.json("{\"records\":[]}");
        client.list(
                Note.TID,
                ListOptions.of(o -> o.repo(Handle.of("bob.test"))
                        .limit(7)
                        .cursor("c d")
                        .reverse(true)
                        .call(CallOptions.of(c -> c.header("x", "1")))));
        assertThat(agent.last().path())
                .endsWith("?repo=bob.test&collection=com.example.note&limit=7&cursor=c+d&reverse=true");
        assertThat(agent.last().headers().first("x")).isEqualTo("1");
    }

    @Test
    void limitOutOfRangeIsRefused() {
        for (int limit : new int[] {0, 101, -1}) {
            assertThatThrownBy(() -> client.list(Note.TID, ListOptions.of(o -> o.limit(limit))))
                    .isInstanceOf(XrpcRequestException.class);
        }
        assertThat(agent.requests).isEmpty();
    }

    @Test
    void allRecordsAreListedPageByPageWithThreeRetries() {
        agent.json("{\"cursor\":\"c2\",\"records\":[" + entry("a") + "]}")
                .json(503, "{}")
                .json("{\"cursor\":\"c3\",\"records\":[]}")
                .json("{\"cursor\":\"c3\",\"records\":[" + entry("b") + "]}");
        Pages<RecordPage<Note>> pages = client.listAll(
                Note.TID, ListOptions.of(o -> o.cursor("c1").limit(1).reverse(false)));
        assertThat(pages.items(RecordPage::values)).extracting(Note::text).containsExactly("a", "b");
        assertThat(agent.requests.stream().map(request -> request.path().replaceAll(".*cursor=", "")))
                .containsExactly("c1&reverse=false", "c2&reverse=false", "c2&reverse=false", "c3&reverse=false");
        agent.json(503, "{}");
        assertThatThrownBy(() -> client.listAll(
                                Note.TID, ListOptions.of(o -> o.call(CallOptions.of(c -> c.retries(0)))))
                        .iterator()
                        .next())
                .isInstanceOf(XrpcResponseException.class);
    }

    @Test
    void lenientListReadsLegacyRecords() {
        String old = entry("x").replace("\"new\"", "\"f\":1.5,\"picture\":" + LEGACY_BLOB + ",\"new\"");
        agent.json("{\"records\":[" + old + "]}");
        assertThat(client.list(Note.TID, ListOptions.of(o -> o.call(CallOptions.of(c -> c.strict(false)))))
                        .values())
                .hasSize(1);
    }

    // applyWrites

    @Test
    void severalWritesAreSentInOneCall() {
        agent.json("{\"results\":[{\"$type\":\"com.atproto.repo.applyWrites#createResult\",\"uri\":"
                + "\"at://did:plc:alice/com.example.note/" + TID + "\",\"cid\":\"" + CID + "\"},"
                + "{\"$type\":\"com.atproto.repo.applyWrites#deleteResult\"}]}");
        ApplyWrites.Output output = client.applyWrites(
                writes -> writes.create(Note.TID, Note.of("a"))
                        .create(Note.TID, note -> note.text("b"))
                        .create(Note.SELF, Note.of("c"))
                        .create(Note.ANY, Note.of("d"), RecordKey.of("k"))
                        .update(Note.SELF, Note.of("e"))
                        .update(Note.TID, Note.of("f"), RecordKey.of(TID))
                        .delete(Note.SELF)
                        .delete(Note.TID, RecordKey.of(TID)),
                options(o -> o.repo(Did.of("did:plc:bob")).validate(true).swapCommit(Cid.of(CID))));
        assertThat(output.results()).hasSize(2);
        String create = "{\"$type\":\"com.atproto.repo.applyWrites#create\",\"collection\":\"com.example.note\",";
        String update = create.replace("#create", "#update");
        String delete = create.replace("#create", "#delete");
        String value = "\"value\":{\"$type\":\"com.example.note\",\"text\":";
        assertThat(agent.sent())
                .isEqualTo("{\"repo\":\"did:plc:bob\",\"validate\":true,\"writes\":[" + create + value + "\"a\"}},"
                        + create + value + "\"b\"}}," + create + "\"rkey\":\"self\"," + value + "\"c\"}}," + create
                        + "\"rkey\":\"k\"," + value + "\"d\"}}," + update + "\"rkey\":\"self\"," + value + "\"e\"}},"
                        + update + "\"rkey\":\"" + TID + "\"," + value + "\"f\"}}," + delete + "\"rkey\":\"self\"},"
                        + delete + "\"rkey\":\"" + TID + "\"}],\"swapCommit\":\"" + CID + "\"}");
    }

    @Test
    void writeWithoutRequiredKeyIsRefused() {
        for (Consumer<Writes> wrong : List.<Consumer<Writes>>of(
                w -> w.create(Note.BY_NSID, Note.of("x")),
                w -> w.update(Note.TID, Note.of("x")),
                w -> w.delete(Note.ANY),
                w -> w.delete(Note.TID, RecordKey.of("self")))) {
            assertThatIllegalArgumentException().isThrownBy(() -> client.applyWrites(wrong));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.applyWrites(w -> w.delete(Note.SELF), options(o -> o.rkey("self"))));
        assertThat(agent.requests).isEmpty();
    }

    // Untyped

    @Test
    void untypedRecordsCanBeWrittenAndRead() {
        LexMap note = Note.of("longer than ten").toLexMap();
        agent.json(WRITTEN)
                .json(WRITTEN)
                .json(record("longer than ten"))
                .json("{\"records\":[]}")
                .json("{}");
        client.createRecord(note, options(o -> o.rkey("k")));
        assertThat(sent().getString("collection")).isEqualTo("com.example.note");
        assertThat(sent().getString("rkey")).isEqualTo("k");
        client.putRecord(note, RecordKey.of("k"), NO_OPTIONS);
        assertThat(sent().getMap("record")).isEqualTo(note);
        Nsid collection = Nsid.of("com.example.note");
        assertThat(client.getRecord(FakeAgent.ALICE, collection, RecordKey.of("k"), Cid.of(CID))
                        .body()
                        .value())
                .containsEntry("text", new LexString("longer than ten"));
        assertThat(agent.last().path()).contains("cid=" + CID);
        assertThat(client.listRecords(collection, ListOptions.of(o -> {})).status())
                .isEqualTo(200);
        assertThat(client.deleteRecord(collection, RecordKey.of("k"), NO_OPTIONS)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void untypedRecordMustNameItsCollection() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.createRecord(LexMap.of(), NO_OPTIONS))
                .withMessageContaining("$type");
        assertThatThrownBy(() -> client.createRecord(LexMap.of("$type", new LexString("x")), NO_OPTIONS))
                .isInstanceOf(InvalidSyntaxException.class);
    }

    // Validation before sending

    @Test
    void recordIsValidatedBeforeSendingOnlyIfEnabled() {
        Note bad = Note.of("more than ten");
        WriteOptions checked = options(o -> o.call(CallOptions.of(c -> c.validateRequest(true))));
        Client checking = client.with(o -> o.validateRequest(true));
        agent.json(WRITTEN).json(WRITTEN).json(WRITTEN);
        client.create(Note.TID, bad);
        client.put(Note.SELF, bad);
        checking.create(Note.TID, bad, options(o -> o.call(CallOptions.of(c -> c.validateRequest(false)))));
        assertThat(agent.requests).hasSize(3);
        for (Runnable call : List.<Runnable>of(
                () -> client.create(Note.TID, bad, checked),
                () -> client.put(Note.SELF, bad, checked),
                () -> checking.create(Note.TID, bad),
                () -> checking.create(Note.TID, note -> note.text("more than ten")),
                () -> checking.put(Note.SELF, bad))) {
            assertThatExceptionOfType(XrpcRequestException.class)
                    .isThrownBy(call::run)
                    .withMessageContaining("$.text")
                    .withMessageContaining("com.atproto.repo.");
        }
        assertThat(agent.requests).hasSize(3);
        agent.json(WRITTEN).json(WRITTEN);
        checking.create(Note.TID, Note.of("fine"));
        checking.put(Note.SELF, Note.of("fine"));
        assertThat(agent.requests).hasSize(5);
    }

    // Proxy and labelers

    @Test
    void recordCallsIgnoreTheDefaultsForProxyAndLabelers() {
        Client routed = client.with(o -> o.proxy("did:web:api.example.com#appview")
                .labelers(Did.of("did:plc:labeler"))
                .header("atproto-accept-labelers", "did:plc:h1")
                .header("x", "kept"));
        agent.json(WRITTEN)
                .json(record("x"))
                .json(WRITTEN)
                .json("{}")
                .json("{\"records\":[]}")
                .json("{}");
        agent.json("{\"records\":[]}");
        routed.create(Note.TID, Note.of("x"));
        routed.get(Note.SELF);
        routed.put(Note.SELF, Note.of("x"));
        routed.delete(Note.TID, TID);
        routed.list(Note.TID);
        routed.applyWrites(w -> w.delete(Note.SELF));
        routed.listAll(Note.TID, ListOptions.of(o -> {})).iterator().next();
        assertThat(agent.requests).hasSize(7).allSatisfy(request -> {
            assertThat(request.headers().first("atproto-proxy")).isNull();
            assertThat(request.headers().first("atproto-accept-labelers")).isNull();
            assertThat(request.headers().first("x")).isEqualTo("kept");
        });
    }

    @Test
    void recordCallsUseTheirOwnProxyAndLabelers() {
        CallOptions own = CallOptions.of(o -> o.proxy("did:plc:x#y").labelers(Did.of("did:plc:labeler")));
        agent.json("{\"records\":[]}").json(WRITTEN).json(WRITTEN);
        client.list(Note.TID, ListOptions.of(o -> o.call(own)));
        client.create(Note.TID, Note.of("x"), options(o -> o.call(own)));
        Client routed = client.with(o -> o.labelers(Did.of("did:plc:default")));
        routed.create(
                Note.TID,
                Note.of("x"),
                options(o -> o.call(CallOptions.of(c -> c.header("atproto-proxy", "did:plc:x#y")
                        .header("atproto-accept-labelers", "did:plc:labeler")))));
        assertThat(agent.requests).allSatisfy(request -> {
            assertThat(request.headers().first("atproto-proxy")).isEqualTo("did:plc:x#y");
            assertThat(request.headers().first("atproto-accept-labelers")).isEqualTo("did:plc:labeler");
        });
    }

    @Test
    void readsTakeCallOptions() {
        CallOptions own = CallOptions.of(o -> o.header("x", "1").strict(false));
        Client routed = client.with(o -> o.proxy("did:web:api.example.com#appview"));
        agent.json(record("x").replace("\"new\"", "\"picture\":" + LEGACY_BLOB + ",\"new\""))
                .json(record("x"))
                .respond(200, "application/octet-stream", "x");
        assertThat(routed.get(Note.SELF, FakeAgent.ALICE, RecordKey.of("self"), own)
                        .value()
                        .picture())
                .isNotNull();
        routed.getRecord(FakeAgent.ALICE, Nsid.of("com.example.note"), RecordKey.of("self"), null, own);
        routed.getBlob(FakeAgent.ALICE, Cid.of(CID), own);
        assertThat(agent.requests).hasSize(3).allSatisfy(request -> {
            assertThat(request.headers().first("x")).isEqualTo("1");
            assertThat(request.headers().first("atproto-proxy")).isNull();
        });
    }

    @Test
    void unauthenticatedClientHasNoRepository() {
        Client anonymous = new Client(FakeAgent.anonymous());
        assertThat(anonymous.did()).isNull();
        for (Runnable call : List.<Runnable>of(
                anonymous::requireDid,
                () -> anonymous.create(Note.TID, Note.of("x")),
                () -> anonymous.get(Note.SELF),
                () -> anonymous.list(Note.TID),
                () -> anonymous.applyWrites(w -> {}))) {
            assertThatIllegalStateException().isThrownBy(call::run).withMessageContaining("not signed in");
        }
    }

    @Test
    void unauthenticatedClientCanReadOtherRepositories() {
        FakeAgent agent = FakeAgent.anonymous().json(record("x")).json("{\"records\":[]}");
        Client anonymous = new Client(agent);
        assertThat(anonymous
                        .get(Note.SELF, FakeAgent.ALICE, RecordKey.of("self"))
                        .value()
                        .text())
                .isEqualTo("x");
        anonymous.list(Note.TID, ListOptions.of(o -> o.repo(FakeAgent.ALICE)));
        assertThat(agent.requests).hasSize(2);
    }
}
