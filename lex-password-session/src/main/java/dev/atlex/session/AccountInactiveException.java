package dev.atlex.session;

import dev.atlex.client.XrpcException;
import org.jspecify.annotations.Nullable;

/** The account exists, but is deactivated, suspended or taken down. Its session, if there is one, is kept. */
public final class AccountInactiveException extends SessionException {
    private static final long serialVersionUID = 1L;

    private final String status;

    AccountInactiveException(String status, @Nullable XrpcException cause) {
        super("the account is " + status, cause);
        this.status = status;
    }

    @Override
    AccountInactiveException again() {
        return new AccountInactiveException(status, response());
    }

    /** {@code takendown}, {@code suspended} or {@code deactivated}. */
    public String status() {
        return status;
    }
}
