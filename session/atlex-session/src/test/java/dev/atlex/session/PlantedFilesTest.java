package dev.atlex.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.session.store.StoreEncryptionKey;
import dev.atlex.syntax.Did;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests of files that another user has prepared. A store that opens a FIFO hangs, so the tests have a time limit. */
@Timeout(60)
class PlantedFilesTest {
    private static final Key ALICE = Key.session(Did.of("did:plc:alice"));
    private static final Key BOB = Key.session(Did.of("did:plc:bob"));
    private static final int STRANGER = 65_000;

    @TempDir
    Path temporary;

    @BeforeEach
    void requireModes() {
        assumeThat(FileSystems.getDefault().supportedFileAttributeViews())
                .as("needs owners and modes of a POSIX system")
                .contains("unix");
    }

    private Path folder() {
        return temporary.resolve("sessions");
    }

    private Path file(Key key) {
        return folder().resolve(key.name().replace(':', '_') + ".json");
    }

    private FileSessionStore store() {
        return new FileSessionStore(folder());
    }

    private static List<Key> keys(SessionStore store) {
        List<Key> keys = new ArrayList<>();
        store.forEach(Kind.SESSION, entry -> keys.add(entry.key()));
        return keys;
    }

    private static void fifo(Path path) throws Exception {
        assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor())
                .isZero();
    }

    private static void mode(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static void give(Path path) throws IOException {
        assumeThat((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
                .as("only root can give files away")
                .isZero();
        Files.setAttribute(path, "unix:uid", STRANGER, LinkOption.NOFOLLOW_LINKS);
    }

    @Test
    void linkInPlaceOfAnEntry_isQuarantined() throws IOException {
        Entry alice = store().save(ALICE, SessionStore.NONE, "1");
        Path target = temporary.resolve("target");
        Files.move(file(ALICE), target);
        mode(target, "rw-r-----");
        Files.createSymbolicLink(file(ALICE), target);

        assertThatThrownBy(() -> store().load(ALICE))
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContaining(file(ALICE).toString())
                .hasMessageContaining("symbolic link");

        assertThat(store().load(ALICE)).isNull();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                .isEqualTo("rw-r-----");
        assertThat(store().save(ALICE, SessionStore.NONE, "2").generation()).isGreaterThan(alice.generation());
        assertThat(target).content(UTF_8).contains("\"value\":1}");
    }

    @Test
    void brokenLink_isQuarantined() throws IOException {
        store().save(BOB, SessionStore.NONE, "1");
        Path nowhere = temporary.resolve("nowhere");
        Files.createSymbolicLink(file(ALICE), nowhere);

        assertThatThrownBy(() -> store().load(ALICE)).hasMessageContaining("symbolic link");
        store().save(ALICE, SessionStore.NONE, "2");

        assertThat(nowhere).doesNotExist();
        assertThat(keys(store())).containsExactlyInAnyOrder(ALICE, BOB);
    }

    @Test
    void fifoInPlaceOfAnEntry_blocksNothing() throws Exception {
        store().save(BOB, SessionStore.NONE, "1");
        fifo(file(ALICE));
        assertThatThrownBy(() -> store().load(ALICE)).hasMessageContaining("FIFO");
        assertThat(store().load(ALICE)).isNull();

        fifo(file(ALICE));
        assertThat(keys(store())).containsExactly(BOB);
        fifo(file(ALICE));
        assertThatThrownBy(() -> store().save(ALICE, SessionStore.NONE, "1")).hasMessageContaining("FIFO");
        assertThat(store().quarantined()).hasSize(3);
    }

    @Test
    void fifoOrLinkAsLock_isNamed() throws Exception {
        store().save(ALICE, SessionStore.NONE, "1");
        Path victim = Files.writeString(temporary.resolve("victim"), "precious");
        for (Key key : List.of(ALICE, BOB)) {
            Path lock = folder().resolve(".locks").resolve(key.name().replace(':', '_') + ".save");
            Path lease = folder().resolve(".locks").resolve(key.name().replace(':', '_') + ".lease");
            Files.deleteIfExists(lock);
            fifo(lock);
            Files.createSymbolicLink(lease, victim);

            assertThatThrownBy(() -> store().save(key, SessionStore.NONE, "2"))
                    .isInstanceOf(SessionStoreException.class)
                    .hasMessageContaining(lock.toString())
                    .hasMessageContaining("FIFO");
            assertThatThrownBy(() -> store().acquireLease(key, Duration.ofMinutes(1), Duration.ZERO))
                    .isInstanceOf(SessionStoreException.class)
                    .hasMessageContaining(lease.toString())
                    .hasMessageContaining("symbolic link");
        }
        assertThat(victim).content(UTF_8).isEqualTo("precious");
        assertThat(keys(store())).containsExactly(ALICE);
    }

    @Test
    void linkInPlaceOfLocks_isNamed() throws IOException {
        store().save(ALICE, SessionStore.NONE, "1");
        Path locks = folder().resolve(".locks");
        Files.move(locks, temporary.resolve("locks"));
        Files.createSymbolicLink(locks, temporary.resolve("locks"));

        assertThatThrownBy(() -> store().save(BOB, SessionStore.NONE, "2"))
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContaining(locks + " is a symbolic link");
    }

    @Test
    void fifoOrLinkAsSalt_isNamed() throws Exception {
        FileSessionStore encrypted =
                FileSessionStore.encrypted(folder(), StoreEncryptionKey.ofPassphrase("right".toCharArray()));
        Files.createDirectory(folder());
        mode(folder(), "rwx------");
        for (int i = 0; i < 2; i++) {
            Path salt = folder().resolve(".salt");
            Files.deleteIfExists(salt);
            if (i == 0) {
                fifo(salt);
            } else {
                Files.createSymbolicLink(salt, temporary.resolve("salt"));
            }
            assertThatThrownBy(() -> encrypted.save(ALICE, SessionStore.NONE, "1"))
                    .isInstanceOf(SessionStoreException.class)
                    .hasMessageContaining(salt.toString());
        }
    }

    @Test
    void folderWritableByOthers_isRefused() throws IOException {
        Entry saved = store().save(ALICE, SessionStore.NONE, "1");
        for (String mode : List.of("rwxrwx---", "rwx----w-", "rwxrwxrwx")) {
            mode(folder(), mode);
            refused("refused " + folder() + ": others can write to it", "chmod 700 " + folder());
        }
        Files.setAttribute(folder(), "unix:mode", 01777);
        refused("refused " + folder() + ": others can write to it", "mode 1777", "Choose a folder inside it");
        for (String mode : List.of("rwxr-xr-x", "rwx------")) {
            mode(folder(), mode);
            assertThat(store().load(ALICE)).isEqualTo(saved);
        }
        mode(folder().resolve(".locks"), "rwxrwxrwx");
        assertThat(store().load(ALICE)).as("no other user can reach it").isEqualTo(saved);
        mode(folder(), "rwx--x--x");
        refusedToWriters("refused " + folder().resolve(".locks") + ": others can write to it", "chmod 700");
    }

    private void refused(String... words) {
        for (FileSessionStore each : List.of(store(), FileSessionStore.encrypted(folder(), key()))) {
            assertThatThrownBy(() -> each.load(ALICE))
                    .isInstanceOf(SessionStoreException.class)
                    .hasMessageContainingAll(words);
        }
        refusedToWriters(words);
    }

    private void refusedToWriters(String... words) {
        for (FileSessionStore each : List.of(store(), FileSessionStore.encrypted(folder(), key()))) {
            assertThatThrownBy(() -> keys(each)).hasMessageContainingAll(words);
            assertThatThrownBy(() -> each.save(BOB, SessionStore.NONE, "1")).hasMessageContainingAll(words);
            assertThatThrownBy(() -> each.acquireLease(BOB, Duration.ofMinutes(1), Duration.ZERO))
                    .hasMessageContainingAll(words);
        }
    }

    private static StoreEncryptionKey key() {
        return StoreEncryptionKey.ofPassphrase("right".toCharArray());
    }

    @Test
    void folderOfAnotherUser_isRefused() throws IOException {
        store().save(ALICE, SessionStore.NONE, "1");
        give(folder());

        refused(folder() + ": it belongs to another user (uid " + STRANGER + ")");
    }

    @Test
    void entryOfAnotherUser_isNamedAndKept() throws IOException {
        Entry bob = store().save(BOB, SessionStore.NONE, "1");
        store().save(ALICE, SessionStore.NONE, "\"planted\"");
        give(file(ALICE));

        assertThatThrownBy(() -> store().load(ALICE))
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContaining(file(ALICE) + ": it belongs to another user");
        assertThat(keys(store())).containsExactly(BOB);
        assertThat(store().load(BOB)).isEqualTo(bob);
        assertThat(file(ALICE)).exists();
    }

    @Test
    void entryWritableByOthers_isNamedAndKept() throws IOException {
        Entry alice = store().save(ALICE, SessionStore.NONE, "1");
        store().save(BOB, SessionStore.NONE, "1");
        mode(file(ALICE), "rw-rw-rw-");
        assertThat(store().load(ALICE)).as("no other user can reach it").isEqualTo(alice);
        mode(folder(), "rwxr-xr-x");

        assertThatThrownBy(() -> store().load(ALICE)).hasMessageContaining("chmod 600 " + file(ALICE));
        assertThat(keys(store())).containsExactly(BOB);
        mode(file(ALICE), "rw-r--r--");
        assertThat(store().load(ALICE)).isEqualTo(alice);
    }

    @Test
    void lockOfAnotherUser_isNamed() throws IOException {
        store().save(ALICE, SessionStore.NONE, "1");
        Path lock = folder().resolve(".locks").resolve("did_plc_alice.save");
        give(lock);

        assertThatThrownBy(() -> store().save(ALICE, SessionStore.NONE, "2"))
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContaining(lock + ": it belongs to another user");
    }

    @Test
    void ownLinksToTheFolder_areFollowed() throws IOException {
        Path dotfiles = Files.createDirectory(temporary.resolve("dotfiles"));
        Path config = Files.createSymbolicLink(temporary.resolve("config"), Path.of("./dotfiles/../dotfiles"));
        FileSessionStore store = new FileSessionStore(config.resolve("atlex"));
        Entry saved = store.save(ALICE, SessionStore.NONE, "1");
        Path last = Files.createSymbolicLink(temporary.resolve("last"), dotfiles.resolve("atlex"));

        assertThat(new FileSessionStore(last).load(ALICE)).isEqualTo(saved);
        assertThat(new FileSessionStore(dotfiles.resolve("atlex")).load(ALICE)).isEqualTo(saved);
    }

    @Test
    void foreignLinkInASharedFolder_isRefused() throws IOException {
        store().save(ALICE, SessionStore.NONE, "1");
        Path shared = Files.createDirectory(temporary.resolve("shared"));
        mode(shared, "rwxr-xr-x");
        Path link = Files.createSymbolicLink(shared.resolve("atlex"), folder());
        Path over = Files.createSymbolicLink(temporary.resolve("over"), shared);
        give(link);
        assertThat(new FileSessionStore(link).load(ALICE))
                .as("no other user can write there")
                .isNotNull();

        Files.setAttribute(shared, "unix:mode", 01777);
        for (Path way : List.of(link, over.resolve("atlex"))) {
            assertThatThrownBy(() -> new FileSessionStore(way).load(ALICE))
                    .isInstanceOf(SessionStoreException.class)
                    .hasMessageContaining(link + " is a link of another user");
            assertThatThrownBy(() -> new FileSessionStore(way).save(BOB, SessionStore.NONE, "1"))
                    .isInstanceOf(SessionStoreException.class);
        }
    }

    @Test
    void hugeEntry_isQuarantinedUnread() throws IOException {
        store().save(BOB, SessionStore.NONE, "1");
        try (RandomAccessFile huge = new RandomAccessFile(file(ALICE).toFile(), "rw")) {
            huge.setLength(1L << 40);
        }
        mode(file(ALICE), "rw-------");

        assertThatThrownBy(() -> store().load(ALICE))
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContaining("bytes");
        assertThat(keys(store())).containsExactly(BOB);
    }

    @Test
    void tooLongValue_isRejected() {
        String longest = '"' + "x".repeat((4 << 20) - 2) + '"';
        Entry saved = store().save(ALICE, SessionStore.NONE, longest);
        assertThat(store().load(ALICE).equals(saved)).isTrue();
        for (String value : List.of(longest + " ", '"' + "\u00e9".repeat(2 << 20) + '"')) {
            assertThatThrownBy(() -> store().save(ALICE, saved.generation(), value))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("4194304 bytes")
                    .hasMessageNotContaining("xx");
        }
    }

    @Test
    void folderInPlaceOfAnEntry_isNamed() throws IOException {
        store().save(BOB, SessionStore.NONE, "1");
        Files.createDirectory(file(ALICE));

        assertThatThrownBy(() -> store().load(ALICE))
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContaining(file(ALICE) + ": it is a directory");
        assertThat(keys(store())).containsExactly(BOB);
        Key carol = Key.session(Did.of("did:plc:carol"));
        assertThat(store().save(carol, SessionStore.NONE, "1")).isNotNull();
    }

    @Test
    void unreadableEntry_isNamed() throws IOException {
        store().save(ALICE, SessionStore.NONE, "1");
        store().save(BOB, SessionStore.NONE, "1");
        mode(file(ALICE), "---------");
        assumeThat(Files.isReadable(file(ALICE))).as("root can read anything").isFalse();

        assertThatThrownBy(() -> store().load(ALICE))
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContaining(file(ALICE) + ": permission denied");
        assertThat(keys(store())).containsExactly(BOB);
    }

    @Test
    void invalidNumberInALock_isIgnored() throws IOException {
        store().save(ALICE, SessionStore.NONE, "1");
        Path lock = folder().resolve(".locks").resolve("did_plc_bob.save");
        Files.writeString(lock, "9223372036854775807");
        mode(lock, "rw-------");

        Entry saved = store().save(BOB, SessionStore.NONE, "1");

        assertThat(store().load(BOB)).isEqualTo(saved);
    }
}
