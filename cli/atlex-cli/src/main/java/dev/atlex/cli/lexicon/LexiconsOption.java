package dev.atlex.cli.lexicon;

import dev.atlex.cli.runtime.CommandBuilder;
import dev.atlex.cli.runtime.OptionGroup;
import dev.atlex.cli.runtime.Options;
import dev.atlex.schema.document.LexiconDocuments;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The option that adds a folder of documents to the bundled ones. */
public final class LexiconsOption implements OptionGroup {
    private @Nullable Path folder;

    @Override
    public void addTo(CommandBuilder command) {
        command.add(Options.value(
                "--lexicons",
                "DIR",
                "Folder with additional documents, which take precedence over the bundled ones.",
                Path.class,
                value -> folder = value));
    }

    /** Returns whether the option is set. */
    public boolean isGiven() {
        return folder != null;
    }

    /**
     * Returns the documents in the folder, or null if the option is absent.
     *
     * @throws dev.atlex.cli.runtime.Failure if the folder can't be read or a document is invalid
     */
    public @Nullable LexiconDocuments load() {
        return folder == null ? null : Documents.load(folder);
    }
}
