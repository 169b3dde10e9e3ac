package dev.atlex.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.atproto.identity.ResolveHandle;
import com.atproto.repo.CreateRecord;
import com.atproto.repo.DescribeRepo;
import com.atproto.repo.PutRecord;
import com.atproto.repo.StrongRef;
import com.atproto.repo.UploadBlob;
import com.atproto.server.CreateSession;
import com.atproto.server.GetSession;
import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.RequestBody;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.data.BlobRef;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import dev.atlex.testkit.LocalPds;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** All overloads of the clients, called against a server that stores records. */
@Timeout(60)
class LocalPdsTest {
    private static final String PASSWORD = "correct horse";
    private static final String KEY = "counter";
    private static final CallOptions OPTIONS = CallOptions.of(o -> o.timeout(Duration.ofSeconds(20)));

    private static LocalPds pds;
    private static CreateSession.Output session;

    private final List<Duration> pauses = new ArrayList<>();
    private final Client client = client(new TimeSource(Clock.systemUTC(), pauses::add, () -> 1));
    private final ExecutorService executor = Executors.newFixedThreadPool(4);
    private final AsyncClient async = client.async(executor);
    private final AtUri uri = AtUri.of(session.did(), Nsid.of("com.example.note"), RecordKey.of(KEY));

    @BeforeAll
    static void start() {
        pds = LocalPds.start(o -> o.account("alice.test", PASSWORD));
        Client anonymous = new Client(Agent.of(pds.url()));
        session = anonymous.call(
                CreateSession.PROCEDURE, i -> i.identifier("alice.test").password(PASSWORD));
    }

    @AfterAll
    static void stop() {
        pds.close();
    }

    @BeforeEach
    void clear() {
        client.delete(Note.ANY, KEY);
        client.delete(Note.SELF, "self");
        pds.clearRequests();
    }

    @AfterEach
    void shutDown() {
        executor.shutdownNow();
    }

    private static Client client(TimeSource time) {
        Agent agent = ServiceAgent.builder(pds.url())
                .headers(HttpHeaders.of("Authorization", "Bearer " + session.accessJwt()))
                .did(session.did())
                .build();
        return new Client(agent, CallOptions.DEFAULTS, time);
    }

