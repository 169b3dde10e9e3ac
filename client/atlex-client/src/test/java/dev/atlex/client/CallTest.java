package dev.atlex.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.atproto.identity.ResolveHandle;
import com.atproto.repo.UploadBlob;
import com.atproto.server.CreateSession;
import com.atproto.server.DeleteSession;
import com.atproto.server.GetSession;
import dev.atlex.client.transport.RequestBody;
import dev.atlex.data.BlobRef;
import dev.atlex.data.Bytes;
import dev.atlex.data.Cid;
import dev.atlex.schema.Unit;
import dev.atlex.syntax.Did;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The overloads that make a call, and blobs. */
class CallTest {
    private static final String SESSION =
            "{\"accessJwt\":\"a\",\"refreshJwt\":\"r\",\"handle\":\"alice.test\",\"did\":\"did:plc:alice\"}";
    private static final String CID = "bafkreifjjcie6lypi6ny7amxnfftagclbuxndqonfipmb64f2km2devei4";
    private static final String BLOB =
            "{\"blob\":{\"$type\":\"blob\",\"ref\":{\"$link\":\"" + CID + "\"},\"mimeType\":\"image/png\",\"size\":3}}";

    private final FakeAgent agent = FakeAgent.alice();
    private final Client client = new Client(agent);

    /** The overloads must stay unambiguous: that this compiles is half of the test. */
    @Test
    void queryTakesLambdaMethodReferenceBuilderOrValue() {
        for (int i = 0; i < 6; i++) {
            agent.json("{\"did\":\"did:plc:bob\"}");
        }
        ResolveHandle.Params value =
                ResolveHandle.Params.builder().handle("bob.test").build();
        Consumer<ResolveHandle.Params.Builder> function = p -> p.handle("bob.test");
        List<ResolveHandle.Output> outputs = List.of(
                client.call(ResolveHandle.QUERY, p -> p.handle("bob.test")),
                client.call(ResolveHandle.QUERY, p -> {
                    p.handle("bob.test");
                }),
                client.call(ResolveHandle.QUERY, function),
                client.call(ResolveHandle.QUERY, value),
                client.call(ResolveHandle.QUERY, p -> p.handle("bob.test"), CallOptions.DEFAULTS),
                client.call(Call.of(ResolveHandle.QUERY, value)));
        assertThat(outputs).extracting(output -> output.did().toString()).containsOnly("did:plc:bob");
        assertThat(agent.requests.stream().map(AgentRequest::path).distinct())
                .containsExactly("/xrpc/com.atproto.identity.resolveHandle?handle=bob.test");
    }

    @Test
    void procedureTakesLambdaOrValue() {
        for (int i = 0; i < 4; i++) {
            agent.json(SESSION);
        }
        CreateSession.Input value =
                CreateSession.Input.builder().identifier("a").password("b").build();
        client.call(CreateSession.PROCEDURE, i -> i.identifier("a").password("b"));
        client.call(CreateSession.PROCEDURE, value);
        client.call(CreateSession.PROCEDURE, i -> i.identifier("a").password("b"), CallOptions.DEFAULTS);
        CreateSession.Output output =
                client.xrpc(Call.of(CreateSession.PROCEDURE, value)).body();
        assertThat(output.accessJwt()).isEqualTo("a");
        assertThat(agent.requests)
                .allSatisfy(request -> assertThat(request.body()).isNotNull());
        assertThat(output.toString()).doesNotContain("=a,", "=r,");
    }

    @Test
    void procedureWithoutInputSendsNoBody() {
        for (int i = 0; i < 3; i++) {
            agent.respond(200, null, "");
        }
        client.call(DeleteSession.PROCEDURE);
        client.call(DeleteSession.PROCEDURE, Unit.INSTANCE);
        client.call(DeleteSession.PROCEDURE, none -> {});
        assertThat(agent.requests).hasSize(3).allMatch(request -> request.body() == null);
    }

    @Test
    void accessorsReturnThePartsOfTheCall() {
        Call<?> query = Call.of(GetSession.QUERY);
        assertThat(query.method()).isSameAs(GetSession.QUERY);
        assertThat(query.body()).isSameAs(CallBody.None.INSTANCE);
        RequestBody body = RequestBody.of("x");
        assertThat(Call.of(UploadBlob.PROCEDURE, body).body()).isEqualTo(new CallBody.Binary("*/*", body));
    }

    // Blobs

    @Test
    void blobIsUploadedFromBytesFileOrStream(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("x.png"), new byte[] {'x', 'y', 'z'});
        for (RequestBody body : List.of(
                RequestBody.of(new byte[] {'x', 'y', 'z'}),
                RequestBody.ofFile(file),
                RequestBody.ofStream(new ByteArrayInputStream(new byte[] {'x', 'y', 'z'})))) {
            agent.json(BLOB);
            BlobRef blob = client.uploadBlob(body, "image/png");
            assertThat(blob).isEqualTo(BlobRef.of(Cid.of(CID), "image/png", 3));
            assertThat(agent.last().headers().first("content-type")).isEqualTo("image/png");
            assertThat(agent.last().path()).isEqualTo("/xrpc/com.atproto.repo.uploadBlob");
            assertThat(agent.sent()).isEqualTo("xyz");
        }
    }

    @Test
    void blobWithoutTypeIsOctetStream() {
        agent.json(BLOB);
        client.uploadBlob(RequestBody.of("xyz"), CallOptions.DEFAULTS);
        assertThat(agent.only().headers().first("content-type")).isEqualTo("application/octet-stream");
    }

    @Test
    void blobIsRead() {
        agent.respond(200, "image/png", "xyz");
        assertThat(client.getBlob(FakeAgent.ALICE, Cid.of(CID))).isEqualTo(Bytes.of(new byte[] {'x', 'y', 'z'}));
        assertThat(agent.only().path()).isEqualTo("/xrpc/com.atproto.sync.getBlob?did=did%3Aplc%3Aalice&cid=" + CID);
    }

    @Test
    void blobsIgnoreTheDefaultsForProxyAndLabelers() {
        agent.json(BLOB).respond(200, "image/png", "xyz").json(BLOB);
        Client routed = client.with(o -> o.proxy("did:plc:x#y").labelers(Did.of("did:plc:labeler")));
        routed.uploadBlob(RequestBody.of("x"), "image/png");
        routed.getBlob(FakeAgent.ALICE, Cid.of(CID));
        assertThat(agent.requests).allSatisfy(request -> {
            assertThat(request.headers().first("atproto-proxy")).isNull();
            assertThat(request.headers().first("atproto-accept-labelers")).isNull();
        });
        routed.uploadBlob(RequestBody.of("x"), CallOptions.of(o -> o.proxy("did:plc:x#z")));
        assertThat(agent.last().headers().first("atproto-proxy")).isEqualTo("did:plc:x#z");
    }

    @Test
    void uploadWithoutBlobInResponseIsInvalid() {
        for (String wrong : List.of(
                "{}",
                BLOB.replace("\"size\":3", "\"size\":-1"),
                BLOB.replace(CID, "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a"),
                BLOB.replace("image/png", "nonsense"))) {
            agent.json(wrong);
            assertThatThrownBy(() -> client.uploadBlob(RequestBody.of("x"), "image/png"))
                    .isInstanceOf(XrpcInvalidResponseException.class)
                    .hasMessageContaining("$.blob");
        }
        agent.json(BLOB.replace("\"size\":3", "\"size\":-1"));
        assertThat(client.uploadBlob(RequestBody.of("x"), CallOptions.of(o -> o.strict(false)))
                        .size())
                .isEqualTo(-1);
    }
}
