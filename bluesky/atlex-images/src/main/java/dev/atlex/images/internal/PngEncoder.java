package dev.atlex.images.internal;

import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.event.IIOWriteProgressListener;
import org.jspecify.annotations.Nullable;

/** Encodes PNGs. It stops at the size limit, so even a photo that is far too large costs little time. */
final class PngEncoder {
    /** The compression setting, from 1 (fastest) to 0 (smallest). This value is level 6 of 9 in zlib. */
    private static final float SPEED = 1f / 3;

    private final long maxBytes;

    PngEncoder(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * The result of encoding.
     *
     * @param file the file, or null if it doesn't fit
     * @param share the share of the image, from 0 to 1, that was encoded before the limit was reached
     */
    record Result(byte @Nullable [] file, double share) {}

    Result encode(Pixels pixels) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        Progress progress = new Progress();
        BoundedOutput out = new BoundedOutput(maxBytes, 64 * 1024);
        try (out) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(SPEED);
            writer.addIIOWriteProgressListener(progress);
            writer.setOutput(out);
            writer.write(null, new IIOImage(pixels.image(), null, null), param);
            return new Result(out.toByteArray(), 1);
        } catch (IOException e) {
            if (!out.isExceeded()) {
                throw e;
            }
            return new Result(null, progress.percent / 100);
        } finally {
            writer.dispose();
        }
    }

    private static final class Progress implements IIOWriteProgressListener {
        private double percent;

        @Override
        public void imageProgress(ImageWriter source, float percentageDone) {
            percent = percentageDone;
        }

        @Override
        public void imageStarted(ImageWriter source, int imageIndex) {}

        @Override
        public void imageComplete(ImageWriter source) {}

        @Override
        public void thumbnailStarted(ImageWriter source, int imageIndex, int thumbnailIndex) {}

        @Override
        public void thumbnailProgress(ImageWriter source, float percentageDone) {}

        @Override
        public void thumbnailComplete(ImageWriter source) {}

        @Override
        public void writeAborted(ImageWriter source) {}
    }
}
