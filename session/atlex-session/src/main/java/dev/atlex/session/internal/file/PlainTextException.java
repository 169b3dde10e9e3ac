package dev.atlex.session.internal.file;

import dev.atlex.session.store.SessionStore.Entry;

/** A file is plain text where it should be encrypted. */
public final class PlainTextException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Entry entry;

    /** @param entry what the file says, which nobody vouches for */
    public PlainTextException(Entry entry) {
        super("it is plain text", null, false, false);
        this.entry = entry;
    }

    /** What the file says, which nobody vouches for. */
    public Entry entry() {
        return entry;
    }
}
