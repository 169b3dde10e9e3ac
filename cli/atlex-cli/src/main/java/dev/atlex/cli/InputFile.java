package dev.atlex.cli;

import dev.atlex.client.transport.RequestBody;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that was named on the command line; {@code -} is stdin. */
final class InputFile {
    private final CliEnvironment world;
    private final String name;
    private final @Nullable Path path;

    InputFile(CliEnvironment world, String name) {
        this.world = world;
        this.name = name.equals("-") ? "stdin" : name;
        try {
            this.path = name.equals("-") ? null : Path.of(name);
        } catch (InvalidPathException e) {
            throw Failure.input("no file can be called " + name);
        }
    }

    /** The whole content. */
    byte[] read(int maxBytes) {
        try (InputStream in = path == null ? world.in() : Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(maxBytes);
            if (in.read() >= 0) {
                throw Failure.input(name + " has more than " + maxBytes + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw Failure.storage("can't read " + name, e);
        }
    }

    /**
     * The content as JSON of the data model.
     *
     * @throws Failure if it is none
     */
    LexValue json(int maxBytes) {
        try {
            return LexValue.parseJson(read(maxBytes), ReadOptions.STRICT);
        } catch (LexDataException e) {
            throw new Failure(Failure.WRONG_USE, "InvalidInput", "--input: " + e.getMessage(), e);
        }
    }

    /** The content as the body of a request; that of a file is not brought into memory. */
    RequestBody body(int maxBytesOfStdin) {
        if (path == null) {
            return RequestBody.of(read(maxBytesOfStdin));
        }
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            throw Failure.input("can't read " + name);
        }
        return RequestBody.ofFile(path);
    }
}
