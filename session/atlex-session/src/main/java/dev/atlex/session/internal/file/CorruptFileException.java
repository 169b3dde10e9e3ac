package dev.atlex.session.internal.file;

/** A file does not hold what it should. */
public final class CorruptFileException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong, without anything of the content */
    public CorruptFileException(String message) {
        super(message, null, false, false);
    }
}
