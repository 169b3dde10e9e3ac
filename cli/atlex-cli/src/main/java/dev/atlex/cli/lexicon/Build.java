package dev.atlex.cli.lexicon;

import dev.atlex.cli.runtime.Command;
import dev.atlex.cli.runtime.CommandBuilder;
import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.cli.runtime.Options;
import dev.atlex.codegen.CodeGenerator;
import dev.atlex.codegen.CodegenOptions;
import dev.atlex.data.LexMap;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Generates Java sources from Lexicon documents. */
public final class Build implements Command {
    private final CommandContext context;
    private List<Path> lexicons = new ArrayList<>();
    private Path out = Path.of("");
    private @Nullable String packagePrefix;
    private List<String> include = new ArrayList<>();
    private List<String> exclude = new ArrayList<>();
    private List<Path> prose = new ArrayList<>();
    private List<Path> deprecations = new ArrayList<>();
    private String dependencies = "";
    private boolean ignoreErrors;

    /** Creates the command. */
    public Build(CommandContext context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return CommandBuilder.of("build", this)
                .description(
                        "Generate Java sources from Lexicon documents.",
                        "Sources that are up to date are left unchanged, and sources for deleted documents are "
                                + "deleted. If a document can't be converted, nothing is written, and each "
                                + "problem is printed as one line on stderr.",
                        "Documents can refer to the bundled ones (com.atproto, app.bsky, chat.bsky, tools.ozone). Their Java types are in "
                                + "atlex-lexicons-atproto and atlex-lexicons-bluesky and are not generated again.",
                        "Prints a summary as JSON: {\"documents\",\"types\",\"written\"}")
                .examples(
                        "atlex build --lexicons lexicons --out src/main/java",
                        "atlex build --lexicons lexicons --out target/generated-sources --package-prefix com.example.lexicons")
                .add(Options.list(
                                "--lexicons",
                                "DIR",
                                "Folder with documents: all *.json files in it and its subfolders. Repeatable.",
                                Path.class,
                                values -> lexicons = values)
                        .required(true))
                .add(Options.value("--out", "DIR", "Folder to write the sources to.", Path.class, value -> out = value)
                        .required(true))
                .add(Options.text(
                        "--package-prefix",
                        "P",
                        "Prefix for all package names, for example com.example.lexicons.",
                        value -> packagePrefix = value))
                .add(Options.list(
                        "--include",
                        "NSID|PREFIX.*",
                        "Documents to generate sources from. Others can still be referenced. Repeatable.",
                        String.class,
                        values -> include = values))
                .add(Options.list(
                        "--exclude",
                        "NSID|PREFIX.*",
                        "Documents to exclude, even if they are invalid. Also takes a file name: broken.json or "
                                + "com/example/broken.json. Repeatable.",
                        String.class,
                        values -> exclude = values))
                .add(Options.list(
                        "--prose",
                        "DIR",
                        "Folder with descriptions for documents that lack them. They become Javadoc. Repeatable.",
                        Path.class,
                        values -> prose = values))
                .add(Options.list(
                        "--deprecations",
                        "FILE",
                        "File that lists deprecated items. Repeatable.",
                        Path.class,
                        values -> deprecations = values))
                .add(Options.text(
                        "--dependencies",
                        "CLASSPATH",
                        "Jars and folders with generated types that the documents refer to.",
                        value -> dependencies = value))
                .add(Options.flag(
                        "--ignore-errors",
                        "Skip invalid documents. References to them accept any value. Each problem is printed as a "
                                + "warning on stderr.",
                        value -> ignoreErrors = value))
                .build();
    }

    @Override
    public Integer call() {
        // An empty folder must be a mistake, because it would delete all sources of an earlier run.
        List<Path> folders = lexicons.stream().map(Documents::requireSome).toList();
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw Failure.input("--out: not a folder: " + out);
        }
        CodeGenerator.Result result;
        try (Documents.Bundled bundled = new Documents.Bundled()) {
            result = new CodeGenerator(options(folders, bundled.folder())).generate();
        }
        result.problems().forEach(context::warn);
        context.print(LexMap.builder()
                .put("documents", result.documents())
                .put("types", result.types())
                .put("written", result.written())
                .build());
        return 0;
    }

    private CodegenOptions options(List<Path> folders, Path bundled) {
        try {
            return CodegenOptions.of(builder -> {
                folders.forEach(builder::lexicons);
                prose.forEach(builder::prose);
                deprecations.forEach(builder::deprecations);
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
