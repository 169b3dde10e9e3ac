package dev.atlex.session.internal.file;

import dev.atlex.session.store.EntryStore.Entry;

/** Thrown when a file contains plain text even though entries are encrypted. */
public final class PlainTextException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Entry entry;

    /** @param entry the file's content, which isn't authenticated */
    public PlainTextException(Entry entry) {
        super("it is plain text", null, false, false);
        this.entry = entry;
    }

    /** Returns the file's content, which isn't authenticated. */
    public Entry entry() {
        return entry;
    }
}
