package dev.atlex.testkit;

import dev.atlex.syntax.Did;
import dev.atlex.testkit.internal.LoggedRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that a {@link LocalPds} received. Contains no body and no secrets. Immutable. */
public final class RecordedRequest {
    /** The kinds of bearer token. */
    public enum Kind {
        /** An access token, for calls. */
        ACCESS,
        /** A refresh token, to refresh a session or to sign out. */
        REFRESH,
        /** Any other {@code Authorization} header. */
        OTHER
    }

    /** The claims of a request's bearer token. They aren't verified: the token may be expired or forged. */
    public static final class Token {
        private final Kind kind;
        private final String id;
        private final @Nullable Did did;

        private Token(LoggedRequest.Token token) {
            kind = "at+jwt".equals(token.type())
                    ? Kind.ACCESS
                    : "refresh+jwt".equals(token.type()) ? Kind.REFRESH : Kind.OTHER;
            id = token.id();
            String subject = token.subject();
            did = subject != null && Did.isValid(subject) ? Did.of(subject) : null;
        }

        /** Returns the kind of token: access, refresh or other. */
        public Kind kind() {
            return kind;
        }

        /**
         * Returns an ID that is different for each token: its {@code jti}, or a part of its hash if there is no
         * {@code jti}.
         */
        public String id() {
            return id;
        }

        /** Returns the account that the token was issued for, or null if the token has no subject. */
        public @Nullable Did did() {
            return did;
        }

        @Override
        public String toString() {
            return "Token[kind=" + kind + ", id=" + id + ", did=" + did + "]";
        }
    }

    private final LoggedRequest request;
    private final @Nullable Token token;

    RecordedRequest(LoggedRequest request) {
        this.request = request;
        LoggedRequest.Token logged = request.token();
        this.token = logged == null ? null : new Token(logged);
    }

    /** Returns the HTTP method, such as {@code POST}. */
    public String method() {
        return request.method();
    }

    /** Returns the path, percent-encoded as it was sent. */
    public String path() {
        return request.path();
    }

    /** Returns the query string, percent-encoded as it was sent; empty if there is none. */
    public String query() {
        return request.query();
    }

    /** Returns the XRPC method of a path {@code /xrpc/…}, otherwise an empty string. */
    public String nsid() {
        return request.nsid();
    }

    /** Returns the status of the response, or 0 if no response has been sent. */
    public int status() {
        return request.status();
    }

    /** Returns whether the request had an {@code Authorization} header. */
    public boolean hadAuthorization() {
        return request.hadAuthorization();
    }

    /** Returns the claims of the token in the {@code Authorization} header, or null if there was no such header. */
    public @Nullable Token token() {
        return token;
    }

    /** Returns the headers by lowercase name. The values of credentials are redacted. */
    public Map<String, String> headers() {
        return request.headers();
    }

    /** Returns the size of the body in bytes. */
    public int bodySize() {
        return request.bodySize();
    }

    /** Returns the port that received the request, which belongs to the entryway or to the PDS behind it. */
    public int port() {
        return request.port();
    }

    /** Returns a string that contains the request line, the status of the response and the redacted headers. */
    @Override
    public String toString() {
        return request.method() + " " + request.path() + (request.query().isEmpty() ? "" : "?" + request.query())
                + " -> " + request.status() + " " + request.headers();
    }
}
