package dev.atlex.identity;

import dev.atlex.syntax.Did;
import org.jspecify.annotations.Nullable;

/** The DID cannot be resolved by anybody here: it is neither a well-formed {@code did:plc} nor a {@code did:web} of a bare host. */
public final class UnsupportedDidException extends IdentityException {
    private static final long serialVersionUID = 1L;

    private final String did;

    UnsupportedDidException(Did did, String message, @Nullable Throwable cause) {
        super(message, cause, false);
        this.did = did.toString();
    }

    /** The DID that was to be resolved. */
    public Did did() {
        return Did.unchecked(did);
    }

    @Override
    IdentityException copy() {
        return new UnsupportedDidException(did(), String.valueOf(getMessage()), this);
    }
}
