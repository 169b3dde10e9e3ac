package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.actor.Profile;
import app.bsky.embed.Images;
import app.bsky.feed.Post;
import com.atproto.sync.GetBlob;
import dev.atlex.client.Call;
import dev.atlex.client.CallOptions;
import dev.atlex.client.Client;
import dev.atlex.client.RecordEntry;
import dev.atlex.client.transport.RequestBody;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.data.BlobRef;
import dev.atlex.data.Cid;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scenarios for uploading and downloading the blobs in records. */
abstract class BlobScenarios extends Scenarios {
    private static final int TOO_MANY = 5 * 1024 * 1024 + 1;

    BlobScenarios(Server server) {
        super(server);
    }

    /** Bytes with the signature of a PNG, because the reference server detects media types. */
    private static byte[] image(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        byte[] head = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'};
        System.arraycopy(head, 0, bytes, 0, head.length);
        return bytes;
    }

    @Test
    void uploadBlob_bytesFileAndStreamArriveUnchanged(@TempDir Path folder) throws Exception {
        Client client = signedIn();
        byte[] ofBytes = image(70_000, 1);
        byte[] ofFile = image(70_001, 2);
        byte[] ofStream = image(70_002, 3);
        Path file = Files.write(folder.resolve("image.png"), ofFile);

        List<BlobRef> blobs = List.of(
                client.uploadBlob(RequestBody.of(ofBytes), "image/png"),
                client.uploadBlob(RequestBody.ofFile(file), "image/png"),
                client.uploadBlob(RequestBody.ofStream(new ByteArrayInputStream(ofStream)), "image/png"));
        Images images = Images.builder()
                .images(blobs.stream()
                        .map(blob ->
                                Images.Image.builder().image(blob).alt("noise").build())
                        .toList())
                .build();
        String key = key(client.create(
                                Post.RECORD,
                                post("three images").toBuilder()
                                        .embed(Post.Embed.of(images))
                                        .build())
                        .uri())
                .toString();

        RecordEntry<Post> read = client.get(Post.RECORD, key);
        assertThat(read.value().embed()).isEqualTo(Post.Embed.of(images));
        for (int i = 0; i < 3; i++) {
            byte[] sent = List.of(ofBytes, ofFile, ofStream).get(i);
            BlobRef blob = blobs.get(i);
            assertThat(blob).isEqualTo(BlobRef.of(Cid.ofRaw(sent), "image/png", sent.length));
            assertThat(client.getBlob(client.requireDid(), blob.ref()).toByteArray())
                    .isEqualTo(sent);
        }
    }

    @Test
    void getBlob_streamsWithoutAccount() {
        Client client = signedIn();
        byte[] bytes = image(300_000, 4);
        BlobRef blob = client.uploadBlob(RequestBody.of(bytes), "image/png");
        client.put(Profile.RECORD, Profile.builder().avatar(blob).build());

        try (TransportResponse response = anonymous().stream(
                Call.of(GetBlob.QUERY, query -> query.did(client.requireDid()).cid(blob.ref())),
                CallOptions.DEFAULTS)) {
            assertThat(response.headers().first("content-type")).isEqualTo("image/png");
            assertThat(response.readAll()).isEqualTo(bytes);
        }
    }

    @Test
    void uploadBlob_tooLargeIsRejected() {
        Client client = signedIn();
        assertRejected(
                413, "PayloadTooLarge", () -> client.uploadBlob(RequestBody.of(image(TOO_MANY, 5)), "image/png"));
        assertThat(client.list(Post.RECORD).records())
                .as("the next connection works")
                .isEmpty();
    }

    @Test
    void getBlob_missingBlobIsReported() {
        Client client = signedIn();
        Cid missing = Cid.ofRaw(image(100, 6));

        assertRejected(400, "InvalidRequest", () -> client.getBlob(client.requireDid(), missing));
        assertRejected(
                400,
                "BlobNotFound",
                () -> client.put(
                        Profile.RECORD,
                        Profile.builder()
                                .avatar(BlobRef.of(missing, "image/png", 100))
                                .build()));
    }

    @Test
    void getBlob_unreferencedBlobIsNotServed() {
        Client client = signedIn();
        BlobRef blob = client.uploadBlob(RequestBody.of(image(100, 7)), "image/png");
        assertRejected(400, "InvalidRequest", () -> anonymous().getBlob(client.requireDid(), blob.ref()));
    }
}
