package dev.atlex.codegen;

import com.palantir.javapoet.JavaFile;
import dev.atlex.codegen.internal.Dependencies;
import dev.atlex.codegen.internal.DocumentChecker;
import dev.atlex.codegen.internal.DocumentGenerator;
import dev.atlex.codegen.internal.Fingerprint;
import dev.atlex.codegen.internal.Layout;
import dev.atlex.codegen.internal.LexiconFiles;
import dev.atlex.codegen.internal.ResourceFolder;
import dev.atlex.codegen.internal.Schemas;
import dev.atlex.codegen.internal.SourceFolder;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexException;
import dev.atlex.schema.document.InvalidLexiconsException;
import dev.atlex.schema.document.LexiconProblem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Generates Java sources from Lexicon documents. */
public final class CodeGenerator {
    private final Options options;
    private final @Nullable String generator;

    /** Creates a generator. */
    public CodeGenerator(Options options) {
        this(options, Fingerprint.generator());
    }

    /** @param generator the generator's fingerprint, or null if it is unknown */
    CodeGenerator(Options options, @Nullable String generator) {
        this.options = options;
        this.generator = generator;
    }

    /**
     * The result of a run.
     *
     * @param documents the number of documents that sources were generated from
     * @param referred the number of documents in the folders whose classes come from a dependency instead
     * @param types the number of top-level classes
     * @param written the number of files that were created, changed or removed
     * @param upToDate whether the run was skipped because documents, options, dependencies and generator haven't changed
     *     since the last one. Always false if the generator doesn't run from a jar
     * @param problems the reasons why something was omitted, sorted; always empty without
     *     {@link Options.Builder#ignoreErrors}
     */
    public record Result(
            int documents, int referred, int types, int written, boolean upToDate, List<LexiconProblem> problems) {
        /** Copies the list. */
        public Result {
            problems = List.copyOf(problems);
        }

        /** Creates the result of a run without problems. */
        public Result(int documents, int referred, int types, int written, boolean upToDate) {
            this(documents, referred, types, written, upToDate, List.of());
        }
    }

    /**
     * Reads the documents and writes the Java sources.
     *
     * <p>If a document has a problem, nothing is written, unless {@link Options.Builder#ignoreErrors} is set.
     *
     * @throws CodegenException if a valid document can't be translated to Java, or a file can't be read or written; lists all
     *     problems, with the file and the path in it
     * @throws LexDataException if exactly one file isn't a valid Lexicon document; names the file and the path in it
     * @throws InvalidLexiconsException if several files aren't valid Lexicon documents; lists all problems
     */
    public Result generate() {
        List<LexiconFiles.Content> files = LexiconFiles.read(options.lexicons());
        try (Dependencies dependencies = new Dependencies(options.dependencies())) {
            LexiconFiles.Parsed parsed = LexiconFiles.parse(
                    files,
                    names -> options.includes(names) && names.nsids().stream().noneMatch(dependencies::has));
            checkPatterns(parsed.names());
            List<LexiconFiles.Source> sources = new ArrayList<>(parsed.sources().values());
            sources.removeIf(source -> dependencies.has(source.nsid()));
            int referred = parsed.sources().size() - sources.size();
            if (options.documents() != null) {
                dependencies.addDocuments(options.documents(), parsed.sources().keySet());
            }
            SourceFolder out = new SourceFolder(options.output());
            String fingerprint = Fingerprint.of(generator, options.fingerprint(), files, dependencies);
            if (out.isUpToDate(fingerprint) && hasResources()) {
                int types = (int) out.previousFiles().stream()
                        .filter(file -> !file.endsWith("-info.java"))
                        .count();
                int documents = (int) sources.stream().filter(this::isIncluded).count();
                return new Result(documents, referred, types, 0, true, List.of());
            }
            List<LexiconProblem> problems = new ArrayList<>(parsed.problems());
            Schemas schemas = new Schemas(
                    sources, this::isIncluded, parsed.invalid(), dependencies, options.packagePrefix(), problems::add);
            List<LexiconFiles.Source> included = check(sources, schemas, problems);
            Collections.sort(problems);
            if (!problems.isEmpty() && !options.ignoreErrors()) {
                throw failure(problems, parsed.problems());
            }
            Map<String, JavaFile> java = generate(included, schemas);
            write(out, java, dependencies);
            // Without a fingerprint, the next run isn't skipped and reports the problems again.
            out.finish(problems.isEmpty() ? fingerprint : null);
            int resources = options.resources() == null
                    ? 0
                    : new ResourceFolder(options.resources())
                            .write(included, options.packagePrefix(), options.module());
            return new Result(included.size(), referred, java.size(), out.written() + resources, false, problems);
        }
    }