    private static <T> T done(Future<T> future) {
        try {
            return future.get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private String text() {
        return client.get(Note.ANY, uri).value().text();
    }

    private static Note plusOne(Note old) {
        return old.toBuilder()
                .text(String.valueOf(Integer.parseInt(old.text()) + 1))
                .build();
    }

    @Nested
    class Calls {
        @Test
        void queriesTakeFunctionsValuesAndOptions() {
            ResolveHandle.Params params =
                    ResolveHandle.Params.builder().handle("alice.test").build();
            assertThat(List.of(
                            client.call(ResolveHandle.QUERY, p -> p.handle("alice.test")),
                            client.call(ResolveHandle.QUERY, p -> p.handle("alice.test"), OPTIONS),
                            client.call(ResolveHandle.QUERY, params),
                            client.call(ResolveHandle.QUERY, params, OPTIONS),
                            client.call(Call.of(ResolveHandle.QUERY, params)),
                            client.call(Call.of(ResolveHandle.QUERY, params), OPTIONS),
                            client.xrpc(Call.of(ResolveHandle.QUERY, params)).body(),
                            client.xrpc(Call.of(ResolveHandle.QUERY, params), OPTIONS)
                                    .body(),
                            client.attempt(Call.of(ResolveHandle.QUERY, params)).orElseThrow(),
                            client.attempt(Call.of(ResolveHandle.QUERY, params), OPTIONS)
                                    .orElseThrow(),
                            done(async.call(ResolveHandle.QUERY, p -> p.handle("alice.test"))),
                            done(async.call(ResolveHandle.QUERY, p -> p.handle("alice.test"), OPTIONS)),
                            done(async.call(ResolveHandle.QUERY, params)),
                            done(async.call(ResolveHandle.QUERY, params, OPTIONS)),
                            done(async.call(Call.of(ResolveHandle.QUERY, params))),
                            done(async.call(Call.of(ResolveHandle.QUERY, params), OPTIONS)),
                            done(async.xrpc(Call.of(ResolveHandle.QUERY, params)))
                                    .body(),
                            done(async.xrpc(Call.of(ResolveHandle.QUERY, params), OPTIONS))
                                    .body(),
                            done(async.attempt(Call.of(ResolveHandle.QUERY, params)))
                                    .orElseThrow(),
                            done(async.attempt(Call.of(ResolveHandle.QUERY, params), OPTIONS))
                                    .orElseThrow()))
                    .allSatisfy(output -> assertThat(output.did()).isEqualTo(session.did()))
                    .hasSize(pds.count("com.atproto.identity.resolveHandle"));
            assertThat(client.call(GetSession.QUERY).did()).isEqualTo(session.did());
            assertThat(done(async.call(GetSession.QUERY)).did()).isEqualTo(session.did());
        }

        @Test
        void proceduresTakeFunctionsValuesAndOptions() {
            CreateSession.Input input = CreateSession.Input.builder()
                    .identifier("alice.test")
                    .password(PASSWORD)
                    .build();
            assertThat(List.of(
                            client.call(
                                    CreateSession.PROCEDURE,
                                    i -> i.identifier("alice.test").password(PASSWORD)),
                            client.call(
                                    CreateSession.PROCEDURE,
                                    i -> i.identifier("alice.test").password(PASSWORD),
                                    OPTIONS),
                            client.call(CreateSession.PROCEDURE, input),
                            client.call(CreateSession.PROCEDURE, input, OPTIONS),
                            done(async.call(
                                    CreateSession.PROCEDURE,
                                    i -> i.identifier("alice.test").password(PASSWORD))),
                            done(async.call(
                                    CreateSession.PROCEDURE,
                                    i -> i.identifier("alice.test").password(PASSWORD),
                                    OPTIONS)),
                            done(async.call(CreateSession.PROCEDURE, input)),
                            done(async.call(CreateSession.PROCEDURE, input, OPTIONS))))
                    .allSatisfy(output -> assertThat(output.did()).isEqualTo(session.did()))
                    .hasSize(pds.count("com.atproto.server.createSession"));
        }

        @Test
        void binaryCallsTakeBytesWithAndWithoutOptions() {
            RequestBody body = RequestBody.of("hello");
            CallOptions text = CallOptions.of(o -> o.encoding("text/plain"));
            BlobRef blob = client.call(UploadBlob.PROCEDURE, body, text).blob();
            assertThat(List.of(
                            client.call(UploadBlob.PROCEDURE, body).blob(),
                            client.uploadBlob(body),
                            client.uploadBlob(body, "text/plain"),
                            client.uploadBlob(body, text),
                            done(async.call(UploadBlob.PROCEDURE, body)).blob(),
                            done(async.call(UploadBlob.PROCEDURE, body, text)).blob(),
                            done(async.uploadBlob(body)),
                            done(async.uploadBlob(body, "text/plain")),
                            done(async.uploadBlob(body, text))))
                    .allSatisfy(other -> assertThat(other.ref()).isEqualTo(blob.ref()));
            client.put(Note.ANY, uri, n -> n.text("1").picture(blob));
            assertThat(client.getBlob(session.did(), blob.ref()).toByteArray())
                    .asString()
                    .isEqualTo("hello");
            assertThat(done(async.getBlob(session.did(), blob.ref())).size()).isEqualTo(5);
            assertThat(done(async.getBlob(session.did(), blob.ref(), OPTIONS)).size())
                    .isEqualTo(5);
        }

        @Test
        void nullsAreRefusedByName() {
            assertThatNullPointerException()
                    .isThrownBy(() -> client.call(ResolveHandle.QUERY, (ResolveHandle.Params) null))
                    .withMessage("parameters");
            assertThatNullPointerException()
                    .isThrownBy(() -> client.call(UploadBlob.PROCEDURE, (RequestBody) null))
                    .withMessage("body");
            assertThatNullPointerException()
                    .isThrownBy(() -> client.create(Note.ANY, (Note) null))
                    .withMessage("record");
            assertThatNullPointerException().isThrownBy(() -> new Client(null)).withMessage("agent");
        }

        @Test
        void clientsDescribeThemselvesWithoutSecrets() {
            Client described =
                    client.with(o -> o.header("Authorization", "s3cret").retries(2));
            assertThat(described)
                    .hasToString("Client[agent=ServiceAgent[" + pds.url()
                            + "], defaults=CallOptions[headers={Authorization: [redacted]}, retries="
                            + RetryOptions.of(2) + "]]");
            assertThat(async.toString()).startsWith("AsyncClient[Client[");
            assertThat(Call.of(CreateSession.PROCEDURE, i -> i.identifier("a").password("s3cret")))
                    .hasToString("Call[com.atproto.server.createSession]");
        }
    }

    @Nested
    class OneRecord {
        @Test
        void createTakesFunctionsValuesAndOptions() {
            Note note = Note.of("1");
            WriteOptions options = WriteOptions.of(o -> o.call(OPTIONS));
            assertThat(List.of(
                            client.create(Note.TID, note),
                            client.create(Note.TID, n -> n.text("1")),
                            client.create(Note.TID, note, options),
                            client.create(Note.TID, n -> n.text("1"), options),
                            client.create(Note.TID, n -> n.text("1"), o -> o.call(OPTIONS)),
                            done(async.create(Note.TID, note)),
                            done(async.create(Note.TID, n -> n.text("1"))),
                            done(async.create(Note.TID, note, options)),
                            done(async.create(Note.TID, n -> n.text("1"), options)),
                            done(async.create(Note.TID, n -> n.text("1"), o -> o.call(OPTIONS)))))
                    .extracting(CreateRecord.Output::uri)
                    .allSatisfy(created -> {
                        assertThat(client.get(Note.TID, created).value()).isEqualTo(note);
                        client.delete(Note.TID, created);
                    })
                    .doesNotHaveDuplicates();
        }

        @Test
        void getFindsRecordsByKeyAndUri() {
            client.put(Note.ANY, uri, n -> n.text("1"));
            client.put(Note.SELF, n -> n.text("me"));
            assertThat(List.of(
                            client.get(Note.ANY, KEY),
                            client.get(Note.ANY, KEY, OPTIONS),
                            client.get(Note.ANY, uri),
                            client.get(Note.ANY, uri, OPTIONS),
                            client.get(Note.ANY, session.did(), RecordKey.of(KEY)),
                            client.get(Note.ANY, session.did(), RecordKey.of(KEY), OPTIONS),
                            done(async.get(Note.ANY, KEY)),
                            done(async.get(Note.ANY, KEY, OPTIONS)),
                            done(async.get(Note.ANY, uri)),
                            done(async.get(Note.ANY, uri, OPTIONS))))
                    .allSatisfy(entry -> assertThat(entry.value().text()).isEqualTo("1"))
                    .allSatisfy(entry -> assertThat(entry.uri()).isEqualTo(uri));
            assertThat(client.get(Note.SELF)).isEqualTo(client.get(Note.SELF, OPTIONS));
            assertThat(done(async.get(Note.SELF))).isEqualTo(done(async.get(Note.SELF, OPTIONS)));
        }

        @Test
        void putTakesUrisFunctionsValuesAndOptions() {
            Note note = Note.of("1");
            WriteOptions options = WriteOptions.of(o -> o.call(OPTIONS));
            WriteOptions keyed = WriteOptions.of(o -> o.rkey(KEY));
            assertThat(List.of(
                            client.put(Note.ANY, note, keyed),
                            client.put(Note.ANY, n -> n.text("1"), keyed),
                            client.put(Note.ANY, n -> n.text("1"), o -> o.rkey(KEY)),
                            client.put(Note.ANY, uri, note),
                            client.put(Note.ANY, uri, n -> n.text("1")),
                            client.put(Note.ANY, uri, note, options),
                            client.put(Note.ANY, uri, n -> n.text("1"), options),
                            done(async.put(Note.ANY, note, keyed)),
                            done(async.put(Note.ANY, n -> n.text("1"), keyed)),
                            done(async.put(Note.ANY, n -> n.text("1"), o -> o.rkey(KEY))),
                            done(async.put(Note.ANY, uri, note)),
                            done(async.put(Note.ANY, uri, n -> n.text("1"))),
                            done(async.put(Note.ANY, uri, note, options)),
                            done(async.put(Note.ANY, uri, n -> n.text("1"), options))))
                    .extracting(PutRecord.Output::uri)
                    .containsOnly(uri);
            assertThat(List.of(
                            client.put(Note.SELF, note),
                            client.put(Note.SELF, n -> n.text("1")),
                            done(async.put(Note.SELF, note)),
                            done(async.put(Note.SELF, n -> n.text("1")))))
                    .extracting(output -> output.uri().recordKey())
                    .containsOnly(RecordKey.of("self"));
        }

        @Test
        void deleteTakesKeysUrisAndOptions() {
            for (Runnable delete : List.<Runnable>of(
                    () -> client.delete(Note.ANY, KEY),
                    () -> client.delete(Note.ANY, WriteOptions.of(o -> o.rkey(KEY))),
                    () -> client.delete(Note.ANY, uri),
                    () -> client.delete(Note.ANY, uri, WriteOptions.of(o -> o.call(OPTIONS))),
                    () -> done(async.delete(Note.ANY, KEY)),
                    () -> done(async.delete(Note.ANY, WriteOptions.of(o -> o.rkey(KEY)))),
                    () -> done(async.delete(Note.ANY, uri)),
                    () -> done(async.delete(Note.ANY, uri, WriteOptions.DEFAULTS)))) {
                client.put(Note.ANY, uri, Note.of("1"));
                delete.run();
                assertThatExceptionOfType(XrpcResponseException.class)
                        .isThrownBy(() -> client.get(Note.ANY, uri))
                        .matches(e -> e.is("RecordNotFound"));
            }
        }

        @Test
        void urisOfOtherTypesAreRefused() {
            for (String wrong : List.of(
                    "at://did:plc:alice",
                    "at://did:plc:alice/com.example.note",
                    "at://did:plc:alice/com.example.other/x")) {
                AtUri other = AtUri.of(wrong);
                for (Runnable use : List.<Runnable>of(
                        () -> client.get(Note.ANY, other),
                        () -> client.put(Note.ANY, other, Note.of("1")),
                        () -> client.delete(Note.ANY, other),
                        () -> client.update(Note.ANY, other, old -> old))) {
                    assertThatIllegalArgumentException()
                            .isThrownBy(use::run)
                            .withMessage("not the URI of a record of com.example.note (got \"" + wrong + "\")");
                }
            }
            assertThat(pds.requests()).isEmpty();
        }

        @Test
        void strongRefsComeFromOutputsEntriesAndLists() {
            PutRecord.Output output = client.put(Note.ANY, uri, n -> n.text("1"));
            StrongRef expected = StrongRef.builder().uri(uri).cid(output.cid()).build();
            assertThat(StrongRefs.of(uri, output.cid())).isEqualTo(expected);
            assertThat(StrongRefs.of(output)).isEqualTo(expected);
            assertThat(client.get(Note.ANY, uri).ref()).isEqualTo(expected);
            assertThat(client.list(Note.ANY).records())
                    .extracting(ListedRecord::ref)
                    .contains(expected);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> StrongRefs.of(session))
                    .withMessageContaining("the uri and cid of a record");
            assertThatThrownBy(() -> new RecordEntry<>(uri, null, Note.of("1")).ref())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("no CID");
        }
    }

    @Nested
    class SeveralRecords {
        @Test
        void listsTakeFunctionsAndOptions() {
            List<AtUri> created = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                created.add(client.create(Note.TID, Note.of("" + i)).uri());
            }
            ListOptions two = ListOptions.of(o -> o.limit(2));
            assertThat(client.list(Note.TID).values()).hasSize(3);
            assertThat(done(async.list(Note.TID)).values()).hasSize(3);
            assertThat(List.of(
                            client.list(Note.TID, two),
                            client.list(Note.TID, o -> o.limit(2)),
                            done(async.list(Note.TID, two)),
                            done(async.list(Note.TID, o -> o.limit(2)))))
                    .allSatisfy(page -> assertThat(page.values()).hasSize(2))
                    .allSatisfy(page -> assertThat(page.cursor()).isNotNull());
            assertThat(client.listAll(Note.TID).items(RecordPage::values)).hasSize(3);
            assertThat(client.listAll(Note.TID, two).items(RecordPage::values)).hasSize(3);
            assertThat(client.listAll(Note.TID, o -> o.limit(2).reverse(true)).items(RecordPage::values))
                    .extracting(Note::text)
                    .containsExactly("0", "1", "2");
            created.forEach(old -> client.delete(Note.TID, old));
        }

        @Test
        void applyWritesAppliesAllWrites() {
            client.applyWrites(w -> w.create(Note.ANY, Note.of("1"), RecordKey.of(KEY)));
            done(async.applyWrites(w -> w.update(Note.ANY, Note.of("2"), RecordKey.of(KEY))));
            assertThat(text()).isEqualTo("2");
            done(async.applyWrites(w -> w.delete(Note.ANY, RecordKey.of(KEY)), WriteOptions.DEFAULTS));
            assertThat(pds.records(session.did(), "com.example.note")).doesNotContainKey(KEY);
        }

        @Test
        void dynamicClientsReadWhatTypedOnesWrite() {
            client.put(Note.ANY, uri, n -> n.text("1"));
            assertThat(client.call(DescribeRepo.QUERY, p -> p.repo(session.did()))
                            .collections())
                    .contains(Nsid.of("com.example.note"));
        }
    }

