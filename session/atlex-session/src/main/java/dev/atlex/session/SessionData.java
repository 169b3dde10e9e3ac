package dev.atlex.session;

import dev.atlex.client.internal.Origins;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.session.internal.TokenText;
import dev.atlex.session.internal.auth.PdsEndpoints;
import dev.atlex.session.internal.auth.SessionFields;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The data needed to resume a session: its tokens, account and service. Immutable.
 *
 * <p>The JSON form has the same fields as that of the TypeScript package {@code @atproto/lex-password-session}, so
 * either can resume the other's sessions. Unknown fields are kept, up to 64 KiB. {@link #toJson()} contains the tokens:
 * protect it like a password. {@code toString()} shows only the account and the service.
 *
 * @see <a href="https://www.npmjs.com/package/@atproto/lex-password-session">the TypeScript package</a>
 */
public final class SessionData {
    /** The handle that servers report for accounts whose handle is invalid. */
    private static final String NO_HANDLE = "handle.invalid";

    private final LexMap fields;
    private final Did did;
    private final URI service;
    private final String accessJwt;
    private final String refreshJwt;
    private final @Nullable URI pds;

    private SessionData(LexMap given) {
        LexMap usable = SessionFields.usable(given);
        String text = required(usable, "did");
        if (!Did.isValid(text)) {
            throw new LexDataException("$.did", "invalid DID");
        }
        this.did = Did.of(text);
        try {
            this.service = Origins.parse(required(usable, "service"));
        } catch (IllegalArgumentException e) {
            throw new LexDataException("$.service", "service is not an http or https URL");
        }
        this.accessJwt = token(usable, "accessJwt");
        this.refreshJwt = token(usable, "refreshJwt");
        LexMap document = usable.getMap("didDoc");
        // Other programs that read the saved data follow the document, so another account's document isn't kept.
        this.fields = document == null || PdsEndpoints.isOf(document, did)
                ? usable
                : usable.toBuilder().remove("didDoc").build();
        this.pds = PdsEndpoints.pds(document, did, service);
    }

    /**
     * Parses session data that was saved as JSON. Only the two tokens, the DID and the service are required. Any other
     * field that is null, malformed or of the wrong type counts as absent. At most 64 KiB of unknown fields are kept.
     *
     * @throws LexDataException if a required field is missing or invalid, or the text isn't a JSON object; the message
     *     doesn't show its content
     */
    public static SessionData parse(String json) {
        LexMap fields = SessionFields.ofSaved(json);
        if (fields == null) {
            throw new LexDataException("$", "saved session is not a JSON object");
        }
        return of(fields);
    }

    /**
     * Creates session data from these fields. See {@link #parse} for the required fields.
     *
     * @throws LexDataException if a required field is missing or invalid, for example a token that can't be sent in an
     *     HTTP header
     */
    public static SessionData of(LexMap fields) {
        return new SessionData(fields);
    }

    private static String required(LexMap fields, String name) {
        String value = fields.getString(name);
        if (value == null || value.isEmpty()) {
            throw new LexDataException("$." + name, "saved session has no " + name);
        }
        return value;
    }

    private static String token(LexMap fields, String name) {
        String token = required(fields, name);
        if (!TokenText.isSendable(token)) {
            throw new LexDataException(
                    "$." + name,
                    "token that can't be sent in an HTTP header: expected at most " + TokenText.MAX_LENGTH
                            + " visible ASCII characters");
        }
        return token;
    }

    /** Returns the account. */
    public Did did() {
        return did;
    }

    /**
     * Returns the account's handle as the server last reported it; {@code handle.invalid} if it is invalid or unknown.
     */
    public Handle handle() {
        String handle = fields.getString("handle");
        return Handle.unchecked(handle == null ? NO_HANDLE : handle);
    }

    /** Returns the service that issued the session, which is the one that the account signed in to. */
    public URI service() {
        return service;
    }

    /**
     * Returns the server that holds the account's data, from its DID document; null if the session has no usable
     * document. The document must be the account's own. If the service is a public host, the server must be the same
     * host or another public one that uses https.
     */
    public @Nullable URI pds() {
        return pds;
    }

    /**
     * Returns the account's email address, or null if the server didn't send it, for example because the session began
     * with an app password.
     */
    public @Nullable String email() {
        return fields.getString("email");
    }

    /** Returns whether the email address is confirmed, or null if that is unknown. */
    public @Nullable Boolean emailConfirmed() {
        return fields.getBoolean("emailConfirmed");
    }

    /** Returns the account's DID document, or null if the server didn't send a valid one. */
    public @Nullable LexMap didDoc() {
        return fields.getMap("didDoc");
    }

    /** Returns whether the account is active, as far as the server has reported; true by default. */
    public boolean active() {
        return !Boolean.FALSE.equals(fields.getBoolean("active"));
    }

    /**
     * Returns why the account is inactive ({@code deactivated}, {@code takendown}, {@code suspended}…), or null if it
     * is active or the server didn't report a reason.
     */
    public @Nullable String status() {
        return fields.getString("status");
    }

    /** Returns the access token, a secret. */
    public String accessJwt() {
        return accessJwt;
    }

    /** Returns the refresh token, a secret. */
    public String refreshJwt() {
        return refreshJwt;
    }

    /** Returns all fields, including the tokens. */
    public Map<String, LexValue> fields() {
        return fields;
    }

    /** Returns the session as JSON, including its tokens. Protect it like a password. */
    public String toJson() {
        return fields.toJson();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SessionData that && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return "SessionData{did=" + did + ", handle=" + handle() + ", service=" + service + "}";
    }
}
