package dev.atlex.conformance;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.session.SessionData;
import dev.atlex.syntax.Did;
import dev.atlex.testkit.TestAccount;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The reference PDS of a {@link ReferenceNetwork}. */
final class ReferenceServer implements Server {
    private final ReferenceNetwork network;

    /** @param network the network, which this server closes */
    ReferenceServer(ReferenceNetwork network) {
        this.network = network;
    }

    @Override
    public URI url() {
        return network.pdsUrl();
    }

    @Override
    public URI plcUrl() {
        return network.plcUrl();
    }

    @Override
    public TestAccount createAccount() {
        ReferenceNetwork.Account account = network.createAccount();
        return TestAccount.of(Did.of(account.did()), account.handle(), account.email(), account.password());
    }

    @Override
    public void setTakenDown(Did did, boolean takenDown) {
        network.setTakenDown(did.toString(), takenDown);
    }

    @Override
    public void setDeactivated(Did did, boolean deactivated) {
        network.setDeactivated(did.toString(), deactivated);
    }

    @Override
    public <T> T withExpiredAccessTokens(Supplier<T> work) {
        network.setAccessTtl(Duration.ofSeconds(-1));
        try {
            return work.get();
        } finally {
            network.setAccessTtl(null);
        }
    }

    @Override
    public SessionData withExpiredRefreshToken(SessionData data) {
        String did = data.did().toString();
        TokenRequest expired = TokenRequest.refresh(did, refreshTokenId(data)).withLifetime(Duration.ofSeconds(-1));
        Map<String, LexValue> fields = new LinkedHashMap<>(data.fields());
        fields.put("refreshJwt", LexValue.of(network.sign(expired)));
        return SessionData.of(LexMap.copyOf(fields));
    }

    /** Returns the {@code jti} claim of the refresh token. */
    private static String refreshTokenId(SessionData data) {
        String token = String.valueOf(data.fields().get("refreshJwt"));
        byte[] claims = Base64.getUrlDecoder().decode(token.split("\\.")[1]);
        return Json.string(Json.object(new String(claims, StandardCharsets.UTF_8)), "jti");
    }

    @Override
    public void endGracePeriods(Did did) {
        network.refreshTokens().stream()
                .filter(token -> token.did().equals(did.toString()) && token.nextId() != null)
                .forEach(token ->
                        network.expireRefreshToken(token.id(), Instant.now().minusSeconds(60)));
    }

    @Override
    public OAuthServer oauth() {
        return new ReferenceOAuthServer(network);
    }

    @Override
    public Server startWithRateLimits() {
        return new ReferenceServer(ReferenceNetwork.start(new ReferenceNetwork.Options(true)));
    }

    @Override
    public void close() {
        network.close();
    }
}
