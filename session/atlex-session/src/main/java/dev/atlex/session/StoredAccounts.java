package dev.atlex.session;

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

/** Which accounts a pool has and how they are, in memory and in its store, without opening any. */
final class StoredAccounts {
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

    /** The account that a server told the handle of last: another may have had it before. */
    private @Nullable Did named(String handle) {
        if (handle.equalsIgnoreCase(SignInNames.NO_HANDLE)) {
            return null;
        }
        Latest latest = new Latest();
        Set<String> seen = new HashSet<>();
        for (PasswordSession session : open.all()) {
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
        return latest.did;
    }

    /** The account that was told of last. */
    private static final class Latest {
        private @Nullable Did did;
        private Instant at = Instant.MIN;

        void add(Did other, @Nullable Instant told) {
            if (did == null || told != null && told.isAfter(at)) {
                did = other;
                at = told == null ? Instant.MIN : told;
            }
        }
    }

    private static boolean isNamed(Handle known, String handle) {
        return known.toString().equalsIgnoreCase(handle);
    }

    /** All entries that the action can read: one that is damaged must not hide the others. */
    void forEachEntry(Consumer<Entry> action) {
        store.forEach(Kind.SESSION, entry -> {
            try {
                action.accept(entry);
            } catch (RuntimeException | Error e) {
                SessionRecord.leftOut(entry, e);
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
            SessionRecord stored = shown.contains(entry.key().name()) ? null : SessionRecord.readable(entry);
            if (stored != null) {
                action.accept(SessionHealth.of(entry));
            }
        });
    }
}
