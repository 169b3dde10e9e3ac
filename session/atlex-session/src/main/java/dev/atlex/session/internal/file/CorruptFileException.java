package dev.atlex.session.internal.file;

/** Thrown when a store can't have written a file's content. */
public final class CorruptFileException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message a description of the problem; must not contain any of the content */
    public CorruptFileException(String message) {
        super(message, null, false, false);
    }
}
