package dev.atlex.session.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.syntax.Did;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads files that were not written by this code: a change of the format fails here. */
class FileFormatVectorsTest {
    private static final Instant SAVED_AT = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final long GENERATION = 1_767_323_045_678_000L;
    private static final Did ALICE = Did.of("did:plc:z72i7hdynmk6r22z27h6tvur");
    private static final String PASSPHRASE = "correct horse battery staple \ud83d\udc0e";

    private static final List<Entry> ENTRIES = List.of(
            entry(Kind.SESSION, ALICE.toString(), """
                    {"session":{"did":"did:plc:z72i7hdynmk6r22z27h6tvur","handle":"alice.test",\
                    "service":"https://pds.test","accessJwt":"e30.e30.access","refreshJwt":"e30.e30.refresh"},\
                    "superseded":[{"token":"e30.e30.old","at":1767322800}]}"""),
            entry(Kind.LOGIN, "5a3f" + "0".repeat(60), """
                    { "signIns" : [1767322800], "n\u00e4me": "\ud83d\udd11" }"""),
            entry(Kind.SESSION, "did:web:Example.com%3A8080", "\"a name with upper case and a percent sign\""),
            entry(Kind.LOGOUT, "did:web:" + "a".repeat(120) + ".test", "7"));

    @TempDir
    Path folder;

    private Path vectors;

    private static Entry entry(Kind kind, String name, String value) {
        return new Entry(new Key(kind, name), GENERATION, value, SAVED_AT);
    }

    @BeforeEach
    void findVectors() throws URISyntaxException {
        vectors = Path.of(
                Objects.requireNonNull(getClass().getResource("/store-vectors")).toURI());
    }

    /** Returns a copy: reading may move files away. */
    private Path copy(String name) throws IOException {
        try (Stream<Path> files = Files.list(vectors.resolve(name))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, folder.resolve(file.getFileName().toString()));
            }
        }
        return folder;
    }

    private static SecretKey key() {
        byte[] key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        return new SecretKeySpec(key, "AES");
    }

    private static void assertReadsAll(FileSessionStore store) {
        for (Entry entry : ENTRIES) {
            assertThat(store.load(entry.key())).isEqualTo(entry);
        }
        SessionData alice = Objects.requireNonNull(store.load(ALICE));
        assertThat(alice.handle()).hasToString("alice.test");
        assertThat(alice.refreshJwt()).isEqualTo("e30.e30.refresh");
        assertThat(store.quarantined()).isEmpty();
    }

    @Test
    void plainFiles_areRead() throws IOException {
        FileSessionStore store = new FileSessionStore(copy("plain"));

        assertReadsAll(store);
        assertThat(store.plainText()).hasSize(ENTRIES.size());
    }

    @Test
    void plainFiles_areWrittenByteForByte() throws IOException {
        FileSessionStore store = new FileSessionStore(folder, null, Clock.fixed(SAVED_AT, ZoneOffset.UTC));

        for (Entry entry : ENTRIES) {
            assertThat(store.save(entry.key(), EntryStore.NONE, entry.value())).isEqualTo(entry);
        }

        try (Stream<Path> files = Files.list(vectors.resolve("plain"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                assertThat(folder.resolve(file.getFileName().toString())).hasSameBinaryContentAs(file);
            }
        }
    }

    @Test
    void encryptedFiles_areReadWithTheKey() throws IOException {
        FileSessionStore store = FileSessionStore.encrypted(copy("key"), StoreEncryptionKey.of(() -> key()));

        assertReadsAll(store);
        assertThat(store.plainText()).isEmpty();
    }

    @Test
    void encryptedFiles_areReadWithThePassphrase() throws IOException {
        FileSessionStore store = FileSessionStore.encrypted(
                copy("passphrase"), StoreEncryptionKey.ofPassphrase(PASSPHRASE.toCharArray()));

        assertReadsAll(store);
        assertThat(store.plainText()).isEmpty();
    }

    @Test
    void encryptedFiles_areRefusedWithoutKey() throws IOException {
        FileSessionStore store = new FileSessionStore(copy("key"));

        assertThatThrownBy(() -> store.load(ALICE))
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContaining("is encrypted, and the store has no key");
    }

    @Test
    void folderMarker_isVerified_andPlainTextQuarantined() throws IOException {
        FileSessionStore store = FileSessionStore.encrypted(copy("key"), StoreEncryptionKey.of(() -> key()));
        Path file = folder.resolve("did_plc_z72i7hdynmk6r22z27h6tvur.json");
        Files.copy(
                vectors.resolve("plain").resolve(file.getFileName().toString()),
                file,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> store.load(ALICE)).hasMessageContaining("plain text in an encrypted folder");
        assertThat(store.quarantined()).hasSize(1);
    }

    @Test
    void sealedValue_isWhatTheDescriptionSays() throws IOException, GeneralSecurityException {
        for (Entry entry : ENTRIES) {
            Path file = file(entry);
            LexMap members = (LexMap) LexValue.parseJson(Files.readString(file));
            byte[] sealed = Base64.getDecoder().decode(members.getString("sealed"));
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key(), new GCMParameterSpec(128, Arrays.copyOf(sealed, 12)));
            cipher.updateAAD(("atlex session 1 " + members.getString("kind") + " " + members.getString("name") + " "
                            + GENERATION + " " + SAVED_AT.toEpochMilli())
                    .getBytes(UTF_8));

            assertThat(cipher.doFinal(entry.value().getBytes(UTF_8)))
                    .isEqualTo(Arrays.copyOfRange(sealed, 12, sealed.length));
        }
    }

    private Path file(Entry entry) throws IOException {
        Function<Path, String> content = path -> {
            try {
                return Files.readString(path);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        };
        try (Stream<Path> files = Files.list(vectors.resolve("key"))) {
            return files.filter(path -> content.apply(path)
                            .contains("\"name\":\"" + entry.key().name() + "\""))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
