package dev.atlex.identity;

import dev.atlex.syntax.Did;
import org.jspecify.annotations.Nullable;

/** Thrown when a DID is neither a valid {@code did:plc} nor a {@code did:web} that consists only of a host name. */
public final class UnsupportedDidException extends IdentityException {
    private static final long serialVersionUID = 1L;

    private final String did;

    UnsupportedDidException(Did did, String message, @Nullable Throwable cause) {
        super(message, cause, false);
        this.did = did.toString();
    }

    /** Returns the unsupported DID. */
    public Did did() {
        return Did.unchecked(did);
    }

    @Override
    IdentityException copy() {
        return new UnsupportedDidException(did(), String.valueOf(getMessage()), this);
    }
}
