package dev.atlex.testkit.internal;

import dev.atlex.crypto.Jws;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.testkit.internal.InputSchema.Type;
import dev.atlex.testkit.internal.oauth.Permissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The {@code com.atproto.server} and {@code com.atproto.identity} methods for accounts, app passwords and handles. */
final class AccountMethods {
    private static final Set<String> PROTECTED = Set.of(
            "com.atproto.server.activateAccount",
            "com.atproto.server.createAppPassword",
            "com.atproto.server.deactivateAccount",
            "com.atproto.server.getSession",
            "com.atproto.server.listAppPasswords",
            "com.atproto.server.revokeAppPassword");

    private static final String NO_OAUTH = "OAuth credentials are not supported for this endpoint";

    private final Pds pds;

    AccountMethods(Pds pds) {
        this.pds = pds;
    }

    List<Method> methods() {
        InputSchema name = InputSchema.of().required("name", Type.STRING);
        InputSchema newAccount = InputSchema.of()
                .optional("email", Type.STRING)
                .required("handle", Type.HANDLE)
                .optional("did", Type.DID)
                .optional("password", Type.STRING);
        InputSchema service = InputSchema.of()
                .required("aud", Type.STRING)
                .optional("exp", Type.INTEGER)
                .optional("lxm", Type.NSID);
        return List.of(
                Method.query(
                        "com.atproto.server.describeServer", Auth.NONE, InputSchema.NONE, call -> describeServer()),
                Method.procedure("com.atproto.server.createAccount", Auth.UNCHECKED, newAccount, this::createAccount)
                        .costing(call -> List.of(
                                new RateLimits.Cost(RateLimits.Limit.CREATE_ACCOUNT, call.request.remote(), 1))),
                Method.procedure(
                                "com.atproto.server.createAppPassword",
                                Auth.access(Scope.FULL).unlessTakenDown(),
                                InputSchema.of().required("name", Type.STRING).optional("privileged", Type.BOOLEAN),
                                this::createAppPassword)
                        .withoutOAuth(NO_OAUTH),
                Method.query(
                                "com.atproto.server.listAppPasswords",
                                Auth.STANDARD,
                                InputSchema.NONE,
                                this::listAppPasswords)
                        .withoutOAuth(NO_OAUTH),
                Method.procedure("com.atproto.server.revokeAppPassword", Auth.STANDARD, name, this::revokeAppPassword)
                        .withoutOAuth(NO_OAUTH),
                Method.procedure(
                                "com.atproto.server.activateAccount",
                                Auth.access(Scope.FULL),
                                call -> activate(call, true))
                        .withoutOAuth("Account reactivation is not available with OAuth credentials. Sign in to your"
                                + " account management page to reactivate."),
                Method.procedure(
                                "com.atproto.server.deactivateAccount",
                                Auth.access(Scope.with(Scope.FULL, Scope.TAKENDOWN)),
                                InputSchema.of().optional("deleteAfter", Type.STRING),
                                this::deactivate)
                        .permitting((permissions, request) -> permissions.requireStatusChange()),
                Method.query(
                        "com.atproto.server.checkAccountStatus",
                        Auth.STANDARD,
                        InputSchema.NONE,
                        this::checkAccountStatus),
                Method.query(
                                "com.atproto.server.getServiceAuth",
                                Auth.access(Scope.with(Scope.STANDARD, Scope.TAKENDOWN)),
                                service,
                                this::getServiceAuth)
                        .permitting(AccountMethods::mayGetServiceAuth),
                Method.query(
                        "com.atproto.identity.resolveHandle",
                        Auth.NONE,
                        InputSchema.of().required("handle", Type.HANDLE),
                        this::resolveHandle));
    }

    private static Response describeServer() {
        return Response.json(LexMap.builder()
                .put("did", Tokens.SERVICE_DID)
                .put("availableUserDomains", LexArray.of(LexValue.of(Accounts.DOMAIN)))
                .put("inviteCodeRequired", false)
                .put("blobUploadLimit", Blobs.MAX_SIZE)
                .put("links", LexMap.of())
                .put("contact", LexMap.of())
                .build());
    }

    private Response createAccount(Call call) {
        String did = call.input.getString("did");
        if (did != null) {
            throw XrpcError.unauthorized("AuthenticationRequired", "Missing auth to create account with did: " + did);
        }
        String handle = call.field("handle");
        String email = call.input.getString("email");
        String password = call.input.getString("password");
        if (password == null) {
            password = "";
        }
        pds.accounts.checkNew(handle, email, password);
        Account account = pds.accounts.create(handle, email == null ? "" : email, password);
        Sessions.Pair pair = pds.sessions.create(account, null);
        return Response.json(LexMap.builder()
                .put("handle", account.handle)
                .put("did", account.did)
                .put("didDoc", pds.didDocuments.of(account))
                .put("accessJwt", pair.accessJwt())
                .put("refreshJwt", pair.refreshJwt())
                .build());
    }

    private Account requester(Call call) {
        Account account = pds.accounts.byDid(call.claims().did());
        if (account == null) { // the reference server fails because the account has no database
            throw XrpcError.badRequest("NotFound", "Repo not found");
        }
        return account;
    }

