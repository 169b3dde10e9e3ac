package dev.atlex.spring;

import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionOptions;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.session.store.SessionStore;

/**
 * The options for all sessions. This is a separate type because an application may have {@link SessionOptions} beans for
 * other purposes.
 *
 * @param options the options, without a store
 */
record SessionSettings(SessionOptions options) {
    /**
     * Resumes the account's session or signs in. A session that no later start can resume is logged out when it is
     * closed.
     */
    PasswordSession open(Credentials credentials, SessionStore store) {
        boolean lasting = !(store instanceof MemorySessionStore);
        SessionOptions used = options.logoutOnClose() != null || lasting
                ? options
                : options.toBuilder().logoutOnClose(true).build();
        return PasswordSession.open(credentials, store, used);
    }
}
