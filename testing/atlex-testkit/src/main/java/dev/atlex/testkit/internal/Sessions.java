package dev.atlex.testkit.internal;

import dev.atlex.data.internal.Durations;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The valid refresh tokens and their rotation. A used token remains valid for the grace period and always leads to the
 * same successor. Guarded by the server's lock.
 */
final class Sessions {
    /** A new pair of tokens. */
    record Pair(String accessJwt, String refreshJwt) {}

    private static final class Entry {
        final String did;
        final @Nullable String appPassword;
        Instant expiresAt;

        @Nullable
        String next;

        Entry(String did, @Nullable String appPassword, Instant expiresAt) {
            this.did = did;
            this.appPassword = appPassword;
            this.expiresAt = expiresAt;
        }
    }

    private final Settings settings;
    private final Tokens tokens;
    private final Map<String, Entry> entries = new HashMap<>();

    Sessions(Settings settings, Tokens tokens) {
        this.settings = settings;
        this.tokens = tokens;
    }

    /** @param appPassword the app password used to sign in; null for the main password */
    Pair create(Account account, Account.@Nullable AppPassword appPassword) {
        Scope scope = account.removed() ? Scope.TAKENDOWN : scope(appPassword);
        return issue(account, appPassword == null ? null : appPassword.name(), scope, tokens.newJti());
    }

    private static Scope scope(Account.@Nullable AppPassword appPassword) {
        if (appPassword == null) {
            return Scope.ACCESS;
        }
        return appPassword.privileged() ? Scope.APP_PASS_PRIVILEGED : Scope.APP_PASS;
    }

    private Pair issue(Account account, @Nullable String appPassword, Scope scope, String jti) {
        Instant expires = settings.clock.instant().plus(settings.refreshLifetime);
        entries.putIfAbsent(jti, new Entry(account.did, appPassword, expires));
        return new Pair(tokens.access(account.did, scope), tokens.refresh(account.did, jti));
    }

    /** Returns the pair with the successor, or null if the token is no longer valid. */
    @Nullable
    Pair rotate(Account account, String jti) {
        Instant now = settings.clock.instant();
        Entry entry = entries.get(jti);
        if (entry == null) {
            return null;
        }
        entries.values().removeIf(e -> e.did.equals(entry.did) && !e.expiresAt.isAfter(now));
        if (!entry.expiresAt.isAfter(now)) {
            return null;
        }
        Instant graceEnds = now.plus(Durations.bounded(settings.gracePeriod));
        if (graceEnds.isBefore(entry.expiresAt)) { // later uses don't extend the grace period
            entry.expiresAt = graceEnds;
        }
        String next = entry.next == null ? tokens.newJti() : entry.next;
        entry.next = next;
        String name = entry.appPassword;
        if (name == null) {
            return issue(account, null, Scope.ACCESS, next);
        }
        Account.AppPassword appPassword = account.appPasswords.get(name);
        Scope scope = appPassword == null ? Scope.APP_PASS : scope(appPassword);
        return issue(account, name, scope, next);
    }

    void revoke(String jti) {
        entries.remove(jti);
    }

    void revokeAll(String did) {
        entries.values().removeIf(e -> e.did.equals(did));
    }

    void revokeAppPassword(String did, String name) {
        entries.values().removeIf(e -> e.did.equals(did) && name.equals(e.appPassword));
    }

    void clear() {
        entries.clear();
    }
}
