package dev.atlex.testkit.internal;

import dev.atlex.crypto.Jws;
import dev.atlex.data.LexMap;
import java.util.Collection;
import java.util.Set;

/** Verifies service tokens, which {@code getServiceAuth} issues and signs with an account's key. */
final class ServiceTokens {
    private static final Set<String> OTHER_TYPES = Set.of("at+jwt", "refresh+jwt", "dpop+jwt");

    private ServiceTokens() {}

    /**
     * Returns the account that issued the request's token.
     *
     * @param audiences the accepted values of {@code aud}
     * @param lxm the method that the token must be for
     */
    static Account verify(Pds pds, Request request, Collection<String> audiences, String lxm) {
        String header = request.header("authorization");
        if (header == null || !header.startsWith("Bearer ")) {
            throw XrpcError.unauthorized("MissingJwt", "missing jwt");
        }
        String token = header.substring("Bearer ".length()).strip();
        Jws parsed = HmacTokens.parse(token);
        if (parsed == null) {
            throw XrpcError.unauthorized("BadJwt", "poorly formatted jwt");
        }
        LexMap claims = parsed.payload();
        String type = parsed.header().getString("typ");
        if (type != null && OTHER_TYPES.contains(type)) {
            throw XrpcError.unauthorized("BadJwtType", "Invalid jwt type \"" + type + "\"");
        }
        Long expires = claims.getInteger("exp");
        if (expires == null || expires <= pds.settings.clock.instant().getEpochSecond()) {
            throw XrpcError.unauthorized("JwtExpired", "jwt expired");
        }
        if (!audiences.contains(claims.getString("aud"))) {
            throw XrpcError.unauthorized("BadJwtAudience", "jwt audience does not match service did");
        }
        if (!lxm.equals(claims.getString("lxm"))) {
            throw XrpcError.unauthorized(
                    "BadJwtLexiconMethod",
                    claims.containsKey("lxm")
                            ? "bad jwt lexicon method (\"lxm\"). must match: " + lxm
                            : "missing jwt lexicon method (\"lxm\"). must match: " + lxm);
        }
        String issuer = claims.getString("iss");
        Account account = issuer == null ? null : pds.accounts.byDid(issuer.replaceFirst("#.*", ""));
        if (account == null || !parsed.verify(account.key.publicKey())) {
            throw XrpcError.unauthorized("BadJwtSignature", "jwt signature does not match jwt issuer");
        }
        return account;
    }
}
