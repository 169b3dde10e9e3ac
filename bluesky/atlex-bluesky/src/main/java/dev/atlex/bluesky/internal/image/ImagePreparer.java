package dev.atlex.bluesky.internal.image;

import dev.atlex.bluesky.image.CorruptImageException;
import dev.atlex.bluesky.image.ImageException;
import dev.atlex.bluesky.image.ImageFitter;
import dev.atlex.bluesky.image.ImageFitterMissingException;
import dev.atlex.bluesky.image.ImageTooLargeException;
import dev.atlex.bluesky.image.PreparedImage;
import dev.atlex.bluesky.image.SourceImage;
import dev.atlex.bluesky.image.UnsupportedImageException;
import dev.atlex.data.internal.Excerpt;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Prepares an image for upload: removes its metadata, turns it upright, and keeps it within a size limit.
 *
 * <p>Re-encoding an image costs quality and ruins pixel art. So an image that is small enough and upright keeps its
 * pixels: only the metadata is cut out of the file. All other images go to an {@link ImageFitter}. The fitter's result
 * is checked and stripped like any other image, so that metadata can't get through.
 */
public final class ImagePreparer {
    /** The size limit for an image in a post, in bytes. */
    public static final long POST_LIMIT = 2_000_000;

    /** The size limit for a link card's thumbnail, an avatar and a banner, in bytes. */
    public static final long THUMB_LIMIT = 1_000_000;

    /** The maximum size of a file to read, in bytes. Photos from 200-megapixel phones are about 50 MB. */
    public static final long MAX_FILE = 64_000_000;

    private static final String ARTIFACT = "dev.atlex:atlex-images";

    /** The number of bytes to show of a file that isn't an image. */
    private static final int SHOWN = 40;

    /**
     * A semaphore that limits encoding to half of the processors, so that many images at once can't take all CPU time
     * or memory. Up to Java 21, continuously running codecs can keep the garbage collector from running at all.
     */
    private static final Semaphore FITTING =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    private ImagePreparer() {}

    /** Like {@link #prepare(String, byte[], long)}, for an image without a name. */
    public static PreparedImage prepare(byte[] file, long maxBytes) {
        return prepare("image", file, maxBytes);
    }

