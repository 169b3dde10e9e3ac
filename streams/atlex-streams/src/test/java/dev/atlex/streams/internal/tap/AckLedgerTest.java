package dev.atlex.streams.internal.tap;

import static dev.atlex.streams.internal.tap.AckLedger.Delivery.ACKNOWLEDGED;
import static dev.atlex.streams.internal.tap.AckLedger.Delivery.IN_FLIGHT;
import static dev.atlex.streams.internal.tap.AckLedger.Delivery.NEW;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AckLedgerTest {
    private long now = 1_000_000_000L;
    private final AckLedger ledger = new AckLedger(() -> now);

    @Test
    void unfinishedEvent_isInFlight() {
        assertThat(ledger.receive(1, 100)).isEqualTo(NEW);
        assertThat(ledger.receive(1, 100)).isEqualTo(IN_FLIGHT);
        assertThat(ledger.duplicates()).isEqualTo(1);
    }

    @Test
    void finishedEvent_isAcknowledged() {
        ledger.receive(1, 100);
        assertThat(ledger.finish(1, 100, true)).isTrue();
        assertThat(ledger.receive(1, 100)).isEqualTo(ACKNOWLEDGED);
        assertThat(ledger.receive(1, 100)).isEqualTo(ACKNOWLEDGED);
    }

    @Test
    void sameIdWithOtherContent_isNew() {
        ledger.receive(1, 100);
        ledger.finish(1, 100, true);
        assertThat(ledger.receive(1, 200)).isEqualTo(NEW);
        ledger.finish(1, 200, true);
        assertThat(ledger.receive(1, 100)).isEqualTo(NEW);
    }

    @Test
    void idUsedAgainDuringHandling_isNotAcknowledgedForTheOldEvent() {
        ledger.receive(1, 100);
        assertThat(ledger.receive(1, 200)).isEqualTo(NEW);
        assertThat(ledger.finish(1, 100, true)).isFalse();
        assertThat(ledger.finish(1, 200, true)).isTrue();
    }

    @Test
    void notRememberedEvent_isNewAgain() {
        ledger.receive(1, 100);
        assertThat(ledger.finish(1, 100, false)).isTrue();
        assertThat(ledger.receive(1, 100)).isEqualTo(NEW);
    }

    @Test
    void failedEvent_isNewAgain() {
        ledger.receive(1, 100);
        ledger.abandon(1, 100);
        assertThat(ledger.receive(1, 100)).isEqualTo(NEW);
    }

    @Test
    void oldEvent_isForgottenAfterTenMinutes() {
        ledger.receive(1, 100);
        ledger.finish(1, 100, true);
        now += AckLedger.MEMORY.toNanos() - 1;
        assertThat(ledger.receive(1, 100)).isEqualTo(ACKNOWLEDGED);
        now++;
        assertThat(ledger.receive(1, 100)).isEqualTo(NEW);
    }

    @Test
    void recentIds_areAllRemembered() {
        for (long id = 1; id <= AckLedger.SLOTS + 1; id++) {
            ledger.receive(id, id);
            ledger.finish(id, id, true);
        }
        assertThat(ledger.receive(2, 2)).isEqualTo(ACKNOWLEDGED);
        assertThat(ledger.receive(AckLedger.SLOTS + 1, AckLedger.SLOTS + 1)).isEqualTo(ACKNOWLEDGED);
        assertThat(ledger.receive(1, 1)).isEqualTo(NEW);
    }

    @Test
    void idZero_isNewAtFirst() {
        assertThat(ledger.receive(0, 0)).isEqualTo(NEW);
    }
}
