package dev.atlex.session.internal.file;

import dev.atlex.session.SessionStoreException;
import dev.atlex.session.store.SessionStore.Entry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The entries of a folder that are plain text. Nobody vouches for them where others are encrypted. */
public final class PlainTextEntries {
    private final StoreFolder folder;
    private final EntryFileFormat envelope;

    /** @param envelope reads what is not encrypted */
    public PlainTextEntries(StoreFolder folder, EntryFileFormat envelope) {
        this.folder = folder;
        this.envelope = envelope;
    }

    /** What a file says if it is plain text and an entry under one of its names; else null. */
    public @Nullable Entry at(Path file) {
        try {
            byte[] content = folder.readEntry(file);
            Entry entry = content == null ? null : envelope.read(file, content, folder.modified(file));
            return entry != null && isNamed(file, entry) ? entry : null;
        } catch (CorruptFileException | PlainTextException | SessionStoreException e) {
            return null;
        }
    }

    private static boolean isNamed(Path file, Entry entry) {
        String name = file.getFileName().toString();
        String old = FileNames.old(entry.key());
        return name.equals(FileNames.of(entry.key()) + FileNames.SUFFIX)
                || old != null && name.equals(old + FileNames.SUFFIX);
    }

    /** All of them, in the order of their names. */
    public List<Path> all() {
        List<Path> files = new ArrayList<>();
        folder.forEach(file -> {
            if (FileNames.isEntry(file.getFileName().toString()) && at(file) != null) {
                files.add(file);
            }
        });
        files.sort(null);
        return files;
    }
}
