package dev.atlex.streams;

/** Thrown when a stream ends because of a gap, if the policy is {@link Gap#STOP}. */
public final class StreamGapException extends StreamException {
    private static final long serialVersionUID = 1L;

    private final transient StreamGap gap;

    /** Creates an exception. */
    public StreamGapException(String message, StreamGap gap) {
        super(message, null);
        this.gap = gap;
    }

    /** Returns the gap. */
    public StreamGap gap() {
        return gap;
    }
}