    @Nested
    class Updates {
        @Test
        void updateChangesTheCurrentRecord() {
            client.put(Note.ANY, uri, n -> n.text("1").unknownField("kept", dev.atlex.data.LexValue.of(7)));
            client.put(Note.SELF, n -> n.text("1"));
            WriteOptions options = WriteOptions.of(o -> o.call(OPTIONS));
            client.update(Note.ANY, KEY, LocalPdsTest::plusOne);
            client.update(Note.ANY, KEY, LocalPdsTest::plusOne, options);
            client.update(Note.ANY, uri, LocalPdsTest::plusOne);
            client.update(Note.ANY, uri, LocalPdsTest::plusOne, options);
            client.update(Note.ANY, LocalPdsTest::plusOne, WriteOptions.of(o -> o.rkey(KEY)));
            done(async.update(Note.ANY, KEY, LocalPdsTest::plusOne));
            done(async.update(Note.ANY, KEY, LocalPdsTest::plusOne, options));
            done(async.update(Note.ANY, uri, LocalPdsTest::plusOne));
            PutRecord.Output last = done(async.update(Note.ANY, uri, LocalPdsTest::plusOne, options));
            RecordEntry<Note> entry = client.get(Note.ANY, uri);
            assertThat(entry.value().text()).isEqualTo("10");
            assertThat(entry.value().unknownFields()).containsKey("kept");
            assertThat(entry.cid()).isEqualTo(last.cid());
            client.update(Note.SELF, LocalPdsTest::plusOne);
            done(async.update(Note.SELF, LocalPdsTest::plusOne));
            done(async.update(Note.SELF, LocalPdsTest::plusOne, options));
            assertThat(client.get(Note.SELF).value().text()).isEqualTo("4");
            assertThat(pauses).isEmpty();
        }

