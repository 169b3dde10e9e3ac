package dev.atlex.streams;

import dev.atlex.data.LexException;
import org.jspecify.annotations.Nullable;

/** The superclass of the failures of an event stream. */
public class StreamException extends LexException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception. */
    public StreamException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
