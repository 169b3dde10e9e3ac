package dev.atlex.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.benchmarks.oauth.OAuthCalls;
import dev.atlex.benchmarks.payload.Payload;
import dev.atlex.benchmarks.peer.UntypedTree;
import dev.atlex.benchmarks.report.Results;
import dev.atlex.data.ReadOptions;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests how much is allocated. Unlike time, allocation is deterministic, so a test can notice when it grows. */
@Tag("performance")
class AllocationTest {
    private final Payload<?> page = Payload.of("timeline");

    @Test
    void reading_allocatesAtMostTwoThirdsOfUntypedTree() {
        double tree = allocated(() -> UntypedTree.parse(page.json()));

        assertThat(allocated(() -> page.fromJson(ReadOptions.STRICT))).isLessThan(tree * 2 / 3);
        assertThat(allocated(() -> page.fromCbor(ReadOptions.STRICT))).isLessThan(tree * 2 / 3);
    }

    @Test
    void writing_allocatesAtMostSixTimesTheBytes() {
        assertThat(allocated(page::toJson)).isLessThan(page.json().length * 6.0);
        assertThat(allocated(page::toCbor)).isLessThan(page.cbor().length * 6.0);
    }

    /** The limit allows for the proof, a kilobyte of text that is encoded, signed and sent. */
    @Test
    void oauthCall_allocatesLittleBesidesItsSignature() {
        OAuthCalls calls = new OAuthCalls();
        double expected = allocated(calls::signature) + allocated(calls::passwordCall);

        assertThat(allocated(calls::oauthCall)).isLessThan(expected + (12 << 10));
    }

    /** A Jetstream event takes half a kilobyte, and a firehose frame takes three. */
    @Test
    void streamEvents_allocateAtMostSixTimesTheirBytes() {
        StreamBenchmark events = new StreamBenchmark();

        assertThat(allocated(events::jetstreamEvent)).isLessThan(3_500);
        assertThat(allocated(events::firehoseFrame)).isLessThan(18_000);
        assertThat(allocated(events::firehoseFrameFilteredOut)).isLessThan(10_500);
    }

    private static double allocated(Supplier<?> body) {
        Results results = new Results("allocation");
        Alternating.run(Map.of("it", body), 300, 5, 20, results);
        double bytes = results.measures().get("it bytes").median();
        assertThat(bytes).as("allocation is measured").isPositive();
        return bytes;
    }
}