    private Response createAppPassword(Call call) {
        Account account = requester(call);
        String name = call.field("name");
        if (account.appPasswords.containsKey(name)) {
            throw XrpcError.internal();
        }
        boolean privileged = Boolean.TRUE.equals(call.input.getBoolean("privileged"));
        Account.AppPassword created = AppPasswords.create(account, name, privileged, pds.settings.clock.instant());
        return Response.json(LexMap.builder()
                .put("name", name)
                .put("password", created.password())
                .put("createdAt", Times.text(created.createdAt()))
                .put("privileged", privileged)
                .build());
    }

    private Response listAppPasswords(Call call) {
        List<Account.AppPassword> newestFirst =
                new ArrayList<>(requester(call).appPasswords.values());
        Collections.reverse(newestFirst);
        newestFirst.sort(Comparator.comparing(Account.AppPassword::createdAt).reversed());
        List<LexValue> views = new ArrayList<>();
        for (Account.AppPassword password : newestFirst) {
            views.add(LexMap.builder()
                    .put("name", password.name())
                    .put("createdAt", Times.text(password.createdAt()))
                    .put("privileged", password.privileged())
                    .build());
        }
        return Response.json(LexMap.of("passwords", LexArray.copyOf(views)));
    }

    private Response revokeAppPassword(Call call) {
        AppPasswords.revoke(pds, requester(call), call.field("name"));
        return Response.empty();
    }

    private Response activate(Call call, boolean active) {
        pds.apply(requester(call), active ? Pds.Change.ACTIVATE : Pds.Change.DEACTIVATE);
        return Response.empty();
    }

    private Response deactivate(Call call) {
        if (call.claims().permissions() != null) {
            pds.oauth.endSessions(call.claims().did());
        }
        return activate(call, false);
    }

    private Response checkAccountStatus(Call call) {
        Account account = requester(call);
        return Response.json(LexMap.builder()
                .put("activated", account.active())
                .put("validDid", pds.didDocuments.pointsHere(account))
                .put("repoCommit", account.repo.commit().toString())
                .put("repoRev", account.repo.rev())
                .put("repoBlocks", account.repo.size() + 2)
                .put("indexedRecords", account.repo.size())
                .put("privateStateValues", 0)
                .put("expectedBlobs", account.blobs.referenced())
                .put("importedBlobs", account.blobs.size())
                .build());
    }

    private static void mayGetServiceAuth(Permissions permissions, Request request) {
        Query query = new Query(request.query());
        permissions.requireRpc(query.first("lxm", "*"), query.first("aud", ""));
    }

    private Response getServiceAuth(Call call) {
        String aud = call.param("aud");
        String lxm = call.params.getString("lxm");
        int hash = aud.indexOf('#');
        if (!Formats.did(hash < 0 ? aud : aud.substring(0, hash)) || hash == aud.length() - 1) {
            throw XrpcError.invalidRequest("aud must be a valid atproto DID or did#serviceId reference");
        }
        Scope scope = call.claims().scope();
        if (scope == Scope.TAKENDOWN && !"com.atproto.server.createAccount".equals(lxm)) {
            throw XrpcError.invalidToken("Bad token scope");
        }
        if (lxm != null && scope == Scope.APP_PASS && Method.isPrivileged(lxm)) {
            throw XrpcError.invalidRequest(
                    "insufficient access to request a service auth token for the following method: " + lxm);
        }
        Instant now = pds.settings.clock.instant();
        Long expires = call.params.getInteger("exp");
        checkExpiry(expires, now, lxm);
        if (lxm != null && PROTECTED.contains(lxm)) {
            throw XrpcError.invalidRequest(
                    "cannot request a service auth token for the following protected method: " + lxm);
        }
        return Response.json(LexMap.builder()
                .put("token", serviceToken(requester(call), aud, lxm, now, expires))
                .build());
    }

    private static void checkExpiry(@Nullable Long expires, Instant now, @Nullable String lxm) {
        if (expires == null || expires == 0) {
            return;
        }
        long millis = expires * 1000 - now.toEpochMilli();
        if (millis < 0) {
            throw XrpcError.badRequest("BadExpiration", "expiration is in past");
        }
        if (millis > 3_600_000) {
            throw XrpcError.badRequest(
                    "BadExpiration", "cannot request a token with an expiration more than an hour in the future");
        }
        if (lxm == null && millis > 60_000) {
            throw XrpcError.badRequest(
                    "BadExpiration",
                    "cannot request a method-less token with an expiration more than a minute in the future");
        }
    }

    private String serviceToken(
            Account account, String aud, @Nullable String lxm, Instant now, @Nullable Long expires) {
        LexMap.Builder claims = LexMap.builder()
                .put("iat", now.getEpochSecond())
                .put("iss", account.did)
                .put("aud", aud)
                .put("exp", expires == null || expires == 0 ? now.getEpochSecond() + 60 : expires);
        if (lxm != null) {
            claims.put("lxm", lxm);
        }
        claims.put("jti", pds.tokens.newJti());
        LexMap header = LexMap.builder().put("typ", "JWT").put("alg", "ES256").build();
        return Jws.sign(header, claims.build(), account.key.privateKey());
    }

    private Response resolveHandle(Call call) {
        Account account = pds.accounts.byHandle(call.param("handle"));
        if (account == null || !account.active()) {
            throw XrpcError.badRequest("HandleNotFound", "Unable to resolve handle");
        }
        return Response.json(LexMap.builder().put("did", account.did).build());
    }
}
