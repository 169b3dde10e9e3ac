package dev.atlex.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.crypto.CryptoException;
import dev.atlex.crypto.P256PrivateKey;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.oauth.internal.server.ClientAuth;
import dev.atlex.session.internal.file.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys with which a confidential client authenticates. Immutable and thread-safe.
 *
 * <p>The first key signs when a session begins. The session is bound to that key as long as it lasts: servers refuse
 * any other key, and end the session. Therefore {@link #rotate()} adds a key and keeps the existing ones. Remove a key
 * with {@link #without} once no session uses it.
 *
 * <p>Servers cache a client's metadata for several minutes, and refuse keys that aren't in the cached copy. To rotate
 * without such refusals, {@link #announce()} a key, publish {@link #jwks()}, and {@link #promote} the key an hour
 * later.
 *
 * @see <a href="https://atproto.com/specs/oauth#confidential-client-authentication">AT Protocol: confidential
 *     clients</a>
 */
public final class ClientKeys {
    private static final String ALGORITHM = "ES256";

    /** The keys by identifier; the first one signs. */
    private final Map<String, P256PrivateKey> keys;

    private ClientKeys(Map<String, P256PrivateKey> keys) {
        this.keys = keys;
    }

    /** Creates one random key. */
    public static ClientKeys generate() {
        return new ClientKeys(Map.of()).rotate();
    }

    /**
     * Loads the keys from a file that {@link #save} wrote, or any JWK set with private P-256 keys.
     *
     * @throws OAuthException if the file can't be read, or its content is invalid; the message contains no key
     */
    public static ClientKeys load(Path file) {
        byte[] json;
        try {
            json = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new OAuthException(
                    "client keys: " + file + " doesn't exist; create it once with ClientKeys.generate().save(…)", e);
        } catch (IOException e) {
            throw new OAuthException("client keys: failed to read " + file + ": " + e.getMessage(), e);
        }
        return parse(file.toString(), json);
    }

    /**
     * Parses the keys from a JWK set whose first key signs, such as the value of an environment variable.
     *
     * @throws OAuthException if it isn't a JWK set with private P-256 keys; the message contains no key
     */
    public static ClientKeys fromJson(String jwks) {
        return parse("JWK set", jwks.getBytes(UTF_8));
    }

    private static ClientKeys parse(String source, byte[] json) {
        LexArray array = null;
        try {
            array = LexValue.parseJson(json, ReadOptions.LENIENT) instanceof LexMap set ? set.getArray("keys") : null;
        } catch (LexDataException e) {
            // The exception may quote a key.
        }
        if (array == null || array.isEmpty()) {
            throw new OAuthException("client keys: " + source
                    + " isn't a JWK set: expected a JSON object with a non-empty array \"keys\"");
        }
        Map<String, P256PrivateKey> keys = new LinkedHashMap<>();
        for (int i = 0; i < array.size(); i++) {
            String at = "client keys: " + source + ": keys[" + i + "]";
            LexMap jwk = array.get(i) instanceof LexMap map ? map : LexMap.of();
            String kid = jwk.getString("kid");
            if (kid == null || kid.isBlank()) {
                throw new OAuthException(at + " has no kid");
            }
            if (keys.put(kid, key(at, jwk)) != null) {
                throw new OAuthException(at + " has the same kid as an earlier key (got \"" + kid + "\")");
            }
        }
        return new ClientKeys(keys);
    }

    private static P256PrivateKey key(String at, LexMap jwk) {
        String algorithm = jwk.getString("alg");
        if (algorithm != null && !algorithm.equals(ALGORITHM)) {
            throw new OAuthException(at + " has an alg other than " + ALGORITHM);
        }
        String use = jwk.getString("use");
        if (use != null && !use.equals("sig")) {
            throw new OAuthException(at + " has a use other than \"sig\"");
        }
        try {
            return P256PrivateKey.fromJwk(jwk);
        } catch (CryptoException e) {
            throw new OAuthException(at + " is invalid: " + e.getMessage(), e);
        }
    }

    /**
     * Writes the private keys to a file that only its owner can access. The file is replaced in one step.
     *
     * @throws OAuthException if the file can't be written
     */
    public void save(Path file) {
        Path absolute = file.toAbsolutePath();
        Path folder = absolute.getParent();
        if (folder == null) {
            throw new OAuthException("client keys: " + file + " isn't a file");
        }
        try {
            DurableFiles files = new DurableFiles(folder);
            files.createFolder(folder);
            files.write(absolute, toJson().getBytes(UTF_8));
        } catch (IOException e) {
            throw new OAuthException("client keys: failed to write " + file + ": " + e.getMessage(), e);
        }
    }

    /** Returns the private keys as a JWK set, the signing key first. The result is a secret. */
    public String toJson() {
        return set(true).toJson();
    }

    /** Returns the public keys as a JWK set, the signing key first, for the client's metadata. */
    public LexMap jwks() {
        return set(false);
    }

    private LexMap set(boolean isPrivate) {
        List<LexMap> all = new ArrayList<>();
        keys.forEach((kid, key) -> all.add(LexMap.builder()
                .put("kid", kid)
                .put("use", "sig")
                .put("alg", ALGORITHM)
                .putAll(isPrivate ? key.toJwk() : key.publicKey().toJwk())
                .build()));
        return LexMap.of("keys", LexValue.of(all));
    }

    /** Returns these keys and a new one in first place. The new key signs for sessions that begin from now on. */
    public ClientKeys rotate() {
        ClientKeys announced = announce();
        List<String> kids = announced.kids();
        return announced.promote(kids.get(kids.size() - 1));
    }

    /**
     * Returns these keys and a new one in last place. The new key is published but doesn't sign until it is promoted.
     */
    public ClientKeys announce() {
        P256PrivateKey key = P256PrivateKey.generate();
        Map<String, P256PrivateKey> all = new LinkedHashMap<>(keys);
        all.put(key.publicKey().thumbprint(), key);
        return new ClientKeys(all);
    }

    /**
     * Returns the keys with the given one in first place. That key signs for sessions that begin from now on.
     *
     * @throws IllegalArgumentException if there is no such key
     */
    public ClientKeys promote(String kid) {
        Map<String, P256PrivateKey> all = new LinkedHashMap<>();
        all.put(kid, find(kid));
        keys.forEach(all::putIfAbsent);
        return new ClientKeys(all);
    }

    private P256PrivateKey find(String kid) {
        P256PrivateKey key = keys.get(kid);
        if (key == null) {
            throw new IllegalArgumentException("no key \"" + kid + "\" (the keys are " + kids() + ")");
        }
        return key;
    }

    /**
     * Returns the keys without the given one. Sessions that still use the removed key can't be refreshed.
     *
     * @throws IllegalArgumentException if there is no such key, or it is the only one
     */
    public ClientKeys without(String kid) {
        Map<String, P256PrivateKey> rest = new LinkedHashMap<>(keys);
        rest.remove(kid, find(kid));
        if (rest.isEmpty()) {
            throw new IllegalArgumentException("the only key can't be removed: rotate first");
        }
        return new ClientKeys(rest);
    }

    /** Returns the keys' identifiers, beginning with the signing key's. */
    public List<String> kids() {
        return List.copyOf(keys.keySet());
    }

    /**
     * Returns the authentication with one of the keys.
     *
     * @param kid the key that a session is bound to; null for the first one, which new sessions use
     * @throws MissingClientKeyException if there is no such key
     */
    ClientAuth auth(String clientId, @Nullable String kid) {
        String chosen = kid == null ? keys.keySet().iterator().next() : kid;
        P256PrivateKey key = keys.get(chosen);
        if (key == null) {
            throw new MissingClientKeyException(chosen, kids());
        }
        return ClientAuth.privateKeyJwt(clientId, chosen, key);
    }

    /** Returns the keys' identifiers. */
    @Override
    public String toString() {
        return "ClientKeys" + kids();
    }
}
