package dev.atlex.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.session.pool.AccountPool;
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
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of encrypted files. */
class StoreEncryptionKeyTest {
    private static final Key ALICE = Key.session(Did.of("did:plc:alice"));
    private static final Key BOB = Key.session(Did.of("did:plc:bob"));
    private static final String VALUE = "{\"token\":\"the-secret\"}";

    @TempDir
    Path folder;

    private static SecretKey aes(int fill, int bytes) {
        byte[] key = new byte[bytes];
        Arrays.fill(key, (byte) fill);
        return new SecretKeySpec(key, "AES");
    }

    private FileSessionStore store(int fill) {
        return FileSessionStore.encrypted(folder, StoreEncryptionKey.of(() -> aes(fill, 32)));
    }

    private FileSessionStore passphrase(String passphrase) {
        return FileSessionStore.encrypted(folder, StoreEncryptionKey.ofPassphrase(passphrase.toCharArray()));
    }

    private Path file(Key key) {
        return folder.resolve(key.name().replace(':', '_') + ".json");
    }

    private String names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return String.join(
                    " ",
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
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

    private static int count(SessionStore store) {
        List<Entry> all = new ArrayList<>();
        store.forEach(Kind.SESSION, all::add);
        return all.size();
    }

    @Test
    void encryptedValue_isUnreadableAndFresh() throws IOException {
        FileSessionStore store = store(1);
        Entry first = store.save(ALICE, SessionStore.NONE, VALUE);
        assertThat(allContent()).doesNotContain("the-secret").doesNotContain("token");
        String sealed = Files.readString(file(ALICE)).replaceAll(".*\"sealed\":", "");
        Entry second = store.save(ALICE, first.generation(), VALUE);

        assertThat(Files.readString(file(ALICE)).replaceAll(".*\"sealed\":", ""))
                .isNotEqualTo(sealed);
        assertThat(store(1).load(ALICE)).isEqualTo(second);
    }

    @Test
    void wrongKey_isNotCorruption() throws IOException {
        Entry saved = store(1).save(ALICE, SessionStore.NONE, VALUE);
        byte[] content = Files.readAllBytes(file(ALICE));

        assertThatThrownBy(() -> store(2).load(ALICE))
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContaining("can't decrypt " + file(ALICE) + " with this key")
                .hasMessageContaining(file(ALICE).toString());
        assertThatThrownBy(() -> store(2).save(ALICE, saved.generation(), "1"))
                .isInstanceOf(SessionStoreException.class);
        assertThatThrownBy(() -> store(2).delete(ALICE, saved.generation())).isInstanceOf(SessionStoreException.class);
        assertThatThrownBy(() -> count(store(2)))
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContaining("wrong key")
                .hasMessageContaining(folder.toString());
        assertThat(file(ALICE)).hasBinaryContent(content);
        assertThat(store(1).load(ALICE)).isEqualTo(saved);
    }

    @Test
    void missingKey_isReported() throws IOException {
        Entry saved = store(1).save(ALICE, SessionStore.NONE, VALUE);
        FileSessionStore plain = new FileSessionStore(folder);

        assertThatThrownBy(() -> plain.load(ALICE))
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContaining("is encrypted, and the store has no key");
        assertThatThrownBy(() -> plain.save(ALICE, saved.generation(), "1")).isInstanceOf(SessionStoreException.class);
        assertThatThrownBy(() -> count(plain))
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContaining(folder + " is encrypted, and the store has no key");
        assertThat(store(1).load(ALICE)).isEqualTo(saved);
    }

    @Test
    void files_cantBeSwappedOrModified() throws IOException {
        for (int change = 0; change < 6; change++) {
            FileSessionStore store = store(1);
            Entry alice = store.save(ALICE, SessionStore.NONE, VALUE);
            Entry bob = store.save(BOB, SessionStore.NONE, VALUE);
            String of = Files.readString(file(ALICE));
            String sealed = Files.readString(file(BOB));
            Files.writeString(
                    file(BOB),
                    switch (change) {
                        case 0 -> of;
                        case 1 -> of.replace("did:plc:alice", "did:plc:bob");
                        case 4 -> sealed.substring(0, sealed.length() - 20);
                        case 5 -> sealed.replaceAll("\"sealed\":\"([^\"]{40})[^\"]*\"", "\"sealed\":\"$1\"");
                        case 2 -> sealed.replace("" + bob.generation(), "" + (bob.generation() + 1));
                        default -> {
                            int at = sealed.indexOf("\"sealed\":") + 60;
                            char other = sealed.charAt(at) == 'A' ? 'B' : 'A';
                            yield sealed.substring(0, at) + other + sealed.substring(at + 1);
                        }
                    });

            assertThatThrownBy(() -> store.load(BOB))
                    .as("change %d", change)
                    .isInstanceOf(SessionStoreException.class)
                    .hasMessageContaining(".damaged-");
            assertThat(store.load(BOB)).isNull();
            assertThat(store.delete(ALICE, alice.generation())).isTrue();
        }
    }

    @Test
    void passphrase_decryptsWhatItEncrypted() throws IOException {
        Entry saved = passphrase("correct h\u00f6rse \ud83d\udc0e").save(ALICE, SessionStore.NONE, VALUE);

        assertThat(passphrase("correct h\u00f6rse \ud83d\udc0e").load(ALICE)).isEqualTo(saved);
        assertThat(allContent()).doesNotContain("the-secret").doesNotContain("correct");
        assertThat(names()).isEqualTo(".encrypted .locks .salt did_plc_alice.json");
    }

    @Test
    void wrongPassphrase_isDetectedBeforeWriting() throws IOException {
        passphrase("right").save(ALICE, SessionStore.NONE, VALUE);

        FileSessionStore wrong = passphrase("wrong");
        assertThatThrownBy(() -> wrong.load(ALICE)).hasMessageContaining("wrong passphrase");
        assertThatThrownBy(() -> count(wrong))
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContaining("wrong passphrase")
                .hasMessageContaining(folder.toString());
        assertThatThrownBy(() -> wrong.save(BOB, SessionStore.NONE, VALUE))
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContaining("wrong passphrase");
        assertThat(names()).isEqualTo(".encrypted .locks .salt did_plc_alice.json");
    }

    @Test
    void missingSalt_isNotRecreated() throws IOException {
        Entry saved = passphrase("right").save(ALICE, SessionStore.NONE, VALUE);
        Path salt = folder.resolve(".salt");
        Path away = folder.resolve("away");
        Files.move(salt, away);

        assertThatThrownBy(() -> passphrase("right").load(ALICE)).hasMessageContaining(salt + " is missing");
        assertThatThrownBy(() -> passphrase("right").save(BOB, SessionStore.NONE, VALUE))
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContaining(salt + " is missing");
        assertThat(salt).doesNotExist();
        Files.move(away, salt);
        assertThat(passphrase("right").load(ALICE)).isEqualTo(saved);
    }

    @Test
    void corruptSalt_isReportedAndKept() throws IOException {
        passphrase("right").save(ALICE, SessionStore.NONE, VALUE);
        Path salt = folder.resolve(".salt");
        for (String damage : List.of("", "{}", Files.readString(salt).replace("600000", "1"))) {
            Files.writeString(salt, damage);
            assertThatThrownBy(() -> passphrase("right").load(ALICE))
                    .isInstanceOf(SessionStoreException.class)
                    .hasMessageContaining(salt.toString());
            assertThat(salt).hasContent(damage);
        }
    }

    @Test
    void concurrentFirstUsers_agreeOnTheSalt() throws Exception {
        List<java.util.concurrent.Callable<?>> racers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Key key = new Key(Kind.SESSION, "did:plc:number" + i);
            racers.add(() -> passphrase("right").save(key, SessionStore.NONE, VALUE));
        }

        assertThat(Racing.all(racers)).containsOnlyNulls();
        assertThat(count(passphrase("right"))).isEqualTo(4);
    }

