package dev.atlex.session.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreLocksTest {
    @TempDir
    Path folder;

    private static void make(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file);
        }
    }

    @Test
    void releasedLocks_leaveNothingInMemory() throws Exception {
        int before = StoreLocks.inUse();
        for (int i = 0; i < 100; i++) {
            StoreLocks.Held held = StoreLocks.acquire(folder, "lock" + i, Duration.ZERO, true, StoreLocksTest::make);
            assertThat(StoreLocks.acquire(folder, "lock" + i, Duration.ofMillis(i % 3), true, StoreLocksTest::make))
                    .isNull();
            assertThat(StoreLocks.inUse()).isEqualTo(before + 1);
            held.close();
            held.close();
        }

        assertThat(StoreLocks.inUse()).isEqualTo(before);
    }

    @Test
    void failedLocks_leaveNothingInMemory() throws Exception {
        int before = StoreLocks.inUse();
        Files.createDirectory(folder.resolve("in-the-way"));
        assertThatThrownBy(() -> StoreLocks.acquire(folder, "in-the-way", Duration.ZERO, true, StoreLocksTest::make))
                .isInstanceOf(IOException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> StoreLocks.acquire(folder, "lock", Duration.ZERO, true, StoreLocksTest::make))
                .isInstanceOf(InterruptedException.class);

        assertThat(StoreLocks.inUse()).isEqualTo(before);
        StoreLocks.acquire(folder, "lock", Duration.ZERO, true, StoreLocksTest::make)
                .close();
    }

    @Test
    void number_isKept_tornOneIsIgnored() throws Exception {
        try (StoreLocks.Held held = StoreLocks.acquire(folder, "lock", Duration.ZERO, true, StoreLocksTest::make)) {
            assertThat(held.number()).isZero();
            held.number(1_700_000_000_000_000L);
            held.number(42);
            held.force();
        }
        try (StoreLocks.Held held = StoreLocks.acquire(folder, "lock", Duration.ZERO, true, StoreLocksTest::make)) {
            assertThat(held.number()).isEqualTo(42);
        }
        Files.writeString(folder.resolve("lock"), "00000000000");
        try (StoreLocks.Held held = StoreLocks.acquire(folder, "lock", Duration.ZERO, true, StoreLocksTest::make)) {
            assertThat(held.number()).isZero();
        }
    }
}
