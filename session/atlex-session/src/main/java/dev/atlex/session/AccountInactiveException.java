package dev.atlex.session;

import dev.atlex.client.XrpcException;
import org.jspecify.annotations.Nullable;

/** Thrown when the account is deactivated, suspended or taken down. Its session, if there is one, is kept. */
public final class AccountInactiveException extends SessionException {
    private static final long serialVersionUID = 1L;

    private final String status;

    /**
     * Creates the exception.
     *
     * @param status {@code takendown}, {@code suspended} or {@code deactivated}
     * @param cause the server's response, or null
     */
    public AccountInactiveException(String status, @Nullable XrpcException cause) {
        super("the account is " + (status.equals("takendown") ? "taken down" : status), cause);
        this.status = status;
    }

    /**
     * Returns the exception for an error name from a server, or null if the error doesn't mean that the account is
     * inactive.
     */
    public static @Nullable AccountInactiveException of(@Nullable String error, @Nullable XrpcException cause) {
        String status = error == null
                ? null
                : switch (error) {
                    case "AccountTakedown" -> "takendown";
                    case "AccountSuspended" -> "suspended";
                    case "AccountDeactivated" -> "deactivated";
                    default -> null;
                };
        return status == null ? null : new AccountInactiveException(status, cause);
    }

    @Override
    public AccountInactiveException again() {
        return new AccountInactiveException(status, response());
    }

    /** Returns {@code takendown}, {@code suspended} or {@code deactivated}. */
    public String status() {
        return status;
    }
}
