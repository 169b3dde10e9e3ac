package dev.atlex.testkit.internal;

import dev.atlex.testkit.internal.oauth.AuthorizationServer;
import dev.atlex.testkit.internal.oauth.OAuthError;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The authorization that a method requires.
 *
 * @param scopes the accepted scopes of access tokens
 * @param activeOnly whether to reject accounts that were taken down
 * @param expiredToo whether to accept expired refresh tokens
 */
record Auth(Kind kind, Set<Scope> scopes, boolean activeOnly, boolean expiredToo) {
    /** The kinds of required token. */
    enum Kind {
        NONE,
        /** No token is checked here. The response still depends on the authorization, and its headers say so. */
        UNCHECKED,
        ACCESS,
        OPTIONAL,
        REFRESH
    }

    static final Auth NONE = new Auth(Kind.NONE, Set.of(), false, false);
    static final Auth UNCHECKED = new Auth(Kind.UNCHECKED, Set.of(), false, false);
    static final Auth STANDARD = access(Scope.STANDARD);
    static final Auth OPTIONAL = new Auth(Kind.OPTIONAL, Scope.STANDARD, false, false);
    static final Auth REFRESH = new Auth(Kind.REFRESH, Set.of(), false, false);
    static final Auth LOGOUT = new Auth(Kind.REFRESH, Set.of(), false, true);

    static Auth access(Set<Scope> scopes) {
        return new Auth(Kind.ACCESS, scopes, false, false);
    }

    Auth unlessTakenDown() {
        return new Auth(kind, scopes, true, expiredToo);
    }

    /**
     * Returns the claims of the request's token, or null if the request has no token and needs none.
     *
     * @param entryway whether the entryway received the request
     * @param headers receives headers of the response
     */
    Tokens.@Nullable Claims check(Request request, Pds pds, boolean entryway, Map<String, String> headers) {
        if (kind == Kind.NONE || kind == Kind.UNCHECKED) {
            return null;
        }
        String header = request.header("authorization");
        if (header == null || header.isEmpty()) {
            if (kind == Kind.OPTIONAL) {
                return null;
            }
            throw XrpcError.unauthorized("AuthMissing", "Authentication Required");
        }
        String[] parts = header.split(" ", -1);
        if (parts.length != 2) {
            throw XrpcError.invalidToken("Malformed authorization header");
        }
        switch (parts[0].toUpperCase(Locale.ROOT)) {
            case "BEARER":
                break;
            case "DPOP":
                if (kind == Kind.REFRESH) {
                    throw XrpcError.unauthorized("AuthMissing", "Authentication Required");
                }
                return active(oauth(request, parts[1], pds, entryway, headers), pds);
            case "BASIC":
                if (kind == Kind.REFRESH) {
                    throw XrpcError.unauthorized("AuthMissing", "Authentication Required");
                }
                throw kind == Kind.OPTIONAL
                        ? XrpcError.unauthorized()
                        : XrpcError.invalidToken("Unexpected authorization type");
            default:
                throw XrpcError.invalidToken("Unsupported authorization type: " + parts[0]);
        }
        if (kind == Kind.REFRESH) {
            return pds.tokens.refresh(parts[1], expiredToo);
        }
        if (pds.oauth.issued(parts[1])) { // OAuth tokens are bound to a key and don't work as bearer tokens
            throw XrpcError.invalidToken("Malformed token");
        }
        return active(pds.tokens.access(parts[1], scopes), pds);
    }

    private static Tokens.Claims oauth(
            Request request, String token, Pds pds, boolean entryway, Map<String, String> headers) {
        try {
            AuthorizationServer.Caller caller = pds.oauth.authenticate(request, token, entryway, headers);
            return new Tokens.Claims(caller.did(), Scope.OAUTH, null, caller.permissions());
        } catch (OAuthError e) {
            throw new XrpcError(e.status, e.error, e.description);
        }
    }

    private Tokens.Claims active(Tokens.Claims claims, Pds pds) {
        if (activeOnly) {
            Account account = pds.accounts.byDid(claims.did());
            if (account == null) {
                throw new XrpcError(403, "AccountNotFound", "Account not found");
            }
            if (account.removed()) {
                throw XrpcError.unauthorized("AccountTakedown", "Account has been taken down");
            }
        }
        return claims;
    }
}
