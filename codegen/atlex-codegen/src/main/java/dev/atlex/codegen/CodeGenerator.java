package dev.atlex.codegen;

import com.palantir.javapoet.JavaFile;
import dev.atlex.codegen.internal.Dependencies;
import dev.atlex.codegen.internal.DocumentChecker;
import dev.atlex.codegen.internal.DocumentGenerator;
import dev.atlex.codegen.internal.Fingerprint;
import dev.atlex.codegen.internal.Layout;
import dev.atlex.codegen.internal.LexiconFiles;
import dev.atlex.codegen.internal.Prose;
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
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Generates Java sources from Lexicon documents. */
public final class CodeGenerator {
    private final CodegenOptions options;
    private final @Nullable String generator;

    /** Creates a generator. */
    public CodeGenerator(CodegenOptions options) {
        this(options, Fingerprint.generator());
    }

    /** Creates a generator and configures its options inline. */
    public CodeGenerator(Consumer<? super CodegenOptions.Builder> options) {
        this(CodegenOptions.of(options));
    }

    /** @param generator the generator's fingerprint, or null if it is unknown */
    CodeGenerator(CodegenOptions options, @Nullable String generator) {
        this.options = options;
        this.generator = generator;
    }

    /** The result of a run. */
    public static final class Result {
        private final int documents;
        private final int documentsFromDependencies;
        private final int types;
        private final int written;
        private final boolean upToDate;
        private final List<LexiconProblem> problems;

        Result(
                int documents,
                int documentsFromDependencies,
                int types,
                int written,
                boolean upToDate,
                List<LexiconProblem> problems) {
            this.documents = documents;
            this.documentsFromDependencies = documentsFromDependencies;
            this.types = types;
            this.written = written;
            this.upToDate = upToDate;
            this.problems = List.copyOf(problems);
        }

        /** Returns the number of documents that sources were generated from. */
        public int documents() {
            return documents;
        }

        /**
         * Returns the number of documents in the folders for which nothing was generated, because a dependency contains
         * their classes.
         */
        public int documentsFromDependencies() {
            return documentsFromDependencies;
        }

        /** Returns the number of generated top-level classes. */
        public int types() {
            return types;
        }

        /** Returns the number of files that were created, changed or removed. */
        public int written() {
            return written;
        }

        /**
         * Returns whether the run was skipped because the documents, options, dependencies and generator haven't
         * changed since the last one. Always false if the generator doesn't run from a jar.
         */
        public boolean upToDate() {
            return upToDate;
        }

        /**
         * Returns the problems of documents or definitions that were left out, sorted. Always empty without
         * {@link CodegenOptions.Builder#ignoreErrors}.
         */
        public List<LexiconProblem> problems() {
            return problems;
        }

        @Override
        public String toString() {
            return "Result[documents=" + documents + ", documentsFromDependencies=" + documentsFromDependencies
                    + ", types=" + types + ", written=" + written + ", upToDate=" + upToDate + ", problems=" + problems
                    + "]";
        }
    }

    /**
     * Reads the documents and writes the Java sources.
     *
     * <p>If a document has a problem, nothing is written, unless {@link CodegenOptions.Builder#ignoreErrors} is set.
     *
     * @throws CodegenException if a valid document can't be translated to Java, prose or a deprecation refers to
     *     something that doesn't exist, or a file can't be read or written. The message lists all problems, with the
     *     file and the path in it
     * @throws LexDataException if exactly one file isn't a valid Lexicon document. The message gives the file and the
     *     path in it
     * @throws InvalidLexiconsException if several files aren't valid Lexicon documents. The message lists all problems
     */
    public Result generate() {
        List<LexiconFiles.Content> files = LexiconFiles.read(options.lexicons(), "Lexicon documents");
        List<LexiconFiles.Content> prose = LexiconFiles.read(options.prose(), "prose");
        List<LexiconFiles.Content> deprecations =
                options.deprecations().stream().map(LexiconFiles::read).toList();
        try (Dependencies dependencies = new Dependencies(options.dependencies())) {
            LexiconFiles.Parsed parsed = LexiconFiles.parse(
                    files,
                    names -> options.includes(names) && names.nsids().stream().noneMatch(dependencies::has));
            checkPatterns(parsed.names());
            List<LexiconFiles.Source> sources = new ArrayList<>(parsed.sources().values());
            sources.removeIf(source -> dependencies.has(source.nsid()));
            int fromDependencies = parsed.sources().size() - sources.size();
            if (options.documentsElsewhere() != null) {
                dependencies.addDocuments(
                        options.documentsElsewhere(), parsed.sources().keySet());
            }
            SourceFolder out = new SourceFolder(options.output());
            String fingerprint =
                    Fingerprint.of(generator, options.fingerprint(), List.of(files, prose, deprecations), dependencies);
            if (out.isUpToDate(fingerprint) && hasResources()) {
                int types = (int) out.previousFiles().stream()
                        .filter(file -> !file.endsWith("-info.java"))
                        .count();
                int documents = (int) sources.stream().filter(this::isIncluded).count();
                return new Result(documents, fromDependencies, types, 0, true, List.of());
            }
            List<LexiconProblem> problems = new ArrayList<>(parsed.problems());
            Schemas schemas = new Schemas(
                    sources, this::isIncluded, parsed.invalid(), dependencies, options.packagePrefix(), problems::add);
            List<LexiconFiles.Source> included = check(sources, schemas, problems);
            Prose words = new Prose(prose, deprecations, parsed, dependencies, problems::add);
            Collections.sort(problems);
            if (!problems.isEmpty() && !options.ignoreErrors()) {
                throw failure(problems, parsed.problems());
            }
            Map<String, JavaFile> java = generate(included, schemas, words);
            write(out, java, dependencies);
            // Without a fingerprint, the next run isn't skipped and reports the problems again.
            out.finish(problems.isEmpty() ? fingerprint : null);
            int resources = options.resources() == null
                    ? 0
                    : new ResourceFolder(options.resources())
                            .write(included, options.packagePrefix(), options.module());
            return new Result(
                    included.size(), fromDependencies, java.size(), out.written() + resources, false, problems);
        }
    }

    private boolean isIncluded(LexiconFiles.Source source) {
        return options.includes(new LexiconFiles.Names(List.of(source.nsid()), source.name()));
    }

    /**
     * Collects the problems in the documents to generate sources from.
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
            // Check again, because documents that this one refers to may have been left out meanwhile.
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
    private static Map<String, JavaFile> generate(List<LexiconFiles.Source> sources, Schemas schemas, Prose words) {
        DocumentGenerator generator = new DocumentGenerator(schemas, words);
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
            if (files.stream().noneMatch(names -> CodegenOptions.matches(pattern, names))) {
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
