package dev.atlex.session.internal.auth;

import dev.atlex.client.XrpcResponseException;
import dev.atlex.client.internal.Hosts;
import dev.atlex.client.internal.Origins;
import dev.atlex.client.transport.Deadline;
import dev.atlex.client.transport.Transport;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.session.AccountMigratedException;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionEndedException;
import dev.atlex.session.SessionException;
import dev.atlex.session.internal.SessionContext;
import dev.atlex.session.internal.SessionLog;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Finds out whether a server rejects a session because the account has migrated. */
public final class MigrationCheck {
    private static final System.Logger LOG = SessionLog.LOG;

    /**
     * The time limit for the check. A directory needs less time, and the caller is waiting for the exception that ends
     * the session.
     */
    private static final Duration MAX_WAIT = Duration.ofSeconds(10);

    private final @Nullable IdentityResolver resolver;
    private final Transport transport;

    /** Creates a check with the context's identity resolver, or the default one. */
    public MigrationCheck(SessionContext context) {
        this.resolver = context.identity();
        this.transport = context.transport();
    }

    /** Returns the reason why a session has ended, after the server has rejected its refresh token. */
    public SessionException explain(SessionData last, XrpcResponseException refusal, Deadline deadline) {
        URI before = last.pds();
        // If the account's server is unknown, the account may have been, and still be, behind an entryway.
        URI home = before == null ? null : home(last, deadline);
        return before != null && home != null && hasMigrated(home, before, last.service())
                ? new AccountMigratedException(last.did(), home, refusal)
                : new SessionEndedException(last.did(), reason(refusal), refusal);
    }

    /**
     * Returns whether the account has migrated. An entryway's session belongs to the entryway, no matter which of its
     * servers hosts the account.
     */
    private static boolean hasMigrated(URI home, URI before, URI service) {
        boolean atEntryway = !Origins.same(service, before);
        return !Origins.same(home, before)
                && !Origins.same(home, service)
                && !(atEntryway && areSiblings(home, before));
    }

    /**
     * Returns whether both servers belong to the same operator, judging by their names: {@code a.host.example.com} and
     * {@code b.host.example.com}.
     */
    private static boolean areSiblings(URI home, URI before) {
        String one = parent(home);
        return one != null && one.equals(parent(before));
    }

    private static @Nullable String parent(URI server) {
        String host = server.getHost() == null ? "" : server.getHost().toLowerCase(Locale.ROOT);
        String parent = host.substring(host.indexOf('.') + 1);
        return parent.indexOf('.') < 0 ? null : parent;
    }

    /** Returns the server in the account's current DID document, or null if it can't be found in time. */
    private @Nullable URI home(SessionData last, Deadline deadline) {
        // Accounts on a private network aren't in a public directory, and tests must not query one.
        if (resolver == null && Hosts.isPrivate(last.service().getHost())) {
            return null;
        }
        FutureTask<@Nullable URI> task = new FutureTask<>(() -> ask(last));
        Thread thread = new Thread(task, "atlex-migration-check");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(deadline.leftWithin(MAX_WAIT).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unknown(e);
        } catch (ExecutionException | TimeoutException e) {
            return unknown(e);
        } finally {
            task.cancel(true);
        }
    }

    private @Nullable URI ask(SessionData last) {
        IdentityResolver asked = resolver == null
                ? IdentityResolver.builder().transport(transport).build()
                : resolver;
        asked.invalidate(last.did());
        return asked.document(last.did()).pds();
    }

    private static @Nullable URI unknown(Exception e) {
        Throwable why = e.getCause() == null ? e : e.getCause();
        LOG.log(
                Level.DEBUG,
                "failed to look up the account''s current server: {0}; reporting the session as ended",
                why.getClass().getName());
        return null;
    }

    /**
     * Returns the reason in a response. The reference server calls a rotated or deleted token "revoked", and one that
     * is too old "expired".
     */
    private static SessionEndedException.Reason reason(XrpcResponseException refusal) {
        if (!refusal.is("ExpiredToken")) {
            return SessionEndedException.Reason.REFUSED;
        }
        String message = refusal.serverMessage();
        return message != null && message.contains("revoked")
                ? SessionEndedException.Reason.REVOKED
                : SessionEndedException.Reason.EXPIRED;
    }
}
