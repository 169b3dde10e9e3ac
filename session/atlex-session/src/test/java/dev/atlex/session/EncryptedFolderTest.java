package dev.atlex.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.session.internal.persist.SessionRecord;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.session.store.StoreEncryptionKey;
import dev.atlex.syntax.Did;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of plain text in an encrypted folder: planted without the key, or older than the encryption. */
class EncryptedFolderTest extends PdsTest {
    private static final Key ALICE = Key.session(Did.of("did:plc:alice"));
    private static final Key BOB = Key.session(Did.of("did:plc:bob"));
    private static final String VALUE = "{\"token\":\"the-secret\"}";

    @TempDir
    Path folder;

    @TempDir
    Path elsewhere;

    private FileSessionStore store() {
        return keyed(folder, 1);
    }

    private static FileSessionStore keyed(Path folder, int fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return FileSessionStore.encrypted(folder, StoreEncryptionKey.of(() -> new SecretKeySpec(key, "AES")));
    }

    private Path mark() {
        return folder.resolve(".encrypted");
    }

    /** Puts a plain-text file into the encrypted folder. */
    private Path plant(Key key, String value) throws IOException {
        FileSessionStore plain = new FileSessionStore(elsewhere);
        Entry old = plain.load(key);
        plain.save(key, old == null ? SessionStore.NONE : old.generation(), value);
        try (Stream<Path> files = Files.list(elsewhere)) {
            Path from = files.filter(Files::isRegularFile).findFirst().orElseThrow();
            Path to = folder.resolve(from.getFileName());
            Files.deleteIfExists(to);
            return Files.move(from, to);
        }
    }

    private static List<Key> keys(SessionStore store, Kind kind) {
        List<Key> keys = new ArrayList<>();
        store.forEach(kind, entry -> keys.add(entry.key()));
        return keys;
    }

