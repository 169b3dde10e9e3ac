package dev.atlex.cli.repo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.data.LexDataException;
import dev.atlex.repo.RepoRecord;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes each record to a file, {@code COLLECTION/KEY.json}. The keys are untrusted. Only valid NSIDs and record keys
 * become file names. Neither can contain a separator or be {@code ..}, so no file can end up outside the folder. The
 * folder is new or empty, and existing files are never opened, so no link in it can be followed.
 */
final class Unpacker {
    /** The maximum length of a key in a file name. File systems allow 255 bytes, and the extension needs some. */
    private static final int MAX_NAME = 200;

    private final CommandContext context;
    private final Path folder;
    /** For names that were taken, without regard to case, the next number to add. */
    private final Map<String, Integer> numbers = new HashMap<>();

    private int written;
    private int skipped;

    /**
     * Creates the folder.
     *
     * @throws Failure if it isn't empty, or can't be created
     */
    Unpacker(CommandContext context, Path folder) {
        this.context = context;
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            try (Stream<Path> files = Files.list(folder)) {
                if (files.findAny().isPresent()) {
                    throw Failure.input(folder + " isn't empty; specify a new folder");
                }
            }
        } catch (IOException e) {
            throw Failure.storage("can't create " + folder, e);
        }
    }

    /** Writes a record. One that can't be written is skipped with a warning. */
    void write(RepoRecord record) {
        if (!Nsid.isValid(record.collection()) || !RecordKey.isValid(record.rkey())) {
            skip("not a valid record path (got \"" + record.key() + "\")");
            return;
        }
        byte[] json;
        try {
            json = (record.value().toJson() + "\n").getBytes(UTF_8);
        } catch (LexDataException e) {
            skip(record.key() + " isn't a record: " + e.getMessage());
            return;
        }
        if (record.collection().length() > MAX_NAME) {
            skip("the collection's name is too long for a folder: " + record.key());
            return;
        }
        String name = FileNames.portable(record.rkey());
        if (name.length() > MAX_NAME) {
            name = record.cid().toString();
            context.warn("the key is too long for a file name; named by its CID instead: " + record.key());
        }
        Path target = folder.resolve(FileNames.portable(record.collection()));
        try {
            Files.createDirectories(target);
            writeNew(target, name, json, record.key());
        } catch (IOException e) {
            throw Failure.storage("can't write " + name + ".json in " + target, e);
        }
        written++;
    }

    /**
     * Writes to a new file. If there is one of that name, adds a number. That happens on file systems that ignore case,
     * and if several long keys have the same content.
     */
    private void writeNew(Path target, String name, byte[] json, String key) throws IOException {
        String base = target.resolve(name).toString().toLowerCase(Locale.ROOT);
        int number = numbers.getOrDefault(base, 1);
        for (; ; number++) {
            String file = name + (number == 1 ? "" : " (" + number + ")") + ".json";
            try {
                Files.write(target.resolve(file), json, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                if (number > 1) {
                    numbers.put(base, number + 1);
                    context.warn("there is already a file of that name; written to " + file + " instead: " + key);
                }
                return;
            } catch (FileAlreadyExistsException e) {
                // Try the next number.
            }
        }
    }

    private void skip(String reason) {
        skipped++;
        context.warn("skipped: " + reason);
    }

    int written() {
        return written;
    }

    int skipped() {
        return skipped;
    }
}
