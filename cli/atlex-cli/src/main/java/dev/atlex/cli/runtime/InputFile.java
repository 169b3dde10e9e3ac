package dev.atlex.cli.runtime;

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

/** A file given on the command line; {@code -} is stdin. */
public final class InputFile {
    private final CliEnvironment environment;
    private final String name;
    private final @Nullable Path path;

    /**
     * Creates an input file without opening it.
     *
     * @throws Failure if the name isn't a valid path
     */
    public InputFile(CliEnvironment environment, String name) {
        this.environment = environment;
        this.name = name.equals("-") ? "stdin" : name;
        try {
            this.path = name.equals("-") ? null : Path.of(name);
        } catch (InvalidPathException e) {
            throw Failure.input("not a valid file name: " + name);
        }
    }

    /**
     * Reads the whole file.
     *
     * @throws Failure if it can't be read or has more than {@code maxBytes} bytes
     */
    public byte[] read(int maxBytes) {
        try (InputStream in = path == null ? environment.in() : Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(maxBytes);
            if (in.read() >= 0) {
                throw Failure.input(name + " is larger than " + maxBytes + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw Failure.storage("can't read " + name, e);
        }
    }

    /**
     * Reads the whole file as JSON of the data model.
     *
     * @param label the name of the file in messages
     * @throws Failure if it can't be read, is too large or isn't valid JSON of the data model
     */
    public LexValue json(int maxBytes, String label) {
        try {
            return LexValue.parseJson(read(maxBytes), ReadOptions.STRICT);
        } catch (LexDataException e) {
            throw new Failure(Failure.WRONG_USE, "InvalidInput", label + ": " + e.getMessage(), e);
        }
    }

    /** Returns the content as a request body. A file is streamed; stdin is read into memory. */
    public RequestBody body(int maxBytesOfStdin) {
        if (path == null) {
            return RequestBody.of(read(maxBytesOfStdin));
        }
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            throw Failure.input("can't read " + name);
        }
        return RequestBody.ofFile(path);
    }
}
