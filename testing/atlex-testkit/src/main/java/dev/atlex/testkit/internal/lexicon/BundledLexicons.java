package dev.atlex.testkit.internal.lexicon;

import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.LexiconDocument;
import dev.atlex.syntax.Nsid;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The Lexicon documents in the jars of the lexicon modules. Each is read on first use. Thread-safe. */
public final class BundledLexicons {
    private static final ConcurrentMap<String, Optional<LexiconDocument>> DOCUMENTS = new ConcurrentHashMap<>();

    private BundledLexicons() {}

    /**
     * Returns the definition that a full reference identifies, such as {@code app.bsky.feed.defs#postView}, or null.
     */
    public static @Nullable Definition resolve(String ref) {
        int hash = ref.indexOf('#');
        String nsid = hash < 0 ? ref : ref.substring(0, hash);
        return DOCUMENTS
                .computeIfAbsent(nsid, BundledLexicons::read)
                .map(document -> document.def(hash < 0 ? "main" : ref.substring(hash + 1)))
                .orElse(null);
    }

    private static Optional<LexiconDocument> read(String nsid) {
        if (!Nsid.isValid(nsid)) { // it must not become part of a path
            return Optional.empty();
        }
        String resource = "META-INF/atlex/lexicons/" + nsid.replace('.', '/') + ".json";
        // Resources of META-INF belong to no package, so the class loader finds them in all modules.
        try (InputStream in = BundledLexicons.class.getClassLoader().getResourceAsStream(resource)) {
            return in == null ? Optional.empty() : Optional.of(LexiconDocument.parse(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + resource, e);
        }
    }
}
