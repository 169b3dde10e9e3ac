package dev.atlex.cli.session;

import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.data.LexMap;
import dev.atlex.session.SessionHealth;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.store.SessionStore;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Describes stored sessions without their tokens. */
final class Accounts {
    private Accounts() {}

    /**
     * Returns {@code {"did","handle","service","pds","active","status","health","savedAt","accessExpiresAt",
     * "refreshExpiresAt"}}, without unknown values.
     */
    static LexMap describe(SessionHealth health, Instant now) {
        boolean active = health.status() == SessionHealth.Status.ACTIVE;
        Instant end = health.refreshExpiresAt();
        LexMap.Builder account =
                account(health.did(), health.handle(), health.service(), health.pds(), active, health.accountStatus());
        boolean expired = end != null && !now.isBefore(end);
        account.put("health", expired ? "expired" : health.status().name().toLowerCase(Locale.ROOT));
        put(account, "savedAt", health.lastRefresh());
        put(account, "accessExpiresAt", health.accessExpiresAt());
        put(account, "refreshExpiresAt", end);
        return account.build();
    }

    /** Returns {@code {"did","handle","service","pds","active","status"}}; pds and status are left out if unknown. */
    static LexMap.Builder account(
            Did did, Handle handle, URI service, @Nullable URI pds, boolean active, @Nullable String status) {
        LexMap.Builder account = LexMap.builder()
                .put("did", did.toString())
                .put("handle", handle.toString())
                .put("service", service.toString());
        if (pds != null) {
            account.put("pds", pds.toString());
        }
        account.put("active", active);
        if (status != null) {
            account.put("status", status);
        }
        return account;
    }

    /** Adds a time, if it is known. */
    static void put(LexMap.Builder account, String name, @Nullable Instant time) {
        if (time != null) {
            account.put(name, time.truncatedTo(ChronoUnit.SECONDS).toString());
        }
    }

    /** Returns the stored sessions sorted by DID. Prints a warning for each invalid entry. */
    static List<StoredAccount> stored(CommandContext context) {
        context.store().forEach(SessionStore.Kind.SESSION, entry -> health(context, entry));
        int ignored = context.isEncrypted() ? context.store().plainText().size() : 0;
        if (ignored > 0) {
            // Otherwise, logout --all would suggest that no session is left.
            warn(context, "unencrypted entries ignored: " + ignored + "; atlex sessions lists them");
        }
        List<StoredAccount> stored = new ArrayList<>();
        context.store().list().forEach(data -> stored.add(new PasswordAccount(data)));
        forEachOAuth(context, entry -> stored.add(new OAuthAccount(entry)));
        stored.sort(Comparator.comparing(StoredAccount::did));
        return stored;
    }

    /**
     * Passes each OAuth session's entry to an action. Prints a warning if the entry is invalid. Skips sessions with an
     * ID, which are stored by programs that keep several per account.
     */
    static void forEachOAuth(CommandContext context, Consumer<SessionStore.Entry> action) {
        forEachOAuthWithIds(context, entry -> {
            if (Did.isValid(entry.key().name())) {
                action.accept(entry);
            }
        });
    }

    /** Like {@link #forEachOAuth}, but includes sessions with an ID. */
    static void forEachOAuthWithIds(CommandContext context, Consumer<SessionStore.Entry> action) {
        context.store().forEach(SessionStore.Kind.OAUTH, entry -> {
            try {
                action.accept(entry);
            } catch (SessionStoreException e) {
                warn(context, String.valueOf(e.getMessage()));
            }
        });
    }

    /** Returns the health of an entry's session. Prints a warning and returns null if the entry is invalid. */
    static @Nullable SessionHealth health(CommandContext context, SessionStore.Entry entry) {
        try {
            return SessionHealth.of(entry);
        } catch (SessionStoreException e) {
            warn(context, String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** Prints a warning about the store to stderr. */
    static void warn(CommandContext context, String message) {
        context.environment()
                .err()
                .println("warning: Storage: " + context.redactor().line(message));
    }
}
