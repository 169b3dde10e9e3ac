package dev.atlex.cli.session;

import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.data.LexMap;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionOptions;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Logouts that a server hasn't confirmed yet, for password and OAuth sessions. */
final class PendingLogouts {
    private PendingLogouts() {}

    private static List<Entry> entries(CommandContext context) {
        List<Entry> entries = new ArrayList<>();
        context.store().forEach(Kind.LOGOUT, entries::add);
        return entries;
    }

    private static boolean isOAuth(Entry entry) {
        return entry.key().name().startsWith(Key.OAUTH_LOGOUT);
    }

    /** Returns whether any logouts are pending. */
    static boolean exist(CommandContext context) {
        return !entries(context).isEmpty();
    }

    /** Returns {@code {"did","attemptedAt"}} for each, sorted by DID. Prints a warning for each invalid entry. */
    static List<LexMap> describe(CommandContext context) {
        List<LexMap> logouts = new ArrayList<>();
        for (Entry entry : entries(context)) {
            String did = did(context, entry);
            if (did != null) {
                logouts.add(LexMap.builder()
                        .put("did", did)
                        .put("attemptedAt", entry.savedAt().toString())
                        .build());
            }
        }
        logouts.sort(Comparator.comparing(logout -> Objects.requireNonNull(logout.getString("did"))));
        return logouts;
    }

    private static @Nullable String did(CommandContext context, Entry entry) {
        try {
            return isOAuth(entry)
                    ? OAuthLogouts.did(entry).toString()
                    : entry.key().name();
        } catch (SessionStoreException e) {
            Accounts.warn(context, String.valueOf(e.getMessage()));
            return null;
        }
    }

    /**
     * Retries the pending logouts.
     *
     * @return the number of logouts that are still pending
     */
    static int finish(CommandContext context) {
        int left = PasswordSession.finishLogouts(
                SessionOptions.of(options -> options.store(context.store()).transport(context.transport())));
        List<Entry> oauth =
                entries(context).stream().filter(PendingLogouts::isOAuth).toList();
        return oauth.isEmpty() ? left : left + OAuthLogouts.finish(context, oauth);
    }

    /**
     * Retries pending logouts as a side effect of another command, so failures are printed only with {@code --verbose}.
     */
    static void finishQuietly(CommandContext context) {
        try {
            finish(context);
        } catch (SessionStoreException e) {
            if (context.verbose()) {
                context.environment().err().println(context.redactor().line(String.valueOf(e.getMessage())));
            }
        }
    }
}
