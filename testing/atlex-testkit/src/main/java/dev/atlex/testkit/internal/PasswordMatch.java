package dev.atlex.testkit.internal;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An account found by its name and one of its passwords.
 *
 * @param appPassword the app password, or null for the main password
 */
record PasswordMatch(Account account, Account.@Nullable AppPassword appPassword) {
    /**
     * Returns the account with this handle, DID or email address, if the password is right. App passwords of accounts
     * that were taken down don't count.
     */
    static @Nullable PasswordMatch of(Accounts accounts, String identifier, String password) {
        Account account = identifier.indexOf('@') >= 0
                ? accounts.byEmail(identifier)
                : accounts.find(identifier.toLowerCase(Locale.ROOT));
        if (account == null) {
            return null;
        }
        if (password.equals(account.password)) {
            return new PasswordMatch(account, null);
        }
        for (Account.AppPassword candidate : account.appPasswords.values()) {
            if (!account.removed() && candidate.password().equals(password)) {
                return new PasswordMatch(account, candidate);
            }
        }
        return null;
    }
}
