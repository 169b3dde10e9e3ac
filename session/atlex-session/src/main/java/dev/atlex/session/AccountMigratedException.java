package dev.atlex.session;

import dev.atlex.syntax.Did;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The account has moved to another server, which does not take the session's tokens. Sign in there:
 * {@code Credentials.of(e.newHost().toString(), e.did().toString(), password)}; app passwords don't move along, so it
 * takes one that was made there.
 */
public final class AccountMigratedException extends SessionException {
    private static final long serialVersionUID = 1L;

    private final Did did;
    private final URI newHost;

    public AccountMigratedException(Did did, URI newHost, @Nullable Throwable cause) {
        super("the account " + did + " has moved to " + newHost + "; sign in there", cause);
        this.did = did;
        this.newHost = newHost;
    }

    @Override
    public AccountMigratedException again() {
        return new AccountMigratedException(did, newHost, getCause());
    }

    /** The account. */
    public Did did() {
        return did;
    }

    /** The server that its DID document names now. */
    public URI newHost() {
        return newHost;
    }
}