        @Test
        void concurrentUpdatesAreAllKept() throws Exception {
            Client real = client(TimeSource.SYSTEM);
            // From this response the client knows that the server returns commits, so that it notices equal writes.
            real.put(Note.ANY, uri, n -> n.text("0"));
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                workers.add(executor.submit(() -> {
                    for (int j = 0; j < 5; j++) {
                        real.update(Note.ANY, uri, LocalPdsTest::plusOne);
                    }
                }));
            }
            for (Future<?> worker : workers) {
                worker.get(40, TimeUnit.SECONDS);
            }
            assertThat(text()).isEqualTo("20");
        }

        @Test
        void equalConcurrentWriteDoesNotSwallowTheUpdate() {
            client.put(Note.ANY, uri, n -> n.text("1"));
            AtomicInteger calls = new AtomicInteger();
            client.with(o -> o.timeout(Duration.ofSeconds(20))).update(Note.ANY, uri, old -> {
                if (calls.getAndIncrement() == 0) {
                    client.put(Note.ANY, uri, plusOne(old));
                }
                return plusOne(old);
            });
            assertThat(text()).isEqualTo("3");
        }

        @Test
        void updateIsRepeatedWithTheNewValueAfterAConflict() {
            client.put(Note.ANY, uri, n -> n.text("1"));
            AtomicInteger calls = new AtomicInteger();
            client.update(Note.ANY, uri, old -> {
                if (calls.getAndIncrement() == 0) {
                    client.put(Note.ANY, uri, n -> n.text("50"));
                }
                return plusOne(old);
            });
            assertThat(text()).isEqualTo("51");
            assertThat(calls).hasValue(2);
            assertThat(pauses).containsExactly(Duration.ofMillis(50));
        }

