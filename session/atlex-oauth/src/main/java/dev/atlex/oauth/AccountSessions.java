package dev.atlex.oauth;

import dev.atlex.oauth.internal.session.LogoutQueue;
import dev.atlex.oauth.internal.session.OAuthContext;
import dev.atlex.oauth.internal.session.OAuthRecord;
import dev.atlex.oauth.internal.session.SessionEntries;
import dev.atlex.session.Session;
import dev.atlex.session.SessionHealth;
import dev.atlex.session.pool.SessionSource;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.syntax.Did;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A client's sessions without an ID, of which each account has at most one. */
final class AccountSessions implements SessionSource {
    private final OAuthContext context;
    private final SessionEntries entries;
    private final LogoutQueue logouts;

    AccountSessions(OAuthContext context) {
        this.context = context;
        this.entries = new SessionEntries(context);
        this.logouts = new LogoutQueue(context);
    }

    @Override
    public @Nullable Session resume(Did did) {
        Entry entry = entries.find(did, null);
        return entry == null ? null : OAuthSession.resumed(context, entry);
    }

    @Override
    public @Nullable SessionHealth health(Did did) {
        Entry entry = entries.find(did, null);
        return entry == null ? null : OAuthRecord.of(entry).health(entry.savedAt());
    }

    @Override
    public void forEachHealth(Consumer<? super SessionHealth> action) {
        entries.forEach(entry -> {
            if (OAuthRecord.sessionId(entry.key()) == null) {
                action.accept(OAuthRecord.of(entry).health(entry.savedAt()));
            }
        });
    }

    @Override
    public int finishLogouts() {
        return logouts.finishAll();
    }

    @Override
    public String toString() {
        return "OAuthClient.sessions(" + context.clientId() + ")";
    }
}
