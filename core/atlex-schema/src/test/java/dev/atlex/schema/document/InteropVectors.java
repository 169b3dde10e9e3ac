package dev.atlex.schema.document;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** Finds the protocol's interoperability vectors in the test resources. */
public final class InteropVectors {
    private InteropVectors() {}

    /** Returns the folder with the vectors. */
    public static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(InteropVectors.class.getResource("/interop"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
