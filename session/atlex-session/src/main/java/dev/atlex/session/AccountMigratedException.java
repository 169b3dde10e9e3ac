package dev.atlex.session;

import dev.atlex.syntax.Did;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when the account has migrated to another server, which doesn't accept the session's tokens. Sign in there:
 * {@code Credentials.of(e.newHost(), e.did(), password)}. App passwords don't migrate, so create one on the new server.
 */
public final class AccountMigratedException extends SessionException {
    private static final long serialVersionUID = 1L;

    private final Did did;
    private final URI newHost;

    /**
     * Creates the exception.
     *
     * @param newHost the server in the account's DID document
     * @param cause the server's response, or null
     */
    public AccountMigratedException(Did did, URI newHost, @Nullable Throwable cause) {
        super("the account " + did + " has migrated to " + newHost + "; sign in there", cause);
        this.did = did;
        this.newHost = newHost;
    }

    @Override
    public AccountMigratedException again() {
        return new AccountMigratedException(did, newHost, getCause());
    }

    /** Returns the account. */
    public Did did() {
        return did;
    }

    /** Returns the server in the account's current DID document. */
    public URI newHost() {
        return newHost;
    }
}
