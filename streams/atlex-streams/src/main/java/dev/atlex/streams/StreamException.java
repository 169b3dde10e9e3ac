package dev.atlex.streams;

import dev.atlex.data.LexException;
import org.jspecify.annotations.Nullable;

/** The superclass of all exceptions of event streams. */
public class StreamException extends LexException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception. */
    public StreamException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
