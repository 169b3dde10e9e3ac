package dev.atlex.bluesky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.bsky.actor.Profile;
import dev.atlex.bluesky.image.ImageException;
import dev.atlex.client.UpdateConflictException;
import dev.atlex.client.WriteOptions;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.RecordKey;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.LocalPdsExtension;
import dev.atlex.testkit.TestAccount;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests edits of the profile, and the pinned post. */
class ProfileTest {
    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    private static final String PUT_RECORD = "com.atproto.repo.putRecord";
    private static final String UPLOAD = "com.atproto.repo.uploadBlob";

    /** A PNG with one pixel. */
    private static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private LocalPds pds;
    private TestAccount alice;
    private Bluesky bsky;
    private Bluesky bobs;

    @BeforeEach
    void signIn(LocalPds server, TestAccount first, TestAccount second) {
        pds = server;
        alice = first;
        bsky = SignedIn.bluesky(pds, alice);
        bobs = SignedIn.bluesky(pds, second);
    }

    private LexMap stored() {
        return SignedIn.records(pds, alice, "app.bsky.actor.profile").get("self");
    }

    /** Writes the profile like a newer app does. */
    private void write(String json) {
        bsky.client()
                .putRecord((LexMap) LexValue.parseJson(json), RecordKey.SELF, WriteOptions.of(o -> o.validate(false)));
    }

    @Test
    void firstEdit_createsTheProfile() {
        bsky.editProfile(p -> p.displayName("Alice").description("Cats"));

        assertThat(bsky.profile().displayName()).isEqualTo("Alice");
        assertThat(stored().getString("description")).isEqualTo("Cats");
        assertThat(stored().getString("createdAt")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | InvalidRequest | Could not locate record",
                "400 | InvalidRequest | Record not found: at://did:plc:x/app.bsky.actor.profile/self",
                "404 | NotFound | no such record",
                "404 | RecordNotFound | Could not locate record"
            })
    void firstEdit_otherServersError_createsTheProfile(int status, String error, String message) {
        pds.faults().next("com.atproto.repo.getRecord", Fault.status(status, error, message));
        bsky.editProfile(p -> p.displayName("Alice"));

        assertThat(bsky.profile().displayName()).isEqualTo("Alice");
    }

    @Test
    void firstEdit_otherRefusal_fails() {
        pds.faults().next("com.atproto.repo.getRecord", Fault.status(400, "InvalidRequest", "Could not find repo"));
        assertThatThrownBy(() -> bsky.editProfile(p -> p.displayName("Alice")))
                .isInstanceOf(XrpcResponseException.class)
                .hasMessageContaining("Could not find repo");
    }

    @Test
    void edit_keepsEverythingElse() {
        write("""
                {"$type":"app.bsky.actor.profile","displayName":"Old","description":"Kept",
                 "newField":{"a":[1,2]},"website":"https://example.com"}""");
        LexMap before = stored();

        bsky.editProfile(p -> p.displayName("New"));

        assertThat(stored())
                .isEqualTo(before.toBuilder().put("displayName", "New").build());
    }

    @Test
    void invalidField_canBeReplaced() {
        write("{\"$type\":\"app.bsky.actor.profile\",\"description\":\"" + "x".repeat(300) + "\"}");

        bsky.editProfile(p -> p.description("Short"));

        assertThat(stored().getString("description")).isEqualTo("Short");
    }

    @Test
    void null_removesAField() {
        bsky.editProfile(p -> p.displayName("Alice").description("Cats").pronouns("she"));

        bsky.editProfile(p -> p.description(null));

        assertThat(Profile.RECORD.from(stored()).description()).isNull();
        assertThat(Profile.RECORD.from(stored()).pronouns()).isEqualTo("she");
    }

    @Test
    void concurrentEdit_isMerged() {
        bsky.editProfile(p -> p.displayName("Alice"));
        AtomicInteger runs = new AtomicInteger();

        bsky.editProfile(p -> p.record(profile -> {
            if (runs.getAndIncrement() == 0) {
                write(
                        "{\"$type\":\"app.bsky.actor.profile\",\"displayName\":\"Alice\",\"description\":\"By another app\"}");
            }
            profile.displayName("Alicia");
        }));

        assertThat(runs).hasValue(2);
        assertThat(stored().getString("displayName")).isEqualTo("Alicia");
        assertThat(stored().getString("description")).isEqualTo("By another app");
    }

