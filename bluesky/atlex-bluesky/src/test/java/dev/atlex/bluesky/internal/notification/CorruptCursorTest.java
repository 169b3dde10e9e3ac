package dev.atlex.bluesky.internal.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.bluesky.notification.NotificationOptions;
import dev.atlex.bluesky.notification.SetAsideNotification;
import dev.atlex.client.transport.TransportException;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.session.CorruptStoreEntryException;
import dev.atlex.session.store.CursorStore;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.session.store.StreamCursor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests stored cursors that can't be decoded. Nothing must be retried forever, and no notification must be lost
 * silently.
 */
@Timeout(60)
class CorruptCursorTest {
    private static final String SERVICE = "app.bsky.notification";

    @TempDir
    Path folder;

    private final TestTime time = new TestTime();
    private final FakeAppView appView = new FakeAppView(time);
    private final SessionStore memory = new MemorySessionStore();
    private final List<String> handled = new ArrayList<>();

    private NotificationConsumer consumer(SessionStore store) {
        return new NotificationConsumer(
                appView, NotificationOptions.of(o -> o.cursor(CursorStore.of(store))), time.timing());
    }

    private void poll(SessionStore store) {
        consumer(store).pollOnce(notification -> handled.add(FakeAppView.id(notification)));
    }

    private static StreamCursor cursor(SessionStore store, String service) {
        return CursorStore.of(store).cursor(service, FakeAppView.BOT + ":all");
    }

    private static void overwrite(SessionStore store, String service, LexMap state) {
        StreamCursor cursor = cursor(store, service);
        assertThat(cursor.save(cursor.load(), "no time", state)).isNotNull();
    }

    private void assertStopsAndRestarts(SessionStore store) {
        Instant before = time.timing().clock().instant();
        appView.mention();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> poll(store))
                    .isInstanceOf(CorruptStoreEntryException.class)
                    .hasMessageContaining("call restartFrom");
            assertThatThrownBy(() -> consumer(store).forEach(notification -> {}))
                    .isInstanceOf(CorruptStoreEntryException.class);
            assertThatThrownBy(() -> consumer(store).markSeen()).isInstanceOf(CorruptStoreEntryException.class);
        }
        assertThat(time.pauses).isEmpty();

        assertThat(consumer(store).restartFrom(before.minusSeconds(1))).isTrue();
        poll(store);
        assertThat(handled).hasSize(1);
        poll(store);
        assertThat(handled).hasSize(1);
    }

    @Test
    void state_isCorrupt_stopsUntilRestarted() {
        poll(memory);
        overwrite(memory, SERVICE, LexMap.of());
        assertStopsAndRestarts(memory);
    }

    /** The store reports a corrupt file once, and moves it away. */
    @Test
    void file_isCorrupt_stopsUntilRestarted() throws IOException {
        SessionStore store = new FileSessionStore(folder);
        poll(store);
        corruptFiles();
        assertStopsAndRestarts(store);
    }

    /** The process that last saved the cursor writes it again. */
    @Test
    void file_becomesCorruptDuringAHandler_isRepaired() {
        SessionStore store = new FileSessionStore(folder);
        poll(store);
        List<String> all = appView.mentions(2);
        consumer(store).pollOnce(notification -> {
            handled.add(FakeAppView.id(notification));
            corruptFiles();
        });
        poll(store);
        assertThat(handled).containsExactlyElementsOf(all);
    }

    private void corruptFiles() {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
                Files.writeString(file, "{\"v\":1,\u0000");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void setAsideList_isCorrupt_isNotOverwritten() {
        overwrite(memory, SERVICE + "#setAside", LexMap.of());
        assertThatThrownBy(() -> consumer(memory).setAside().list())
                .isInstanceOf(CorruptStoreEntryException.class)
                .hasMessageContaining("call discardSetAside");
        consumer(memory).setAside().clear();
        assertThat(consumer(memory).setAside().list()).isEmpty();
    }

    @Test
    void setAsideItem_isUnreadable_isKept() {
        LexValue newer = LexValue.parseJson("{\"newer\":1}");
        overwrite(memory, SERVICE + "#setAside", LexMap.of("items", LexArray.copyOf(List.of(newer))));
        poll(memory);
        appView.mention();
        List<SetAsideNotification> setAside = new ArrayList<>();
        NotificationConsumer once = new NotificationConsumer(
                appView,
                NotificationOptions.of(o -> o.cursor(CursorStore.of(memory)).attempts(1)),
                time.timing());
        once.pollOnce(notification -> {
            throw new TransportException("broken", null, true);
        });
        setAside.addAll(once.setAside().list());
        assertThat(setAside).hasSize(1);
        once.setAside().remove(setAside.get(0).notification());

        LexMap state = Objects.requireNonNull(
                        cursor(memory, SERVICE + "#setAside").load())
                .state();
        assertThat(Objects.requireNonNull(state.getArray("items"))).containsExactly(newer);
    }
}