    @Test
    void plantedEntry_isQuarantined() throws IOException {
        Entry bob = store().save(BOB, SessionStore.NONE, VALUE);
        for (Kind kind : Kind.values()) {
            Key key = new Key(kind, "did:plc:alice");
            Path file = plant(key, "\"planted\"");

            assertThatThrownBy(() -> store().load(key))
                    .isInstanceOf(SessionStoreException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("plain text in an encrypted folder")
                    .hasMessageContaining(".damaged-");
            assertThat(store().load(key)).isNull();
            assertThat(file).doesNotExist();

            plant(key, "\"planted\"");
            assertThat(keys(store(), kind)).doesNotContain(key);
            assertThat(file).doesNotExist();
        }
        assertThat(store().quarantined()).hasSize(2 * Kind.values().length);
        assertThat(store().load(BOB)).isEqualTo(bob);
    }

    @Test
    void plantedLegacyEntry_isQuarantined() throws IOException {
        store().save(BOB, SessionStore.NONE, VALUE);
        Files.writeString(
                folder.resolve("did_plc_alice.json"),
                FakeServer.session("did:plc:alice", "a", "r", ",\"service\":\"https://evil.test\""));

        assertThatThrownBy(() -> store().load(ALICE)).hasMessageContaining(".damaged-");
        assertThat(store().load(Did.of("did:plc:alice"))).isNull();
    }

    @Test
    void open_withPlantedSession_signsIn() throws IOException {
        store().save(BOB, SessionStore.NONE, VALUE);
        SessionData planted = login().data();
        Key key = Key.session(planted.did());
        plant(key, new SessionRecord(planted, List.of()).toJson());
        plant(Key.login(pds.url(), alice.handle()), "{\"did\":\"" + alice.did() + "\",\"signIns\":[]}");
        pds.clearRequests();

        PasswordSession session = know(PasswordSession.open(credentials(), store(), options()));

        assertThat(pds.count(CREATE)).isEqualTo(1);
        assertThat(session.data().refreshJwt()).isNotEqualTo(planted.refreshJwt());
        session.close();
        assertThat(store().load(planted.did())).isEqualTo(session.data());
    }

    @Test
    void plainText_withoutMarker_isRefused() throws IOException {
        Entry bob = store().save(BOB, SessionStore.NONE, VALUE);
        byte[] otherKeys = otherMark();
        for (int change = 0; change < 4; change++) {
            Files.deleteIfExists(mark());
            switch (change) {
                case 1 -> Files.writeString(mark(), "{}");
                case 2 -> Files.write(mark(), otherKeys);
                case 3 -> Files.createSymbolicLink(mark(), folder.resolve("did_plc_bob.json"));
                default -> {}
            }
            Path file = plant(ALICE, "\"planted\"");

            assertThatThrownBy(() -> store().load(ALICE))
                    .as("change %d", change)
                    .isInstanceOf(SessionStoreException.class)
                    .hasMessageContaining(file + ": it is plain text")
                    .hasMessageContaining("encryptPlainText()");
            assertThatThrownBy(() -> store().save(ALICE, SessionStore.NONE, "1"))
                    .isInstanceOf(SessionStoreException.class);
            assertThat(keys(store(), Kind.SESSION)).containsExactly(BOB);
            assertThat(file).exists();
            assertThat(store().plainText()).containsExactly(file);
            assertThat(store().load(BOB)).isEqualTo(bob);
        }
    }

    private byte[] otherMark() throws IOException {
        Path other = elsewhere.resolve("other");
        keyed(other, 2).save(ALICE, SessionStore.NONE, VALUE);
        return Files.readAllBytes(other.resolve(".encrypted"));
    }

    @Test
    void missingMarker_isRecreated() throws IOException {
        Entry bob = store().save(BOB, SessionStore.NONE, VALUE);
        Files.delete(mark());

        store().save(BOB, bob.generation(), VALUE);

        assertThat(mark()).exists();
    }

    @Test
    void newTokens_areSavedOverAPlantedEntry() throws IOException {
        for (boolean marked : List.of(true, false)) {
            FileSessionStore store = store();
            Entry now = store.load(ALICE);
            Entry saved = store.save(ALICE, now == null ? SessionStore.NONE : now.generation(), VALUE);
            if (!marked) {
                Files.delete(mark());
            }
            plant(ALICE, "\"planted\"");

            Entry next = store().save(ALICE, saved.generation(), "\"rotated\"");

            assertThat(next).isNotNull();
            assertThat(store().load(ALICE)).isEqualTo(next);
            assertThat(Files.readString(folder.resolve("did_plc_alice.json"))).doesNotContain("rotated");
        }
    }

    @Test
    void knownPlainEntry_isSavedEncrypted() throws IOException {
        Entry plain = new FileSessionStore(folder).save(ALICE, SessionStore.NONE, VALUE);

        Entry saved = store().save(ALICE, plain.generation(), VALUE);

        assertThat(store().load(ALICE)).isEqualTo(saved);
        assertThat(allContent()).doesNotContain("the-secret");
    }

    @Test
    void storeWithoutKey_ignoresPlantedEntries() throws IOException {
        store().save(BOB, SessionStore.NONE, VALUE);
        plant(ALICE, "\"planted\"");
        FileSessionStore plain = new FileSessionStore(folder);

        assertThatThrownBy(() -> plain.load(ALICE)).hasMessageContaining("is encrypted, and the store has no key");
        assertThatThrownBy(() -> keys(plain, Kind.SESSION))
                .hasMessageContaining("is encrypted, and the store has no key");
        assertThatThrownBy(() -> plain.save(ALICE, SessionStore.NONE, "1"))
                .hasMessageContaining("is encrypted, and the store has no key");
    }

    @Test
    void encryptPlainText_isNeeded() throws IOException {
        FileSessionStore plain = new FileSessionStore(folder);
        Entry alice = plain.save(ALICE, SessionStore.NONE, VALUE);
        Entry login = plain.save(new Key(Kind.LOGIN, "ab"), SessionStore.NONE, VALUE);
        Entry logout = plain.save(new Key(Kind.LOGOUT, "did:plc:eve"), SessionStore.NONE, VALUE);
        FileSessionStore store =
                FileSessionStore.encrypted(folder, StoreEncryptionKey.ofPassphrase("right".toCharArray()));

        assertThatThrownBy(() -> store.load(ALICE)).hasMessageContaining("encryptPlainText()");
        assertThatThrownBy(() -> keys(store, Kind.SESSION)).hasMessageContaining("encryptPlainText()");
        assertThatThrownBy(() -> store.delete(ALICE, alice.generation())).hasMessageContaining("encryptPlainText()");
        assertThat(plain.load(ALICE)).isEqualTo(alice);
        assertThat(store.plainText()).hasSize(3);

        assertThat(store.encryptPlainText()).isEqualTo(3);

        assertThat(allContent()).doesNotContain("the-secret");
        for (Entry entry : List.of(alice, login, logout)) {
            assertThat(store.load(entry.key())).isEqualTo(entry);
        }
        assertThat(store.plainText()).isEmpty();
        assertThat(mark()).exists();
        assertThat(store.encryptPlainText()).isZero();
    }

    @Test
    void encryptPlainText_coversLegacyFiles() throws IOException {
        Files.writeString(
                folder.resolve("did_web_localhost+3A2583.json"),
                FakeServer.session("did:web:localhost%3A2583", "a", "the-secret", ",\"service\":\"https://a.test\""));

        assertThat(store().encryptPlainText()).isEqualTo(1);

        assertThat(store().load(Did.of("did:web:localhost%3A2583")).refreshJwt())
                .isEqualTo("the-secret");
        assertThat(allContent()).doesNotContain("the-secret");
        assertThat(folder.resolve("did_web_localhost+3A2583.json")).doesNotExist();
    }

    @Test
    void encryptPlainText_quarantinesPlantedEntries() throws IOException {
        store().save(BOB, SessionStore.NONE, VALUE);
        Path file = plant(ALICE, "\"planted\"");

        assertThat(store().encryptPlainText()).isZero();

        assertThat(file).doesNotExist();
        assertThat(store().load(ALICE)).isNull();
        assertThat(store().quarantined()).hasSize(1);
    }

    @Test
    void encryptPlainText_withoutKey_throws() {
        assertThatIllegalStateException().isThrownBy(() -> new FileSessionStore(folder).encryptPlainText());
    }

    private String allContent() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, ISO_8859_1));
            }
        }
        return all.toString();
    }
}
