package dev.atlex.testkit.internal;

import dev.atlex.data.LexMap;
import dev.atlex.testkit.internal.InputSchema.Type;
import dev.atlex.testkit.internal.oauth.Permissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code com.atproto.server} methods that create, refresh and delete sessions. */
final class SessionMethods {
    private static final int MAX_PASSWORD = 512;

    private final Pds pds;

    SessionMethods(Pds pds) {
        this.pds = pds;
    }

    List<Method> methods() {
        InputSchema login = InputSchema.of()
                .required("identifier", Type.STRING)
                .required("password", Type.STRING)
                .optional("authFactorToken", Type.STRING)
                .optional("allowTakendown", Type.BOOLEAN);
        return List.of(
                Method.procedure("com.atproto.server.createSession", Auth.NONE, login, this::createSession)
                        .costing(call -> {
                            String key = call.field("identifier") + "-" + call.request.remote();
                            return List.of(
                                    new RateLimits.Cost(RateLimits.Limit.CREATE_SESSION_DAY, key, 1),
                                    new RateLimits.Cost(RateLimits.Limit.CREATE_SESSION, key, 1));
                        }),
                Method.query(
                        "com.atproto.server.getSession",
                        Auth.access(Scope.with(Scope.STANDARD, Scope.SIGNUP_QUEUED)),
                        InputSchema.NONE,
                        this::getSession),
                Method.procedure("com.atproto.server.refreshSession", Auth.REFRESH, this::refreshSession),
                Method.procedure("com.atproto.server.deleteSession", Auth.LOGOUT, this::deleteSession));
    }

    private Response createSession(Call call) {
        String password = call.field("password");
        if (password.length() > MAX_PASSWORD) {
            throw XrpcError.unauthorized(
                    "AuthenticationRequired", "Password too long. Consider resetting your password.");
        }
        String identifier = call.field("identifier");
        PasswordMatch match = PasswordMatch.of(pds.accounts, identifier, password);
        if (match == null) {
            throw wrongPassword();
        }
        Account account = match.account();
        Account.AppPassword appPassword = match.appPassword();
        if (account.removed() && !Boolean.TRUE.equals(call.input.getBoolean("allowTakendown"))) {
            throw XrpcError.unauthorized("AccountTakedown", "Account has been taken down");
        }
        if (appPassword == null && pds.settings.authFactorRequired) {
            checkAuthFactor(call.input.getString("authFactorToken"));
        }
        return session(account, pds.sessions.create(account, appPassword));
    }

    private static XrpcError wrongPassword() {
        return XrpcError.unauthorized("AuthenticationRequired", "Invalid identifier or password");
    }

    private void checkAuthFactor(@Nullable String code) {
        if (code == null || code.isEmpty()) {
            throw XrpcError.unauthorized(
                    "AuthFactorTokenRequired", "A sign in code has been sent to your email address");
        }
        if (!code.strip().equalsIgnoreCase(pds.settings.authFactorCode)) {
            throw XrpcError.invalidToken("Token is invalid");
        }
    }

    private Response getSession(Call call) {
        String did = call.claims().did();
        Account account = pds.accounts.byDid(did);
        if (account == null || account.removed()) {
            throw unknownUser(did);
        }
        return Response.json(
                view(account, LexMap.builder(), call.claims().permissions()).build());
    }

    private static XrpcError unknownUser(String did) {
        return XrpcError.invalidRequest("Could not find user info for account: " + did);
    }

    private Response refreshSession(Call call) {
        String did = call.claims().did();
        Account account = pds.accounts.byDid(did);
        if (account == null) {
            throw unknownUser(did);
        }
        if (account.removed()) {
            throw XrpcError.unauthorized("AccountTakedown", "Account has been taken down");
        }
        Sessions.Pair pair = pds.sessions.rotate(account, jti(call));
        if (pair == null) {
            throw new XrpcError(pds.settings.expiredTokenStatus, "ExpiredToken", "Token has been revoked");
        }
        return session(account, pair);
    }

    private Response deleteSession(Call call) {
        pds.sessions.revoke(jti(call));
        return Response.empty();
    }

    private static String jti(Call call) {
        String jti = call.claims().jti();
        if (jti == null) {
            throw XrpcError.unauthorized("MissingTokenId", "Unexpected missing refresh token id");
        }
        return jti;
    }

    private Response session(Account account, Sessions.Pair pair) {
        LexMap.Builder body =
                LexMap.builder().put("accessJwt", pair.accessJwt()).put("refreshJwt", pair.refreshJwt());
        return Response.json(view(account, body, null).build());
    }

    private LexMap.Builder view(Account account, LexMap.Builder body, @Nullable Permissions permissions) {
        body.put("did", account.did);
        LexMap didDoc = pds.didDocuments.forSession(account);
        if (didDoc != null) {
            body.put("didDoc", didDoc);
        }
        body.put("handle", account.handle);
        if (permissions == null || permissions.allowsEmail()) {
            putEmail(account, body);
        }
        body.put("active", account.active());
        String status = account.status();
        return status == null ? body : body.put("status", status);
    }

    private void putEmail(Account account, LexMap.Builder body) {
        body.put("email", account.email);
        if (pds.settings.emailConfirmedShown) {
            body.put("emailConfirmed", false);
        }
        if (pds.settings.authFactorRequired) {
            body.put("emailAuthFactor", true);
        }
    }
}
