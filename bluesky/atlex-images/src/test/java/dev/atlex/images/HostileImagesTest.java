package dev.atlex.images;

import static dev.atlex.images.Photos.chunk;
import static dev.atlex.images.Photos.concat;
import static dev.atlex.images.Photos.jpeg;
import static dev.atlex.images.Photos.photo;
import static dev.atlex.images.Photos.withSegments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.bluesky.image.ImageDimensionsException;
import dev.atlex.bluesky.image.ImageException;
import dev.atlex.bluesky.image.PreparedImage;
import dev.atlex.bluesky.internal.image.ImagePreparer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests that no image exhausts the heap, which has 256 MB here, or takes too long. */
class HostileImagesTest {
    private static final long LIMIT = ImagePreparer.POST_LIMIT;

    @BeforeAll
    static void heapIsSmall() {
        assertThat(Runtime.getRuntime().maxMemory()).isLessThanOrEqualTo(256L << 20);
    }

    @Test
    void pngBombIsRefusedBeforeItIsDecoded() {
        byte[] bomb = png(60_000, 60_000, 1000);
        assertThatThrownBy(() -> ImagePreparer.prepare("bomb.png", bomb, 100))
                .isInstanceOf(ImageDimensionsException.class)
                .hasMessage("Decoding bomb.png: 60000x60000 pixels exceed the limit of 250000000 pixels,"
                        + " or of 65535 pixels per side");
        assertThatThrownBy(() -> ImagePreparer.prepare("bomb.png", png(2_000_000, 1, 10), 10))
                .isInstanceOf(ImageDimensionsException.class);
    }

    @Test
    void fiftyMegapixelsOfPngAreDecodedAtLowerResolution() {
        byte[] bomb = png(8200, 6150, 6150);
        assertThat(bomb.length).isLessThan(300_000);
        PreparedImage image = ImagePreparer.prepare(bomb, 20_000);
        assertThat(image.bytes().length).isLessThanOrEqualTo(20_000);
        assertThat(image.width() * 3 / 4 - image.height()).isBetween(-1, 1);
    }

    @Test
    void fiftyMegapixelsOfJpegAreDecodedAtLowerResolution() {
        byte[] file = withHeight(jpeg(photo(8200, 410), 0.98f, false), 15);
        PreparedImage image = ImagePreparer.prepare(withSegments(file, Photos.exif(6)), LIMIT);
        assertThat(image.bytes().length).isLessThanOrEqualTo((int) LIMIT);
        assertThat(image.height()).isGreaterThan(image.width());
    }

    @Test
    void progressiveBombIsRefused() {
        byte[] file = jpeg(photo(80, 80), 0.9f, true);
        byte[] bomb = withSegments(resized(file, 8200, 6150), Photos.exif(6));
        assertThatThrownBy(() -> ImagePreparer.prepare("bomb.jpg", bomb, LIMIT))
                .isInstanceOf(ImageDimensionsException.class)
                .hasMessageContaining("exceed the limit of 50000000 pixels");
    }

    /** The plug-in for WebP decodes whole images, so a lower resolution wouldn't help. */
    @Test
    void webpThatNeedsTooMuchMemoryIsRejected() {
        byte[] bomb = Photos.webp(8200, 6150, 6);
        assertThat(bomb.length).isLessThan(200);
        assertThatThrownBy(() -> ImagePreparer.prepare("bomb.webp", bomb, LIMIT))
                .isInstanceOf(ImageDimensionsException.class)
                .hasMessageContaining("8200x6150 pixels of image/webp take");
    }

