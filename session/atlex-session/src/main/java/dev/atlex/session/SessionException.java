package dev.atlex.session;

import dev.atlex.client.XrpcException;
import dev.atlex.data.LexException;
import org.jspecify.annotations.Nullable;

/** Something about a session that its owner must know of, apart from a call that fails. */
public abstract class SessionException extends LexException {
    private static final long serialVersionUID = 1L;

    SessionException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Returns a copy with the current thread's stack trace, to be thrown to another caller. */
    public SessionException again() {
        return this;
    }

    /** The server's answer that says so, or null where it is known without asking. */
    public final @Nullable XrpcException response() {
        return getCause() instanceof XrpcException failure ? failure : null;
    }

    /** The server's name for the error, such as {@code ExpiredToken}, or null where no server was asked. */
    public final @Nullable String error() {
        XrpcException response = response();
        return response == null ? null : response.error();
    }
}
