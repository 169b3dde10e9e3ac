package dev.atlex.bluesky.internal.image;

import static dev.atlex.bluesky.internal.image.Samples.ascii;
import static dev.atlex.bluesky.internal.image.Samples.encode;
import static dev.atlex.bluesky.internal.image.Samples.exifSegment;
import static dev.atlex.bluesky.internal.image.Samples.picture;
import static dev.atlex.bluesky.internal.image.Samples.pixels;
import static dev.atlex.bluesky.internal.image.Samples.withSegments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.bluesky.image.CorruptImageException;
import dev.atlex.bluesky.image.ImageException;
import dev.atlex.bluesky.image.ImageFitter;
import dev.atlex.bluesky.image.ImageFitterMissingException;
import dev.atlex.bluesky.image.ImageTooLargeException;
import dev.atlex.bluesky.image.PreparedImage;
import dev.atlex.bluesky.image.SourceImage;
import dev.atlex.bluesky.image.UnsupportedImageException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagePreparerTest {
    private final byte[] jpeg = encode(picture(40, 30), "jpeg");

    @Nested
    class SmallEnough {
        @Test
        void pixelsStayIdentical() {
            for (String format : new String[] {"jpeg", "png", "gif"}) {
                byte[] file = encode(picture(40, 30), format);
                PreparedImage image = ImagePreparer.prepare(file, file.length);
                assertThat(image.bytes()).isSameAs(file);
                assertThat(image.mediaType()).isEqualTo("image/" + format);
                assertThat(image.width()).isEqualTo(40);
                assertThat(image.height()).isEqualTo(30);
            }
        }

        @Test
        void metadataIsRemoved_andPixelsStayIdentical() {
            byte[] file = withSegments(jpeg, exifSegment(1));
            PreparedImage image = ImagePreparer.prepare(file, ImagePreparer.POST_LIMIT);
            assertThat(Samples.text(image.bytes())).doesNotContain("Exif", Samples.SECRET);
            assertThat(pixels(image.bytes())).isEqualTo(pixels(jpeg));
        }

        @Test
        void sizeWithoutMetadataCounts() {
            byte[] file = withSegments(jpeg, exifSegment(1));
            assertThat(ImagePreparer.prepare(file, jpeg.length).bytes()).isEqualTo(jpeg);
        }

        @Test
        void fileIsRead(@TempDir Path folder) throws IOException {
            Path file = Files.write(folder.resolve("photo.gif"), jpeg);
            PreparedImage image = ImagePreparer.prepare(file, ImagePreparer.POST_LIMIT);
            assertThat(image.mediaType()).isEqualTo("image/jpeg");
            assertThat(image.bytes()).isEqualTo(jpeg);
        }
    }

    @Nested
    class WithoutFitter {
        @Test
        void largeImageNamesTheArtifact() {
            assertThatThrownBy(() -> prepare(jpeg, jpeg.length - 1, null))
                    .isInstanceOf(ImageFitterMissingException.class)
                    .hasMessage("Preparing a.jpg: " + jpeg.length + " bytes exceed the limit of " + (jpeg.length - 1)
                            + "; add the artifact dev.atlex:atlex-images to shrink, rotate or convert it");
        }

        @Test
        void rotatedImageNamesTheArtifact() {
            assertThatThrownBy(() -> prepare(withSegments(jpeg, exifSegment(6)), ImagePreparer.POST_LIMIT, null))
                    .isInstanceOf(ImageFitterMissingException.class)
                    .hasMessageContaining("stored rotated (EXIF orientation 6)")
                    .hasMessageContaining("dev.atlex:atlex-images");
        }

        @Test
        void bitmapNamesTheArtifact() {
            assertThatThrownBy(() -> prepare(encode(picture(9, 9), "bmp"), ImagePreparer.POST_LIMIT, null))
                    .isInstanceOf(ImageFitterMissingException.class)
                    .hasMessageContaining("image/bmp")
                    .hasMessageContaining("dev.atlex:atlex-images");
        }
    }

    @Nested
    class Refused {
        @Test
        void formatThatNoFitterReadsIsUnsupported() {
            byte[] avif = ascii("\0\0\0\24ftypavif\0\0\0\0mif1");
            assertThatThrownBy(() -> prepare(avif, 9999, null))
                    .isInstanceOf(UnsupportedImageException.class)
                    .hasMessage("Preparing a.jpg: apps don't show image/avif; convert the image to JPEG or PNG");
        }

        @Test
        void errorPageIsNotAnImage() {
            byte[] page = ascii("<!DOCTYPE html><title>Not found</title>");
            assertThatThrownBy(() -> prepare(page, 100, null))
                    .isInstanceOf(UnsupportedImageException.class)
                    .hasMessage("Preparing a.jpg: not an image (it begins with"
                            + " \"<!DOCTYPE html><title>Not found</title>\")");
            assertThatThrownBy(() -> prepare(new byte[0], 100, null))
                    .hasMessage("Preparing a.jpg: not an image (the file is empty)");
        }

        @Test
        void truncatedImageIsCorrupt() {
            assertThatThrownBy(() -> prepare(Arrays.copyOf(jpeg, 99), 9999, null))
                    .isInstanceOf(CorruptImageException.class)
                    .hasMessageContaining("corrupt image/jpeg: the file ends before the image does");
        }

        @Test
        void largeAnimationIsTooLarge() {
            byte[] frame = Samples.bytes(0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0);
            byte[] gif = encode(picture(40, 30), "gif");
            byte[] file = Samples.concat(Arrays.copyOf(gif, gif.length - 1), frame, Samples.bytes(0x3b));
            assertThatThrownBy(() -> prepare(file, 100, (source, limit) -> result(jpeg)))
                    .isInstanceOf(ImageTooLargeException.class)
                    .hasMessageContaining("an animation can't be shrunk");
            assertThat(prepare(file, file.length, null).mediaType()).isEqualTo("image/gif");
        }

        @Test
        void hugeFileIsNotReadWhole(@TempDir Path folder) throws IOException {
            Path file = folder.resolve("huge.jpg");
            try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
                sparse.setLength(5_000_000_000L);
            }
            assertThatThrownBy(() -> ImagePreparer.prepare(file, 100))
                    .isInstanceOf(ImageTooLargeException.class)
                    .hasMessage("Preparing huge.jpg: files of more than 64000000 bytes are not read");
        }
    }

    @Nested
    class WithFitter {
        private final List<SourceImage> sources = new ArrayList<>();

        @Test
        void fitterGetsTheImageWithoutMetadata() {
            byte[] file = withSegments(jpeg, exifSegment(6));
            PreparedImage image = prepare(file, 9999, (source, limit) -> {
                sources.add(source);
                return result(jpeg);
            });
            assertThat(image.bytes()).isEqualTo(jpeg);
            assertThat(sources).hasSize(1);
            assertThat(sources.get(0).orientation()).isEqualTo(6);
            assertThat(sources.get(0).mediaType()).isEqualTo("image/jpeg");
            assertThat(sources.get(0).bytes()).isEqualTo(jpeg);
        }

        @Test
        void metadataFromFitterIsRemoved() {
            byte[] file = encode(picture(9, 9), "bmp");
            byte[] fitted = withSegments(jpeg, exifSegment(1));
            assertThat(prepare(file, 9999, (source, limit) -> result(fitted)).bytes())
                    .isEqualTo(jpeg);
        }

        @Test
        void fitterThatExceedsTheLimitIsReported() {
            assertThatThrownBy(() -> prepare(encode(picture(9, 9), "bmp"), 9, (source, limit) -> result(jpeg)))
                    .isInstanceOf(ImageException.class)
                    .hasMessageContaining("the image fitter returned PreparedImage[image/jpeg, 1x1")
                    .hasMessageContaining("doesn't fit 9 bytes");
        }

        @Test
        void fitterThatFailsIsReported() {
            ImageFitter broken = (source, limit) -> {
                throw new IllegalStateException("no codec");
            };
            assertThatThrownBy(() -> prepare(jpeg, 9, broken))
                    .isInstanceOf(ImageException.class)
                    .hasMessageContaining("the image fitter failed: java.lang.IllegalStateException: no codec")
                    .hasCauseInstanceOf(IllegalStateException.class);
        }

        @Test
        void runtimeWithoutDesktopModuleIsExplained() {
            ImageFitter broken = (source, limit) -> {
                throw new NoClassDefFoundError("java/awt/image/BufferedImage");
            };
            assertThatThrownBy(() -> prepare(jpeg, 9, broken))
                    .isInstanceOf(ImageException.class)
                    .hasMessageContaining("java.desktop")
                    .hasCauseInstanceOf(NoClassDefFoundError.class);
        }
    }

    private static PreparedImage prepare(byte[] file, long maxBytes, ImageFitter fitter) {
        return ImagePreparer.prepare("a.jpg", file, maxBytes, () -> fitter);
    }

    private static PreparedImage result(byte[] file) {
        return new PreparedImage(file, "image/jpeg", 1, 1);
    }
}
