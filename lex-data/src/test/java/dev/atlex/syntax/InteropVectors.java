package dev.atlex.syntax;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the protocol's interoperability vectors are: beside the checkout, or where {@code atlex.interop} says. */
public final class InteropVectors {
    private InteropVectors() {}

    /** The folder, or null where this machine does not have it. */
    public static @Nullable Path folder() {
        String property = System.getProperty("atlex.interop");
        if (property != null) {
            return Path.of(property);
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path candidate = at.resolveSibling("shared").resolve("interop");
            if (Files.isDirectory(candidate)) {
                return candidate;
            }
        }
        return null;
    }

    /** For {@code @EnabledIf}. */
    public static boolean areHere() {
        return folder() != null;
    }
}
