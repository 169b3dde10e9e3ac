package dev.atlex.session;

import dev.atlex.data.LexDataException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexNull;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.session.internal.DidDocument;
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
    private final LexMap fields;
    private final Did did;
    private final URI service;
    private final String accessJwt;
    private final String refreshJwt;

    private SessionData(LexMap fields) {
        this.fields = fields;
        String text = required(fields, "did");
        if (!Did.isValid(text)) {
            throw new LexDataException("$.did", "a DID that is none");
        }
        this.did = Did.of(text);
        try {
            this.service = Credentials.origin(required(fields, "service"));
        } catch (IllegalArgumentException e) {
            throw new LexDataException("$.service", "a service that is no http or https URL");
        }
        this.accessJwt = required(fields, "accessJwt");
        this.refreshJwt = required(fields, "refreshJwt");
        required(fields, "handle");
    }

    /**
     * Session data that was saved as JSON.
     *
     * @throws LexDataException if it is no session; the message shows none of its content
     */
    public static SessionData parse(String json) {
        if (LexValue.parseJson(json, ReadOptions.LENIENT) instanceof LexMap map) {
            return of(map);
        }
        throw new LexDataException("$", "saved session that is no object");
    }

    /**
     * Session data of untyped fields.
     *
     * @throws LexDataException if a field is missing
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

    /**
     * These data with those of a newer answer. What the answer leaves out stays: old servers leave out much. So does a DID
     * document that names a server, where the answer's names none that can be used.
     */
    SessionData merge(LexMap newer) {
        LexMap.Builder merged = fields.toBuilder();
        if (Boolean.TRUE.equals(newer.getBoolean("active"))) {
            // Of an active account there is no status: that of yesterday must not stay.
            merged.remove("status");
        }
        boolean pdsWasKnown = pds() != null;
        newer.forEach((name, value) -> {
            boolean spoilt = name.equals("didDoc")
                    && pdsWasKnown
                    && DidDocument.pds(value instanceof LexMap map ? map : null, service) == null;
            if (value != LexNull.NULL && !name.equals("service") && !spoilt) {
                merged.put(name, value);
            }
        });
        return new SessionData(merged.build());
    }

    /** The same with what getSession says: never about the tokens. */
    SessionData describedBy(LexMap answer) {
        return merge(answer.toBuilder().remove("accessJwt").remove("refreshJwt").build());
    }

    /** The account. */
    public Did did() {
        return did;
    }

    /** The account's handle when the server last told it; {@code handle.invalid} where it has no valid one. */
    public Handle handle() {
        return Handle.unchecked(required(fields, "handle"));
    }

    /** The server that was signed in at, which keeps the session. */
    public URI service() {
        return service;
    }

    /** The server that holds the account's data, of its DID document; null where the session has none. */
    public @Nullable URI pds() {
        return DidDocument.pds(fields.getMap("didDoc"), service);
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

    String accessJwt() {
        return accessJwt;
    }

    String refreshJwt() {
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