        @Test
        void updateGivesUpAfterRepeatedConflicts() {
            client.put(Note.ANY, uri, n -> n.text("1"));
            AtomicInteger others = new AtomicInteger(100);
            assertThatExceptionOfType(UpdateConflictException.class)
                    .isThrownBy(() -> client.update(Note.ANY, uri, old -> {
                        client.put(Note.ANY, uri, n -> n.text("" + others.addAndGet(10)));
                        return plusOne(old);
                    }))
                    .withMessageContaining(uri.toString())
                    .withMessageContaining("10 attempts")
                    .satisfies(e -> {
                        assertThat(e.uri()).isEqualTo(uri);
                        assertThat(e.attempts()).isEqualTo(10);
                        assertThat(e.is(PutRecord.ERROR_INVALID_SWAP)).isTrue();
                        assertThat(e.retryable()).isTrue();
                        assertThat(e.getCause()).isInstanceOf(XrpcResponseException.class);
                    });
            assertThat(text()).isEqualTo("200");
            assertThat(pauses)
                    .extracting(Duration::toMillis)
                    .containsExactly(50L, 100L, 200L, 400L, 800L, 1000L, 1000L, 1000L, 1000L);
        }

        @Test
        void updateEndsWithinTheTimeLimitOfTheCall() {
            client.put(Note.ANY, uri, n -> n.text("1"));
            FakeTime time = new FakeTime();
            time.random = 1;
            // After the last pause, 950 ms are left for real requests: enough on a busy machine, too little for another
            // pause.
            Client hasty = client(time.timing()).with(o -> o.timeout(Duration.ofMillis(4_500)));
            AtomicInteger others = new AtomicInteger(100);
            assertThatExceptionOfType(UpdateConflictException.class)
                    .isThrownBy(() -> hasty.update(Note.ANY, uri, old -> {
                        client.put(Note.ANY, uri, n -> n.text("" + others.addAndGet(10)));
                        return plusOne(old);
                    }))
                    .satisfies(e -> assertThat(e.attempts()).isEqualTo(8));
            assertThat(time.waits)
                    .extracting(Duration::toMillis)
                    .containsExactly(50L, 100L, 200L, 400L, 800L, 1000L, 1000L);
        }

