package dev.atlex.session.internal.auth;

import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportResponse;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The result of examining a response for an authentication failure.
 *
 * @param response the response to return to the caller, either unread or completely in memory
 * @param refreshMayHelp whether the request is worth sending again with new tokens
 * @param tokenExpired whether the server reports an expired token, and nothing else
 * @param tokenUnknown whether the server doesn't recognize the token
 * @param accountError the error if it concerns the account rather than the token; otherwise null
 */
public record AuthFailure(
        TransportResponse response,
        boolean refreshMayHelp,
        boolean tokenExpired,
        boolean tokenUnknown,
        @Nullable String accountError) {
    /** The errors that concern the account rather than the token. */
    private static final Set<String> ACCOUNT_ERRORS =
            Set.of("AccountDeactivated", "AccountTakedown", "AccountSuspended", "AccountNotFound");

    /** Returns whether an error concerns the account rather than the token. */
    public static boolean concernsAccount(@Nullable String error) {
        return error != null && ACCOUNT_ERRORS.contains(error);
    }

    /** Returns the result for a response that isn't an authentication failure. */
    static AuthFailure none(TransportResponse response) {
        return new AuthFailure(response, false, false, false, null);
    }

    /**
     * Examines a response. Servers differ: for an expired token, some return 400 and others 401, and a 401 can have
     * many other meanings.
     *
     * @throws TransportException if the response ends early
     */
    static AuthFailure of(TransportResponse response) {
        int status = response.status();
        if (status != 400 && status != 401) {
            return none(response);
        }
        ErrorBody body = ErrorBody.of(response);
        String error = body.kept().error();
        String accountError = status == 401 && concernsAccount(error) ? error : null;
        boolean ofTheToken = status == 401 ? accountError == null : "ExpiredToken".equals(error);
        return new AuthFailure(
                body.response(), ofTheToken, "ExpiredToken".equals(error), "InvalidToken".equals(error), accountError);
    }
}
