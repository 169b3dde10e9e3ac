package dev.atlex.benchmarks.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.atproto.server.GetSession;
import dev.atlex.client.Client;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.crypto.P256PrivateKey;
import dev.atlex.data.LexMap;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.oauth.ClientMetadata;
import dev.atlex.oauth.OAuthClient;
import dev.atlex.oauth.OAuthSession;
import dev.atlex.oauth.OAuthSessionData;
import dev.atlex.oauth.Scope;
import dev.atlex.oauth.Scopes;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionOptions;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.syntax.Did;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The same call with an OAuth session and with a password session, and what an OAuth session adds. The responses are
 * prepared and no network is used, so everything happens on the caller's thread.
 */
public final class OAuthCalls {
    /** About the length of a proof with an access token's hash and a nonce, without its signature. */
    private static final byte[] SIGNED = "x".repeat(520).getBytes(UTF_8);

    private static final Did ACCOUNT = Did.of("did:plc:ewvi7nxzyoun6zhxrhs64oiz");
    private static final String PDS = "https://pds.example.com";

    private static final byte[] RESPONSE = ("{\"did\":\"" + ACCOUNT
                    + "\",\"handle\":\"alice.example.com\",\"email\":\"alice@example.com\",\"emailConfirmed\":true,\"active\":true}")
            .getBytes(UTF_8);

    private static final HttpHeaders HEADERS = HttpHeaders.of(
            "Content-Type", "application/json; charset=utf-8",
            "Content-Length", Integer.toString(RESPONSE.length),
            "Date", "Fri, 27 Nov 2026 12:00:00 GMT",
            "DPoP-Nonce", "u3DLRxyM7EHuNKzDUZNVTlcxQUrbX5wJyBs5Q1Cy1Uo",
            "Access-Control-Expose-Headers", "DPoP-Nonce, WWW-Authenticate");

    private final P256PrivateKey key = P256PrivateKey.generate();
    private final AtomicLong requests = new AtomicLong();
    private final SessionStore store = new MemorySessionStore();
    private final Transport transport = this::respond;
    private final OAuthClient program = program();
    private final Client oauth;
    private final Client password;

    /** Stores a session, and opens one of each kind. */
    public OAuthCalls() {
        oauth = new Client(program.importSession(data()));
        password = new Client(PasswordSession.of(
                SessionData.parse(LexMap.builder()
                        .put("did", ACCOUNT.toString())
                        .put("handle", "alice.example.com")
                        .put("service", PDS)
                        .put("accessJwt", token(Duration.ofHours(2)))
                        .put("refreshJwt", token(Duration.ofDays(90)))
                        .build()
                        .toJson()),
                SessionOptions.of(o -> o.transport(transport))));
        oauthCall();
        requests.set(0);
    }

    private TransportResponse respond(TransportRequest request) {
        requests.incrementAndGet();
        return TransportResponse.of(200, HEADERS, RESPONSE);
    }

    private OAuthClient program() {
        return OAuthClient.of(
                store,
                o -> o.metadata(ClientMetadata.loopback(Scopes.of(Scope.ATPROTO, Scope.TRANSITION_GENERIC)))
                        .transport(transport)
                        .identity(
                                IdentityResolver.builder().transport(transport).build()));
    }

    private OAuthSessionData data() {
        return OAuthSessionData.of(LexMap.builder()
                .put("dpopJwk", key.toJwk())
                .put("authMethod", LexMap.builder().put("method", "none").build())
                .put(
                        "tokenSet",
                        LexMap.builder()
                                .put("iss", PDS)
                                .put("aud", PDS + "/")
                                .put("sub", ACCOUNT.toString())
                                .put("scope", "atproto transition:generic")
                                .put("access_token", token(Duration.ofHours(1)))
                                .put("refresh_token", "ref-" + "0123456789abcdef".repeat(4))
                                .put("token_type", "DPoP")
                                .put(
                                        "expires_at",
                                        Instant.now().plus(Duration.ofHours(20)).toString())
                                .build())
                .put("clientId", program.metadata().clientId().toString())
                .build());
    }

    /** Returns a token of the usual length. Its signature is a placeholder. */
    private static String token(Duration lifetime) {
        long now = Instant.now().getEpochSecond();
        String claims = "{\"scope\":\"com.atproto.access\",\"sub\":\"" + ACCOUNT + "\",\"iat\":" + now + ",\"exp\":"
                + (now + lifetime.toSeconds()) + ",\"aud\":\"did:web:pds.example.com\",\"jti\":\"" + "j".repeat(60)
                + "\"}";
        return base64("{\"typ\":\"at+jwt\",\"alg\":\"ES256K\"}") + "." + base64(claims) + "." + "s".repeat(86);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    /** Returns the number of requests so far. */
    public long requests() {
        return requests.get();
    }

    /** Resumes the stored session. */
    public OAuthSession resume() {
        return program.resume(ACCOUNT);
    }

    /** Signs as many bytes as a proof has. */
    public byte[] signature() {
        return key.sign(SIGNED);
    }

    /** Calls with the OAuth session. */
    public Object oauthCall() {
        return oauth.call(GetSession.QUERY);
    }

    /** Calls with the password session. */
    public Object passwordCall() {
        return password.call(GetSession.QUERY);
    }
}
