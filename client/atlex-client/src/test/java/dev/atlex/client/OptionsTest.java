package dev.atlex.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.atlex.data.Cid;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.RecordKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The conventions of all option classes: {@code of}, {@code toBuilder}, {@code DEFAULTS}, {@code toString}. */
class OptionsTest {
    private static final Cid CID = Cid.of("bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a");
    private static final Did ALICE = Did.of("did:plc:alice");

    @Test
    void toBuilderStartsWithTheOptions() {
        RetryOptions retries = RetryOptions.of(o -> o.maxRetries(2)
                .minDelay(Duration.ofMillis(1))
                .maxDelay(Duration.ofMillis(9))
                .factor(3)
                .respectRetryAfter(false)
                .when((failure, attempt) -> true));
        CallOptions call = CallOptions.of(o -> o.header("A", "b")
                .proxy("did:web:x#y")
                .labelers(ALICE)
                .timeout(Duration.ofSeconds(1))
                .maxResponseBytes(5)
                .encoding("a/b")
                .validateRequest(true)
                .validateResponse(false)
                .strict(true)
                .invalidItems(InvalidItems.SKIP)
                .onProblem(problem -> {})
                .maxDepth(7)
                .retries(retries)
                .idempotentCreates(true));
        WriteOptions write = WriteOptions.of(o -> o.repo(ALICE)
                .rkey("x")
                .swapCommit(CID)
                .swapRecord(CID)
                .validate(true)
                .call(call));
        ListOptions list = ListOptions.of(
                o -> o.repo(ALICE).limit(3).cursor("c").reverse(true).call(call));
        assertThat(retries.toBuilder().build()).usingRecursiveComparison().isEqualTo(retries);
        assertThat(call.toBuilder().build()).usingRecursiveComparison().isEqualTo(call);
        assertThat(write.toBuilder().build()).usingRecursiveComparison().isEqualTo(write);
        assertThat(list.toBuilder().build()).usingRecursiveComparison().isEqualTo(list);
        assertThat(write.toBuilder().mustNotExist().build().swapRecord()).isNull();
        assertThat(write.rkey()).isEqualTo(RecordKey.of("x"));
    }

    @Test
    void defaultsHaveNothingSet() {
        assertThat(CallOptions.DEFAULTS).hasToString("CallOptions[]");
        assertThat(WriteOptions.DEFAULTS).hasToString("WriteOptions[call=CallOptions[]]");
        assertThat(ListOptions.DEFAULTS).hasToString("ListOptions[call=CallOptions[]]");
        assertThat(RetryOptions.DEFAULTS)
                .hasToString("RetryOptions[maxRetries=0, minDelay=PT0.5S, maxDelay=PT30S, factor=2.0,"
                        + " respectRetryAfter=true]");
    }

    @Test
    void toStringShowsSettingsButNoSecrets() {
        WriteOptions options = WriteOptions.of(o -> o.rkey("x")
                .mustNotExist()
                .call(c -> c.header("Authorization", "s3cret").noProxy().noLabelers()));
        assertThat(options)
                .hasToString("WriteOptions[rkey=x, mustNotExist=true, call=CallOptions[headers={Authorization:"
                        + " [redacted]}, proxy=none, labelers=none]]");
        assertThat(ListOptions.of(o -> o.limit(3))).hasToString("ListOptions[limit=3, call=CallOptions[]]");
    }

    @Test
    @SuppressWarnings("NullAway") // misuse
    void nullsAreRefusedByName() {
        assertThatNullPointerException()
                .isThrownBy(() -> WriteOptions.of(o -> o.swapRecord(null)))
                .withMessage("record");
        assertThatNullPointerException()
                .isThrownBy(() -> ListOptions.of(o -> o.cursor(null)))
                .withMessage("cursor");
        assertThatNullPointerException()
                .isThrownBy(() -> RetryOptions.of(o -> o.maxDelay(null)))
                .withMessage("maxDelay");
        assertThatNullPointerException()
                .isThrownBy(() -> CallOptions.of(o -> o.retries((RetryOptions) null)))
                .withMessage("retries");
    }
}
