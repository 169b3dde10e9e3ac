package dev.atlex.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.session.store.TimedFileStore;
import dev.atlex.syntax.Did;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a store's folder: legacy, corrupt and unrelated files, and the folder itself. */
class SessionFolderTest {
    private static final Key ALICE = Key.session(Did.of("did:plc:alice"));
    private static final Key BOB = Key.session(Did.of("did:plc:bob"));

    @TempDir
    Path temporary;

    private Path folder() {
        return temporary.resolve("sessions");
    }

    private FileSessionStore store() {
        return new FileSessionStore(folder());
    }

    private Path file(String name) {
        return folder().resolve(name);
    }

    private static SessionData session(String did) {
        return SessionData.parse(
                FakeServer.session(did, "access", "refresh-of-" + did, ",\"service\":\"https://service.test\""));
    }

    /** Writes a file as it was before there were generations. */
    private void writeOld(String name, String did) throws IOException {
        makeFolder();
        Files.writeString(file(name), session(did).toJson());
    }

    /** Sets a mode regardless of the umask: a folder that a group can write to is refused. */
    private void makeFolder() throws IOException {
        Files.createDirectories(folder());
        if (Files.getFileStore(folder()).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwx------"));
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(".locks"))
                    .sorted()
                    .toList();
        }
    }

    private static List<Key> keys(SessionStore store) {
        List<Key> keys = new ArrayList<>();
        store.forEach(Kind.SESSION, entry -> keys.add(entry.key()));
        return keys;
    }

    @Test
    void legacyFile_isGenerationOneUntilSaved() throws IOException {
        writeOld("did_plc_alice.json", "did:plc:alice");
        FileSessionStore store = store();

        assertThat(store.load(ALICE))
                .satisfies(entry -> assertThat(entry.generation()).isEqualTo(1));
        assertThat(store.load(Did.of("did:plc:alice"))).isEqualTo(session("did:plc:alice"));
        assertThat(store.list()).containsExactly(session("did:plc:alice"));
        assertThat(file("did_plc_alice.json"))
                .content(UTF_8)
                .isEqualTo(session("did:plc:alice").toJson());

        Entry saved = store.save(ALICE, 1, "{\"a\":1}");
        assertThat(saved.generation()).isGreaterThan(1);
        assertThat(store().load(ALICE)).isEqualTo(saved);
        assertThat(names()).containsExactly("did_plc_alice.json");
    }

    @Test
    void fileWithOldName_isReadRenamedAndDeleted() throws IOException {
        writeOld("did_web_localhost+3A2583.json", "did:web:localhost%3A2583");
        Key key = Key.session(Did.of("did:web:localhost%3A2583"));
        FileSessionStore store = store();

        assertThat(store.load(key).generation()).isEqualTo(1);
        assertThat(keys(store)).containsExactly(key);
        Entry saved = store.save(key, 1, "7");
        assertThat(store.load(key)).isEqualTo(saved);
        assertThat(names()).containsExactly("did_web_localhost+3=a2583.json");

        // A crash happened between the two.
        writeOld("did_web_localhost+3A2583.json", "did:web:localhost%3A2583");
        assertThat(keys(store)).containsExactly(key);
        assertThat(store.load(key)).isEqualTo(saved);
        assertThat(store.delete(key, saved.generation())).isTrue();
        assertThat(store.load(key)).isNull();
        assertThat(names()).isEmpty();

        writeOld("did_web_localhost+3A2583.json", "did:web:localhost%3A2583");
        assertThat(store.delete(key, 1)).isTrue();
        assertThat(names()).isEmpty();
    }

    @Test
    void corruptFileWithOldName_isQuarantined() throws IOException {
        writeOld("did_web_localhost+3A2583.json", "did:web:localhost%3A2583");
        Files.writeString(file("did_web_localhost+3A2583.json"), "{\"half");
        Key key = Key.session(Did.of("did:web:localhost%3A2583"));

        assertThatThrownBy(() -> store().load(key)).hasMessageContaining("3A2583.json.damaged-");
        assertThat(store().load(key)).isNull();
    }

    @Test
    void fileNames_areShortAndCaseInsensitive() throws IOException {
        FileSessionStore store = store();
        for (String name : List.of("did:web:" + "a".repeat(2040), "did:web:" + "A".repeat(2040), "DID:X", "x:%Y_z")) {
            store.save(new Key(Kind.SESSION, name), SessionStore.NONE, "1");
            store.save(new Key(Kind.LOGIN, name), SessionStore.NONE, "1");
            store.save(new Key(Kind.LOGOUT, name), SessionStore.NONE, "1");
        }

        assertThat(names())
                .hasSize(12)
                .allSatisfy(name -> assertThat(name)
                        .hasSizeLessThan(115)
                        .matches("(did|session|login|logout)_[a-z0-9._~+=#-]*\\.json"));
    }

    @Test
    void listing_quarantinesCorruptFiles() throws IOException {
        FileSessionStore store = store();
        store.save(ALICE, SessionStore.NONE, "1");
        store.save(BOB, SessionStore.NONE, "\"secret\"");
        String half = Files.readString(file("did_plc_bob.json")).replaceAll("cret.*", "");
        Files.writeString(file("did_plc_bob.json"), half);
        int logged = CapturedLogs.lines().size();

        assertThat(keys(store)).containsExactly(ALICE);

        assertThat(names()).hasSize(2).element(1).satisfies(name -> {
            assertThat(name).matches("did_plc_bob\\.json\\.damaged-\\d{8}T\\d{6}\\.\\d{6}Z");
            assertThat(file(name)).content(UTF_8).isEqualTo(half);
            if (Files.getFileStore(file(name)).supportsFileAttributeView("posix")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(name))))
                        .isEqualTo("rw-------");
            }
        });
        assertThat(CapturedLogs.lines().subList(logged, CapturedLogs.lines().size()))
                .anySatisfy(
                        line -> assertThat(line).contains("did_plc_bob.json").doesNotContain("\"se"));
        assertThat(store.load(BOB)).isNull();
    }

    @Test
    void lastWriter_savesOverACorruptFile() throws IOException {
        FileSessionStore store = store();
        Entry first = store.save(ALICE, SessionStore.NONE, "1");
        Files.writeString(file("did_plc_alice.json"), "{\"half");

        Entry second = store().save(ALICE, first.generation(), "2");

        assertThat(second.generation()).isGreaterThan(first.generation());
        assertThat(store.load(ALICE)).isEqualTo(second);
        assertThat(names()).hasSize(2).element(1).asString().contains(".damaged-");
    }

    @Test
    void otherWriters_dontReplaceACorruptFile() throws IOException {
        FileSessionStore store = store();
        Entry first = store.save(ALICE, SessionStore.NONE, "1");
        for (long other : new long[] {SessionStore.NONE, first.generation() - 1}) {
            Files.writeString(file("did_plc_alice.json"), "{\"half");

            assertThatThrownBy(() -> store.save(ALICE, other, "2"))
                    .isInstanceOf(SessionStoreException.class)
                    .hasMessageContaining(".damaged-");
            assertThat(store.load(ALICE)).isNull();
        }
        assertThat(names()).hasSize(2);
    }

    @Test
    void generation_exceedsThatOfACorruptFile() throws IOException {
        Entry first = at(Instant.now()).save(ALICE, SessionStore.NONE, "1");
        Files.writeString(file("did_plc_alice.json"), "{\"half");
        FileSessionStore earlier = at(Instant.parse("2020-01-01T00:00:00Z"));
        assertThat(catchThrowable(() -> earlier.load(ALICE))).isInstanceOf(SessionStoreException.class);

        assertThat(earlier.save(ALICE, SessionStore.NONE, "2").generation()).isGreaterThan(first.generation());
    }

    @Test
    void generation_exceedsADeletedOneFromTheFuture() {
        Entry first = at(Instant.parse("2040-01-01T00:00:00Z")).save(ALICE, SessionStore.NONE, "1");
        FileSessionStore today = at(Instant.now());
        Entry second = today.save(ALICE, first.generation(), "2");
        assertThat(today.delete(ALICE, second.generation())).isTrue();

        Entry third = at(Instant.EPOCH).save(ALICE, SessionStore.NONE, "3");
        assertThat(List.of(first, second, third))
                .extracting(Entry::generation)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void generation_continuesFromACopiedFile() throws IOException {
        store().save(ALICE, SessionStore.NONE, "1");
        String text = Files.readString(file("did_plc_alice.json"));
        long ahead = 9_000_000_000_000_000L;
        Files.writeString(
                file("did_plc_alice.json"), text.replaceAll("\"generation\":\\d+", "\"generation\":" + ahead));
        assertThat(store().delete(ALICE, ahead)).isTrue();

        assertThat(store().save(ALICE, SessionStore.NONE, "2").generation()).isGreaterThan(ahead);
    }

    private FileSessionStore at(Instant now) {
        return TimedFileStore.create(folder(), Clock.fixed(now, ZoneOffset.UTC));
    }

    @Test
    void reformattedFile_isRead() throws IOException {
        Entry saved = store().save(ALICE, SessionStore.NONE, "{\"a\":[1,\"b\"]}");
        String text = Files.readString(file("did_plc_alice.json"));
        Files.writeString(file("did_plc_alice.json"), text.replace("{", "{\n  ").replace(",\"", ",\n  \""));

        assertThat(store().load(ALICE)).isEqualTo(saved);
    }

    @Test
    void fileOfANewerVersion_isKept() throws IOException {
        store().save(ALICE, SessionStore.NONE, "1");
        String newer = Files.readString(file("did_plc_alice.json")).replace("\"v\":1", "\"v\":2");
        Files.writeString(file("did_plc_alice.json"), newer);

        assertThatThrownBy(() -> store().load(ALICE))
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContaining("newer version");
        assertThatThrownBy(() -> store().save(ALICE, SessionStore.NONE, "2")).isInstanceOf(SessionStoreException.class);
        assertThat(keys(store())).isEmpty();
        assertThat(file("did_plc_alice.json")).content(UTF_8).isEqualTo(newer);
    }

    @Test
    void oldTemporaryFiles_areDeleted() throws IOException {
        store().save(ALICE, SessionStore.NONE, "1");
        for (String name :
                List.of(".did_plc_bob.json.12ab", ".login_x.json.0", ".did_plc_eve.json.1", ".notes.json.1")) {
            Files.writeString(file(name), "{\"half");
            if (!name.contains("eve")) {
                Files.setLastModifiedTime(
                        file(name), FileTime.from(Instant.now().minus(Duration.ofMinutes(61))));
            }
        }

        assertThat(keys(store())).containsExactly(ALICE);
        assertThat(names()).containsExactly(".did_plc_eve.json.1", ".notes.json.1", "did_plc_alice.json");
    }

    @Test
    void unrelatedFiles_areIgnored() throws IOException {
        store().save(ALICE, SessionStore.NONE, "1");
        List<String> foreign =
                List.of("notes.txt", "settings.json", "did_plc_bob.json~", "did_plc_bob.json.bak", "x.did_y.json");
        for (String name : foreign) {
            Files.writeString(file(name), "not of ours");
        }
        Files.createDirectory(file("did_plc_folder.json"));

        assertThat(keys(store())).containsExactly(ALICE);
        assertThat(names()).containsAll(foreign).hasSize(foreign.size() + 2);
    }

    @Test
    void missingFolder_isEmptyAndNotCreatedByReading() {
        assertThat(store().load(ALICE)).isNull();
        assertThat(keys(store())).isEmpty();
        assertThat(store().delete(ALICE, 7)).isTrue();
        assertThat(folder()).doesNotExist();
    }

    @Test
    void folderBeingCreated_isNotGone() throws Exception {
        for (int round = 0; round < 150; round++) {
            Path folder = temporary.resolve("round" + round);
            FileSessionStore shared = new FileSessionStore(folder);
            List<Callable<?>> racers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                FileSessionStore store = i % 2 == 0 ? shared : new FileSessionStore(folder);
                Key key = i < 2 ? ALICE : BOB;
                racers.add(() -> {
                    for (int n = 0; n < 20; n++) {
                        store.load(key);
                    }
                    store.acquireLease(key, Duration.ofMinutes(1), Duration.ofMinutes(1))
                            .close();
                    return store.load(key);
                });
            }
            assertThat(Racing.all(racers)).as("round %d", round).containsOnlyNulls();
        }
    }

    @Test
    void folderThatDisappeared_isNotEmpty() throws IOException {
        FileSessionStore store = store();
        Entry saved = store.save(ALICE, SessionStore.NONE, "1");
        FileSessionStore reader = store();
        reader.load(ALICE);
        Path away = temporary.resolve("unmounted");
        Files.move(folder(), away);

        for (FileSessionStore each : List.of(store, reader)) {
            everythingThrows(each, "is gone");
            assertThat(folder()).doesNotExist();
        }
        // After a disk was unmounted, its mount point remains.
        makeFolder();
        everythingThrows(store, ".locks");
        assertThat(names()).isEmpty();

        Files.delete(folder());
        Files.move(away, folder());
        assertThat(store.load(ALICE)).isEqualTo(saved);
        assertThat(store.save(ALICE, saved.generation(), "2")).isNotNull();
    }

    private void everythingThrows(FileSessionStore store, String why) {
        assertThat(List.of(
                        catchThrowable(() -> store.load(ALICE)),
                        catchThrowable(() -> keys(store)),
                        catchThrowable(() -> store.save(BOB, SessionStore.NONE, "1")),
                        catchThrowable(() -> store.delete(BOB, 1)),
                        catchThrowable(() -> store.acquireLease(BOB, Duration.ofMinutes(1), Duration.ZERO))))
                .allSatisfy(thrown -> assertThat(thrown)
                        .isInstanceOf(SessionStoreException.class)
                        .hasMessageContaining(folder().toString())
                        .hasMessageContaining(why));
    }

    @Test
    void fileInPlaceOfTheFolder_throws() throws IOException {
        Files.writeString(folder(), "a file");

        assertThat(List.of(
                        catchThrowable(() -> store().load(ALICE)),
                        catchThrowable(() -> keys(store())),
                        catchThrowable(() -> store().save(BOB, SessionStore.NONE, "1"))))
                .allSatisfy(thrown -> assertThat(thrown)
                        .isInstanceOf(SessionStoreException.class)
                        .hasMessageContaining(folder().toString()));
    }

    @Test
    void brokenLinkInPlaceOfTheFolder_throws() throws IOException {
        Files.createSymbolicLink(folder(), temporary.resolve("mnt"));

        assertThatThrownBy(() -> store().load(ALICE))
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContaining(folder().toString());
        assertThatThrownBy(() -> keys(store())).isInstanceOf(SessionStoreException.class);
    }

    @Test
    void readOnlyFolder_isRead() throws IOException {
        Entry saved = store().save(ALICE, SessionStore.NONE, "1");
        Path locks = folder().resolve(".locks");
        for (Path each : List.of(locks, folder())) {
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("r-x------"));
        }
        try {
            assumeThat(Files.isWritable(folder())).as("root can write anywhere").isFalse();

            assertThat(store().load(ALICE)).isEqualTo(saved);
            assertThat(keys(store())).containsExactly(ALICE);
            for (Key key : List.of(ALICE, BOB)) {
                assertThatThrownBy(() -> store().save(key, key == BOB ? 0 : saved.generation(), "2"))
                        .isInstanceOf(SessionStoreException.class)
                        .hasMessageContaining(folder().toString());
            }
            assertThatThrownBy(() -> store().delete(ALICE, saved.generation()))
                    .isInstanceOf(SessionStoreException.class)
                    .hasMessageContaining(folder().toString());
            assertThat(store().load(ALICE)).isEqualTo(saved);
        } finally {
            for (Path each : List.of(folder(), locks)) {
                Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwx------"));
            }
        }
    }

    @Test
    void pathOfAnotherFileSystem_isRejected() throws IOException {
        Path zip = temporary.resolve("sessions.zip");
        try (java.nio.file.FileSystem files =
                java.nio.file.FileSystems.newFileSystem(zip, java.util.Map.of("create", "true"))) {
            assertThatThrownBy(() -> new FileSessionStore(files.getPath("/sessions")))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
