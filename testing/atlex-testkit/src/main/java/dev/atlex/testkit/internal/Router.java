package dev.atlex.testkit.internal;

import static java.time.ZoneOffset.UTC;

import dev.atlex.data.LexMap;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds what answers a request, and checks the request in the reference server's order. */
final class Router {
    private static final String ROOT =
            "This is a local PDS of the AT Protocol, for tests.\n\nMost routes are under /xrpc/\n";

    private final Pds pds;
    private final Map<String, Method> methods = new HashMap<>();

    Router(Pds pds) {
        this.pds = pds;
        List<Method> all = new ArrayList<>();
        all.addAll(new SessionMethods(pds).methods());
        all.addAll(new AccountMethods(pds).methods());
        all.addAll(new AdminMethods(pds).methods());
        all.addAll(new RepoReadMethods(pds).methods());
        all.addAll(new RepoWriteMethods(pds).methods());
        all.addAll(new SyncMethods(pds).methods());
        all.addAll(new ActorMethods(pds).methods());
        all.addAll(new FeedMethods(pds).methods());
        all.forEach(method -> methods.put(method.nsid, method));
    }

    Response answer(Request request, boolean entryway) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("access-control-allow-origin", "*");
        Response answer;
        try {
            answer = route(request, entryway, headers);
        } catch (XrpcError e) {
            answer = Response.error(e);
        } catch (RuntimeException e) {
            System.getLogger(Router.class.getName())
                    .log(System.Logger.Level.ERROR, "failed to answer " + request.path(), e);
            answer = Response.error(XrpcError.internal());
        }
        if (answer.body.length > 0) {
            headers.merge("vary", "Accept-Encoding", (first, second) -> first + ", " + second);
        }
        answer = Bodies.packed(answer, request.header("accept-encoding"));
        headers.putAll(answer.headers);
        headers.put(
                "date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        pds.settings.clock.instant().atZone(UTC)));
        answer.headers.putAll(headers);
        return answer;
    }

    private Response route(Request request, boolean entryway, Map<String, String> headers) {
        String path = request.path();
        if (request.method().equals("OPTIONS")) {
            headers.put("access-control-allow-methods", "GET,HEAD,PUT,PATCH,POST,DELETE");
            String asked = request.header("access-control-request-headers");
            if (asked != null) {
                headers.put("access-control-allow-headers", asked);
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
            if (path.startsWith("/did:")) {
                return directory(Query.decode(path.substring(1)));
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

    /** What the directory of did:plc answers. */
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

    private Response xrpc(String nsid, Request request, boolean entryway, Map<String, String> headers) {
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        if (!reads && !request.method().equals("POST")) {
            throw XrpcError.invalidRequest("XRPC requests only supports GET and POST");
        }
        Method method = methods.get(nsid);
        if (method == null || entryway && !method.onEntryway) {
            return entryway ? notHere() : elsewhere(request, headers);
        }
        if (method.procedure == reads) {
            throw XrpcError.invalidRequest(
                    "Incorrect HTTP method (" + request.method() + ") expected " + (method.procedure ? "POST" : "GET"));
        }
        LexMap params = method.params.params(nsid, new Query(request.query()));
        Tokens.Claims claims = authorize(method.auth, request, headers);
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
                bytes = Bodies.unpacked(request, Blobs.MAX_SIZE, "PayloadTooLarge");
            }
        }
        Call call = new Call(request, params, input, bytes, claims);
        Response refusal = count(method.costs.apply(call), request, headers);
        return refusal != null ? refusal : method.body.apply(call);
    }

    private Tokens.@Nullable Claims authorize(Auth auth, Request request, Map<String, String> headers) {
        if (auth.kind() != Auth.Kind.NONE) {
            headers.put("cache-control", "private");
            headers.put("vary", "Authorization");
        }
        return auth.check(request, pds);
    }

    private @Nullable Response count(List<RateLimits.Cost> own, Request request, Map<String, String> headers) {
        if (!pds.settings.rateLimits) {
            return null;
        }
        List<RateLimits.Cost> costs = new ArrayList<>(own);
        costs.add(0, new RateLimits.Cost(RateLimits.Limit.ALL, request.remote(), 1));
        return pds.limits.count(costs, headers);
    }

    /** A method that a PDS would hand on to another service, of which there is none. */
    private Response elsewhere(Request request, Map<String, String> headers) {
        Proxying.check(request, pds.accounts);
        authorize(Auth.STANDARD, request, headers);
        Response refusal = count(List.of(), request, headers);
        return refusal != null ? refusal : Response.error(XrpcError.upstream());
    }

    private static Response notHere() {
        return Response.error(new XrpcError(501, "MethodNotImplemented", "Method Not Implemented"));
    }
}
