package dev.atlex.session.internal.file;

import dev.atlex.session.store.EntryStore.Entry;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Thrown when the file of an entry doesn't contain that entry. */
public final class CorruptEntryException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Path file;
    private final transient @Nullable Entry plainText;

    CorruptEntryException(Path file, @Nullable String reason, @Nullable Entry plainText) {
        super(reason, null, false, false);
        this.file = file;
        this.plainText = plainText;
    }

    /** Returns the file. */
    public Path file() {
        return file;
    }

    /**
     * Returns the file's entry if it is plain text that may be older than the folder's encryption; otherwise null. Such
     * a file is refused, but not quarantined.
     */
    public @Nullable Entry plainText() {
        return plainText;
    }
}
