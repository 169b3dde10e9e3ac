package dev.atlex.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.atlex.crypto.P256PrivateKey;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.oauth.internal.server.ClientAuth;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientKeysTest {
    private static final String CLIENT = "https://app.example/oauth-client-metadata.json";

    @TempDir
    Path folder;

    private static List<String> secrets(ClientKeys keys) {
        List<String> secrets = new ArrayList<>();
        ((LexMap) LexValue.parseJson(keys.toJson()))
                .getArray("keys")
                .forEach(key -> secrets.add(((LexMap) key).getString("d")));
        return secrets;
    }

    @Nested
    class Rotation {
        @Test
        void generate_createsOneKeyNamedByItsThumbprint() throws Exception {
            ClientKeys keys = ClientKeys.generate();

            JWK published = JWKSet.parse(keys.jwks().toJson()).getKeys().get(0);
            assertThat(keys.kids())
                    .containsExactly(published.computeThumbprint().toString());
            assertThat(ClientKeys.generate().kids()).isNotEqualTo(keys.kids());
        }

        @Test
        void rotate_addsTheNewestFirstAndKeepsTheOthers() {
            ClientKeys one = ClientKeys.generate();
            ClientKeys three = one.rotate().rotate();

            assertThat(one.kids()).hasSize(1);
            assertThat(three.kids()).hasSize(3).endsWith(one.kids().get(0));
            assertThat(secrets(three)).containsAll(secrets(one));
        }

        @Test
        void auth_withoutKid_usesTheNewestKey() {
            ClientKeys old = ClientKeys.generate();
            ClientKeys keys = old.rotate();

            assertThat(keys.auth(CLIENT, null).kid())
                    .isEqualTo(keys.kids().get(0))
                    .isNotEqualTo(old.kids().get(0));
        }

        @Test
        void auth_withKid_keepsTheSessionsKey() {
            ClientKeys old = ClientKeys.generate();
            String kid = old.auth(CLIENT, null).kid();

            ClientAuth later = old.rotate().rotate().auth(CLIENT, kid);

            assertThat(later.kid()).isEqualTo(kid);
            assertThat(later.clientId()).isEqualTo(CLIENT);
            assertThat(later.method()).isEqualTo("private_key_jwt");
        }

        @Test
        void auth_missingKey_namesItAndTheOthers() {
            ClientKeys keys = ClientKeys.generate();

            assertThatThrownBy(() -> keys.auth(CLIENT, "k0"))
                    .isInstanceOfSatisfying(
                            MissingClientKeyException.class,
                            e -> assertThat(e.kid()).isEqualTo("k0"))
                    .hasMessageContaining("\"k0\"")
                    .hasMessageContaining(keys.kids().get(0));
        }

        /** Servers cache the published keys, so a new key must be known before it signs. */
        @Test
        void announce_publishesAKeyThatSignsOncePromoted() {
            ClientKeys one = ClientKeys.generate();
            ClientKeys two = one.announce();
            String next = two.kids().get(1);

            assertThat(two.jwks().getArray("keys")).hasSize(2);
            assertThat(two.auth(CLIENT, null).kid()).isEqualTo(one.kids().get(0));
            assertThat(two.promote(next).kids())
                    .containsExactly(next, one.kids().get(0));
            assertThat(two.promote(next).auth(CLIENT, null).kid()).isEqualTo(next);
            assertThatThrownBy(() -> two.promote("k0"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no key \"k0\"");
        }

        @Test
        void without_removesOneKey() {
            ClientKeys keys = ClientKeys.generate().rotate();
            String old = keys.kids().get(1);

            assertThat(keys.without(old).kids()).containsExactly(keys.kids().get(0));
            assertThatThrownBy(() -> keys.without("k0"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no key \"k0\"");
            assertThatThrownBy(() -> keys.without(old).without(keys.kids().get(0)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("rotate first");
        }
    }

    @Nested
    class Json {
        @Test
        void jwks_hasOnlyPublicParts() throws Exception {
            ClientKeys keys = ClientKeys.generate().rotate();

            String json = keys.jwks().toJson();

            secrets(keys).forEach(secret -> assertThat(json).doesNotContain(secret));
            JWKSet set = JWKSet.parse(json);
            assertThat(set.getKeys()).hasSize(2).noneMatch(JWK::isPrivate).allSatisfy(key -> {
                assertThat(key.getAlgorithm()).hasToString("ES256");
                assertThat(key.getKeyUse()).hasToString("sig");
            });
            assertThat(set.getKeys()).extracting(JWK::getKeyID).isEqualTo(keys.kids());
        }

        @Test
        void toJson_readAgain_hasSameKeysInOrder() {
            ClientKeys keys = ClientKeys.generate().rotate().rotate();

            ClientKeys again = ClientKeys.fromJson(keys.toJson());

            assertThat(again.kids()).isEqualTo(keys.kids());
            assertThat(again.toJson()).isEqualTo(keys.toJson());
        }

        @Test
        void fromJson_keysOfOtherTools_areAccepted() throws Exception {
            ECKey theirs = ECKey.parse(P256PrivateKey.generate().toJwk().toJson());
            String json = new JWKSet(new ECKey.Builder(theirs).keyID("2024-a").build()).toString(false);

            assertThat(ClientKeys.fromJson(json).kids()).containsExactly("2024-a");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "`` | isn't a JWK set",
                    "x | isn't a JWK set",
                    "[] | isn't a JWK set",
                    "{} | isn't a JWK set",
                    "{\"keys\":[]} | isn't a JWK set",
                    "{\"keys\":{}} | isn't a JWK set",
                    "{\"keys\":[7]} | keys[0] has no kid",
                    "{\"keys\":[{\"kty\":\"EC\"}]} | keys[0] has no kid",
                    "{\"keys\":[{\"kid\":\"\"}]} | keys[0] has no kid",
                    "{\"keys\":[{\"kid\":\"a\",\"alg\":\"RS256\"}]} | keys[0] has an alg other than ES256",
                    "{\"keys\":[{\"kid\":\"a\",\"use\":\"enc\"}]} | keys[0] has a use other than \"sig\"",
                    "{\"keys\":[{\"kid\":\"a\",\"kty\":\"RSA\"}]} | keys[0] is invalid: JWK: unsupported kty",
                })
        void fromJson_invalid_saysWhatIsWrong(String json, String message) {
            assertThatThrownBy(() -> ClientKeys.fromJson(json))
                    .isInstanceOf(OAuthException.class)
                    .hasMessageStartingWith("client keys: ")
                    .hasMessageContaining(message);
        }

        @Test
        void fromJson_publicKey_isRejected() {
            String json = ClientKeys.generate().jwks().toJson();

            assertThatThrownBy(() -> ClientKeys.fromJson(json))
                    .isInstanceOf(OAuthException.class)
                    .hasMessageContaining("keys[0] is invalid: JWK: d is missing");
        }

        @Test
        void fromJson_sameKidTwice_isRejected() {
            LexMap key = P256PrivateKey.generate().toJwk().toBuilder()
                    .put("kid", "a")
                    .build();
            String json = LexMap.of("keys", LexValue.of(List.of(key, key))).toJson();

            assertThatThrownBy(() -> ClientKeys.fromJson(json))
                    .isInstanceOf(OAuthException.class)
                    .hasMessageContaining("keys[1] has the same kid as an earlier key (got \"a\")");
        }
    }

    @Nested
    class Storage {
        @Test
        void save_loadedAgain_hasSameKeys() {
            ClientKeys keys = ClientKeys.generate().rotate();
            Path file = folder.resolve("new/folder/keys.json");

            keys.save(file);

            assertThat(ClientKeys.load(file).toJson()).isEqualTo(keys.toJson());
        }

        @Test
        void save_existingFile_isReplaced() throws IOException {
            Path file = folder.resolve("keys.json");
            ClientKeys keys = ClientKeys.generate();
            keys.save(file);

            ClientKeys more = keys.rotate();
            more.save(file);

            assertThat(ClientKeys.load(file).kids()).isEqualTo(more.kids());
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files).containsExactly(file);
            }
        }

        @Test
        @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no file modes")
        void save_onlyTheOwnerCanRead() throws IOException {
            Path file = folder.resolve("keys.json");
            Files.writeString(file, "{}");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

            ClientKeys.generate().save(file);

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }

        @Test
        void load_missingFile_saysHowToCreateIt() {
            Path file = folder.resolve("keys.json");

            assertThatThrownBy(() -> ClientKeys.load(file))
                    .isInstanceOf(OAuthException.class)
                    .hasMessageContaining(file + " doesn't exist")
                    .hasMessageContaining("ClientKeys.generate().save");
        }

        @Test
        void save_impossible_saysWhy() throws IOException {
            Path file = folder.resolve("a-file");
            Files.writeString(file, "");

            assertThatThrownBy(() -> ClientKeys.generate().save(file.resolve("keys.json")))
                    .isInstanceOf(OAuthException.class)
                    .hasMessageStartingWith("client keys: failed to write ");
        }
    }

    @Nested
    class Secrecy {
        @Test
        void toString_hasOnlyIdentifiers() {
            ClientKeys keys = ClientKeys.generate().rotate();

            assertThat(keys).hasToString("ClientKeys" + keys.kids());
        }

        @Test
        void exceptions_showNoKey() {
            ClientKeys keys = ClientKeys.generate();
            String secret = secrets(keys).get(0);
            String json = keys.toJson();

            for (String damaged : List.of(
                    json.substring(0, json.length() - 2),
                    json.replace("\"d\":\"", "\"d\":\"A"),
                    json.replace("\"y\":\"", "\"y\":\"B"),
                    json.replace("\"P-256\"", "\"" + secret + "\""),
                    json.replace("\"ES256\"", "\"" + secret + "\""),
                    json.replace("\"sig\"", "\"" + secret + "\""),
                    json.replace("\"EC\"", "\"" + secret + "\""))) {
                assertThatThrownBy(() -> ClientKeys.fromJson(damaged))
                        .isInstanceOf(OAuthException.class)
                        .satisfies(e -> {
                            StringWriter trace = new StringWriter();
                            e.printStackTrace(new PrintWriter(trace));
                            assertThat(trace.toString()).doesNotContain(secret.substring(0, 16));
                        });
            }
        }
    }

    @Test
    void file_isPlainJson() throws IOException {
        Path file = folder.resolve("keys.json");
        ClientKeys.generate().save(file);

        assertThat(new String(Files.readAllBytes(file), UTF_8)).startsWith("{\"keys\":[{\"kid\":\"");
    }
}
