package dev.atlex.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.atproto.repo.ApplyWrites;
import com.atproto.repo.ApplyWrites.Output.ResultsItem;
import com.atproto.repo.CreateRecord;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.ResponseTooLargeException;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.schema.RecordType;
import dev.atlex.syntax.Handle;
import dev.atlex.syntax.RecordKey;
import dev.atlex.syntax.Tid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Creates that are safe to repeat, because the client chose the key. */
class IdempotentCreatesTest {
    private static final Note NOTE = Note.of("hi");
    private static final String CID = "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a";
    private static final String URI = "at://did:plc:alice/com.example.note/3jzfcijpj2z2a";
    private static final String WRITTEN = "{\"uri\":\"" + URI + "\",\"cid\":\"" + CID + "\"}";
    private static final WriteOptions NO_OPTIONS = WriteOptions.of(o -> {});

    private final FakeAgent agent = FakeAgent.alice();
    private final FakeTime time = new FakeTime();
    private final Client plain = new Client(agent, CallOptions.DEFAULTS, time.timing());
    private final Client client = plain.with(o -> o.idempotentCreates(true));

    private void lose() {
        lose(true);
    }

    private void lose(boolean processed) {
        agent.then(() -> {
            throw new TransportException("lost", null, processed);
        });
    }

    private void refuse(int status, String error) {
        agent.json(status, "{\"error\":\"" + error + "\"}");
    }

    private void notFound() {
        refuse(400, "RecordNotFound");
    }

    private static String found(String text) {
        return "{\"uri\":\"" + URI + "\",\"cid\":\"" + CID + "\",\"value\":"
                + Note.of(text).toJson() + "}";
    }

    /** Returns the short names of the calls so far, such as "create get create". */
    private String calls() {
        List<String> names = new ArrayList<>();
        for (AgentRequest request : agent.requests) {
            String method = request.path().replaceFirst("^/xrpc/com\\.atproto\\.repo\\.([a-zA-Z]+).*", "$1");
            names.add(method.replace("Record", ""));
        }
        return String.join(" ", names);
    }

    private LexMap sent(int request) {
        return (LexMap) LexValue.parseJson(FakeAgent.text(agent.requests.get(request)));
    }

    private String keySent(int request) {
        return String.valueOf(sent(request).getString("rkey"));
    }

    @Test
    void withoutTheOptionServerChoosesKeyAndNothingIsRetried() {
        lose();
        assertThatThrownBy(() -> plain.with(o -> o.retries(3)).create(Note.TID, NOTE))
                .isInstanceOf(XrpcTransportException.class);
        assertThat(sent(0).containsKey("rkey")).isFalse();
        assertThat(calls()).isEqualTo("create");
    }

    @Test
    void eachCreateGetsItsOwnTid() {
        agent.json(WRITTEN).json(WRITTEN).json(WRITTEN);
        client.create(Note.TID, NOTE);
        client.create(Note.ANY, NOTE);
        client.createRecord(NOTE.toLexMap(), NO_OPTIONS);
        assertThat(List.of(keySent(0), keySent(1), keySent(2)))
                .doesNotHaveDuplicates()
                .isSorted()
                .allMatch(Tid::isValid);
        assertThat(calls()).isEqualTo("create create create");
    }

    @Test
    void createWithLostResponseSucceedsIfTheRecordExists() {
        lose();
        agent.json(found("hi"));
        CreateRecord.Output output = client.create(Note.TID, NOTE);
        assertThat(output.uri()).hasToString(URI);
        assertThat(output.cid()).hasToString(CID);
        assertThat(output.commit()).isNull();
        assertThat(calls()).isEqualTo("create get");
        assertThat(agent.last().path())
                .endsWith("?repo=did%3Aplc%3Aalice&collection=com.example.note&rkey=" + keySent(0));
        assertThat(time.waits).hasSize(1);
    }

