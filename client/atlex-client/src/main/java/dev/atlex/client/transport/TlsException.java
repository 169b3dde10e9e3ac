package dev.atlex.client.transport;

import dev.atlex.data.LexException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a file with certificates or keys can't be read or is invalid, or the JVM can't use it. If a file is the
 * cause, the message identifies it.
 */
public final class TlsException extends LexException {
    private static final long serialVersionUID = 1L;

    TlsException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
