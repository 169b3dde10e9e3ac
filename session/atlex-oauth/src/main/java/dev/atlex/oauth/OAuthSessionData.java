package dev.atlex.oauth;

import dev.atlex.client.internal.Origins;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.session.internal.TokenText;
import dev.atlex.syntax.Did;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The data needed to resume an OAuth session: its tokens, its DPoP key, its account and its servers. Immutable.
 *
 * <p>The JSON form has the same fields as a session that the TypeScript package {@code @atproto/oauth-client} saves,
 * and {@code clientId}. Unknown fields are kept. {@link #toJson()} contains the tokens and the private key: protect it
 * like a password. {@code toString()} shows only the account and the servers.
 *
 * <p>A refresh token works once. A copy of the data becomes useless as soon as the session refreshes its tokens, and
 * using the refresh token of such a copy ends the session.
 *
 * @see <a href="https://www.npmjs.com/package/@atproto/oauth-client">the TypeScript package</a>
 */
public final class OAuthSessionData {
    /** The authentication method of clients without a key. */
    public static final String NO_AUTHENTICATION = "none";

    /** The authentication method of clients that sign an assertion with their own key. */
    public static final String PRIVATE_KEY_JWT = "private_key_jwt";

    private final LexMap fields;
    private final LexMap tokens;
    private final Did did;
    private final URI issuer;
    private final URI pds;
    private final String accessToken;
    private final @Nullable String refreshToken;
    private final @Nullable Instant expiresAt;

    private OAuthSessionData(LexMap fields) {
        this.fields = fields;
        this.tokens = map(fields, "tokenSet", "$.tokenSet");
        String sub = required(tokens, "sub");
        if (!Did.isValid(sub)) {
            throw new LexDataException("$.tokenSet.sub", "invalid DID");
        }
        this.did = Did.of(sub);
        this.issuer = origin(tokens, "iss");
        this.pds = origin(tokens, "aud");
        this.accessToken = token("access_token", required(tokens, "access_token"));
        String refresh = tokens.getString("refresh_token");
        this.refreshToken = refresh == null ? null : token("refresh_token", refresh);
        String type = tokens.getString("token_type");
        if (type != null && !type.equalsIgnoreCase("DPoP")) {
            throw new LexDataException("$.tokenSet.token_type", "expected DPoP");
        }
        this.expiresAt = time(tokens.getString("expires_at"));
        if (map(fields, "dpopJwk", "$.dpopJwk").getString("d") == null) {
            throw new LexDataException("$.dpopJwk", "saved session has no private key");
        }
    }

    /**
     * Parses session data that was saved as JSON. The account, the two servers, the access token and the key are
     * required. An unreadable {@code expires_at} counts as absent.
     *
     * @throws LexDataException if a required field is missing or invalid, or the text isn't a JSON object; the message
     *     shows none of its content
     */
    public static OAuthSessionData parse(String json) {
        LexValue parsed;
        try {
            parsed = LexValue.parseJson(json, ReadOptions.LENIENT);
        } catch (LexDataException e) {
            // The cause would quote a part of the text, which is a secret.
            throw new LexDataException("$", "saved session is not JSON");
        }
        if (!(parsed instanceof LexMap map)) {
            throw new LexDataException("$", "saved session is not a JSON object");
        }
        return of(map);
    }

    /**
     * Creates session data from these fields. See {@link #parse} for the required fields.
     *
     * @throws LexDataException if a required field is missing or invalid, for example a token that can't be sent in an
     *     HTTP header
     */
    public static OAuthSessionData of(LexMap fields) {
        return new OAuthSessionData(fields);
    }

    private static LexMap map(LexMap fields, String name, String path) {
        LexMap value = fields.getMap(name);
        if (value == null) {
            throw new LexDataException(path, "saved session has no " + name);
        }
        return value;
    }

    private static String required(LexMap tokens, String name) {
        String value = tokens.getString(name);
        if (value == null || value.isEmpty()) {
            throw new LexDataException("$.tokenSet." + name, "saved session has no " + name);
        }
        return value;
    }

    private static URI origin(LexMap tokens, String name) {
        try {
            return Origins.parse(required(tokens, name));
        } catch (IllegalArgumentException e) {
            throw new LexDataException("$.tokenSet." + name, "expected an http or https URL");
        }
    }

    private static String token(String name, String token) {
        if (!TokenText.isSendable(token)) {
            throw new LexDataException(
                    "$.tokenSet." + name,
                    "token that can't be sent in a request: expected at most " + TokenText.MAX_LENGTH
                            + " visible ASCII characters");
        }
        return token;
    }

    private static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Returns the account. */
    public Did did() {
        return did;
    }

    /** Returns the authorization server's issuer. */
    public URI issuer() {
        return issuer;
    }

    /** Returns the origin of the account's server, which accepts the access token. */
    public URI pds() {
        return pds;
    }

    /** Returns the granted scopes, separated by spaces; empty if they are unknown. */
    public String scope() {
        String scope = tokens.getString("scope");
        return scope == null ? "" : scope;
    }

    /** Returns the access token, a secret. */
    public String accessToken() {
        return accessToken;
    }

    /** Returns the refresh token, a secret that works once; null if the session can't be refreshed. */
    public @Nullable String refreshToken() {
        return refreshToken;
    }

    /** Returns when the access token expires, by the clock of the process that saved it; null if that is unknown. */
    public @Nullable Instant expiresAt() {
        return expiresAt;
    }

    /**
     * Returns how the client authenticated when the session began: {@link #NO_AUTHENTICATION} or
     * {@link #PRIVATE_KEY_JWT}; null if that is unknown. It never changes during the session.
     */
    public @Nullable String authMethod() {
        LexMap method = fields.getMap("authMethod");
        return method == null ? null : method.getString("method");
    }

    /** Returns the identifier of the client key that the session is bound to; null if there is none. */
    public @Nullable String keyId() {
        LexMap method = fields.getMap("authMethod");
        return method == null ? null : method.getString("kid");
    }

    /** Returns the ID of the client that the session belongs to; null if another program saved it. */
    public @Nullable String clientId() {
        return fields.getString("clientId");
    }

    /** Returns all fields, including the tokens and the private key. */
    public Map<String, LexValue> fields() {
        return fields;
    }

    /** Returns the session as JSON, including its tokens and its private key. Protect it like a password. */
    public String toJson() {
        return fields.toJson();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OAuthSessionData that && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    /** Returns the account and the servers, without tokens or keys. */
    @Override
    public String toString() {
        return "OAuthSessionData{did=" + did + ", issuer=" + issuer + ", pds=" + pds + "}";
    }
}
