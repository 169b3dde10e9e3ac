package dev.atlex.testkit.internal;

import dev.atlex.testkit.internal.oauth.Permissions;
import dev.atlex.testkit.internal.ws.Handshake;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An XRPC method, with its implementation and the checks that precede it. */
final class Method {
    /** Checks the permissions of an OAuth call. Throws if they aren't sufficient. */
    @FunctionalInterface
    interface PermissionCheck {
        void check(Permissions permissions, Request request);
    }

    /** The service that a PDS forwards calls to if the request doesn't specify one. */
    private static final String DEFAULT_SERVICE = "did:web:api.bsky.app#bsky_appview";

    /** The kinds of input. */
    enum Input {
        NONE,
        JSON,
        BLOB
    }

    final String nsid;
    final boolean procedure;
    final Auth auth;
    final Function<Call, Response> body;

    InputSchema params = InputSchema.NONE;
    InputSchema fields = InputSchema.NONE;
    Input input = Input.NONE;
    PermissionCheck permission;
    int maxBody = 150 << 10;
    Function<Call, List<RateLimits.Cost>> costs = call -> new ArrayList<>();

    /** The service that the request's proxy header must specify, or null if the server itself has the method. */
    private @Nullable String service;

    /** Whether the method is an event stream, whose requests open a WebSocket. */
    private boolean subscription;

    /** Whether an entryway serves the method. It serves the methods for accounts and sessions. */
    boolean onEntryway;

    private Method(String nsid, boolean procedure, Auth auth, Function<Call, Response> body) {
        this.nsid = nsid;
        this.procedure = procedure;
        this.auth = auth;
        this.body = body;
        this.onEntryway = onEntryway(nsid);
        this.permission = nsid.startsWith("app.bsky.") || nsid.startsWith("chat.bsky.")
                ? forwarded(nsid)
                : (permissions, request) -> {};
    }

    /** Returns the permission check for a method that a PDS forwards to another service. */
    static PermissionCheck forwarded(String nsid) {
        return (permissions, request) -> {
            String service = request.header(Proxying.HEADER);
            permissions.requireRpc(nsid, service == null || service.isEmpty() ? DEFAULT_SERVICE : service);
        };
    }

    static boolean onEntryway(String nsid) {
        return nsid.startsWith("com.atproto.server.") || nsid.equals("com.atproto.identity.resolveHandle");
    }

    /** Returns whether app passwords need access to direct messages to call the method. */
    static boolean isPrivileged(String nsid) {
        return nsid.startsWith("chat.bsky.") || nsid.equals("com.atproto.server.createAccount");
    }

    static Method query(String nsid, Auth auth, InputSchema params, Function<Call, Response> body) {
        Method method = new Method(nsid, false, auth, body);
        method.params = params;
        return method;
    }

    /** Declares an event stream. The stream itself checks the parameters and reports errors. */
    static Method subscription(String nsid, Function<Call, Response> body) {
        Method method = new Method(nsid, false, Auth.NONE, body);
        method.subscription = true;
        return method;
    }

    /** Declares a procedure without input. */
    static Method procedure(String nsid, Auth auth, Function<Call, Response> body) {
        return new Method(nsid, true, auth, body);
    }

    static Method procedure(String nsid, Auth auth, InputSchema fields, Function<Call, Response> body) {
        Method method = new Method(nsid, true, auth, body);
        method.input = Input.JSON;
        method.fields = fields;
        return method;
    }

    /** Sets the permission check for OAuth calls. By default, only forwarded methods have one. */
    Method permitting(PermissionCheck check) {
        permission = check;
        return this;
    }

    /** Rejects OAuth calls. */
    Method withoutOAuth(String reason) {
        return permitting((permissions, request) -> {
            throw new XrpcError(403, "Forbidden", reason);
        });
    }

    /** Makes the method reachable only with a proxy header for this service. */
    Method proxiedTo(String service) {
        this.service = service;
        return this;
    }

    /**
     * Returns whether the request can be for this method: for an event stream, a WebSocket handshake; otherwise, a
     * request that is addressed to the method's service, if it has one.
     */
    boolean isFor(Request request) {
        return subscription
                ? Handshake.isUpgrade(request.headers())
                : service == null || service.equals(request.header(Proxying.HEADER));
    }

    Method maxBody(int bytes) {
        maxBody = bytes;
        return this;
    }

    Method takesBlob(int maxBytes) {
        input = Input.BLOB;
        maxBody = maxBytes;
        return this;
    }

    Method costing(Function<Call, List<RateLimits.Cost>> function) {
        costs = function;
        return this;
    }
}
