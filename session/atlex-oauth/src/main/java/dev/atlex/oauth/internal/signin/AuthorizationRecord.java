package dev.atlex.oauth.internal.signin;

import dev.atlex.crypto.CryptoException;
import dev.atlex.crypto.P256PrivateKey;
import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.oauth.internal.server.AuthServer;
import dev.atlex.session.CorruptStoreEntryException;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.syntax.Did;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of a sign-in in progress. The fields that the TypeScript client also has use the same names:
 * {@code iss}, {@code authMethod}, {@code verifier}, {@code dpopJwk} and {@code appState}.
 *
 * @param server the authorization server, at which the code is exchanged
 * @param account the requested account, or null if the sign-in started with a server
 * @param clientId the client that started the sign-in
 * @param redirectUri the redirect URI of the request, which the exchange repeats
 * @param verifier the PKCE verifier
 * @param key the DPoP key of the session
 * @param authMethod the method by which the client authenticates
 * @param kid the client's key, or null
 * @param browser the digest of the browser's secret
 * @param appState the program's own state, or null
 * @param sessionId the session's ID, or null
 * @param at the time at which it started
 */
record AuthorizationRecord(
        AuthServer server,
        @Nullable Account account,
        String clientId,
        URI redirectUri,
        String verifier,
        P256PrivateKey key,
        String authMethod,
        @Nullable String kid,
        String browser,
        @Nullable String appState,
        @Nullable String sessionId,
        Instant at) {
    /**
     * The requested account.
     *
     * @param pds the account's server
     * @param identifier the requested handle, or null if a DID was requested
     */
    record Account(Did did, URI pds, @Nullable String identifier) {}

    private static final String USED = "used";

    /** The value that replaces the record before the code is exchanged, so that only one callback can exchange it. */
    static final String TOMBSTONE = LexMap.of(USED, LexValue.of(true)).toJson();

    String toJson() {
        LexMap.Builder json = LexMap.builder()
                .put("iss", server.issuer().toString())
                .put(
                        "authMethod",
                        optional(LexMap.builder().put("method", authMethod), "kid", kid)
                                .build())
                .put("verifier", verifier)
                .put("dpopJwk", key.toJwk())
                .put("clientId", clientId)
                .put("redirectUri", redirectUri.toString())
                .put("browser", browser)
                .put("at", at.toEpochMilli())
                .put("authorizationEndpoint", server.authorizationEndpoint().toString())
                .put("parEndpoint", server.parEndpoint().toString())
                .put("tokenEndpoint", server.tokenEndpoint().toString());
        URI revocation = server.revocationEndpoint();
        optional(json, "revocationEndpoint", revocation == null ? null : revocation.toString());
        optional(json, "appState", appState);
        optional(json, "sessionId", sessionId);
        if (account != null) {
            json.put("did", account.did().toString()).put("pds", account.pds().toString());
            optional(json, "identifier", account.identifier());
        }
        return json.build().toJson();
    }

    private static LexMap.Builder optional(LexMap.Builder json, String name, @Nullable String value) {
        return value == null ? json : json.put(name, value);
    }

    /**
     * Reads an entry.
     *
     * @return null if its state was used
     * @throws CorruptStoreEntryException if it is corrupt; the message doesn't quote it
     */
    static @Nullable AuthorizationRecord of(Entry entry) {
        try {
            LexMap json = (LexMap) LexValue.parseJson(entry.value(), ReadOptions.LENIENT);
            return json.containsKey(USED) ? null : parse(json);
        } catch (LexException | ClassCastException | IllegalArgumentException e) {
            // The cause may quote the entry.
            throw new CorruptStoreEntryException("the store's " + entry.key() + " is corrupt", null);
        }
    }

    private static AuthorizationRecord parse(LexMap json) throws CryptoException {
        LexMap authMethod = map(json, "authMethod");
        String revocation = json.getString("revocationEndpoint");
        AuthServer server = new AuthServer(
                uri(json, "iss"),
                uri(json, "authorizationEndpoint"),
                uri(json, "parEndpoint"),
                uri(json, "tokenEndpoint"),
                revocation == null ? null : URI.create(revocation));
        String did = json.getString("did");
        Long at = json.getInteger("at");
        return new AuthorizationRecord(
                server,
                did == null ? null : new Account(Did.of(did), uri(json, "pds"), json.getString("identifier")),
                string(json, "clientId"),
                uri(json, "redirectUri"),
                string(json, "verifier"),
                P256PrivateKey.fromJwk(map(json, "dpopJwk")),
                string(authMethod, "method"),
                authMethod.getString("kid"),
                string(json, "browser"),
                json.getString("appState"),
                json.getString("sessionId"),
                Instant.ofEpochMilli(at == null ? 0 : at));
    }

    private static URI uri(LexMap json, String name) {
        return URI.create(string(json, name));
    }

    private static String string(LexMap json, String name) {
        String value = json.getString(name);
        if (value == null) {
            throw new IllegalArgumentException(name);
        }
        return value;
    }

    private static LexMap map(LexMap json, String name) {
        LexMap value = json.getMap(name);
        if (value == null) {
            throw new IllegalArgumentException(name);
        }
        return value;
    }

    /** Returns a description without secrets. */
    @Override
    public String toString() {
        return "AuthorizationRecord[" + server.issuer() + ", " + (account == null ? "any account" : account.did())
                + ", at=" + at + "]";
    }
}
