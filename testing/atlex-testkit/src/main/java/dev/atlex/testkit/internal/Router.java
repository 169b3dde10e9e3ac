package dev.atlex.testkit.internal;

import static java.time.ZoneOffset.UTC;

import dev.atlex.data.LexMap;
import dev.atlex.testkit.internal.oauth.Permissions;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Routes requests to methods. Performs the checks in the same order as the reference server. */
final class Router {
    private static final String ROOT =
            "This is a local PDS of the AT Protocol, for tests.\n\nMost routes are under /xrpc/\n";

    private final Pds pds;
    private final HandledMethods handled;
    private final boolean appView;
    private final Map<String, Method> methods = new HashMap<>();

    /** @param appView whether the server has an AppView; without one, its methods fail as if it were unreachable */
    Router(Pds pds, HandledMethods handled, boolean appView) {
        this.pds = pds;
        this.handled = handled;
        this.appView = appView;
        List<Method> all = new ArrayList<>();
        all.addAll(new SessionMethods(pds).methods());
        all.addAll(new AccountMethods(pds).methods());
        all.addAll(new AdminMethods(pds).methods());
        all.addAll(new RepoReadMethods(pds).methods());
        all.addAll(new RepoWriteMethods(pds).methods());
        all.addAll(new SyncMethods(pds).methods());
        all.addAll(new PreferenceMethods(pds).methods());
        if (appView) {
            all.addAll(new ChatMethods(pds).methods());
            all.addAll(new VideoMethods(pds).methods());
            all.addAll(AppViewMethods.of(pds.appView));
        }
        all.forEach(method -> methods.put(method.nsid, method));
    }

    /** Returns the NSIDs of the methods, sorted. */
    List<String> methods() {
        return methods.keySet().stream().sorted().toList();
    }

    Response respond(Request request, boolean entryway) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("access-control-allow-origin", "*");
        Response response;
        try {
            HandledCall.Handler handler = handled.get(request.nsid());
            Response oauth = pds.oauth.respond(request, entryway);
            if (oauth != null) {
                response = oauth;
            } else if (handler != null) {
                response = handled(handler, request, entryway, headers);
            } else {
                response = pds.locked(() -> route(request, entryway, headers));
            }
        } catch (XrpcError e) {
            response = Response.error(e);
        } catch (RuntimeException | AssertionError e) { // a failed assertion in a handler must not break the connection
            System.getLogger(Router.class.getName())
                    .log(
                            System.Logger.Level.ERROR,
                            "failed to process " + request.path() + "; responding with status 500",
                            e);
            response = Response.error(XrpcError.internal());
        }
        if (response.body.length > 0) {
            headers.merge("vary", "Accept-Encoding", (first, second) -> first + ", " + second);
        }
        response = Bodies.compressed(response, request.header("accept-encoding"));
        headers.putAll(response.headers);
        headers.put(
                "date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        pds.settings.clock.instant().atZone(UTC)));
        response.headers.putAll(headers);
        return response;
    }

