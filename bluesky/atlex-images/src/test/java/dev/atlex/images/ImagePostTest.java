package dev.atlex.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.bsky.embed.Images;
import app.bsky.feed.Post;
import dev.atlex.bluesky.Bluesky;
import dev.atlex.bluesky.image.UnsupportedImageException;
import dev.atlex.session.PasswordSession;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.LocalPdsExtension;
import dev.atlex.testkit.TestAccount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Posts photos to a server that checks their size. P1 to P4 are explained in {@code docs/failure-modes.md}. */
class ImagePostTest {
    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    @TempDir
    Path folder;

    private LocalPds pds;
    private TestAccount alice;
    private Bluesky bsky;

    @BeforeEach
    void signIn(LocalPds server, TestAccount first) {
        pds = server;
        alice = first;
        bsky = Bluesky.of(PasswordSession.login(pds.url().toString(), alice.handle(), alice.password()));
    }

    /** P1, P3 and P4: the photo is 4 MB, is stored rotated, and contains the place where it was taken. */
    @Test
    void phonePhotoIsPostedUprightWithoutPlace() throws IOException {
        byte[] photo = Photos.withSegments(Photos.jpeg(Photos.photo(3000, 2250), 0.96f, false), Photos.exif(6));
        assertThat(photo.length).isGreaterThan(3_000_000);
        Path file = Files.write(folder.resolve("photo.jpg"), photo);

        bsky.post(p -> p.text("Look").image(file, "A cat"));

        Images.Image image = onlyImage();
        assertThat(image.image().mimeType()).isEqualTo("image/jpeg");
        assertThat(image.aspectRatio().width()).isEqualTo(2250);
        assertThat(image.aspectRatio().height()).isEqualTo(3000);
        byte[] blob = bsky.client().getBlob(bsky.did(), image.image().ref()).toByteArray();
        assertThat(blob.length).isLessThanOrEqualTo(2_000_000);
        assertThat(new String(blob, StandardCharsets.ISO_8859_1)).doesNotContain("Exif", Photos.PLACE);
        assertThat(Photos.decode(blob).getHeight()).isEqualTo(3000);
    }

    /** P2: a drawing that is small enough is uploaded as it is. */
    @Test
    void smallDrawingKeepsItsPixels() throws IOException {
        byte[] png = Photos.encode(Photos.photo(64, 64), "png");
        Path file = Files.write(folder.resolve("pixels.png"), png);

        bsky.post(p -> p.image(file, "Pixel art"));

        Images.Image image = onlyImage();
        assertThat(bsky.client().getBlob(bsky.did(), image.image().ref()).toByteArray())
                .isEqualTo(png);
    }

    @Test
    void errorPageIsNotUploaded() throws IOException {
        Path image = Files.writeString(folder.resolve("photo.jpg"), "<!DOCTYPE html><title>Not found</title>");

        assertThatThrownBy(() -> bsky.post(p -> p.image(image, "A cat")))
                .isInstanceOf(UnsupportedImageException.class)
                .hasMessageStartingWith("Preparing photo.jpg: not an image");
        assertThat(pds.records(alice.did(), "app.bsky.feed.post")).isEmpty();
    }

    private Images.Image onlyImage() {
        Post post = Post.RECORD.from(pds.records(alice.did(), "app.bsky.feed.post")
                .values()
                .iterator()
                .next());
        return ((Post.Embed.Images) post.embed()).value().images().get(0);
    }
}
