package dev.atlex.cli.session;

import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.data.LexDataException;
import dev.atlex.oauth.OAuthSessionData;
import dev.atlex.oauth.internal.session.PendingLogout;
import dev.atlex.session.SessionListener;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.syntax.Did;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** OAuth logouts that a server hasn't confirmed yet. */
final class OAuthLogouts {
    private OAuthLogouts() {}

    /**
     * Returns the account.
     *
     * @throws SessionStoreException if the entry is corrupt
     */
    static Did did(Entry entry) {
        return data(entry).did();
    }

    private static OAuthSessionData data(Entry entry) {
        return PendingLogout.of(entry).record().data();
    }

    /**
     * Retries pending logouts, except those that belong to clients that this program can't act as.
     *
     * @return the number of retried logouts that are still pending
     */
    static int finish(CommandContext context, List<Entry> entries) {
        Map<String, OAuthSessionData> clients = new HashMap<>();
        for (Entry entry : entries) {
            try {
                OAuthSessionData data = data(entry);
                OAuthClients.metadata(data);
                OAuthAccount.redact(context.redactor(), data);
                // A client created for a server without TLS can reach all other servers too.
                boolean plain = "http".equals(data.issuer().getScheme());
                clients.merge(String.valueOf(data.clientId()), data, (known, other) -> plain ? other : known);
            } catch (LexDataException | SessionStoreException e) {
                continue; // atlex sessions --logouts reports corrupt entries.
            }
        }
        int left = 0;
        for (OAuthSessionData data : clients.values()) {
            left += OAuthClients.of(context, data, SessionListener.NONE).finishLogouts();
        }
        return left;
    }
}
