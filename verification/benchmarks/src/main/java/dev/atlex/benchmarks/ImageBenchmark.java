package dev.atlex.benchmarks;

import dev.atlex.benchmarks.payload.Photo;
import dev.atlex.bluesky.image.PreparedImage;
import dev.atlex.bluesky.internal.image.ImagePreparer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Prepares a photo of 12 megapixels and 4 MB for upload: reads, decodes and rotates it, and encodes it in less than
 * 2,000,000 bytes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ImageBenchmark {
    /** The EXIF orientation: from a camera that was held level or turned. */
    @Param({"1", "6"})
    private int orientation;

    private Path file;

    @Setup(Level.Trial)
    public void write() throws IOException {
        file = Photo.write(orientation);
    }

    @TearDown(Level.Trial)
    public void delete() throws IOException {
        Files.delete(file);
    }

    @Benchmark
    public PreparedImage prepare() throws IOException {
        return ImagePreparer.prepare(file, ImagePreparer.POST_LIMIT);
    }
}
