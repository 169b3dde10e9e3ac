package dev.atlex.oauth.internal.session;

import dev.atlex.client.internal.Origins;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.oauth.OAuthSessionData;
import dev.atlex.oauth.internal.server.AuthServer;
import dev.atlex.session.CorruptStoreEntryException;
import dev.atlex.session.SessionHealth;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.syntax.Handle;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of an OAuth session: the session, and the facts that another process needs to continue it. Immutable.
 * Members that this version doesn't know are kept.
 */
public final class OAuthRecord {
    private static final String SESSION = "session";
    private static final String ISSUED_AT = "issuedAt";
    private static final String IDENTIFIER = "identifier";
    private static final String SERVER = "server";
    private static final String READ_AT = "readAt";
    private static final String REFRESHING = "refreshing";

    /** The end of the year 9999, in milliseconds. Later times are invalid. */
    private static final long MAX_TIME = 253_402_300_799_999L;

    private final LexMap fields;
    private final OAuthSessionData data;

    private OAuthRecord(LexMap fields, OAuthSessionData data) {
        this.fields = fields;
        this.data = data;
    }

    /**
     * Announces a refresh. It is saved before the refresh token is sent, and removed once the outcome is known. So an
     * entry with a marker may contain a refresh token that has been used.
     *
     * @param at the time at which the refresh began, by the clock of its process
     * @param by the session object that began the refresh
     */
    record Marker(Instant at, String by) {}

    /** Creates the record of a session that a server has just issued. */
    static OAuthRecord issued(OAuthSessionData data, Instant issuedAt, AuthServer server, @Nullable String identifier) {
        OAuthRecord record =
                new OAuthRecord(LexMap.of(), data).rotated(data, issuedAt).with(server, issuedAt);
        return identifier == null
                ? record
                : record.with(record.fields.toBuilder().put(IDENTIFIER, identifier));
    }

    /** Creates the record of a session about which nothing else is known, for example one that was imported. */
    public static OAuthRecord of(OAuthSessionData data) {
        return new OAuthRecord(LexMap.builder().put(SESSION, map(data)).build(), data);
    }

    /**
     * Reads an entry.
     *
     * @throws CorruptStoreEntryException if it is corrupt or belongs to a different account; the message doesn't quote
     *     it
     */
    public static OAuthRecord of(Entry entry) {
        try {
            return parse(entry);
        } catch (LexException e) {
            throw new CorruptStoreEntryException("the store's " + entry.key() + " is corrupt: " + e.getMessage(), e);
        }
    }

    private static OAuthRecord parse(Entry entry) {
        LexValue parsed;
        try {
            parsed = LexValue.parseJson(entry.value(), ReadOptions.LENIENT);
        } catch (LexException e) {
            // The cause would quote a part of the entry, which is a secret.
            throw new LexDataException("$", "entry is not JSON");
        }
        if (!(parsed instanceof LexMap fields)) {
            throw new LexDataException("$", "entry is not a JSON object");
        }
        OAuthRecord record = of(fields);
        String name = entry.key().name();
        // A session's ID has no colon, and precedes the DID.
        String account = name.startsWith("did:") ? name : name.substring(name.indexOf(':') + 1);
        if (!account.equals(record.data().did().toString())) {
            throw new LexDataException("$.session.tokenSet.sub", "another account's session");
        }
        return record;
    }

    /** Reads a record. */
    static OAuthRecord of(LexMap fields) {
        LexMap session = fields.getMap(SESSION);
        if (session == null) {
            throw new LexDataException("$.session", "entry has no session");
        }
        return new OAuthRecord(fields, OAuthSessionData.of(session));
    }

    private static LexMap map(OAuthSessionData data) {
        return (LexMap) data.fields();
    }

    /** Returns the session. */
    public OAuthSessionData data() {
        return data;
    }

    /** Returns the ID that distinguishes several sessions of an account, or null for the default session. */
    public static @Nullable String sessionId(Key key) {
        return key.name().startsWith("id.") ? key.name().substring(3, key.name().indexOf(':')) : null;
    }

    /**
     * Returns the health of a session in the store.
     *
     * @param savedAt the time at which the entry was saved
     */
    public SessionHealth health(Instant savedAt) {
        Instant issued = issuedAt();
        return health().accessExpiresAt(data.expiresAt())
                .lastRefresh(issued == null ? savedAt : issued)
                .build();
    }

    /** Returns the constant facts of the session's health. */
    public SessionHealth.Builder health() {
        SessionHealth.Builder health =
                SessionHealth.builder(data.did(), data.issuer()).pds(data.pds());
        String handle = identifier();
        return handle != null && Handle.isValid(handle) ? health.handle(Handle.of(handle)) : health;
    }

