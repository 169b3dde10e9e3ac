package dev.atlex.bluesky.internal.action;

import dev.atlex.bluesky.image.PreparedImage;
import dev.atlex.bluesky.image.UnsupportedImageException;
import dev.atlex.bluesky.internal.RepeatableCalls;
import dev.atlex.bluesky.internal.image.ImagePreparer;
import dev.atlex.client.CallOptions;
import dev.atlex.client.Client;
import dev.atlex.client.transport.RequestBody;
import dev.atlex.data.BlobRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;

/** Prepares and uploads avatars and banners. */
public final class ProfileImage {
    /** The types that profile and list records accept. */
    private static final Set<String> TYPES = Set.of("image/jpeg", "image/png");

    private ProfileImage() {}

    /**
     * Returns the image in a file, ready for upload.
     *
     * @throws dev.atlex.bluesky.image.ImageException if the image can't be used
     * @throws UncheckedIOException if the file can't be read
     */
    public static PreparedImage prepare(Path file) {
        try {
            return checked(String.valueOf(file.getFileName()), ImagePreparer.prepare(file, ImagePreparer.THUMB_LIMIT));
        } catch (IOException e) {
            throw new UncheckedIOException("failed to read the image " + file + ": " + e.getMessage(), e);
        }
    }

    /** Like {@link #prepare(Path)}, but takes the content of a file. */
    public static PreparedImage prepare(String name, byte[] content) {
        return checked(name, ImagePreparer.prepare(name, content, ImagePreparer.THUMB_LIMIT));
    }

    private static PreparedImage checked(String name, PreparedImage image) {
        if (!TYPES.contains(image.mediaType())) {
            throw new UnsupportedImageException("Preparing " + name + ": an avatar or banner must be JPEG or PNG (got "
                    + image.mediaType() + "); convert it first");
        }
        return image;
    }

    static BlobRef upload(Client client, PreparedImage image) {
        return client.uploadBlob(
                RequestBody.of(image.bytes()),
                CallOptions.of(o -> o.encoding(image.mediaType()).retries(RepeatableCalls.retries(client))));
    }
}
