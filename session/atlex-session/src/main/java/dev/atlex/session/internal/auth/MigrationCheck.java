package dev.atlex.session.internal.auth;

import dev.atlex.client.XrpcResponseException;
import dev.atlex.client.internal.Deadline;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.identity.internal.HostNames;
import dev.atlex.session.AccountMigratedException;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionEndedException;
import dev.atlex.session.SessionException;
import dev.atlex.session.internal.Origins;
import dev.atlex.session.internal.SessionContext;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Finds out why a server knows a session no more: it may be that the account lives elsewhere. */
public final class MigrationCheck {
    private static final System.Logger LOG = System.getLogger("dev.atlex.session.PasswordSession");

    /** Longer than a directory needs; who waits wants to hear that the session is over. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final @Nullable IdentityResolver resolver;

    public MigrationCheck(SessionContext context) {
        this.resolver = context.identity();
    }

    /** What the end of a session means that its server refuses. */
    public SessionException explain(SessionData last, XrpcResponseException refusal, Deadline deadline) {
        URI before = last.pds();
        // Where the account was is not known: it may have been behind an entryway, where it still is.
        URI home = before == null ? null : home(last, deadline);
        return before != null && home != null && hasMigrated(home, before, last.service())
                ? new AccountMigratedException(last.did(), home, refusal)
                : new SessionEndedException(last.did(), reason(refusal), refusal);
    }

    /** At an entryway the session belongs to the entryway, whatever server of its the account is on. */
    private static boolean hasMigrated(URI home, URI before, URI service) {
        boolean atEntryway = !Origins.same(service, before);
        return !Origins.same(home, before)
                && !Origins.same(home, service)
                && !(atEntryway && areSiblings(home, before));
    }

    /** Whether both are of one operator, by their names: {@code a.host.example.com} and {@code b.host.example.com}. */
    private static boolean areSiblings(URI home, URI before) {
        String one = parent(home);
        return one != null && one.equals(parent(before));
    }

    private static @Nullable String parent(URI server) {
        String host = server.getHost() == null ? "" : server.getHost().toLowerCase(Locale.ROOT);
        String parent = host.substring(host.indexOf('.') + 1);
        return parent.indexOf('.') < 0 ? null : parent;
    }

    /** The server that the account's DID document names now, or null where that is not to be found out in time. */
    private @Nullable URI home(SessionData last, Deadline deadline) {
        // Servers at home are in no public directory, and tests should not ask one.
        if (resolver == null && HostNames.isPrivate(last.service().getHost())) {
            return null;
        }
        FutureTask<@Nullable URI> task = new FutureTask<>(() -> ask(last));
        Thread thread = new Thread(task, "atlex-moved-account");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(deadline.leftWithin(PATIENCE).toMillis(), TimeUnit.MILLISECONDS);
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
        IdentityResolver asked = resolver == null ? IdentityResolver.create() : resolver;
        asked.invalidate(last.did());
        return asked.document(last.did()).pds();
    }

    private static @Nullable URI unknown(Exception e) {
        Throwable why = e.getCause() == null ? e : e.getCause();
        LOG.log(
                Level.DEBUG,
                "where the account is now is not known: {0}",
                why.getClass().getName());
        return null;
    }

    /** The reference server says "revoked" of a token that is superseded or deleted, and "expired" of one too old. */
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