        @Test
        void interruptEndsTheUpdate() {
            client.put(Note.ANY, uri, n -> n.text("1"));
            Client interrupted = client(new TimeSource(
                    Clock.systemUTC(),
                    pause -> {
                        throw new TransportInterruptedException("stop", null, false);
                    },
                    () -> 1));
            assertThatExceptionOfType(XrpcTransportException.class)
                    .isThrownBy(() -> interrupted.update(Note.ANY, uri, old -> {
                        client.put(Note.ANY, uri, n -> n.text("50"));
                        return plusOne(old);
                    }))
                    .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        }

        @Test
        void unchangedRecordIsNotWritten() {
            PutRecord.Output first = client.put(Note.ANY, uri, n -> n.text("1"));
            pds.clearRequests();
            assertThat(client.update(Note.ANY, uri, old -> old).cid()).isEqualTo(first.cid());
            assertThat(pds.count("com.atproto.repo.putRecord")).isZero();
        }

        @Test
        void inapplicableUpdateOptionsAreRefused() {
            client.put(Note.ANY, uri, n -> n.text("1"));
            assertThatNullPointerException()
                    .isThrownBy(() -> client.update(Note.ANY, uri, old -> null))
                    .withMessageContaining("the function returned null");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> client.update(Note.ANY, uri, old -> old, WriteOptions.of(o -> o.mustNotExist())))
                    .withMessageContaining("not applicable");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> client.update(Note.ANY, old -> old))
                    .withMessageContaining("needs a record key");
            AtUri missing = AtUri.of(session.did(), Nsid.of("com.example.note"), RecordKey.of("missing"));
            assertThatExceptionOfType(XrpcResponseException.class)
                    .isThrownBy(() -> client.update(Note.ANY, missing, old -> old))
                    .matches(e -> e.is("RecordNotFound"));
            RuntimeException own = new IllegalStateException("own");
            assertThatThrownBy(() -> client.update(Note.ANY, uri, old -> {
                        throw own;
                    }))
                    .isSameAs(own);
        }
    }
}
