package dev.atlex.session.pool;

import dev.atlex.session.Session;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionHealth;
import dev.atlex.session.internal.persist.SessionRecord;
import dev.atlex.session.internal.persist.SignInNames;
import dev.atlex.session.internal.pool.OpenSessions;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.session.store.SessionStore;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lists a pool's accounts and their health, from memory and the store, without opening sessions. */
final class StoredAccounts {
    private final SessionStore store;
    private final List<SessionSource> sources;
    private final OpenSessions<Session> open;

    StoredAccounts(SessionStore store, List<SessionSource> sources, OpenSessions<Session> open) {
        this.store = store;
        this.sources = sources;
        this.open = open;
    }

    /** Returns the entry of an account's password session, or null if there is none. */
    @Nullable
    Entry entry(Did did) {
        return store.load(Key.session(did));
    }

    /** Returns the account that an identifier names, or null if no account has that handle. */
    @Nullable
    Did find(AtIdentifier account) {
        return account instanceof Did known ? known : named(account.toString());
    }

    /**
     * Returns the account whose server reported the handle most recently, because a handle can pass to a different
     * account.
     */
    private @Nullable Did named(String handle) {
        if (handle.equalsIgnoreCase(SignInNames.NO_HANDLE)) {
            return null;
        }
        Latest latest = new Latest();
        Set<String> seen = new HashSet<>();
        for (Session session : open.all()) {
            SessionHealth health = session.health();
            seen.add(health.did().toString());
            if (isNamed(health.handle(), handle)) {
                latest.add(health.did(), health.lastRefresh());
            }
        }
        forEachEntry(entry -> {
            SessionData data = SessionRecord.of(entry).data();
            if (isNamed(data.handle(), handle) && !seen.contains(data.did().toString())) {
                latest.add(data.did(), entry.savedAt());
            }
        });
        forEachOther(health -> {
            if (isNamed(health.handle(), handle) && !seen.contains(health.did().toString())) {
                latest.add(health.did(), health.lastRefresh());
            }
        });
        return latest.did;
    }

    /** Keeps the account that was reported most recently. */
    private static final class Latest {
        private @Nullable Did did;
        private Instant at = Instant.MIN;

        void add(Did other, @Nullable Instant reportedAt) {
            if (did == null || reportedAt != null && reportedAt.isAfter(at)) {
                did = other;
                at = reportedAt == null ? Instant.MIN : reportedAt;
            }
        }
    }

    private static boolean isNamed(Handle known, String handle) {
        return known.toString().equalsIgnoreCase(handle);
    }

    /**
     * Passes the entry of each password session to an action. If the action throws, the entry is logged and
     * skipped.
     */
    void forEachEntry(Consumer<Entry> action) {
        store.forEach(Kind.SESSION, entry -> {
            try {
                action.accept(entry);
            } catch (RuntimeException | Error e) {
                SessionRecord.leftOut(entry, e);
            }
        });
    }

    private void forEachOther(Consumer<? super SessionHealth> action) {
        sources.forEach(source -> source.forEachHealth(action));
    }

    /** Returns all accounts, in no particular order. */
    List<Did> all() {
        Set<Did> all = new LinkedHashSet<>();
        open.all().forEach(session -> all.add(session.did()));
        store.forEach(Kind.SESSION, entry -> {
            if (Did.isValid(entry.key().name())) {
                all.add(Did.of(entry.key().name()));
            }
        });
        forEachOther(health -> all.add(health.did()));
        return List.copyOf(all);
    }

    /** Returns the health of an account's session, or null if there is none. */
    @Nullable
    SessionHealth health(Did did) {
        Session live = open.peek(did);
        if (live != null) {
            return live.health();
        }
        Entry entry = entry(did);
        if (entry != null) {
            return SessionHealth.of(entry);
        }
        for (SessionSource source : sources) {
            SessionHealth health = source.health(did);
            if (health != null) {
                return health;
            }
        }
        return null;
    }

    /** Passes the health of each account's session to an action, those in memory first. */
    void forEachHealth(Consumer<? super SessionHealth> action) {
        Set<String> shown = new HashSet<>();
        for (Session session : open.all()) {
            shown.add(session.did().toString());
            action.accept(session.health());
        }
        store.forEach(Kind.SESSION, entry -> {
            SessionRecord stored = shown.contains(entry.key().name()) ? null : SessionRecord.readable(entry);
            if (stored != null) {
                shown.add(entry.key().name());
                action.accept(SessionHealth.of(entry));
            }
        });
        forEachOther(health -> {
            if (shown.add(health.did().toString())) {
                action.accept(health);
            }
        });
    }
}
