package dev.atlex.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.atproto.label.SubscribeLabels;
import dev.atlex.session.store.CursorStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests the saved cursor of processes that end while they consume a stream. */
@Timeout(120)
class StreamProcessTest {
    @TempDir
    Path folder;

    private final StreamServer server;

    StreamProcessTest() throws IOException {
        server = new StreamServer((connection, number) -> {
            connection.open();
            long sequence = connection.cursor() == null ? 0 : connection.cursor();
            while (true) {
                connection.binary(Frames.labels(++sequence));
            }
        });
    }

    private Process start(long saveInterval) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ConsumingProcess.class.getName(),
                        server.url(),
                        folder.toString(),
                        String.valueOf(saveInterval))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Reads a process's output until it has handled some events, ends the process, and reads the rest. */
    private static List<Long> handled(Process process, int events, Runnable end) throws Exception {
        List<Long> sequences = new ArrayList<>();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            String line = out.readLine();
            while (line != null) {
                sequences.add(Long.valueOf(line));
                if (sequences.size() == events) {
                    end.run();
                }
                line = out.readLine();
            }
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return sequences;
    }

    private long saved() {
        return CursorStore.file(folder)
                .cursor(server.url(), SubscribeLabels.NSID)
                .load()
                .sequence();
    }

    @Test
    void terminatedProcess_savesItsPosition() throws Exception {
        try (server) {
            Process process = start(600_000);
            List<Long> sequences = handled(process, 1000, process.toHandle()::destroy);

            // The JVM may end after a line was printed, but before the handler has returned.
            assertThat(saved())
                    .isBetween(sequences.get(sequences.size() - 1) - 1, sequences.get(sequences.size() - 1) + 1);
        }
    }

    @Test
    void killedProcess_losesNoEvent() throws Exception {
        try (server) {
            TreeSet<Long> all = new TreeSet<>();
            for (int run = 0; run < 5; run++) {
                Process process = start(20);
                List<Long> sequences = handled(process, 2000, process.toHandle()::destroyForcibly);
                if (!all.isEmpty()) {
                    assertThat(sequences.get(0)).isLessThanOrEqualTo(all.last() + 1);
                }
                all.addAll(sequences);
            }
            assertThat(all).hasSize((int) (all.last() - all.first() + 1)); // no number is missing
        }
    }
}
