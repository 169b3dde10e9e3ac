package dev.atlex.images.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.bluesky.image.ImageDimensionsException;
import dev.atlex.bluesky.image.ImageException;
import dev.atlex.bluesky.image.PreparedImage;
import dev.atlex.bluesky.image.SourceImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Tests that images are decoded within a memory budget. */
class DecoderTest {
    /** The size of an image with 400 by 300 pixels and a copy of it, in bytes. */
    private static final long FULL = 2 * 400 * 300 * 3;

    @Test
    void plan_enoughMemory_keepsTheResolution() throws IOException {
        try (Decoder decoder = new Decoder(source("jpeg"))) {
            assertThat(decoder.plan(FULL, 1_000_000)).isEqualTo(new Decoder.Plan(1, FULL, FULL / 6));
        }
    }

    @Test
    void plan_littleMemory_lowersTheResolution() throws IOException {
        for (String format : new String[] {"jpeg", "png", "gif"}) {
            try (Decoder decoder = new Decoder(source(format))) {
                Decoder.Plan plan = decoder.plan(FULL / 5, 1_000_000);
                assertThat(plan.memory()).isLessThanOrEqualTo(FULL / 5);
                Pixels pixels = decoder.decode(plan);
                assertThat(pixels.width()).isEqualTo((400 + plan.step() - 1) / plan.step());
                assertThat(plan.step()).isBetween(2, 4);
            }
        }
    }

    @Test
    void plan_readerForWholeImages_isRejected() throws IOException {
        try (Decoder decoder = new Decoder(source("bmp"))) {
            assertThatThrownBy(() -> decoder.plan(FULL / 5, 1_000_000)).isInstanceOf(ImageDimensionsException.class);
        }
    }

    @Test
    void resultIsScaledToTheMemory() {
        PreparedImage image = new Fitting(source("jpeg"), 1_000_000, new MemoryBudget(400_000)).run();
        assertThat(image.width()).isLessThan(400);
        assertThat(image.width() * 3 / 4 - image.height()).isBetween(-1, 1);
    }

    @Test
    void memoryIsReturned() {
        MemoryBudget memory = new MemoryBudget(2_000_000);
        long before = memory.available();
        new Fitting(source("png"), 1_000_000, memory).run();
        SourceImage corrupt = new SourceImage("a.png", Arrays.copyOf(file("png"), 200), "image/png", 1);
        assertThatThrownBy(() -> new Fitting(corrupt, 1_000_000, memory).run()).isInstanceOf(ImageException.class);
        assertThat(memory.available()).isEqualTo(before);
    }

    @Test
    void interruptionWhileWaitingIsReported() throws InterruptedException {
        MemoryBudget memory = new MemoryBudget(2_000_000);
        memory.acquire(memory.bytes());
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> new Fitting(source("png"), 1_000_000, memory).run())
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    private static SourceImage source(String format) {
        return new SourceImage("a." + format, file(format), "image/" + format, 1);
    }

    private static byte[] file(String format) {
        BufferedImage image = new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 300; y++) {
            for (int x = 0; x < 400; x++) {
                image.setRGB(x, y, x << 16 | y << 7);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