    @Test
    void twentyLargeImagesAtOnceFitIntoTheHeap() throws Exception {
        byte[] file = jpeg(photo(3000, 2250), 0.96f, false);
        assertThat(file.length).isBetween(3_000_000, 5_000_000);
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try {
            List<Future<PreparedImage>> images = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                byte[] copy = withSegments(file, Photos.exif(6));
                images.add(threads.submit(() -> ImagePreparer.prepare(copy, LIMIT)));
            }
            for (Future<PreparedImage> image : images) {
                assertThat(image.get().bytes().length).isLessThanOrEqualTo((int) LIMIT);
                assertThat(image.get().width() * 4).isEqualTo(image.get().height() * 3);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** A thousand files, each with some bytes changed, removed or repeated. */
    @Test
    void fuzzedFilesFitOrAreRefused() {
        List<byte[]> seeds = seeds();
        Random random = new Random(20261127);
        int fitted = 0;
        for (int i = 0; i < 1000; i++) {
            byte[] file = mutated(seeds.get(i % seeds.size()), random);
            // With half of the limits, the file must be decoded.
            long limit = random.nextBoolean() ? LIMIT : Math.max(1, file.length * 3L / 4);
            try {
                PreparedImage image = ImagePreparer.prepare("fuzz", file, limit);
                assertThat((long) image.bytes().length).isLessThanOrEqualTo(limit);
                assertThat(new String(image.bytes(), StandardCharsets.ISO_8859_1))
                        .doesNotContain(Photos.PLACE);
                fitted++;
            } catch (ImageException e) {
                assertThat(e.getMessage()).contains("fuzz: ");
            }
        }
        assertThat(fitted).isBetween(100, 900);
    }

    private static List<byte[]> seeds() {
        BufferedImage photo = photo(160, 120);
        byte[] png = Photos.encode(photo, "png");
        return List.of(
                withSegments(jpeg(photo, 0.9f, false), Photos.exif(1)),
                withSegments(jpeg(photo, 0.9f, true), Photos.exif(6), Photos.profile(Photos.displayP3())),
                withSegments(jpeg(Photos.inks(100, 80, 1, 99, 200, 3)), Photos.adobe(2), Photos.exif(8)),
                png,
                Photos.encode(Photos.quarters(120, 90, BufferedImage.TYPE_INT_ARGB), "png"),
                Photos.encode(photo, "gif"),
                Photos.encode(photo, "bmp"),
                Photos.encode(photo, "tiff"));
    }

    private static byte[] mutated(byte[] seed, Random random) {
        byte[] file = seed.clone();
        // Most readers look at the first bytes first, so half of the changes are there.
        int reach = random.nextBoolean() ? Math.min(700, file.length) : file.length;
        for (int i = 1 + random.nextInt(8); i > 0; i--) {
            int at = random.nextInt(reach);
            switch (random.nextInt(4)) {
                case 0 -> file[at] = (byte) random.nextInt();
                case 1 -> file[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> file[at] = (byte) (random.nextBoolean() ? 0xff : 0);
                default ->
                    System.arraycopy(file, random.nextInt(file.length - 4), file, Math.min(at, file.length - 4), 4);
            }
        }
        boolean isPng = seed[1] == 'P';
        if (isPng && random.nextBoolean()) {
            fixChecksums(file);
        }
        return random.nextInt(10) == 0 ? Arrays.copyOf(file, random.nextInt(file.length)) : file;
    }

    /**
     * Corrects the checksums of a PNG, as far as its chunks can be found, so that more than the checksums is tested.
     */
    private static void fixChecksums(byte[] file) {
        ByteBuffer chunks = ByteBuffer.wrap(file);
        int at = 8;
        while (at + 12 <= file.length) {
            int length = chunks.getInt(at);
            if (length < 0 || length > file.length - at - 12) {
                return;
            }
            CRC32 crc = new CRC32();
            crc.update(file, at + 4, length + 4);
            chunks.putInt(at + 8 + length, (int) crc.getValue());
            at += 12 + length;
        }
    }

    /** Returns a gray PNG whose header may announce more rows than there are. */
    private static byte[] png(int width, int height, int rows) {
        Deflater deflater = new Deflater();
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        byte[] row = new byte[width + 1];
        byte[] buffer = new byte[64 * 1024];
        for (int y = 0; y <= rows; y++) {
            if (y == rows) {
                deflater.finish();
            } else {
                Arrays.fill(row, 1, row.length, (byte) y);
                deflater.setInput(row);
            }
            while (!(y == rows ? deflater.finished() : deflater.needsInput())) {
                data.write(buffer, 0, deflater.deflate(buffer));
            }
        }
        deflater.end();
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .putInt(0x08000000)
                .array();
        return concat(
                Photos.ascii("\u0089PNG\r\n\u001a\n"),
                chunk("IHDR", header),
                chunk("IDAT", data.toByteArray()),
                chunk("IEND", new byte[0]));
    }

    /** Returns a JPEG with a header that announces other dimensions. */
    private static byte[] resized(byte[] jpeg, int width, int height) {
        byte[] file = jpeg.clone();
        for (int at = 2; ; ) {
            int marker = file[at + 1] & 0xff;
            if (marker == 0xc0 || marker == 0xc2) {
                ByteBuffer.wrap(file).putShort(at + 5, (short) height).putShort(at + 7, (short) width);
                return file;
            }
            at += 2 + ((file[at + 2] & 0xff) << 8 | file[at + 3] & 0xff);
        }
    }

    /** Returns a JPEG with this many times the height, but the same data, so the decoder fills in the lower part. */
    private static byte[] withHeight(byte[] jpeg, int times) {
        BufferedImage image = Photos.decode(jpeg);
        return resized(jpeg, image.getWidth(), image.getHeight() * times);
    }
}
