package dev.atlex.conformance;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A real PLC directory and the reference PDS on loopback, in a child process. Tests can control the expiry of tokens
 * and the end of a refresh token's grace period, for which there is no public API.
 *
 * <p>{@link #close()} ends the process. It also ends when this JVM ends for any reason.
 */
public final class ReferenceNetwork implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    // JavaScript's format, because the PDS also compares these times as text.
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final ReentrantLock SHARED_LOCK = new ReentrantLock();
    private static @Nullable ReferenceNetwork shared;

    private final AtomicInteger accounts = new AtomicInteger();
    private final NodeServer server;
    private final URI pdsUrl;
    private final URI plcUrl;
    private final URI controlUrl;
    private final String adminPassword;
    private final String serviceDid;

    private ReferenceNetwork(NodeServer server) {
        Map<String, @Nullable Object> info = server.info();
        this.server = server;
        this.pdsUrl = URI.create(Json.string(info, "pdsUrl"));
        this.plcUrl = URI.create(Json.string(info, "plcUrl"));
        this.controlUrl = URI.create(Json.string(info, "ctlUrl"));
        this.adminPassword = Json.string(info, "adminPassword");
        this.serviceDid = Json.string(info, "serviceDid");
    }

    /**
     * Options that differ from the PDS's defaults.
     *
     * @param rateLimits whether the PDS limits calls, for example createSession to 30 calls per account in 5 minutes
     */
    public record Options(boolean rateLimits) {
        /** The default options, without rate limits. */
        public static final Options DEFAULT = new Options(false);
    }

    /**
     * An account created by {@link #createAccount()}.
     *
     * @param password the main password, which {@link #toString()} omits
     */
    public record Account(String did, String handle, String email, String password) {
        @Override
        public String toString() {
            return "Account[" + did + ", " + handle + "]";
        }
    }

    /**
     * A refresh token as the PDS stores it.
     *
     * @param id the token's {@code jti}
     * @param expiresAt the token's expiry time or, if it was used, the end of its grace period
     * @param nextId the ID of the next token if this one was used, otherwise null
     * @param appPasswordName the app password of the session, or null for the main password
     */
    public record RefreshToken(
            String id,
            String did,
            Instant expiresAt,
            @Nullable String nextId,
            @Nullable String appPasswordName) {}

    /**
     * A refresh that has rotated the tokens of an OAuth session.
     *
     * @param at when the new tokens were issued
     */
    public record Rotation(String did, Instant at) {}

    /**
     * Returns the network that all tests in this JVM share. The first call starts it. Tests create their own accounts
     * and undo other changes. A test that needs other {@link Options} starts its own network.
     */
    public static ReferenceNetwork shared() {
        SHARED_LOCK.lock();
        try {
            if (shared == null) {
                ReferenceNetwork network = start(Options.DEFAULT);
                Runtime.getRuntime().addShutdownHook(new Thread(network::close, "reference-network-close"));
                shared = network;
            }
            return shared;
        } finally {
            SHARED_LOCK.unlock();
        }
    }

    /**
     * Installs the network if necessary (minutes), starts it (seconds) and waits until it is ready.
     *
     * @throws IllegalStateException if either fails. The message contains the end of the process's output.
     */
    public static ReferenceNetwork start(Options options) {
        List<String> arguments = new ArrayList<>(List.of("--exit-with-stdin"));
        if (options.rateLimits()) {
            arguments.add("--rate-limits");
        }
        NodeServer server = NodeServer.start(Installation.reference(), "network.mjs", arguments, START_LIMIT);
        return new ReferenceNetwork(server);
    }

    /** Returns the URL of the PDS, with an IP address and without a path. */
    public URI pdsUrl() {
        return pdsUrl;
    }

    /** Returns the URL of the PLC directory, without a path. */
    public URI plcUrl() {
        return plcUrl;
    }

    /** Returns the password for {@code admin} at the PDS, for basic authentication. */
    public String adminPassword() {
        return adminPassword;
    }

    /** Returns the DID of the PDS, which is the audience of its tokens. */
    public String serviceDid() {
        return serviceDid;
    }

    /** Creates an account with a unique handle. */
    public Account createAccount() {
        String name = "user" + accounts.incrementAndGet();
        String handle = name + ".test";
        String email = name + "@example.test";
        String password = "main-password-of-" + name;
        String answer = server.post(
                pdsUrl.resolve("/xrpc/com.atproto.server.createAccount"),
                Map.of("handle", handle, "email", email, "password", password),
                null);
        return new Account(Json.string(Json.object(answer), "did"), handle, email, password);
    }

    /** Takes an account down, or reverses the takedown. A takedown also revokes the refresh tokens. */
    public void setTakenDown(String did, boolean takenDown) {
        setSubjectStatus(did, "takedown", takenDown);
    }

    /** Deactivates an account, as its owner can, or reactivates it. */
    public void setDeactivated(String did, boolean deactivated) {
        setSubjectStatus(did, "deactivated", deactivated);
    }

    /**
     * Sets the lifetime of the access tokens that the PDS issues from now on, at sign-ins and refreshes.
     *
     * @param ttl the lifetime, in whole seconds. If negative, the tokens are already expired. If null, the default
     *     applies: two hours, or one hour with OAuth.
     */
    public void setAccessTtl(@Nullable Duration ttl) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("seconds", ttl == null ? null : ttl.toSeconds());
        server.post(controlUrl.resolve("/access-ttl"), body, null);
    }

    /** Returns a token that is signed by the PDS, or with the secret in the request. */
    String sign(TokenRequest request) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("did", request.did());
        body.put("typ", request.type());
        body.put("scope", request.scope());
        body.put("exp", request.lifetime().toSeconds());
        body.put("jti", request.id());
        body.put("aud", request.audience());
        body.put("secret", request.secret());
        body.values().removeIf(value -> value == null);
        return Json.string(Json.object(server.post(controlUrl.resolve("/sign"), body, null)), "jwt");
    }

    /** Returns the refresh tokens of all accounts. */
    public List<RefreshToken> refreshTokens() {
        List<RefreshToken> tokens = new ArrayList<>();
        for (Map<String, @Nullable Object> row : Json.objects(server.get(controlUrl.resolve("/refresh-tokens")))) {
            tokens.add(new RefreshToken(
                    Json.string(row, "id"),
                    Json.string(row, "did"),
                    Instant.parse(Json.string(row, "expiresAt")),
                    Json.stringOrNull(row, "nextId"),
                    Json.stringOrNull(row, "appPasswordName")));
        }
        return tokens;
    }

    /**
     * Changes when a refresh token expires or, if it was used, when its grace period ends. The token's {@code exp}
     * claim stays the same.
     *
     * @throws IllegalStateException if there is no token with this ID
     */
    public void expireRefreshToken(String id, Instant at) {
        server.post(controlUrl.resolve("/refresh-expiry"), Map.of("id", id, "expiresAt", TIME.format(at)), null);
    }

    /** Returns the number of an account's OAuth sessions. */
    public long oauthSessions(String did) {
        Map<String, @Nullable Object> answer = Json.object(server.get(controlUrl.resolve("/oauth/tokens")));
        return answer.get("tokens") instanceof List<?> tokens
                ? tokens.stream()
                        .filter(token -> token instanceof Map<?, ?> row && did.equals(row.get("did")))
                        .count()
                : 0;
    }

    /** Returns the rotations of all OAuth sessions so far, in order. */
    public List<Rotation> oauthRotations() {
        return Json.objects(server.get(controlUrl.resolve("/oauth/rotations"))).stream()
                .map(row -> new Rotation(Json.string(row, "did"), Instant.parse(Json.string(row, "at"))))
                .toList();
    }

    /** Sets the lifetime of OAuth access tokens issued from now on, in whole seconds. Responses report it too. */
    public void setOAuthTokenLifetime(Duration lifetime) {
        server.post(controlUrl.resolve("/oauth/token-max-age"), Map.of("seconds", lifetime.toSeconds()), null);
    }

    /**
     * Publishes the document for an OAuth client with an https ID, as if the PDS had fetched it.
     *
     * @throws IllegalStateException if the PDS doesn't accept the document
     */
    public void publishClient(String metadata) {
        server.post(controlUrl.resolve("/oauth/client"), Map.of("metadata", Json.object(metadata)), null);
    }

    /** Makes all DPoP nonces invalid, as a restart does. */
    public void forgetNonces() {
        server.post(controlUrl.resolve("/oauth/new-nonces"), Map.of(), null);
    }

    /** Delays OAuth refreshes "before" or "after" they take effect. */
    void slowRotation(Duration delay, String when) {
        server.post(controlUrl.resolve("/oauth/slow-rotation"), Map.of("ms", delay.toMillis(), "when", when), null);
    }

    /** Restarts the PDS on the same port, with the same data. It forgets the nonces and the documents of clients. */
    public void restart() {
        server.post(controlUrl.resolve("/restart"), Map.of(), null);
    }

    /**
     * Sets how many events a subscriber of the firehose may fall behind before the PDS disconnects it, until the PDS is
     * restarted.
     */
    public void setMaxSubscriptionBuffer(int events) {
        server.post(controlUrl.resolve("/max-subscription-buffer"), Map.of("events", events), null);
    }

    /** Makes all events up to a sequence number so old that subscribers of the firehose can't get them anymore. */
    public void ageEvents(long to) {
        server.post(controlUrl.resolve("/age-events"), Map.of("to", to), null);
    }

    /**
     * Migrates an account to a second PDS, as its owner would. The account is deactivated here.
     *
     * @return the URL of the second PDS, by name
     */
    public URI migrate(Account account) {
        String answer = server.post(
                controlUrl.resolve("/migrate"), Map.of("did", account.did(), "password", account.password()), null);
        return URI.create(Json.string(Json.object(answer), "pdsUrl"));
    }

    /** Deletes an account, as an operator. */
    public void deleteAccount(String did) {
        asAdmin("com.atproto.admin.deleteAccount", Map.of("did", did));
    }

    /** Ends the process. Does nothing if it was already closed. */
    @Override
    public void close() {
        server.close();
    }

    /**
     * Returns the exit code of the process: 0 if it ended by itself.
     *
     * @throws IllegalThreadStateException if it still runs
     */
    int exitCode() {
        return server.exitCode();
    }

    private void setSubjectStatus(String did, String status, boolean applied) {
        asAdmin(
                "com.atproto.admin.updateSubjectStatus",
                Map.of(
                        "subject",
                        Map.of("$type", "com.atproto.admin.defs#repoRef", "did", did),
                        status,
                        Map.of("applied", applied)));
    }

    private void asAdmin(String nsid, Map<String, ?> input) {
        String credentials =
                Base64.getEncoder().encodeToString(("admin:" + adminPassword).getBytes(StandardCharsets.UTF_8));
        server.post(pdsUrl.resolve("/xrpc/" + nsid), input, "Basic " + credentials);
    }
}
