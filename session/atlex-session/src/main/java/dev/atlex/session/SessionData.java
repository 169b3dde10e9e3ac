package dev.atlex.session;

import dev.atlex.data.LexDataException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.session.internal.Origins;
import dev.atlex.session.internal.TokenText;
import dev.atlex.session.internal.auth.PdsEndpoints;
import dev.atlex.session.internal.auth.SessionFields;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is needed to go on with a session later: its tokens, whose they are, and where.
 *
 * <p>As JSON it is field for field what the TypeScript package {@code @atproto/lex-password-session} saves, so that either
 * resumes the other's sessions; fields that are not known here are kept. {@link #toJson()} holds the tokens and belongs
 * where passwords belong; {@code toString()} shows whose session it is and where, and no more.
 */
public final class SessionData {
    /** What servers call accounts whose handle does not lead to them. */
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
            throw new LexDataException("$.did", "a DID that is none");
        }
        this.did = Did.of(text);
        try {
            this.service = Origins.parse(required(usable, "service"));
        } catch (IllegalArgumentException e) {
            throw new LexDataException("$.service", "a service that is no http or https URL");
        }
        this.accessJwt = token(usable, "accessJwt");
        this.refreshJwt = token(usable, "refreshJwt");
        LexMap document = usable.getMap("didDoc");
        // Others that read the saved data follow the document, so one of another account is not kept.
        this.fields = document == null || PdsEndpoints.isOf(document, did)
                ? usable
                : usable.toBuilder().remove("didDoc").build();
        this.pds = PdsEndpoints.pds(document, did, service);
    }

    /**
     * Returns session data that was saved as JSON. Only the tokens, the DID and the service are needed; any other field that
     * is null, of a wrong kind or malformed counts as absent. Of fields that are not known here, at most 64 KiB are kept.
     *
     * @throws LexDataException if one of those four is missing or invalid, or the text is not a JSON object; the message
     *     shows none of its content
     */
    public static SessionData parse(String json) {
        LexMap fields = SessionFields.ofSaved(json);
        if (fields == null) {
            throw new LexDataException("$", "saved session that is no JSON object");
        }
        return of(fields);
    }

    /**
     * Returns session data of untyped fields. See {@link #parse} for what is needed and what is kept.
     *
     * @throws LexDataException if the tokens, the DID or the service are missing or invalid, as a token is that no HTTP
     *     header can carry
     */
    public static SessionData of(LexMap fields) {
        return new SessionData(fields);
    }

    private static String required(LexMap fields, String name) {
        String value = fields.getString(name);
        if (value == null || value.isEmpty()) {
            throw new LexDataException("$." + name, "saved session without " + name);
        }
        return value;
    }

    private static String token(LexMap fields, String name) {
        String token = required(fields, name);
        if (!TokenText.isSendable(token)) {
            throw new LexDataException(
                    "$." + name,
                    "a token that no HTTP header can carry: only visible ASCII characters, " + TokenText.MAX_LENGTH
                            + " at most, are possible");
        }
        return token;
    }

    /** The account. */
    public Did did() {
        return did;
    }

    /** The account's handle when the server last gave it; {@code handle.invalid} if it has no valid one, or none is known. */
    public Handle handle() {
        String handle = fields.getString("handle");
        return Handle.unchecked(handle == null ? NO_HANDLE : handle);
    }

    /** The server that was signed in at, which keeps the session. */
    public URI service() {
        return service;
    }

    /**
     * The server that holds the account's data, of its DID document; null if the session has none that can be used. The
     * document must be the account's own, and a public service may lead to public hosts by https only.
     */
    public @Nullable URI pds() {
        return pds;
    }

    /** The account's e-mail address, where the session may know it. */
    public @Nullable String email() {
        return fields.getString("email");
    }

    public @Nullable Boolean emailConfirmed() {
        return fields.getBoolean("emailConfirmed");
    }

    /** The account's DID document, where the server gave it. */
    public @Nullable LexMap didDoc() {
        return fields.getMap("didDoc");
    }

    /** Whether the account is active; where the server says nothing, it is. */
    public boolean active() {
        return !Boolean.FALSE.equals(fields.getBoolean("active"));
    }

    /** Why the account is not active: {@code deactivated}, {@code takendown}, {@code suspended}…; null where it is. */
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

    /** All fields, the tokens included. */
    public Map<String, LexValue> fields() {
        return fields;
    }

    /** The session as JSON, the tokens included: to be kept like a password. */
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