    /** Returns when the tokens were issued, or null if that is unknown. */
    @Nullable
    Instant issuedAt() {
        return time(fields, ISSUED_AT);
    }

    /** Returns the lowercase handle that the user signed in with; null if it is unknown. */
    public @Nullable String identifier() {
        return fields.getString(IDENTIFIER);
    }

    /** Returns the record with a different handle under which the session can be found. */
    public OAuthRecord named(String handle) {
        return with(fields.toBuilder().put(IDENTIFIER, handle.toLowerCase(Locale.ROOT)));
    }

    /** Returns the refresh that was announced, or null if the outcome of the last one is known. */
    @Nullable
    Marker refreshing() {
        LexMap marker = fields.getMap(REFRESHING);
        Instant at = marker == null ? null : time(marker, "at");
        String by = marker == null ? null : marker.getString("by");
        return at == null || by == null ? null : new Marker(at, by);
    }

    /** Returns the session's authorization server, or null if its endpoints are unknown, or were read too long ago. */
    @Nullable
    AuthServer server(Instant now, Duration maxAge) {
        LexMap server = fields.getMap(SERVER);
        Instant readAt = server == null ? null : time(server, READ_AT);
        if (server == null || readAt == null || readAt.plus(maxAge).isBefore(now) || readAt.isAfter(now.plus(maxAge))) {
            return null;
        }
        URI authorization = url(server, "authorization");
        URI par = url(server, "par");
        URI token = url(server, "token");
        return authorization == null || par == null || token == null
                ? null
                : new AuthServer(data.issuer(), authorization, par, token, url(server, "revocation"));
    }

    /** Returns the record with new tokens, without a marker. */
    OAuthRecord rotated(OAuthSessionData next, Instant issuedAt) {
        return new OAuthRecord(
                fields.toBuilder()
                        .put(SESSION, map(next))
                        .put(ISSUED_AT, issuedAt.toEpochMilli())
                        .remove(REFRESHING)
                        .build(),
                next);
    }

    /** Returns the record with a server's endpoints and the time at which they were read. */
    OAuthRecord with(AuthServer server, Instant readAt) {
        LexMap.Builder endpoints = LexMap.builder()
                .put("authorization", server.authorizationEndpoint().toString())
                .put("par", server.parEndpoint().toString())
                .put("token", server.tokenEndpoint().toString())
                .put(READ_AT, readAt.toEpochMilli());
        if (server.revocationEndpoint() != null) {
            endpoints.put("revocation", server.revocationEndpoint().toString());
        }
        return with(fields.toBuilder().put(SERVER, endpoints.build()));
    }

    /** Returns the record with a marker, or without one. */
    OAuthRecord with(@Nullable Marker marker) {
        return with(
                marker == null
                        ? fields.toBuilder().remove(REFRESHING)
                        : fields.toBuilder()
                                .put(
                                        REFRESHING,
                                        LexMap.builder()
                                                .put("at", marker.at().toEpochMilli())
                                                .put("by", marker.by())
                                                .build()));
    }

    private OAuthRecord with(LexMap.Builder changed) {
        return new OAuthRecord(changed.build(), data);
    }

    private static @Nullable Instant time(LexMap fields, String name) {
        Long millis = fields.getInteger(name);
        return millis == null || millis < 0 || millis > MAX_TIME ? null : Instant.ofEpochMilli(millis);
    }

    private static @Nullable URI url(LexMap fields, String name) {
        String text = fields.getString(name);
        if (text == null || Origins.find(text) == null) {
            return null;
        }
        return URI.create(text);
    }

    /** Returns whether both records have the same tokens. */
    boolean hasTokensOf(OAuthRecord other) {
        return data.accessToken().equals(other.data.accessToken())
                && Objects.equals(data.refreshToken(), other.data.refreshToken());
    }

    /**
     * Returns whether both records describe the same session, possibly with different tokens: a session keeps its DPoP
     * key.
     */
    boolean isSameSession(OAuthRecord other) {
        return Objects.equals(data.fields().get("dpopJwk"), other.data.fields().get("dpopJwk"));
    }

    /** Returns all members, with secrets. */
    LexMap fields() {
        return fields;
    }

    /** Returns the record as JSON, with secrets. */
    public String toJson() {
        return fields.toJson();
    }

    /** Returns a description without secrets. */
    @Override
    public String toString() {
        return "OAuthRecord[" + data + ", refreshing=" + refreshing() + "]";
    }
}
