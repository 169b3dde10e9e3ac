package dev.atlex.identity;

import dev.atlex.syntax.Nsid;
import org.jspecify.annotations.Nullable;

/** Thrown when DNS has no DID, or more than one, for the authority of an NSID. */
public final class AuthorityNotFoundException extends IdentityException {
    private static final long serialVersionUID = 1L;

    private final String nsid;
    private final String reason;

    AuthorityNotFoundException(Nsid nsid, String reason, @Nullable Throwable cause) {
        super("failed to resolve the Lexicon authority for " + nsid + ": " + reason, cause, false);
        this.nsid = nsid.toString();
        this.reason = reason;
    }

    /** Returns the NSID whose authority was looked up. */
    public Nsid nsid() {
        return Nsid.unchecked(nsid);
    }

    @Override
    IdentityException copy() {
        return of(nsid());
    }

    /** Returns a copy for a different NSID of the same authority. */
    AuthorityNotFoundException of(Nsid other) {
        return new AuthorityNotFoundException(other, reason, this);
    }
}