    private boolean isIncluded(LexiconFiles.Source source) {
        return options.includes(new LexiconFiles.Names(List.of(source.nsid()), source.name()));
    }

    /**
     * Collects the problems of the documents to generate sources from.
     *
     * @return the documents that are usable if each missing reference is replaced by a value of any type
     */
    private List<LexiconFiles.Source> check(
            List<LexiconFiles.Source> sources, Schemas schemas, List<LexiconProblem> problems) {
        List<LexiconFiles.Source> usable = new ArrayList<>();
        for (LexiconFiles.Source source : sources) {
            if (!isIncluded(source) || !schemas.isDeclared(source.nsid())) {
                continue;
            }
            DocumentChecker checker = new DocumentChecker(schemas, source);
            if (checker.isUnusable()) {
                problems.addAll(checker.problems());
                schemas.leaveOut(source.nsid(), checker.problems().get(0));
            } else {
                usable.add(source);
            }
        }
        Set<LexiconProblem> reported = Set.copyOf(problems);
        for (LexiconFiles.Source source : usable) {
            // Check again: documents that this one refers to may have been left out since.
            DocumentChecker checker = new DocumentChecker(schemas, source);
            problems.addAll(checker.problems());
            checker.consequences().forEach((consequence, cause) -> {
                if (options.ignoreErrors() || !reported.contains(cause)) {
                    problems.add(consequence);
                }
            });
        }
        return usable;
    }

    /** Returns the exception for invalid documents, or the one for valid documents that can't be translated to Java. */
    private static LexException failure(List<LexiconProblem> problems, List<LexiconProblem> parsing) {
        if (!parsing.containsAll(problems)) {
            return new CodegenException(problems);
        }
        LexiconProblem first = problems.get(0);
        return problems.size() == 1
                ? new LexDataException(first.file() + ": " + first.path(), first.message())
                : new InvalidLexiconsException(problems);
    }

    private boolean hasResources() {
        return options.resources() == null || new ResourceFolder(options.resources()).isWritten();
    }

    /** Generates all files in memory, so that nothing is written if one fails. */
    private static Map<String, JavaFile> generate(List<LexiconFiles.Source> sources, Schemas schemas) {
        DocumentGenerator generator = new DocumentGenerator(schemas);
        Map<String, JavaFile> java = new LinkedHashMap<>();
        for (LexiconFiles.Source source : sources) {
            try {
                JavaFile file = generator.generate(source.document());
                if (file != null) {
                    java.put(path(file), file);
                }
            } catch (CodegenException e) {
                throw new CodegenException(source.file() + ": " + e.getMessage());
            }
        }
        return java;
    }

    private void write(SourceFolder out, Map<String, JavaFile> java, Dependencies dependencies) {
        TreeSet<String> packages = new TreeSet<>();
        java.forEach((path, file) -> {
            packages.add(file.packageName());
            out.write(path, Layout.ascii(Layout.compact(file.toString())));
        });
        packages.forEach(name -> out.write(name.replace('.', '/') + "/package-info.java", packageInfo(name)));
        if (options.module() != null) {
            TreeSet<String> requires = new TreeSet<>(options.requires());
            requires.addAll(dependencies.usedModules());
            out.write("module-info.java", moduleInfo(options.module(), requires, packages));
        }
    }

    private static String path(JavaFile file) {
        return file.packageName().replace('.', '/') + "/" + file.typeSpec().name() + ".java";
    }

    private void checkPatterns(Collection<LexiconFiles.Names> files) {
        for (String pattern : Stream.concat(options.include().stream(), options.exclude().stream())
                .toList()) {
            if (files.stream().noneMatch(names -> Options.matches(pattern, names))) {
                throw new CodegenException("\"" + pattern + "\" doesn't match any document");
            }
        }
    }

    private static String packageInfo(String name) {
        return "/** Generated from the lexicons below {@code " + name + "}. */\n"
                + "@NullMarked\n"
                + "package " + name + ";\n\n"
                + "import org.jspecify.annotations.NullMarked;\n";
    }

    private static String moduleInfo(String module, Set<String> requires, Set<String> packages) {
        return "/** Generated from lexicons. */\n"
                + "@org.jspecify.annotations.NullMarked\n"
                + "module " + module + " {\n"
                + "    requires transitive org.jspecify;\n"
                + "    requires transitive dev.atlex.schema;\n"
                + requires.stream()
                        .map(name -> "    requires transitive " + name + ";\n")
                        .collect(Collectors.joining())
                + "\n"
                + packages.stream().map(name -> "    exports " + name + ";\n").collect(Collectors.joining())
                + "}\n";
    }
}