    /**
     * Returns the image in a file, ready for upload.
     *
     * @throws IOException if the file can't be read
     * @throws ImageException if the content isn't an image that can be uploaded
     */
    public static PreparedImage prepare(Path file, long maxBytes) throws IOException {
        String name = String.valueOf(file.getFileName());
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes((int) MAX_FILE + 1);
        }
        return prepare(name, content, maxBytes);
    }

    /**
     * Returns the image, ready for upload.
     *
     * @param name the name to use for the image in messages, such as its file name
     * @param file the image; the array isn't changed, and may be part of the result
     * @param maxBytes the limit, in bytes
     * @throws ImageException if the content isn't an image that can be uploaded
     */
    public static PreparedImage prepare(String name, byte[] file, long maxBytes) {
        return prepare(name, file, maxBytes, ImagePreparer::installedFitter);
    }

    /** Like {@link #prepare(String, byte[], long)}, with a supplier of the fitter, which may supply null. */
    static PreparedImage prepare(String name, byte[] file, long maxBytes, Supplier<@Nullable ImageFitter> fitter) {
        String subject = "Preparing " + name + ": ";
        if (file.length > MAX_FILE) {
            throw new ImageTooLargeException(subject + "files of more than " + MAX_FILE + " bytes are not read");
        }
        ImageType type = ImageType.of(file);
        if (type == null) {
            throw new UnsupportedImageException(subject + "not an image " + beginning(file));
        }
        if (!ImageFile.isStrippable(type)) {
            int orientation = type == ImageType.TIFF ? Exif.orientation(new Bytes(file), 0, file.length) : 1;
            return fitInTurn(
                    name,
                    () -> new SourceImage(name, file, type.mediaType(), orientation),
                    maxBytes,
                    fitter,
                    "apps don't show " + type.mediaType());
        }
        ImageFile image = read(subject, type, file);
        boolean small = image.kept().length() <= maxBytes;
        if (small && image.orientation() == 1) {
            return stripped(image);
        }
        String size = image.kept().length() + " bytes exceed the limit of " + maxBytes;
        if (image.animated()) {
            throw new ImageTooLargeException(subject + size + ", and an animation can't be shrunk; post it as a video");
        }
        String reason = small ? "the image is stored rotated (EXIF orientation " + image.orientation() + ")" : size;
        return fitInTurn(
                name,
                () -> new SourceImage(name, image.kept().toArray(), type.mediaType(), image.orientation()),
                maxBytes,
                fitter,
                reason);
    }

    private static PreparedImage fitInTurn(
            String name,
            Supplier<SourceImage> source,
            long maxBytes,
            Supplier<@Nullable ImageFitter> fitter,
            String reason) {
        try {
            FITTING.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImageException("Preparing " + name + ": interrupted while other images are prepared", e);
        }
        try {
            // The file is copied here, not earlier, so that images that wait for their turn take no memory.
            return fit(source.get(), maxBytes, fitter, reason);
        } catch (OutOfMemoryError e) {
            // Only one large array couldn't be allocated. The rest of the application can continue.
            throw new ImageException("Preparing " + name + ": the heap is full", e);
        } finally {
            FITTING.release();
        }
    }

    private static PreparedImage fit(
            SourceImage source, long maxBytes, Supplier<@Nullable ImageFitter> fitters, String reason) {
        String subject = "Preparing " + source.name() + ": ";
        PreparedImage fitted;
        ImageFitter fitter;
        try {
            fitter = fitters.get();
            if (fitter == null && !isDecodable(source)) {
                throw new UnsupportedImageException(subject + reason + "; convert the image to JPEG or PNG");
            }
            if (fitter == null) {
                throw new ImageFitterMissingException(
                        subject + reason + "; add the artifact " + ARTIFACT + " to shrink, rotate or convert it");
            }
            fitted = fitter.fit(source, maxBytes);
        } catch (ImageException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new ImageException(subject + reason + ", and the image fitter failed: " + e, e);
        } catch (LinkageError | ServiceConfigurationError e) {
            throw new ImageException(
                    subject + reason + ", and the installed image fitter can't be loaded; does this Java runtime have"
                            + " the module java.desktop?",
                    e);
        }
        ImageType type = ImageType.of(fitted.bytes());
        if (type == null || !ImageFile.isStrippable(type)) {
            throw new ImageException(subject + "the image fitter returned " + fitted + ", which apps don't show");
        }
        ImageFile image = read(subject, type, fitted.bytes());
        if (image.kept().length() > maxBytes || image.orientation() != 1) {
            throw new ImageException(subject + "the image fitter returned " + fitted + ", which doesn't fit " + maxBytes
                    + " bytes or isn't upright");
        }
        return stripped(image);
    }

    private static boolean isDecodable(SourceImage source) {
        ImageType type = ImageType.of(source.bytes());
        return type != null && type.isDecodable();
    }

    private static ImageFile read(String subject, ImageType type, byte[] file) {
        try {
            return ImageFile.read(type, file);
        } catch (MalformedImageException e) {
            throw new CorruptImageException(subject + "corrupt " + type.mediaType() + ": " + e.getMessage(), e);
        }
    }

    private static PreparedImage stripped(ImageFile image) {
        return new PreparedImage(
                image.kept().toArray(), image.type().mediaType(), image.uprightWidth(), image.uprightHeight());
    }

    private static String beginning(byte[] file) {
        if (file.length == 0) {
            return "(the file is empty)";
        }
        String text = new String(file, 0, Math.min(file.length, SHOWN), StandardCharsets.ISO_8859_1);
        return "(it begins with " + Excerpt.quote(text) + ")";
    }

    /** Returns the first fitter that the application provides, or null. */
    private static @Nullable ImageFitter installedFitter() {
        // In a container, the thread's context class loader is the application's. Pool threads may have a
        // different one, or none.
        return ServiceLoader.load(ImageFitter.class)
                .findFirst()
                .or(() -> ServiceLoader.load(ImageFitter.class, ImageFitter.class.getClassLoader())
                        .findFirst())
                .orElse(null);
    }
}
