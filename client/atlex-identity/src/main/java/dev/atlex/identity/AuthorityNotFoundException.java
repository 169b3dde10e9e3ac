package dev.atlex.identity;

import dev.atlex.syntax.Nsid;
import org.jspecify.annotations.Nullable;

/** The DNS names no DID for the authority of an NSID, or several. */
public final class AuthorityNotFoundException extends IdentityException {
    private static final long serialVersionUID = 1L;

    private final String nsid;
    private final String reason;

    AuthorityNotFoundException(Nsid nsid, String reason, @Nullable Throwable cause) {
        super("the authority of " + nsid + " could not be resolved: " + reason, cause, false);
        this.nsid = nsid.toString();
        this.reason = reason;
    }

    /** The NSID whose authority was looked up. */
    public Nsid nsid() {
        return Nsid.unchecked(nsid);
    }

    @Override
    IdentityException copy() {
        return of(nsid());
    }

    /** The same for an NSID of the same authority. */
    AuthorityNotFoundException of(Nsid other) {
        return new AuthorityNotFoundException(other, reason, this);
    }
}
