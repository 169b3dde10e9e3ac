package dev.atlex.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.atlex.session.store.FileSessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.syntax.Did;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSessionStoreTest {
    private static final String SECRET = "eyJhbGciOiJub25lIn0-secret";

    @TempDir
    Path temporary;

    private static SessionData session(String did, String refresh) {
        return SessionData.parse(FakeServer.session(
                did, SECRET, refresh, ",\"service\":\"https://service.test\",\"custom\":{\"a\":1.5}"));
    }

    private Path folder() {
        return temporary.resolve("config").resolve("atlex");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.filter(file -> !file.endsWith(".locks")).toList();
        }
    }

    @Test
    void sessions_surviveTheStoreObject() {
        SessionData data = session("did:plc:alice", "refresh-a");
        new FileSessionStore(folder()).save(data);

        assertThat(new FileSessionStore(folder()).load(data.did())).isEqualTo(data);
    }

    @Test
    void files_areReadableByTheOwnerOnly() throws IOException {
        assumeThat(FileSystems.getDefault().supportedFileAttributeViews())
                .as("needs the modes of a POSIX system")
                .contains("posix");
        FileSessionStore store = new FileSessionStore(folder());
        store.save(session("did:plc:alice", "refresh-a"));
        store.save(session("did:plc:alice", "refresh-b"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
                .isEqualTo("rwx------");
        assertThat(files())
                .singleElement()
                .satisfies(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------"));
    }

    @Test
    void dids_haveDistinctFiles() throws IOException {
        FileSessionStore store = new FileSessionStore(folder());
        List<String> dids = List.of(
                "did:web:a_b",
                "did:web:a:b",
                "did:web:a%3Ab",
                "did:web:a__b",
                "did:web:a_:b",
                "did:web:a:_b",
                "did:web:a-b",
                "did:web:a.b");
        for (String did : dids) {
            store.save(session(did, "refresh-of-" + did));
        }

        assertThat(files())
                .hasSize(dids.size())
                .allSatisfy(file -> assertThat(file.getFileName().toString()).matches("did_[a-z_~+3=.-]+\\.json"));
        for (String did : dids) {
            assertThat(store.load(Did.of(did)).refreshJwt()).isEqualTo("refresh-of-" + did);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                SECRET,
                "\"" + SECRET + "\"",
                "{\"accessJwt\":" + SECRET + "}",
                "{\"accessJwt\":\"" + SECRET,
                "{\"accessJwt\":\"" + SECRET + "\"}",
                "{\"accessJwt\":\"" + SECRET + "\\q\"}",
                "{\"did\":\"" + SECRET + "\",\"accessJwt\":\"" + SECRET + "\"}",
                "{\"did\":\"did:plc:alice\",\"service\":\"" + SECRET + "\"}",
                "{\"did\":\"did:plc:alice\",\"service\":\"https://a:" + SECRET + "@host.test\"}",
                "{\"did\":\"did:plc:alice\",\"service\":\"https://a.test\",\"accessJwt\":\"" + SECRET
                        + "\",\"refreshJwt\":7,\"handle\":\"a.test\"}",
            })
    void corruptFile_isNamedWithoutItsContent(String content) throws IOException {
        FileSessionStore store = new FileSessionStore(folder());
        SessionData data = session("did:plc:alice", "refresh-a");
        store.save(data);
        Path file = files().get(0);
        Files.writeString(file, content);

        Throwable failure = catchThrowable(() -> store.load(data.did()));

        assertThat(failure).isInstanceOf(SessionStoreException.class).hasMessageContaining(file.toString());
        assertThat(CapturedLogs.text(failure)).doesNotContain(SECRET);
        Path aside = Path.of(failure.getMessage().replaceAll(".*moved to ", ""));
        assertThat(files()).containsExactly(aside);
        assertThat(aside).content(UTF_8).isEqualTo(content);
        assertThat(store.load(data.did())).isNull();
        assertThat(store.list()).isEmpty();
        store.save(data);
        assertThat(store.load(data.did())).isEqualTo(data);
    }

    @Test
    void invalidUtf8_isCorrupt() throws IOException {
        FileSessionStore store = new FileSessionStore(folder());
        SessionData data = session("did:plc:alice", "refresh-a");
        store.save(data);
        Path file = files().get(0);
        Files.write(file, new byte[] {'{', (byte) 0xff, '}'});

        assertThatThrownBy(() -> store.load(data.did()))
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void fileOfAnotherAccount_isRefused() throws IOException {
        FileSessionStore store = new FileSessionStore(folder());
        store.save(session("did:plc:alice", "refresh-a"));
        Files.copy(files().get(0), folder().resolve("did_plc_bob.json"));

        assertThatThrownBy(() -> store.load(Did.of("did:plc:bob")))
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContaining("another key");
    }

    @Test
    void otherFiles_areIgnored() throws IOException {
        FileSessionStore store = new FileSessionStore(folder());
        SessionData data = session("did:plc:alice", "refresh-a");
        store.save(data);
        Files.writeString(folder().resolve("settings.json"), "{}");
        Files.writeString(folder().resolve(".did_plc_bob.json.12ab"), "{\"half\":");

        assertThat(store.list()).containsExactly(data);
    }

    @Test
    void failedWrite_keepsTheOldSession() throws IOException {
        FileSessionStore store = new FileSessionStore(folder());
        SessionData old = session("did:plc:alice", "refresh-a");
        store.save(old);
        Path file = files().get(0);
        Files.delete(file);
        // A non-empty folder can't be replaced by a file, not even by root.
        Files.createDirectories(file.resolve("in-the-way"));

        Throwable failure = catchThrowable(() -> store.save(session("did:plc:alice", "refresh-b")));

        assertThat(failure).isInstanceOf(SessionStoreException.class).hasMessageContaining(file.toString());
        assertThat(CapturedLogs.text(failure)).doesNotContain(SECRET).doesNotContain("refresh-b");
        assertThat(files()).containsExactly(file);
    }

    @Test
    void folderThatCantBeCreated_isNamed() throws IOException {
        Files.writeString(temporary.resolve("config"), "a file where the folder should be");

        assertThatThrownBy(() -> new FileSessionStore(folder()).save(session("did:plc:alice", "refresh-a")))
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContaining(folder().toString());
    }

    @Test
    void save_byInterruptedThread_succeeds() {
        FileSessionStore store = new FileSessionStore(folder());
        SessionData data = session("did:plc:alice", "refresh-a");
        Thread.currentThread().interrupt();
        try {
            store.save(data);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }

        assertThat(store.load(data.did())).isEqualTo(data);
    }

    @Test
    void readers_neverSeePartOfASession() throws Exception {
        FileSessionStore store = new FileSessionStore(folder());
        SessionData[] versions = {session("did:plc:alice", "short"), session("did:plc:alice", "long".repeat(4_000))};
        store.save(versions[0]);
        AtomicBoolean done = new AtomicBoolean();
        List<Callable<?>> racers = new ArrayList<>();
        for (int writer = 0; writer < 2; writer++) {
            int first = writer;
            racers.add(() -> {
                for (int i = 0; i < 100; i++) {
                    store.save(versions[(first + i) % 2]);
                }
                done.set(true);
                return "";
            });
        }
        for (int reader = 0; reader < 2; reader++) {
            racers.add(() -> {
                while (!done.get()) {
                    assertThat(store.load(versions[0].did())).isIn((Object[]) versions);
                }
                return "";
            });
        }

        assertThat(Racing.all(racers)).containsOnlyNulls();
        assertThat(files()).hasSize(1);
    }

    @Test
    void file_containsTheEntryAsJson() {
        FileSessionStore store = new FileSessionStore(folder());
        SessionData data = session("did:plc:alice", "refresh-a");
        store.save(data);

        SessionStore.Entry entry = store.load(SessionStore.Key.session(data.did()));
        assertThat(folder().resolve("did_plc_alice.json"))
                .content(UTF_8)
                .isEqualTo("{\"v\":1,\"kind\":\"session\",\"name\":\"did:plc:alice\",\"generation\":"
                        + entry.generation() + ",\"savedAt\":" + entry.savedAt().toEpochMilli() + ",\"value\":"
                        + entry.value() + "}\n");
    }
}
