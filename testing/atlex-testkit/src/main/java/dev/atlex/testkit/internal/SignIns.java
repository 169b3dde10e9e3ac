package dev.atlex.testkit.internal;

import dev.atlex.testkit.internal.oauth.OAuthAccount;
import dev.atlex.testkit.internal.oauth.OAuthAccounts;
import dev.atlex.testkit.internal.oauth.OAuthError;
import org.jspecify.annotations.Nullable;

/** The accounts on the server, for the authorization server. Guarded by the server's lock. */
final class SignIns implements OAuthAccounts {
    private final Accounts accounts;

    SignIns(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public OAuthAccount signIn(String identifier, String password) {
        PasswordMatch match = PasswordMatch.of(accounts, identifier, password);
        if (match == null) {
            throw OAuthError.invalidRequest("Invalid identifier or password");
        }
        if (match.account().removed()) {
            throw OAuthError.invalidRequest("Account was taken down");
        }
        if (match.appPassword() != null) {
            throw OAuthError.invalidRequest("App passwords are not allowed");
        }
        return view(match.account());
    }

    @Override
    public OAuthAccount create(String handle, String email, String password) {
        if (!Formats.handle(handle)) {
            throw OAuthError.invalidRequest("Invalid handle");
        }
        try {
            accounts.checkNew(handle, email, password);
            return view(accounts.create(handle, email, password));
        } catch (XrpcError e) {
            throw OAuthError.invalidRequest(e.text);
        }
    }

    @Override
    public @Nullable OAuthAccount find(String did) {
        Account account = accounts.byDid(did);
        return account == null || account.removed() ? null : view(account);
    }

    private static OAuthAccount view(Account account) {
        return new OAuthAccount(account.did, account.handle, account.deactivated);
    }
}
