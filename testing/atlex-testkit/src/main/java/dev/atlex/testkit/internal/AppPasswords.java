package dev.atlex.testkit.internal;

import java.security.SecureRandom;
import java.time.Instant;

/** Creates and revokes app passwords. */
final class AppPasswords {
    private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";
    private static final SecureRandom RANDOM = new SecureRandom();

    private AppPasswords() {}

    static Account.AppPassword create(Account account, String name, boolean privileged, Instant now) {
        StringBuilder text = new StringBuilder(19);
        for (int i = 0; i < 16; i++) {
            text.append(i > 0 && i % 4 == 0 ? "-" : "").append(DIGITS.charAt(RANDOM.nextInt(32)));
        }
        Account.AppPassword password = new Account.AppPassword(name, text.toString(), now, privileged);
        account.appPasswords.put(name, password);
        return password;
    }

    /** Revokes the password and the sessions created with it. Returns whether it existed. */
    static boolean revoke(Pds pds, Account account, String name) {
        pds.sessions.revokeAppPassword(account.did, name);
        return account.appPasswords.remove(name) != null;
    }
}
