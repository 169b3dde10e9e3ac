package dev.atlex.codegen;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/**
 * What is generated, and where to.
 *
 * @param lexicons folders of Lexicon documents, read with all that is below them
 * @param include which of the documents become Java: NSIDs, or prefixes such as {@code com.atproto.*}; empty for all. The
 *     others are only referred to, and their Java must be in a dependency
 * @param output the folder of the sources; those of documents that are gone are removed
 * @param packagePrefix put before each package, or null: {@code com.example.lexicons}
 * @param module the name of a {@code module-info.java} to generate, or null for none
 * @param requires the modules that it needs beside Atlex's own: those of the documents that are only referred to
 */
public record Options(
        List<Path> lexicons,
        List<String> include,
        Path output,
        @Nullable String packagePrefix,
        @Nullable String module,
        List<String> requires) {
    public Options {
        lexicons = List.copyOf(lexicons);
        include = List.copyOf(include);
        requires = List.copyOf(requires);
        Objects.requireNonNull(output, "output");
        if (packagePrefix != null && !SourceVersion.isName(packagePrefix)) {
            throw new IllegalArgumentException("\"" + packagePrefix + "\" is no name of a Java package");
        }
    }

    /** Whether the document of that NSID becomes Java. */
    public boolean includes(String nsid) {
        return include.isEmpty() || include.stream().anyMatch(pattern -> matches(pattern, nsid));
    }

    static boolean matches(String pattern, String nsid) {
        return pattern.endsWith(".*")
                ? nsid.startsWith(pattern.substring(0, pattern.length() - 1))
                : nsid.equals(pattern);
    }
}
