package dev.atlex.codegen.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.internal.Sha256;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A digest of all inputs of a run. If it is unchanged, the generated files would be too. */
public final class Fingerprint {
    private final MessageDigest digest = Sha256.newDigest();

    private Fingerprint() {}

    /**
     * Returns the fingerprint of a run, or null if the generator is null.
     *
     * @param generator the fingerprint of the {@link #generator}
     * @param options the options that affect the result
     * @param files the files of each kind
     */
    public static @Nullable String of(
            @Nullable String generator,
            String options,
            List<List<LexiconFiles.Content>> files,
            Dependencies dependencies) {
        if (generator == null) {
            return null;
        }
        Fingerprint fingerprint = new Fingerprint();
        fingerprint.add(generator);
        fingerprint.add(options);
        for (List<LexiconFiles.Content> kind : files) {
            fingerprint.add(String.valueOf(kind.size()));
            for (LexiconFiles.Content file : kind) {
                fingerprint.add(file.file().toString());
                fingerprint.add(file.json());
            }
        }
        dependencies.addTo(fingerprint);
        return HexFormat.of().formatHex(fingerprint.digest.digest());
    }

    /** Adds a part, prefixed with its length so that the boundaries between parts are unambiguous. */
    void add(byte[] part) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).flip());
        digest.update(part);
    }

    void add(String part) {
        add(part.getBytes(UTF_8));
    }

    /** Returns a file's modification time and size. */
    static String stamp(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toMillis() + " " + Files.size(file);
    }

    /** Returns a stamp of the generator's jar, or null if it runs from a class folder, whose files may change. */
    public static @Nullable String generator() {
        CodeSource source = Fingerprint.class.getProtectionDomain().getCodeSource();
        try {
            Path jar = source == null ? null : Path.of(source.getLocation().toURI());
            return jar != null && Files.isRegularFile(jar) ? stamp(jar) : null;
        } catch (IOException | URISyntaxException | IllegalArgumentException e) {
            return null;
        }
    }
}