    @Test
    void callback_isCalledUntilItSucceeds() {
        AtomicInteger asked = new AtomicInteger();
        FileSessionStore store = FileSessionStore.encrypted(folder, StoreEncryptionKey.of(() -> {
            if (asked.incrementAndGet() == 1) {
                throw new IllegalStateException("vault is away");
            }
            return aes(1, 32);
        }));

        assertThat(store.load(ALICE)).isNull();
        assertThat(asked).hasValue(0);
        assertThatThrownBy(() -> store.save(ALICE, SessionStore.NONE, VALUE))
                .isInstanceOf(SessionStoreException.class)
                .hasRootCauseMessage("vault is away");
        Entry saved = store.save(ALICE, SessionStore.NONE, VALUE);
        assertThat(store.load(ALICE)).isEqualTo(saved);
        assertThat(asked).hasValue(2);
    }

    @Test
    void keyOfAnotherLength_isRejected() {
        for (SecretKey key : List.of(aes(1, 16), new SecretKeySpec(new byte[32], "HmacSHA256"))) {
            assertThatThrownBy(() -> FileSessionStore.encrypted(folder, StoreEncryptionKey.of(() -> key))
                            .save(ALICE, SessionStore.NONE, VALUE))
                    .isInstanceOf(SessionStoreException.class)
                    .hasMessageContaining("256");
        }
    }

    @Test
    void key_canBeInAKeyStore() throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        KeyStore.ProtectionParameter protection = new KeyStore.PasswordProtection("password".toCharArray());
        keys.setEntry("sessions", new KeyStore.SecretKeyEntry(aes(1, 32)), protection);
        Entry saved = FileSessionStore.encrypted(folder, StoreEncryptionKey.of(keys, "sessions", protection))
                .save(ALICE, SessionStore.NONE, VALUE);

