package dev.atlex.cli;

import dev.atlex.cli.help.ManPage;
import dev.atlex.cli.lexicon.MethodIndex;
import dev.atlex.cli.lexicon.Prose;
import dev.atlex.cli.runtime.CliEnvironment;
import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.schema.document.LexiconDocuments;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Writes the files that the build derives from commands and documents: the index of the methods and the manual pages. */
public final class GeneratedFiles {
    private GeneratedFiles() {}

    /**
     * Runs in the build: {@code DOCUMENTS PROSE INDEX MANUALS VERSION}, the folders of the documents and of the prose, the
     * index to write, the folder of the manual pages to write, and the version to print in them.
     */
    public static void main(String[] args) throws IOException {
        writeIndex(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]));
        writeManuals(Path.of(args[3]), args[4]);
    }

    private static void writeIndex(Path documents, Path prose, Path file) throws IOException {
        Prose sentences = Prose.in(prose);
        String lines = LexiconDocuments.load(documents).all().stream()
                .map(document -> MethodIndex.describe(document, sentences))
                .filter(Objects::nonNull)
                .sorted(Comparator.comparing(MethodIndex.Method::nsid))
                .map(method -> method.line() + "\n")
                .collect(Collectors.joining());
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, lines);
    }

    private static void writeManuals(Path folder, String version) throws IOException {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        CliEnvironment environment = new CliEnvironment(
                Map.of(), InputStream.nullInputStream(), nowhere, nowhere, () -> null, () -> false, () -> 0);
        Files.createDirectories(folder);
        for (Map.Entry<String, String> page : ManPage.all(
                        Main.commandLine(new CommandContext(environment), new String[0]), version)
                .entrySet()) {
            Files.writeString(folder.resolve(page.getKey()), page.getValue());
        }
    }
}
