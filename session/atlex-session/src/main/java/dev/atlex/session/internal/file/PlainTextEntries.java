package dev.atlex.session.internal.file;

import dev.atlex.session.SessionStoreException;
import dev.atlex.session.store.EntryStore.Entry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the entries of a folder that are plain text. In an encrypted folder, anyone may have written them. */
public final class PlainTextEntries {
    private final StoreFolder folder;
    private final EntryFileFormat format;

    /** @param format the format without encryption */
    public PlainTextEntries(StoreFolder folder, EntryFileFormat format) {
        this.folder = folder;
        this.format = format;
    }

    /** Returns the entry of a plain-text file that has one of its key's names; null for any other file. */
    public @Nullable Entry at(Path file) {
        try {
            byte[] content = folder.readEntry(file);
            Entry entry = content == null ? null : format.read(file, content, folder.modified(file));
            return entry != null && isNamedAfterKey(file, entry) ? entry : null;
        } catch (CorruptFileException | PlainTextException | SessionStoreException e) {
            return null;
        }
    }

    private static boolean isNamedAfterKey(Path file, Entry entry) {
        String name = file.getFileName().toString();
        String old = FileNames.old(entry.key());
        return name.equals(FileNames.of(entry.key()) + FileNames.SUFFIX)
                || old != null && name.equals(old + FileNames.SUFFIX);
    }

    /** Returns all plain-text entries, sorted by name. */
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
