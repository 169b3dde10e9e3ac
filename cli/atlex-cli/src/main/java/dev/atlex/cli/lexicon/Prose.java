package dev.atlex.cli.lexicon;

import dev.atlex.cli.runtime.Failure;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.document.Definition;
import dev.atlex.syntax.Nsid;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The sentences that explain bundled documents, from {@code lexicons/prose}. The keys are those of the files in that
 * folder: {@code main}, {@code main/params/limit}. A definition without prose falls back to the document's own
 * {@code description}, which only users' documents have.
 */
public final class Prose {
    private static final String BUNDLED = "prose";

    private final @Nullable Path folder;

    private Prose(@Nullable Path folder) {
        this.folder = folder;
    }

    /** Returns the prose that is bundled with the program. */
    public static Prose bundled() {
        return new Prose(null);
    }

    /** Returns the prose in a folder. */
    public static Prose in(Path folder) {
        return new Prose(folder);
    }

    /**
     * Returns the sentences about a document, by key; empty if there are none.
     *
     * @throws Failure if they can't be read
     */
    public LexMap of(String nsid) {
        // An invalid NSID must not become part of a path.
        String name = (Nsid.isValid(nsid) ? nsid.replace('.', '/') : "none") + ".json";
        try (InputStream in = open(name)) {
            return in != null && LexValue.parseJson(in.readAllBytes(), ReadOptions.STRICT) instanceof LexMap map
                    ? map
                    : LexMap.of();
        } catch (IOException e) {
            throw Failure.storage("can't read the description of " + nsid, e);
        }
    }

    private @Nullable InputStream open(String name) throws IOException {
        if (folder == null) {
            return Prose.class.getResourceAsStream(BUNDLED + '/' + name);
        }
        Path file = folder.resolve(name);
        return Files.exists(file) ? Files.newInputStream(file) : null;
    }

    /** Returns the first sentence about a document's main definition, or an empty String. */
    String summary(String nsid, @Nullable Definition main) {
        String text = of(nsid).getString("main");
        if (text == null && main != null) {
            text = main.description();
        }
        return text == null ? "" : firstSentence(text);
    }

    /** Returns the text up to the first full stop before a space and a capital, without line breaks or tabs. */
    static String firstSentence(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        for (int end = line.indexOf(". "); end >= 0; end = line.indexOf(". ", end + 1)) {
            if (end + 2 < line.length() && !Character.isLowerCase(line.charAt(end + 2))) {
                return line.substring(0, end + 1);
            }
        }
        return line;
    }
}
