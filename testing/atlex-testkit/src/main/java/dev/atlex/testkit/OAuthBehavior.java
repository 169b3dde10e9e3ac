package dev.atlex.testkit;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Nsid;
import dev.atlex.testkit.internal.oauth.AuthorizationServer;
import dev.atlex.testkit.internal.oauth.OAuthSettings;
import dev.atlex.testkit.internal.oauth.OAuthSettings.Delays;
import dev.atlex.testkit.internal.oauth.OAuthSettings.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Controls the OAuth authorization server of a {@link LocalPds}. Initially, everything works as on the reference
 * server: a refresh token works once, its second use ends the session, and an access token stops working when a refresh
 * replaces it.
 *
 * <pre>{@code
 * pds.oauth().register("https://app.example.com/oauth-client-metadata.json", metadata);
 * pds.oauth().accessTokenLifetime(Duration.ofSeconds(3)).newNonces();
 * }</pre>
 *
 * <p>{@link LocalPds#authorize} signs in without a browser. Lost responses are faults:
 * {@code faults().next("/oauth/token", Fault.dropAfterProcessing())} rotates the tokens, but the client doesn't get
 * them.
 *
 * <p>Thread-safe.
 */
public final class OAuthBehavior {
    private final OAuthSettings settings;
    private final AuthorizationServer server;

    OAuthBehavior(OAuthSettings settings, AuthorizationServer server) {
        this.settings = settings;
        this.server = server;
    }

    /**
     * Registers a client's metadata, as if it were published at the URL that is the client's ID. Replaces any earlier
     * metadata. Loopback clients, whose IDs start with {@code http://localhost}, need no registration.
     *
     * <p>The metadata is validated when the client is used, and rejected with the reference server's errors. That
     * server rejects hosts with the top-level domains {@code example}, {@code invalid}, {@code local} and {@code test},
     * so use a host such as {@code app.example.com}.
     *
     * @param clientId the client's ID, an HTTPS URL
     * @param metadata a JSON object
     * @throws IllegalArgumentException if the metadata isn't a JSON object
     */
    public OAuthBehavior register(String clientId, String metadata) {
        return register(clientId, object("register", metadata));
    }

    /** Like {@link #register(String, String)}. */
    public OAuthBehavior register(String clientId, LexMap metadata) {
        server.register(Objects.requireNonNull(clientId, "clientId"), Objects.requireNonNull(metadata, "metadata"));
        return this;
    }

    /**
     * Removes the metadata of a client. Its requests fail until it is registered again, but its sessions stay valid.
     */
    public OAuthBehavior unregister(String clientId) {
        server.unregister(clientId);
        return this;
    }

    /**
     * Sets whether the server can fetch the metadata of a registered client. Initially true. If it can't, requests fail
     * with {@code invalid_client_metadata}, but sessions stay valid.
     */
    public OAuthBehavior clientReachable(String clientId, boolean reachable) {
        server.reachable(clientId, reachable);
        return this;
    }

    /**
     * Registers a permission set, as if it were published, so that {@code include:} scopes can refer to it. Tokens then
     * list the set's permissions instead of the {@code include:} scope.
     *
     * @param document a Lexicon document whose main definition has the type {@code permission-set}
     * @throws IllegalArgumentException if the document isn't a permission set
     */
    public OAuthBehavior permissionSet(String document) {
        LexMap lexicon = object("permissionSet", document);
        LexMap definitions = lexicon.getMap("defs");
        LexMap main = definitions == null ? null : definitions.getMap("main");
        LexArray permissions = main == null ? null : main.getArray("permissions");
        String id = lexicon.getString("id");
        if (main == null || permissions == null || !"permission-set".equals(main.getString("type"))) {
            throw new IllegalArgumentException("permissionSet: expected a Lexicon document whose main definition is a"
                    + " permission-set (got \"" + id + "\")");
        }
        server.register(Nsid.of(String.valueOf(id)).toString(), permissions);
        return this;
    }

    private static LexMap object(String operation, String json) {
        try {
            if (LexValue.parseJson(json) instanceof LexMap map) {
                return map;
            }
        } catch (LexDataException e) {
            throw new IllegalArgumentException(operation + ": not valid JSON: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException(operation + ": not a JSON object");
    }

    /**
     * Sets the lifetime of access tokens issued from now on. Initially 60 minutes. A session and its refresh tokens
     * live for 14 days, or for 3 months and 2 years if the client is confidential.
     *
     * @throws IllegalArgumentException if the lifetime is less than a second
     */
    public OAuthBehavior accessTokenLifetime(Duration lifetime) {
        settings.accessLifetime = atLeast(Duration.ofSeconds(1), lifetime, "accessTokenLifetime");
        return this;
    }

    /**
     * Sets how often DPoP nonces change. Initially every minute. A nonce is accepted for two to three times that
     * duration.
     *
     * @throws IllegalArgumentException if the duration is less than a millisecond
     */
    public OAuthBehavior nonceRotation(Duration interval) {
        settings.nonceRotation = atLeast(Duration.ofMillis(1), interval, "nonceRotation");
        return this;
    }

    /** Invalidates all DPoP nonces issued so far, as a server restart does. */
    public OAuthBehavior newNonces() {
        server.forgetNonces();
        return this;
    }

    /**
     * Sets the accepted difference between the {@code iat} of a DPoP proof and the server's clock. Initially 190
     * seconds in the past and 180 seconds in the future.
     *
     * @throws IllegalArgumentException if a duration is negative
     */
    public OAuthBehavior proofWindow(Duration past, Duration future) {
        settings.proofWindow = window(past, future, "proofWindow");
        return this;
    }

    /**
     * Sets the accepted difference between the {@code iat} of a client assertion and the server's clock. Initially 60
     * seconds in the past and none in the future.
     *
     * @throws IllegalArgumentException if a duration is negative
     */
    public OAuthBehavior assertionWindow(Duration past, Duration future) {
        settings.assertionWindow = window(past, future, "assertionWindow");
        return this;
    }

    /**
     * Delays refreshes, in real time regardless of the server's clock. Initially, there is no delay.
     *
     * <p>While a refresh waits for its rotation, others with the same token fail with status 500 and the session
     * survives. After the rotation, using the old token again counts as a replay, which ends the session.
     *
     * @param before the delay before the session gets its new tokens
     * @param after the delay between the rotation and the response
     * @throws IllegalArgumentException if a duration is negative
     */
    public OAuthBehavior slowRotation(Duration before, Duration after) {
        settings.rotationDelays = new Delays(
                atLeast(Duration.ZERO, before, "slowRotation"), atLeast(Duration.ZERO, after, "slowRotation"));
        return this;
    }

    /**
     * Makes users grant a requested scope only if it is listed here. They always grant {@code atproto}.
     *
     * @param scopes the scopes, in exactly the form in which clients request them
     */
    public OAuthBehavior grantOnly(String... scopes) {
        settings.grantedScopes = Set.copyOf(new LinkedHashSet<>(List.of(scopes)));
        return this;
    }

    /** Makes users grant all requested scopes. This is the initial behavior. */
    public OAuthBehavior grantAll() {
        settings.grantedScopes = null;
        return this;
    }

    /**
     * Makes this account sign in, no matter which account the client asks for and whose password is entered. The
     * reference server doesn't enforce {@code login_hint} either.
     */
    public OAuthBehavior signInAs(TestAccount account) {
        settings.signInAs = account.did().toString();
        return this;
    }

    /** Returns the number of sessions that an account has with all clients. */
    public int sessions(Did did) {
        return server.sessions(did.toString());
    }

    /** Returns how many refreshes have rotated tokens so far, whether or not the client got the response. */
    public int rotations() {
        return server.rotations();
    }

    /**
     * Returns the times at which refreshes of an account's sessions rotated tokens, by the server's clock, oldest
     * first. Includes sessions that have ended, and responses that the client didn't get.
     */
    public List<Instant> rotations(Did did) {
        return server.rotations(did.toString());
    }

    /**
     * Ends all sessions of an account and invalidates their access tokens. Unused authorization codes become invalid
     * too.
     */
    public OAuthBehavior revokeSessions(Did did) {
        server.endSessions(did.toString());
        return this;
    }

    /** Restores the initial behavior. Registered clients, sessions and nonces are kept. */
    public OAuthBehavior reset() {
        settings.reset();
        return this;
    }

    /** Returns a string that contains the current behavior. */
    @Override
    public String toString() {
        return "OAuthBehavior[" + settings + "]";
    }

    private static Window window(Duration past, Duration future, String name) {
        return new Window(atLeast(Duration.ZERO, past, name), atLeast(Duration.ZERO, future, name));
    }

    private static Duration atLeast(Duration min, Duration duration, String name) {
        if (duration.compareTo(min) < 0) {
            throw new IllegalArgumentException(name + " must be at least " + min + " (got " + duration + ")");
        }
        return duration;
    }
}
