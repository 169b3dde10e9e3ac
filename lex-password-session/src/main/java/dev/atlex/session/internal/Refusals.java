package dev.atlex.session.internal;

import dev.atlex.client.transport.TransportResponse;
import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells which refusals new tokens may help against. */
public final class Refusals {
    /** No error of XRPC is longer; a proxy's page may be. */
    private static final long MAX_ERROR_BYTES = 10 * 1024;

    /** They are about the account, not about the token. */
    private static final Set<String> OF_THE_ACCOUNT =
            Set.of("AccountDeactivated", "AccountTakedown", "AccountSuspended", "AccountNotFound");

    private Refusals() {}

    /**
     * A response that was looked at.
     *
     * @param response to hand on: unread, or whole in memory
     * @param refreshMayHelp whether it is worth trying with new tokens
     * @param tokenExpired whether the server says so, and nothing else
     * @param tokenUnknown whether the server can't make anything of the token
     * @param ofTheAccount the error where it is about the account, not about its token
     */
    public record Refusal(
            TransportResponse response,
            boolean refreshMayHelp,
            boolean tokenExpired,
            boolean tokenUnknown,
            @Nullable String ofTheAccount) {}

    /**
     * Looks at a response. Servers differ: an expired token is a 400 here and a 401 there, and a 401 may mean much else.
     *
     * @throws dev.atlex.client.transport.TransportException if the response breaks off
     */
    public static Refusal of(TransportResponse response) {
        int status = response.status();
        if (status != 400 && status != 401) {
            return new Refusal(response, false, false, false, null);
        }
        String type = response.headers().first("content-type");
        boolean json = type != null && type.toLowerCase(Locale.ROOT).startsWith("application/json");
        if (!json || isLong(response)) {
            return new Refusal(response, status == 401, false, false, null);
        }
        byte[] body = response.readAll();
        String error = error(body);
        String ofTheAccount = status == 401 && error != null && OF_THE_ACCOUNT.contains(error) ? error : null;
        boolean ofTheToken = status == 401 ? ofTheAccount == null : "ExpiredToken".equals(error);
        return new Refusal(
                TransportResponse.of(status, response.headers(), body),
                ofTheToken,
                "ExpiredToken".equals(error),
                "InvalidToken".equals(error),
                ofTheAccount);
    }

    private static boolean isLong(TransportResponse response) {
        String length = response.headers().first("content-length");
        try {
            return length != null && Long.parseLong(length.strip()) > MAX_ERROR_BYTES;
        } catch (NumberFormatException e) {
            return true;
        }
    }

    private static @Nullable String error(byte[] body) {
        try {
            return LexValue.parseJson(body, ReadOptions.LENIENT) instanceof LexMap map ? map.getString("error") : null;
        } catch (LexException e) {
            return null;
        }
    }
}
