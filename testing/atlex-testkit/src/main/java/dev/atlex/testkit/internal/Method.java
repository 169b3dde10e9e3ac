package dev.atlex.testkit.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** An XRPC method: the checks before it and its implementation. */
final class Method {
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
    int maxBody = 150 << 10;
    Function<Call, List<RateLimits.Cost>> costs = call -> new ArrayList<>();

    /** Whether an entryway serves it: methods for accounts and sessions. */
    boolean onEntryway;

    private Method(String nsid, boolean procedure, Auth auth, Function<Call, Response> body) {
        this.nsid = nsid;
        this.procedure = procedure;
        this.auth = auth;
        this.body = body;
        this.onEntryway = onEntryway(nsid);
    }

    static boolean onEntryway(String nsid) {
        return nsid.startsWith("com.atproto.server.") || nsid.equals("com.atproto.identity.resolveHandle");
    }

    static Method query(String nsid, Auth auth, InputSchema params, Function<Call, Response> body) {
        Method method = new Method(nsid, false, auth, body);
        method.params = params;
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

    Method maxBody(int bytes) {
        maxBody = bytes;
        return this;
    }

    Method takesBlob() {
        input = Input.BLOB;
        return this;
    }

    Method costing(Function<Call, List<RateLimits.Cost>> function) {
        costs = function;
        return this;
    }
}
