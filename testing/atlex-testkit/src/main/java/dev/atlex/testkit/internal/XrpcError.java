package dev.atlex.testkit.internal;

/** An error response: a status, and the {@code error} and {@code message} of the body. */
public final class XrpcError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final int status;
    final String error;
    final String text;

    /** Creates an error response. */
    public XrpcError(int status, String error, String text) {
        super(error + ": " + text, null, false, false);
        this.status = status;
        this.error = error;
        this.text = text;
    }

    public static XrpcError invalidRequest(String text) {
        return new XrpcError(400, "InvalidRequest", text);
    }

    public static XrpcError badRequest(String error, String text) {
        return new XrpcError(400, error, text);
    }

    static XrpcError invalidToken(String text) {
        return new XrpcError(400, "InvalidToken", text);
    }

    static XrpcError unauthorized() {
        return new XrpcError(401, "AuthenticationRequired", "Authentication Required");
    }

    static XrpcError unauthorized(String error, String text) {
        return new XrpcError(401, error, text);
    }

    /** Returns the reference server's error for failures of its database. */
    static XrpcError internal() {
        return new XrpcError(500, "InternalServerError", "Internal Server Error");
    }

    /** Returns the error that the PDS sends if its AppView fails. */
    public static XrpcError upstreamInternal() {
        return new XrpcError(502, "InternalServerError", "Internal Server Error");
    }

    /** Returns the error for a method that neither the server nor the test implements. */
    static XrpcError notImplemented(String nsid) {
        return new XrpcError(
                501,
                "MethodNotImplemented",
                "LocalPds does not implement " + nsid + "; implement it with LocalPds.handle(\"" + nsid
                        + "\", call -> …)");
    }

    /** Returns the reference server's error if it can't reach the service that it forwards a method to. */
    static XrpcError upstream() {
        return new XrpcError(502, "UpstreamFailure", "Upstream service unreachable");
    }
}