    @Test
    void createWithoutEffectIsRetriedUnderTheSameKey() {
        lose();
        notFound();
        agent.json(WRITTEN);
        client.create(Note.TID, NOTE);
        assertThat(calls()).isEqualTo("create get create");
        assertThat(keySent(2)).isEqualTo(keySent(0));
        assertThat(FakeAgent.text(agent.requests.get(2))).isEqualTo(FakeAgent.text(agent.requests.get(0)));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 500, 502, 503, 504})
    void serverErrorLeavesTheOutcomeUnknown(int status) {
        refuse(status, "E");
        agent.json(found("hi"));
        client.create(Note.TID, NOTE);
        assertThat(calls()).isEqualTo("create get");
    }

    @ParameterizedTest
    @CsvSource({"200,{", "200,{}", "500,{"})
    void invalidResponseLeavesTheOutcomeUnknown(int status, String body) {
        agent.json(status, body).json(found("hi"));
        client.create(Note.TID, NOTE);
        assertThat(calls()).isEqualTo("create get");
    }

    @Test
    void createThatWasNeverProcessedIsRetriedWithoutCheck() {
        lose(false);
        refuse(429, "RateLimitExceeded");
        agent.json(WRITTEN);
        client.create(Note.TID, NOTE);
        assertThat(calls()).isEqualTo("create create create");
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 403, 413, 501})
    void refusalIsThrownWithoutRetry(int status) {
        refuse(status, "E");
        assertThatThrownBy(() -> client.create(Note.TID, NOTE)).isInstanceOf(XrpcException.class);
        assertThat(calls()).isEqualTo("create");
    }

    /** The first attempt was still in transit when the check found nothing. */
    @ParameterizedTest
    @CsvSource({"500,InternalServerError", "400,InvalidRequest", "409,RecordAlreadyExists"})
    void retryRefusedBecauseTheRecordExistsSucceeds(int status, String error) {
        lose();
        notFound();
        refuse(status, error);
        agent.json(found("hi"));
        assertThat(client.create(Note.TID, NOTE).uri()).hasToString(URI);
        assertThat(calls()).isEqualTo("create get create get");
        assertThat(time.waits).hasSize(1);
    }

    @Test
    void retryRefusedForAnotherReasonFails() {
        lose();
        notFound();
        refuse(400, "InvalidSwap");
        notFound();
        assertThatExceptionOfType(XrpcResponseException.class)
                .isThrownBy(() -> client.create(Note.TID, NOTE))
                .matches(e -> e.is("InvalidSwap"));
        assertThat(calls()).isEqualTo("create get create get");
    }

    @Test
    void differentRecordUnderTheKeyIsAConflict() {
        lose();
        agent.json(found("other"));
        RecordConflictException conflict =
                catchThrowableOfType(RecordConflictException.class, () -> client.create(Note.TID, NOTE));
        assertThat(conflict.uri()).hasToString(URI);
        assertThat(conflict.cid()).hasToString(CID);
        assertThat(conflict.is("RecordConflict")).isTrue();
        assertThat(conflict.method()).isEqualTo(CreateRecord.PROCEDURE);
        assertThat(conflict).hasMessageContaining(URI).hasCauseInstanceOf(XrpcTransportException.class);
        assertThat(conflict.retryable()).isFalse();
        assertThat(calls()).isEqualTo("create get");
    }

    @Test
    void conflictIsNeverRetriedEvenIfRequested() {
        lose();
        agent.json(found("other"));
        assertThatThrownBy(() -> client.with(o -> o.retries(r -> r.maxRetries(3).when((failure, attempt) -> true)))
                        .create(Note.TID, NOTE))
                .isInstanceOf(RecordConflictException.class);
        lose();
        notFound();
        refuse(500, "InternalServerError");
        agent.json(found("other"));
        assertThatThrownBy(() -> client.create(Note.TID, NOTE))
                .isInstanceOf(RecordConflictException.class)
                .hasCauseInstanceOf(XrpcResponseException.class);
    }

    /** An old server returns no CID, and fields in another order. */
    @Test
    void recordsAreComparedByTheirValue() {
        lose();
        agent.json("{\"uri\":\"" + URI + "\",\"value\":{\"text\":\"hi\",\"$type\":\"com.example.note\"}}");
        assertThat(client.create(Note.TID, NOTE).cid()).isEqualTo(NOTE.computeCid());
    }

    // The outcome check

    @Test
    void failedCheckIsRetriedFirst() {
        lose();
        refuse(503, "E");
        lose();
        agent.json(found("hi"));
        client.create(Note.TID, NOTE);
        assertThat(calls()).isEqualTo("create get get get");
        assertThat(time.waits).hasSize(3);
    }

    @Test
    void createIsRetriedIfTheServerRefusesTheCheck() {
        lose();
        refuse(401, "AuthenticationRequired");
        agent.json(WRITTEN);
        client.create(Note.TID, NOTE);
        assertThat(calls()).isEqualTo("create get create");
    }

    @Test
    void checkUsesTheCreatesRoutingWithoutItsMediaType() {
        lose();
        notFound();
        agent.json(WRITTEN);
        CallOptions own =
                CallOptions.of(o -> o.proxy("did:web:x.test#y").header("x", "1").encoding("application/json"));
        client.create(
                Note.TID,
                NOTE,
                WriteOptions.of(o -> o.repo(Handle.of("bob.test")).call(own)));
        assertThat(agent.requests).hasSize(3).allSatisfy(request -> {
            assertThat(request.headers().first("atproto-proxy")).isEqualTo("did:web:x.test#y");
            assertThat(request.headers().first("x")).isEqualTo("1");
        });
        assertThat(agent.requests.get(1).path()).contains("repo=bob.test");
    }

    // Retries and time limits

    @Test
    void threeRetriesAreMadeByDefault() {
        for (int i = 0; i < 3; i++) {
            lose();
            notFound();
        }
        lose();
        assertThatThrownBy(() -> client.create(Note.TID, NOTE)).isInstanceOf(XrpcTransportException.class);
        assertThat(calls()).isEqualTo("create get create get create get create");
    }

    @Test
    void retriesFollowTheOptionsOfClientOrCall() {
        for (WriteOptions options :
                List.of(NO_OPTIONS, WriteOptions.of(o -> o.call(CallOptions.of(c -> c.header("x", "1")))))) {
            agent.requests.clear();
            lose();
            notFound();
            lose();
            Client once = client.with(o -> o.retries(1));
            assertThatThrownBy(() -> once.create(Note.TID, NOTE, options)).isInstanceOf(XrpcTransportException.class);
            assertThat(calls()).isEqualTo("create get create");
        }
        agent.requests.clear();
        lose();
        WriteOptions never = WriteOptions.of(o -> o.call(CallOptions.of(c -> c.retries(0))));
        assertThatThrownBy(() -> client.create(Note.TID, NOTE, never)).isInstanceOf(XrpcTransportException.class);
        assertThat(calls()).isEqualTo("create");
    }

    @Test
    void optionOfTheCallOverridesTheClients() {
        lose();
        WriteOptions off = WriteOptions.of(o -> o.call(CallOptions.of(c -> c.idempotentCreates(false))));
        assertThatThrownBy(() -> client.create(Note.TID, NOTE, off)).isInstanceOf(XrpcTransportException.class);
        lose();
        agent.json(found("hi"));
        WriteOptions on = WriteOptions.of(o -> o.call(CallOptions.of(c -> c.idempotentCreates(true))));
        plain.create(Note.TID, NOTE, on);
        assertThat(calls()).isEqualTo("create create get");
    }

    @Test
    void attemptsAndChecksShareTheTimeLimit() {
        agent.then(() -> {
            time.now = time.now.plusSeconds(5);
            throw new TransportException("lost", null, true);
        });
        agent.then(() -> {
            time.now = time.now.plusSeconds(3);
            throw new TransportException("lost too", null, true);
        });
        Client hasty = client.with(o -> o.timeout(Duration.ofSeconds(9)));
        assertThatExceptionOfType(XrpcTransportException.class)
                .isThrownBy(() -> hasty.create(Note.TID, NOTE))
                .matches(e -> e.method().equals(CreateRecord.PROCEDURE) && e.requestMayHaveBeenProcessed());
        assertThat(calls()).isEqualTo("create get");
        assertThat(Objects.requireNonNull(agent.last().timeout())).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void checkThatUsesAllTheTimeEndsTheCall() {
        lose();
        agent.then(() -> {
            time.now = time.now.plusSeconds(60);
            return TransportResponse.of(400, HttpHeaders.of(), new byte[0]);
        });
        assertThatThrownBy(() -> client.create(Note.TID, NOTE)).isInstanceOf(XrpcTransportException.class);
        assertThat(calls()).isEqualTo("create get");
    }

    // The exception that is thrown

    @Test
    void failedLastCheckLeavesTheOutcomeUnknown() {
        lose();
        refuse(503, "E");
        XrpcTransportException failure = catchThrowableOfType(
                XrpcTransportException.class,
                () -> client.with(o -> o.retries(1)).create(Note.TID, NOTE));
        assertThat(failure.method()).isEqualTo(CreateRecord.PROCEDURE);
        assertThat(failure.requestMayHaveBeenProcessed()).isTrue();
        assertThat(failure.getSuppressed()).singleElement().isInstanceOf(XrpcResponseException.class);
    }

    @Test
    void attemptWithoutEffectDoesNotHideOneOfUnknownOutcome() {
        lose();
        notFound();
        refuse(429, "RateLimitExceeded");
        XrpcException failure = catchThrowableOfType(
                XrpcException.class, () -> client.with(o -> o.retries(1)).create(Note.TID, NOTE));
        assertThat(failure).isInstanceOf(XrpcTransportException.class);
        assertThat(failure.getSuppressed()).singleElement().isInstanceOf(XrpcResponseException.class);
    }

    @Test
    void interruptAndTooLargeResponseAreNotRetried() {
        for (TransportException last : List.of(
                new TransportInterruptedException("stop", new InterruptedException(), true),
                new ResponseTooLargeException("large", 1))) {
            agent.requests.clear();
            agent.then(() -> {
                throw last;
            });
            assertThatThrownBy(() -> client.create(Note.TID, NOTE)).hasCause(last);
            assertThat(calls()).isEqualTo("create");
        }
    }

    // Given keys

    @ParameterizedTest
    @ValueSource(strings = {"any", "tid", "nsid", "literal:self"})
    void givenKeyIsKept(String kind) {
        RecordType<Note, Note.Builder> type = new RecordType<>(Note.CODEC, kind);
        String key = switch (kind) {
            case "tid" -> "3jzfcijpj2z2a";
            case "nsid" -> "com.example.x";
            default -> "self";
        };
        lose();
        agent.json(found("hi"));
        WriteOptions options = kind.startsWith("literal") ? NO_OPTIONS : WriteOptions.of(o -> o.rkey(key));
        client.create(type, NOTE, options);
        assertThat(keySent(0)).isEqualTo(key);
        assertThat(calls()).isEqualTo("create get");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 409, 500})
    void existingRecordIsAConflictUnlessEqual(int status) {
        refuse(status, "AlreadyThere");
        agent.json(found("hi"));
        assertThat(client.create(Note.SELF, NOTE).uri()).hasToString(URI);
        refuse(status, "AlreadyThere");
        agent.json(found("other"));
        assertThatThrownBy(() -> client.create(Note.TID, NOTE, WriteOptions.of(o -> o.rkey("3jzfcijpj2z2a"))))
                .isInstanceOf(RecordConflictException.class);
        assertThat(calls()).isEqualTo("create get create get");
        assertThat(time.waits).isEmpty();
    }

    @Test
    void refusalWithoutExistingRecordIsThrownForAGivenKey() {
        refuse(400, "InvalidRequest");
        notFound();
        assertThatThrownBy(() -> client.create(Note.SELF, NOTE)).isInstanceOf(XrpcResponseException.class);
        refuse(401, "AccountTakedown");
        assertThatThrownBy(() -> client.create(Note.SELF, NOTE)).isInstanceOf(XrpcAuthenticationException.class);
        assertThat(calls()).isEqualTo("create get create");
    }

    // Other calls

    @Test
    void putsDeletesAndPlainCallsAreUnaffected() {
        for (Runnable call : List.<Runnable>of(
                () -> client.put(Note.SELF, NOTE),
                () -> client.delete(Note.SELF, NO_OPTIONS),
                () -> client.call(
                        CreateRecord.PROCEDURE,
                        input -> input.repo(FakeAgent.ALICE)
                                .collection("com.example.note")
                                .record(NOTE.toLexMap())))) {
            agent.requests.clear();
            lose();
            assertThatThrownBy(call::run).isInstanceOf(XrpcTransportException.class);
            assertThat(agent.requests).hasSize(1);
        }
    }

    // applyWrites

    private static List<LexMap> writes(LexMap sent) {
        return Objects.requireNonNull(sent.getArray("writes")).stream()
                .map(LexMap.class::cast)
                .toList();
    }

    @Test
    void firstGeneratedKeyDecidesOutcomeOfSeveralCreates() {
        lose();
        agent.json(found("two"));
        Note third = Note.of("three");
        ApplyWrites.Output output = client.applyWrites(w -> w.create(Note.ANY, Note.of("one"), RecordKey.of("given"))
                .create(Note.TID, Note.of("two"))
                .add(ApplyWrites.Input.WritesItem.of(ApplyWrites.Create.builder()
                        .collection("com.example.note")
                        .value(LexMap.builder().put("text", "three").build())
                        .build())));
        List<LexMap> sent = writes(sent(0));
        assertThat(calls()).isEqualTo("applyWrites get");
        assertThat(agent.last().path()).endsWith("&rkey=" + sent.get(1).getString("rkey"));
        assertThat(sent.get(0).getString("rkey")).isEqualTo("given");
        assertThat(output.results())
                .extracting(item -> ((ResultsItem.CreateResult) item).value())
                .satisfiesExactly(
                        result -> assertThat(result.uri()).hasToString("at://did:plc:alice/com.example.note/given"),
                        result -> assertThat(result.cid())
                                .isEqualTo(Note.of("two").computeCid()),
                        result -> {
                            assertThat(result.uri().recordKey())
                                    .hasToString(sent.get(2).getString("rkey"));
                            assertThat(result.cid()).isEqualTo(third.computeCid());
                        });
    }

    @Test
    void severalCreatesWithoutEffectAreRetried() {
        lose();
        notFound();
        agent.json("{}");
        client.applyWrites(w -> w.create(Note.TID, NOTE).create(Note.TID, NOTE));
        assertThat(calls()).isEqualTo("applyWrites get applyWrites");
        assertThat(sent(2)).isEqualTo(sent(0));
        assertThat(writes(sent(0)).stream().map(w -> w.getString("rkey"))).doesNotHaveDuplicates();
    }

    @Test
    void severalCreatesConflictWithADifferentRecord() {
        lose();
        agent.json(found("other"));
        assertThatExceptionOfType(RecordConflictException.class)
                .isThrownBy(() -> client.applyWrites(w -> w.create(Note.TID, NOTE)))
                .matches(e -> e.method().equals(ApplyWrites.PROCEDURE));
    }

    @Test
    void severalCreatesUnderGivenKeysSucceedIfAllExist() {
        lose();
        agent.json(found("one")).json(found("two"));

        ApplyWrites.Output output = createOneAndTwo();

        assertThat(calls()).isEqualTo("applyWrites get get");
        assertThat(output.results())
                .extracting(item -> ((ResultsItem.CreateResult) item).value().cid())
                .containsExactly(Note.of("one").computeCid(), Note.of("two").computeCid());
    }

    @Test
    void severalCreatesUnderGivenKeysSucceedIfRefusedBecauseAllExist() {
        refuse(500, "InternalServerError");
        agent.json(found("one")).json(found("two"));

        createOneAndTwo();

        assertThat(calls()).isEqualTo("applyWrites get get");
    }

    @Test
    void severalCreatesUnderGivenKeysAreRetriedIfTheFirstIsMissing() {
        lose();
        notFound();
        agent.json("{}");

        createOneAndTwo();

        assertThat(calls()).isEqualTo("applyWrites get applyWrites");
    }

    /** The first record is older than the batch, so the server will always refuse it. */
    @Test
    void severalCreatesUnderGivenKeysConflictIfOnlySomeExist() {
        lose();
        agent.json(found("one"));
        notFound();

        assertThatExceptionOfType(RecordConflictException.class)
                .isThrownBy(this::createOneAndTwo)
                .matches(e -> e.uri().toString().equals(URI));
    }

    private ApplyWrites.Output createOneAndTwo() {
        return client.applyWrites(w -> w.create(Note.ANY, Note.of("one"), RecordKey.of("a"))
                .create(Note.ANY, Note.of("two"), RecordKey.of("b")));
    }

    /** For puts and deletes, a later check can't show whether this call made them. */
    @Test
    void mixedWritesAreUnaffected() {
        List<Consumer<Writes>> others = List.of(
                w -> w.create(Note.TID, NOTE).delete(Note.SELF),
                w -> w.create(Note.TID, NOTE).update(Note.SELF, NOTE),
                w -> {});
        for (Consumer<Writes> other : others) {
            agent.requests.clear();
            lose();
            assertThatThrownBy(() -> client.applyWrites(other)).isInstanceOf(XrpcTransportException.class);
            assertThat(agent.requests).hasSize(1);
            assertThat(writes(sent(0))).noneMatch(w -> Tid.isValid(String.valueOf(w.getString("rkey"))));
        }
    }
}
