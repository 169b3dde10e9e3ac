package dev.atlex.session;

import dev.atlex.session.SessionStore.Entry;
import dev.atlex.session.SessionStore.Key;
import dev.atlex.session.SessionStore.Kind;
import dev.atlex.session.internal.pool.OpenSessions;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Which accounts a pool has and how they are, in memory and in its store, without opening any. */
final class StoredAccounts {
    private static final System.Logger LOG = System.getLogger(AccountPool.class.getName());

    private final SessionStore store;
    private final OpenSessions open;

    StoredAccounts(SessionStore store, OpenSessions open) {
        this.store = store;
        this.open = open;
    }

    /** What the store has of an account, or null. */
    @Nullable
    Entry entry(Did did) {
        return store.load(Key.session(did));
    }

    /** Who that is, or null where a handle is nobody's. */
    @Nullable
    Did find(AtIdentifier account) {
        return account instanceof Did known ? known : named(account.toString());
    }

    private @Nullable Did named(String handle) {
        for (PasswordSession session : open.all()) {
            if (isNamed(session.health().handle(), handle)) {
                return session.did();
            }
        }
        List<Did> found = new ArrayList<>();
        forEachEntry(entry -> {
            SessionData data = SessionRecord.of(entry).data();
            if (found.isEmpty() && isNamed(data.handle(), handle)) {
                found.add(data.did());
            }
        });
        return found.isEmpty() ? null : found.get(0);
    }

    private static boolean isNamed(Handle known, String handle) {
        return known.toString().toLowerCase(Locale.ROOT).equals(handle.toLowerCase(Locale.ROOT));
    }

    /** All entries that the action can read: one that is damaged must not hide the others. */
    void forEachEntry(Consumer<Entry> action) {
        store.forEach(Kind.SESSION, entry -> {
            try {
                action.accept(entry);
            } catch (SessionStoreException e) {
                leftOut(e);
            }
        });
    }

    /** All accounts, in no particular order. */
    List<Did> all() {
        Set<Did> all = new LinkedHashSet<>();
        open.all().forEach(session -> all.add(session.did()));
        store.forEach(Kind.SESSION, entry -> {
            if (Did.isValid(entry.key().name())) {
                all.add(Did.of(entry.key().name()));
            }
        });
        return List.copyOf(all);
    }

    /** How an account's session is, or null if there is none. */
    @Nullable
    SessionHealth health(Did did) {
        PasswordSession live = open.peek(did);
        if (live != null) {
            return live.health();
        }
        Entry entry = entry(did);
        return entry == null ? null : SessionHealth.of(entry);
    }

    /** How all sessions are, those in memory first. */
    void forEachHealth(Consumer<? super SessionHealth> action) {
        Set<String> shown = new HashSet<>();
        for (PasswordSession session : open.all()) {
            shown.add(session.did().toString());
            action.accept(session.health());
        }
        store.forEach(Kind.SESSION, entry -> {
            SessionHealth health = shown.contains(entry.key().name()) ? null : readable(entry);
            if (health != null) {
                action.accept(health);
            }
        });
    }

    private static @Nullable SessionHealth readable(Entry entry) {
        try {
            return SessionHealth.of(entry);
        } catch (SessionStoreException e) {
            leftOut(e);
            return null;
        }
    }

    private static void leftOut(SessionStoreException why) {
        LOG.log(Level.WARNING, "an account is left out: {0}", why.getMessage());
    }
}