        assertThat(store(1).load(ALICE)).isEqualTo(saved);
        assertThatThrownBy(() -> FileSessionStore.encrypted(folder, StoreEncryptionKey.of(keys, "others", protection))
                        .load(ALICE))
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContaining("others");
        KeyStore.ProtectionParameter wrong = new KeyStore.PasswordProtection("wrong".toCharArray());
        assertThatThrownBy(() -> FileSessionStore.encrypted(folder, StoreEncryptionKey.of(keys, "sessions", wrong))
                        .load(ALICE))
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContaining("sessions");
    }

    @Test
    void toString_showsNoKey() {
        char[] passphrase = "the passphrase".toCharArray();
        StoreEncryptionKey key = StoreEncryptionKey.ofPassphrase(passphrase);
        Arrays.fill(passphrase, 'x');

        assertThat(key).hasToString("StoreEncryptionKey[passphrase]");
        assertThatThrownBy(() -> StoreEncryptionKey.ofPassphrase(new char[0]))
                .isInstanceOf(IllegalArgumentException.class);
        FileSessionStore.encrypted(folder, key).save(ALICE, SessionStore.NONE, VALUE);
        assertThat(passphrase("the passphrase").load(ALICE)).isNotNull();
    }

    @Test
    void pool_withWrongKey_isNotEmpty() {
        store(1).save(ALICE, SessionStore.NONE, VALUE);
        for (FileSessionStore wrong : List.of(store(2), new FileSessionStore(folder))) {
            try (AccountPool pool = AccountPool.create(wrong)) {
                assertThatThrownBy(pool::accounts).isInstanceOf(SessionStoreException.class);
                assertThatThrownBy(() -> pool.resumeAll(1)).isInstanceOf(SessionStoreException.class);
                assertThatThrownBy(() -> pool.logoutAll(1)).isInstanceOf(SessionStoreException.class);
            }
        }
    }

    /** A file that is encrypted with another key, including its check, does not make the folder's key wrong. */
    @Test
    void fileOfAnotherKey_isSkippedInLists() throws IOException {
        for (FileSessionStore store : List.of(store(1), passphrase("right"))) {
            Entry alice = store.save(ALICE, SessionStore.NONE, VALUE);
            FileSessionStore.encrypted(folder, StoreEncryptionKey.of(() -> aes(2, 32)))
                    .save(BOB, SessionStore.NONE, VALUE);

            List<Entry> listed = new ArrayList<>();
            store.forEach(Kind.SESSION, listed::add);
            assertThat(listed).containsExactly(alice);
            assertThatThrownBy(() -> store.load(BOB))
                    .hasMessageContaining("can't decrypt " + file(BOB) + " with this key");
            Files.delete(file(ALICE));
            Files.delete(file(BOB));
        }
    }

    @Test
    void verifiedSalt_makesOtherFilesExceptions() {
        passphrase("right").save(ALICE, SessionStore.NONE, VALUE);
        assertThat(passphrase("right").delete(ALICE, generation(passphrase("right"))))
                .isTrue();
        store(2).save(BOB, SessionStore.NONE, VALUE);

        assertThat(count(passphrase("right"))).isZero();
    }

    private static long generation(SessionStore store) {
        Entry found = store.load(ALICE);
        assertThat(found).isNotNull();
        return found.generation();
    }

    @Test
    void unavailableKey_isNotAnEmptyList() throws IOException {
        passphrase("right").save(ALICE, SessionStore.NONE, VALUE);
        Files.delete(folder.resolve(".salt"));

        assertThatThrownBy(() -> count(passphrase("right")))
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContaining(".salt is missing");
    }

    @Test
    void encryptedFolder_getsNoNewPlainText() throws IOException {
        Entry old = new FileSessionStore(folder).save(BOB, SessionStore.NONE, VALUE);
        FileSessionStore open = new FileSessionStore(folder);
        Entry saved = store(1).save(ALICE, SessionStore.NONE, VALUE);
        Key carol = Key.session(Did.of("did:plc:carol"));

        assertThatThrownBy(() -> open.save(carol, SessionStore.NONE, VALUE))
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContaining(folder + " is encrypted, and the store has no key");
        assertThat(file(carol)).doesNotExist();
        assertThat(store(1).load(carol)).isNull();
        assertThat(store(1).load(ALICE)).isEqualTo(saved);
        // An existing plain-text entry: a process that was started without a key must not lose its new tokens.
        assertThat(open.save(BOB, old.generation(), "1")).isNotNull();
    }

    @Test
    void salt_makesAnEmptyFolderEncrypted() {
        FileSessionStore plain = new FileSessionStore(folder);
        Entry bob = plain.save(BOB, SessionStore.NONE, VALUE);
        assertThat(plain.delete(BOB, bob.generation())).isTrue();
        passphrase("right").save(ALICE, SessionStore.NONE, VALUE);
        passphrase("right").delete(ALICE, generation(passphrase("right")));

        assertThatThrownBy(() -> plain.save(BOB, SessionStore.NONE, VALUE))
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContaining("is encrypted");
        assertThat(file(BOB)).doesNotExist();
    }
}