    /** Two apps create the profile at the same time. */
    @Test
    void profileCreatedConcurrently_isMerged() {
        AtomicInteger runs = new AtomicInteger();

        bsky.editProfile(p -> p.record(profile -> {
            if (runs.getAndIncrement() == 0) {
                write("{\"$type\":\"app.bsky.actor.profile\",\"description\":\"By another app\"}");
            }
            profile.displayName("Alice");
        }));

        assertThat(stored().getString("displayName")).isEqualTo("Alice");
        assertThat(stored().getString("description")).isEqualTo("By another app");
    }

    @Test
    void endlessConflicts_areReported() {
        bsky.editProfile(p -> p.displayName("Alice"));
        pds.faults().always(PUT_RECORD, Fault.status(400, "InvalidSwap", "Record was at another CID"));

        assertThatThrownBy(() -> bsky.editProfile(p -> p.displayName("Bob")))
                .isInstanceOf(UpdateConflictException.class);
    }

    @Test
    void images_areUploadedOnceAndShown(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("me.png"), PNG);
        bsky.editProfile(p -> p.displayName("Alice"));
        pds.faults().next(PUT_RECORD, Fault.status(400, "InvalidSwap", "Record was at another CID"));

        bsky.editProfile(p -> p.avatar(file).banner(PNG));

        Profile profile = Profile.RECORD.from(stored());
        assertThat(profile.avatar().mimeType()).isEqualTo("image/png");
        assertThat(profile.banner()).isNotNull();
        assertThat(bsky.profile().avatar()).isNotNull();
        assertThat(pds.count(UPLOAD)).isEqualTo(2);

        bsky.editProfile(p -> p.removeAvatar());
        assertThat(Profile.RECORD.from(stored()).avatar()).isNull();
        assertThat(Profile.RECORD.from(stored()).banner()).isNotNull();
    }

    @Test
    void unusableImage_changesNothing() {
        byte[] gif = "GIF89a\1\0\1\0\0\0\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0;".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> bsky.editProfile(p -> p.avatar("text".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(ImageException.class);
        assertThatThrownBy(() -> bsky.editProfile(p -> p.avatar(gif)))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("must be JPEG or PNG (got image/gif)");
        assertThatThrownBy(() -> bsky.editProfile(p -> p.avatar(Path.of("missing.png"))))
                .isInstanceOf(UncheckedIOException.class);

        assertThat(stored()).isNull();
        assertThat(pds.count(UPLOAD)).isZero();
    }

    @Test
    void pin_andUnpin() {
        bsky.editProfile(p -> p.displayName("Alice"));
        Posted post = bsky.post("Pinned");

        bsky.pin(post.uri());
        bsky.pin(post.webUrl().toString());

        Profile profile = Profile.RECORD.from(stored());
        assertThat(profile.pinnedPost()).isEqualTo(post.ref());
        assertThat(profile.displayName()).isEqualTo("Alice");
        assertThat(bsky.profile().pinnedPost()).isEqualTo(post.ref());

        bsky.unpin();
        bsky.unpin();
        assertThat(Profile.RECORD.from(stored()).pinnedPost()).isNull();
        assertThat(stored().getString("displayName")).isEqualTo("Alice");
    }

    @Test
    void pin_withoutAProfile_createsIt() {
        Posted post = bsky.post("Pinned");

        bsky.unpin();
        assertThat(stored()).isNull();
        bsky.pin(post.uri());

        assertThat(Profile.RECORD.from(stored()).pinnedPost()).isEqualTo(post.ref());
    }

    @Test
    void pin_rejectsPostsByOthersAndMissingPosts() {
        AtUri foreign = bobs.post("Not yours").uri();
        AtUri missing = AtUri.of("at://" + alice.did() + "/app.bsky.feed.post/3jzfcijpj2z2a");

        assertThatThrownBy(() -> bsky.pin(foreign))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("pin: the post belongs to another account");
        assertThatThrownBy(() -> bsky.pin(missing)).isInstanceOf(PostUnavailableException.class);
        assertThat(stored()).isNull();
    }
}
