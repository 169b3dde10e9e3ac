package dev.atlex.cli;

import dev.atlex.codegen.CodeGenerator;
import dev.atlex.codegen.Options;
import dev.atlex.data.LexMap;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "build",
        mixinStandardHelpOptions = true,
        description = {
            "Makes Java sources of Lexicon documents.",
            "What is in the folder of sources already is left alone where it is as it should be; sources of documents "
                    + "that are gone are removed. Nothing is written if a document can't become Java: each problem is a "
                    + "line on stderr.",
            "Documents can refer to those that come with the program (com.atproto, app.bsky, chat.bsky, tools.ozone): "
                    + "their Java is in atlex-lexicons-atproto and atlex-lexicons-bluesky, and is not generated again.",
            "Prints what was done as JSON: {\"documents\",\"types\",\"written\"}"
        })
final class Build implements Callable<Integer> {
    private final Atlex atlex;

    @Option(
            names = "--lexicons",
            required = true,
            paramLabel = "DIR",
            description = "The documents: all files *.json in the folder and below it; may be given several times.")
    private List<Path> lexicons = new ArrayList<>();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder of the sources.")
    private Path out = Path.of("");

    @Option(names = "--package-prefix", paramLabel = "P", description = "Put before each package: com.example.lexicons")
    private @Nullable String packagePrefix;

    @Option(
            names = "--include",
            paramLabel = "NSID|PREFIX.*",
            description =
                    "Only these documents become Java, and the others are referred to; may be given several times.")
    private List<String> include = new ArrayList<>();

    @Option(
            names = "--exclude",
            paramLabel = "NSID|PREFIX.*",
            description =
                    "Of these, not those; may be given several times. They may even be invalid. A file can be named, "
                            + "too: broken.json, or com/example/broken.json.")
    private List<String> exclude = new ArrayList<>();

    @Option(
            names = "--dependencies",
            paramLabel = "CLASSPATH",
            description = "Jars and folders with Java of other documents, to which is referred.")
    private String dependencies = "";

    @Option(
            names = "--ignore-errors",
            description =
                    "Build what can be built. Invalid documents are left out, and what is missing where one refers to "
                            + "it may be any value. Each problem is a warning on stderr.")
    private boolean ignoreErrors;

    Build(Atlex atlex) {
        this.atlex = atlex;
    }

    @Override
    public Integer call() {
        // Without any document, all sources of an earlier run would be removed.
        List<Path> folders = lexicons.stream().map(Documents::requireSome).toList();
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw Failure.input("--out: " + out + " is no folder");
        }
        CodeGenerator.Result done;
        try (Documents.Bundled bundled = new Documents.Bundled()) {
            done = new CodeGenerator(options(folders, bundled.folder())).generate();
        }
        done.problems().forEach(atlex::warn);
        atlex.print(LexMap.builder()
                .put("documents", done.documents())
                .put("types", done.types())
                .put("written", done.written())
                .build());
        return 0;
    }

    private Options options(List<Path> folders, Path bundled) {
        try {
            return Options.of(builder -> {
                folders.forEach(builder::lexicons);
                builder.include(include)
                        .exclude(exclude)
                        .dependencies(classpath())
                        .documentsElsewhere(bundled)
                        .ignoreErrors(ignoreErrors)
                        .output(out)
                        .packagePrefix(packagePrefix);
            });
        } catch (IllegalArgumentException e) {
            throw Failure.input(String.valueOf(e.getMessage()));
        }
    }

    private List<Path> classpath() {
        return Arrays.stream(dependencies.split(Pattern.quote(File.pathSeparator)))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of)
                .toList();
    }
}
