package dev.atlex.oauth.internal.session;

import dev.atlex.client.internal.KeptBody;
import dev.atlex.client.internal.Origins;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.oauth.OAuthResponseException;
import dev.atlex.oauth.OAuthSessionData;
import dev.atlex.session.AccountInactiveException;
import dev.atlex.session.AccountMigratedException;
import dev.atlex.session.SessionEndedException;
import dev.atlex.session.SessionEndedException.Reason;
import dev.atlex.session.SessionException;
import dev.atlex.session.internal.SessionLog;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds out why a server has ended a session. Servers return nearly the same error for a takedown, a
 * deleted account, a migration and a revocation.
 */
final class EndReasons {
    private static final System.Logger LOG = SessionLog.LOG;

    /** The time limit for each lookup. The caller is waiting for the exception that ends the session. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final int MAX_BYTES = 64 << 10;

    private final OAuthContext context;

    EndReasons(OAuthContext context) {
        this.context = context;
    }

    /**
     * Returns the reason why a session has ended, after its server has rejected the refresh token.
     *
     * @param wasUnsettled whether an earlier refresh with the same token had an unknown outcome
     */
    SessionException explain(OAuthSessionData last, OAuthResponseException refusal, boolean wasUnsettled) {
        String text = String.valueOf(refusal.errorDescription()).toLowerCase(Locale.ROOT);
        if (text.contains("expired")) {
            return new SessionEndedException(last.did(), Reason.EXPIRED, refusal);
        }
        if (text.contains("replayed")) {
            return new SessionEndedException(last.did(), wasUnsettled ? Reason.REFRESH_LOST : Reason.REPLAYED, refusal);
        }
        AccountMigratedException migration = migration(last, refusal);
        if (migration != null) {
            return migration;
        }
        String status = status(last);
        if (status != null) {
            return new AccountInactiveException(status, null);
        }
        return new SessionEndedException(last.did(), wasUnsettled ? Reason.REFRESH_LOST : Reason.REVOKED, refusal);
    }

    /** Returns the exception if the account has migrated, or null if it hasn't or its DID document can't be read. */
    @Nullable
    AccountMigratedException migration(OAuthSessionData last, @Nullable OAuthResponseException refusal) {
        URI home = home(last);
        return home == null || Origins.same(home, last.pds())
                ? null
                : new AccountMigratedException(last.did(), home, refusal);
    }

    /** Returns the server in the account's current DID document, or null if it can't be found. */
    private @Nullable URI home(OAuthSessionData last) {
        try {
            context.identity().invalidate(last.did());
            return context.identity().document(last.did()).pds();
        } catch (LexException e) {
            LOG.log(
                    Level.DEBUG,
                    "failed to look up the server of {0}: {1}",
                    last.did(),
                    e.getClass().getName());
            return null;
        }
    }

    /**
     * Returns the reason why the account's server doesn't serve the account, or null if the server serves it or gives
     * no reason.
     */
    private @Nullable String status(OAuthSessionData last) {
        URI url = last.pds()
                .resolve("/xrpc/com.atproto.sync.getRepoStatus?did="
                        + URLEncoder.encode(last.did().toString(), StandardCharsets.UTF_8));
        TransportRequest request = TransportRequest.get(url)
                .deadline(context.timing().deadline(TIMEOUT))
                .maxResponseBytes(MAX_BYTES)
                .build();
        try (TransportResponse response = context.transport().send(request)) {
            KeptBody body = KeptBody.of(response.headers(), response.body().readNBytes(MAX_BYTES));
            if (response.status() == 200) {
                return body.payload() instanceof LexMap map && Boolean.FALSE.equals(map.getBoolean("active"))
                        ? Objects.requireNonNullElse(map.getString("status"), "inactive")
                        : null;
            }
            return "RepoNotFound".equals(body.error()) ? "deleted" : null;
        } catch (TransportException | IOException e) {
            LOG.log(
                    Level.DEBUG,
                    "failed to look up the status of {0}: {1}",
                    last.did(),
                    e.getClass().getName());
            return null;
        }
    }
}