    private Response route(Request request, boolean entryway, Map<String, String> headers) {
        String path = request.path();
        if (request.method().equals("OPTIONS")) {
            headers.put("access-control-allow-methods", "GET,HEAD,PUT,PATCH,POST,DELETE");
            String requested = request.header("access-control-request-headers");
            if (requested != null) {
                headers.put("access-control-allow-headers", requested);
            }
            return new Response(204, new byte[0]);
        }
        String nsid = request.nsid();
        if (nsid != null && !nsid.equals("_health")) {
            return xrpc(nsid, request, entryway, headers);
        }
        if (request.method().equals("GET") || request.method().equals("HEAD")) {
            if (nsid != null) {
                return Response.json(LexMap.builder().put("version", "local").build());
            }
            if (path.equals("/")) {
                return Response.text(200, "text/plain; charset=utf-8", ROOT);
            }
            if (path.equals("/.well-known/atproto-did")) {
                return wellKnown(request);
            }
            String decoded = Query.decode(path); // some clients encode the colons of DIDs
            if (decoded.startsWith("/did:")) {
                return directory(decoded.substring(1));
            }
        }
        return Response.text(
                404,
                "text/html; charset=utf-8",
                "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Error</title>\n</head>\n"
                        + "<body>\n<pre>Cannot " + escaped(request.method()) + " " + escaped(path)
                        + "</pre>\n</body>\n</html>\n");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private Response wellKnown(Request request) {
        String host = request.headers().getOrDefault("host", "").replaceFirst(":\\d+$", "");
        Account account = host.endsWith(Accounts.DOMAIN) ? pds.accounts.findActive(host) : null;
        return account == null
                ? Response.text(404, "text/html; charset=utf-8", "User not found")
                : Response.text(200, "text/plain; charset=utf-8", account.did);
    }

    /** Responds like the did:plc directory. */
    private Response directory(String did) {
        Account account = pds.accounts.byDid(did);
        if (account == null) {
            return Response.json(
                    404,
                    LexMap.builder()
                            .put("message", "DID not registered: " + did)
                            .build());
        }
        return Response.json(pds.didDocuments.of(account))
                .with("content-type", "application/did+ld+json; charset=utf-8");
    }

    /**
     * Responds by calling the test's function. Applies the authorization rules of the method that it replaces, if any.
     */
    private Response handled(
            HandledCall.Handler handler, Request request, boolean entryway, Map<String, String> headers) {
        String nsid = String.valueOf(request.nsid());
        boolean preflight = request.method().equals("OPTIONS");
        if (preflight || entryway && !Method.onEntryway(nsid)) {
            return pds.locked(() -> route(request, entryway, headers));
        }
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        if (!reads && !request.method().equals("POST")) {
            throw XrpcError.invalidRequest("XRPC requests only supports GET and POST");
        }
        Method replaced = methods.get(nsid);
        Checked checked = pds.locked(() -> {
            Auth auth = replaced == null ? Auth.STANDARD : replaced.auth;
            Tokens.Claims claims = authorize(auth, request, entryway, headers);
            checkPermissions(replaced == null ? Method.forwarded(nsid) : replaced.permission, claims, request);
            return new Checked(claims == null ? null : claims.did(), count(List.of(), request, headers));
        });
        return checked.limited() != null
                ? checked.limited()
                : HandledMethods.respond(nsid, handler, request, checked.did());
    }

    /** The caller, and the response if a rate limit is exceeded. */
    private record Checked(@Nullable String did, @Nullable Response limited) {}

    private Response xrpc(String nsid, Request request, boolean entryway, Map<String, String> headers) {
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        if (!reads && !request.method().equals("POST")) {
            throw XrpcError.invalidRequest("XRPC requests only supports GET and POST");
        }
        Method method = methods.get(nsid);
        if (method == null || entryway && !method.onEntryway || !method.isFor(request)) {
            return entryway ? notImplemented() : unknownMethod(nsid, request, headers);
        }
        if (method.procedure == reads) {
            throw XrpcError.invalidRequest(
                    "Incorrect HTTP method (" + request.method() + ") expected " + (method.procedure ? "POST" : "GET"));
        }
        LexMap params = method.params.params(nsid, new Query(request.query()));
        Tokens.Claims claims = authorize(method.auth, request, entryway, headers);
        checkPermissions(method.permission, claims, request);
        checkPrivileged(nsid, claims);
        if (nsid.startsWith("app.bsky.")) {
            Proxying.check(request, pds.accounts);
        }
        LexMap input = LexMap.of();
        byte[] bytes = new byte[0];
        switch (method.input) {
            case NONE -> {
                if (method.procedure) {
                    Bodies.checkNone(request);
                }
            }
            case JSON -> input = method.fields.input(Bodies.json(request, method.maxBody));
            case BLOB -> {
                Bodies.mediaType(request);
                bytes = Bodies.decompressed(request, method.maxBody, "PayloadTooLarge");
            }
        }
        Call call = new Call(request, params, input, bytes, claims);
        Response limited = count(method.costs.apply(call), request, headers);
        return limited != null ? limited : method.body.apply(call);
    }

    private static void checkPermissions(
            Method.PermissionCheck check, Tokens.@Nullable Claims claims, Request request) {
        Permissions permissions = claims == null ? null : claims.permissions();
        if (permissions != null) {
            check.check(permissions, request);
        }
    }

    private Tokens.@Nullable Claims authorize(
            Auth auth, Request request, boolean entryway, Map<String, String> headers) {
        if (auth.kind() != Auth.Kind.NONE) {
            headers.put("cache-control", "private");
            headers.put("vary", "Authorization");
        }
        return auth.check(request, pds, entryway, headers);
    }

    private static void checkPrivileged(String nsid, Tokens.@Nullable Claims claims) {
        if (claims != null && claims.scope() == Scope.APP_PASS && Method.isPrivileged(nsid)) {
            throw XrpcError.invalidToken("Bad token method");
        }
    }

    private @Nullable Response count(List<RateLimits.Cost> own, Request request, Map<String, String> headers) {
        if (!pds.settings.rateLimits) {
            return null;
        }
        List<RateLimits.Cost> costs = new ArrayList<>(own);
        costs.add(0, new RateLimits.Cost(RateLimits.Limit.ALL, request.remote(), 1));
        return pds.limits.count(costs, headers);
    }

    /** Responds to a method that a real PDS forwards to another service. */
    private Response unknownMethod(String nsid, Request request, Map<String, String> headers) {
        Proxying.check(request, pds.accounts);
        Tokens.Claims claims = authorize(Auth.STANDARD, request, false, headers);
        checkPermissions(Method.forwarded(nsid), claims, request);
        checkPrivileged(nsid, claims);
        Response limited = count(List.of(), request, headers);
        return limited != null
                ? limited
                : Response.error(appView ? XrpcError.notImplemented(nsid) : XrpcError.upstream());
    }

    private static Response notImplemented() {
        return Response.error(new XrpcError(501, "MethodNotImplemented", "Method Not Implemented"));
    }
}
