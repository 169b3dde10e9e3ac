package dev.atlex.oauth.internal.server;

import java.util.List;

/**
 * Classifies responses to a refresh. Two mistakes lose sessions: treating a refusal as the end of the session, and
 * resending a refresh token that may have been used.
 */
final class RefreshOutcomes {
    private static final String OPERATION = "token refresh";

    /**
     * The reference server also reports faults of the request itself as {@code invalid_grant}, and keeps the session: a
     * missing client, parameters that violate its schema, and an assertion that it has seen before.
     */
    private static final List<String> ABOUT_THE_REQUEST =
            List.of("Client credentials missing", "Invalid request payload", "private_key_jwt jti");

    private RefreshOutcomes() {}

    static RefreshReply of(ServerResponse response) {
        int status = response.status();
        if (response.isSuccess()) {
            TokenReply tokens = AuthServerClient.tokens(response);
            return tokens == null
                    ? new RefreshReply.Unknown(response.invalid(OPERATION, "no access_token"), response.retryAt())
                    : new RefreshReply.Rotated(tokens);
        }
        // 408 comes from proxies that may have passed the request on.
        if (status >= 500 || status == 408) {
            return new RefreshReply.Unknown(response.refused(OPERATION), response.retryAt());
        }
        return new RefreshReply.Refused(endsSession(response), response.refused(OPERATION));
    }

    private static boolean endsSession(ServerResponse response) {
        String description = response.errorDescription();
        return "invalid_grant".equals(response.error())
                && (description == null || ABOUT_THE_REQUEST.stream().noneMatch(description::startsWith));
    }
}
