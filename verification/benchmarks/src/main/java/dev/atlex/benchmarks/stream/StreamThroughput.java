package dev.atlex.benchmarks.stream;

import app.bsky.feed.Post;
import dev.atlex.benchmarks.StreamBenchmark;
import dev.atlex.streams.Firehose;
import dev.atlex.streams.Jetstream;
import dev.atlex.streams.RepoStream;
import dev.atlex.streams.StreamOptions;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Measures how many events are processed per second of processor time, from memory and through a local socket:
 *
 * <pre>
 * StreamThroughput [--seconds=5] [--frames=FOLDER]
 * </pre>
 *
 * <p>The processor time of a stream is that of the whole process, except the server's thread. It includes the threads
 * of the socket, the stream and the handler, and the garbage collector. {@code --frames} writes the events to files for
 * programs in other languages, and exits.
 */
public final class StreamThroughput {
    private static final com.sun.management.OperatingSystemMXBean PROCESS =
            (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private StreamThroughput() {}

    public static void main(String[] args) throws Exception {
        double seconds = 5;
        for (String arg : args) {
            if (arg.startsWith("--frames=")) {
                FrameServer.write(arg.substring("--frames=".length()), new StreamFrames());
                return;
            } else if (arg.startsWith("--seconds=")) {
                seconds = Double.parseDouble(arg.substring("--seconds=".length()));
            }
        }
        StreamBenchmark memory = new StreamBenchmark();
        memory("Jetstream events, typed, from memory", seconds, memory::jetstreamEvent);
        memory("firehose frames with record, from memory", seconds, memory::firehoseFrame);
        memory("firehose frames without record, from memory", seconds, memory::firehoseFrameWithoutRecord);
        StreamFrames frames = new StreamFrames();
        socket("Jetstream events, typed, through a socket", seconds, frames.jetstream(), true, Jetstream::connect);
        socket("firehose frames with record, through a socket", seconds, frames.firehose(), false, Firehose::connect);
    }

    private static void memory(String name, double seconds, Supplier<?> body) {
        double rate = 0;
        double bytes = 0;
        for (int round = 0; round < 3; round++) { // the last one counts
            long allocated = THREADS.getCurrentThreadAllocatedBytes();
            long start = THREADS.getCurrentThreadCpuTime();
            long now = start;
            long count = 0;
            while (now - start < seconds * 1e9) {
                for (int i = 0; i < 100; i++) {
                    body.get();
                }
                count += 100;
                now = THREADS.getCurrentThreadCpuTime();
            }
            rate = count / ((now - start) / 1e9);
            bytes = (THREADS.getCurrentThreadAllocatedBytes() - allocated) / (double) count;
        }
        print(name, rate, bytes);
    }

    private static void socket(
            String name,
            double seconds,
            List<byte[]> frames,
            boolean text,
            Function<Consumer<StreamOptions.Builder>, RepoStream> connect)
            throws Exception {
        try (FrameServer server = new FrameServer(frames, text);
                RepoStream stream = connect.apply(o -> o.service(server.url()).startAt(0))) {
            Meter meter = new Meter(server, seconds);
            Runnable stop = stream::close;
            stream.forEach(Post.RECORD, (operation, post) -> {
                if (meter.count()) {
                    stop.run();
                }
            });
            print(name, meter.rate, Double.NaN);
            System.out.printf(Locale.ROOT, "%-50s %,10.0f /s of wall time%n", "", meter.wall);
        }
    }

    /** Counts events after a warm-up. */
    private static final class Meter {
        private final FrameServer server;
        private final double seconds;
        private final long begin = System.nanoTime();
        private long count;
        private long startNanos;
        private long startCpu;
        private double rate;
        private double wall;

        Meter(FrameServer server, double seconds) {
            this.server = server;
            this.seconds = seconds;
        }

        /** Returns whether the measurement is complete. */
        boolean count() {
            count++;
            if (count % 1_000 != 0) {
                return false;
            }
            long now = System.nanoTime();
            if (startNanos == 0) {
                if (now - begin > 2 * seconds * 1e9) {
                    startNanos = now;
                    startCpu = cpu();
                    count = 0;
                }
                return false;
            } else if (now - startNanos < seconds * 1e9) {
                return false;
            }
            rate = count / ((cpu() - startCpu) / 1e9);
            wall = count / ((now - startNanos) / 1e9);
            return true;
        }

        private long cpu() {
            return PROCESS.getProcessCpuTime() - server.cpuTime();
        }
    }

    private static void print(String name, double rate, double bytes) {
        String allocated = Double.isNaN(bytes) ? "" : String.format(Locale.ROOT, ", %,.0f B each", bytes);
        System.out.printf(Locale.ROOT, "%-50s %,10.0f /s of processor time%s%n", name, rate, allocated);
    }
}
