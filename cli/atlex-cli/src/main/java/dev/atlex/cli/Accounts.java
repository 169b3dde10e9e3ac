package dev.atlex.cli;

import dev.atlex.data.LexMap;
import dev.atlex.session.SessionData;
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
import org.jspecify.annotations.Nullable;

/** Stored sessions as commands show them: without their tokens. */
final class Accounts {
    private Accounts() {}

    /** {@code {"did","handle","service","pds","active","status"}}, pds and status where they are known. */
    static LexMap describe(SessionData data) {
        return account(data.did(), data.handle(), data.service(), data.pds(), data.active(), data.status())
                .build();
    }

    /** The same, and how the session is: {@code {…,"health","savedAt","accessExpiresAt","refreshExpiresAt"}}. */
    static LexMap describe(SessionHealth health, Instant now) {
        boolean active = health.status() == SessionHealth.Status.ACTIVE;
        Instant end = health.refreshExpiresAt();
        LexMap.Builder account =
                account(health.did(), health.handle(), health.service(), health.pds(), active, health.accountStatus());
        boolean over = end != null && !now.isBefore(end);
        account.put("health", over ? "expired" : health.status().name().toLowerCase(Locale.ROOT));
        put(account, "savedAt", health.lastRefresh());
        put(account, "accessExpiresAt", health.accessExpiresAt());
        put(account, "refreshExpiresAt", end);
        return account.build();
    }

    private static LexMap.Builder account(
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

    private static void put(LexMap.Builder account, String name, @Nullable Instant time) {
        if (time != null) {
            account.put(name, time.truncatedTo(ChronoUnit.SECONDS).toString());
        }
    }

    /** Returns the stored sessions in the order of their DIDs, with a warning on stderr for each entry that is not one. */
    static List<SessionData> stored(Atlex atlex) {
        atlex.store().forEach(SessionStore.Kind.SESSION, entry -> health(atlex, entry));
        int unused = atlex.encrypts() ? atlex.store().plainText().size() : 0;
        if (unused > 0) {
            // Whoever logs out of all must hear of a session that stays.
            warn(atlex, "entries that are plain text, and are not used: " + unused + "; atlex sessions names them");
        }
        return sorted(atlex.store().list());
    }

    /** Returns how the session of an entry is, or null, with a warning on stderr, if it is not a session. */
    static @Nullable SessionHealth health(Atlex atlex, SessionStore.Entry entry) {
        try {
            return SessionHealth.of(entry);
        } catch (SessionStoreException e) {
            warn(atlex, String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** Writes one line to stderr about something in the store that does not stop the command. */
    static void warn(Atlex atlex, String message) {
        atlex.world().err().println("warning: Storage: " + atlex.redactor().line(message));
    }

    static List<SessionData> sorted(List<SessionData> sessions) {
        List<SessionData> sorted = new ArrayList<>(sessions);
        sorted.sort(Comparator.comparing(SessionData::did));
        return sorted;
    }
}
