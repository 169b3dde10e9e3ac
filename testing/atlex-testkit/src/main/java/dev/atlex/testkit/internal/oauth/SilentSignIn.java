package dev.atlex.testkit.internal.oauth;

import dev.atlex.testkit.internal.oauth.AuthorizationRequest.Parameters;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a browser that remembers an account needs a page at all. Only confidential clients sign in silently,
 * and only if the account has granted them the same scopes before. Guarded by the server's lock.
 */
final class SilentSignIn {
    private static final Duration REMEMBERED = Duration.ofDays(7);

    private final Clock clock;
    private final OAuthAccounts accounts;

    /** The scopes that accounts granted to clients, by DID and client. */
    private final Map<String, Set<String>> consents = new HashMap<>();

    SilentSignIn(Clock clock, OAuthAccounts accounts) {
        this.clock = clock;
        this.accounts = accounts;
    }

    void clear() {
        consents.clear();
    }

    void remember(Device device, OAuthAccount account) {
        device.accounts.put(account.did(), clock.instant());
    }

    void granted(OAuthAccount account, Parameters parameters) {
        consents.computeIfAbsent(key(account, parameters), key -> new HashSet<>())
                .addAll(ScopeSyntax.split(parameters.scope()));
    }

    private static String key(OAuthAccount account, Parameters parameters) {
        return account.did() + " " + parameters.clientId();
    }

    /** Returns the accounts that the browser remembers and that needn't enter their passwords. */
    List<OAuthAccount> remembered(Device device) {
        List<OAuthAccount> found = new ArrayList<>();
        device.accounts.forEach((did, signedInAt) -> {
            OAuthAccount account = accounts.find(did);
            if (account != null && !signedInAt.plus(REMEMBERED).isBefore(clock.instant())) {
                found.add(account);
            }
        });
        return found;
    }

    static boolean matches(OAuthAccount account, String hint) {
        return account.did().equals(hint) || account.handle().equals(hint);
    }

    /** Returns the account to sign in without a page, or null if a page is needed. */
    @Nullable
    OAuthAccount account(Html.Context context) {
        Parameters parameters = context.request().parameters;
        String prompt = parameters.prompt();
        String hint = parameters.loginHint();
        List<OAuthAccount> remembered = remembered(context.device());
        if ("select_account".equals(prompt) && remembered.isEmpty()) {
            throw new AuthorizationDenied(parameters, "account_selection_required", "Account selection required");
        }
        List<OAuthAccount> matching = remembered.stream()
                .filter(account -> hint != null && !account.deactivated() && matches(account, hint))
                .toList();
        OAuthAccount only = matching.size() == 1 ? matching.get(0) : null;
        boolean granted = only != null && consents(only, parameters);
        if (!"none".equals(prompt)) {
            return prompt == null && granted ? only : null;
        }
        if (only == null) {
            throw new AuthorizationDenied(parameters, "login_required", "Login is required");
        }
        if (!granted) {
            throw new AuthorizationDenied(parameters, "consent_required", "User consent required");
        }
        return only;
    }

    private boolean consents(OAuthAccount account, Parameters parameters) {
        return consents.getOrDefault(key(account, parameters), Set.of())
                .containsAll(ScopeSyntax.split(parameters.scope()));
    }
}
