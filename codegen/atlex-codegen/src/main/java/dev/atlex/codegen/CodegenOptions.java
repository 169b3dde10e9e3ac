package dev.atlex.codegen;

import dev.atlex.codegen.internal.LexiconFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/**
 * Options for the generator, shared by the Maven plugin, the command line and {@link Main}. Immutable. There are no
 * default options, because {@link Builder#lexicons} and {@link Builder#output} are required.
 */
public final class CodegenOptions {
    private final List<Path> lexicons;
    private final List<Path> prose;
    private final List<Path> deprecations;
    private final List<String> include;
    private final List<String> exclude;
    private final List<Path> dependencies;
    private final @Nullable Path documentsElsewhere;
    private final boolean ignoreErrors;
    private final Path output;
    private final @Nullable Path resources;
    private final @Nullable String packagePrefix;
    private final @Nullable String module;
    private final List<String> requires;

    private CodegenOptions(Builder builder) {
        this.lexicons = List.copyOf(builder.lexicons);
        this.prose = List.copyOf(builder.prose);
        this.deprecations = List.copyOf(builder.deprecations);
        this.include = List.copyOf(builder.include);
        this.exclude = List.copyOf(builder.exclude);
        this.dependencies = List.copyOf(builder.dependencies);
        this.documentsElsewhere = builder.documentsElsewhere;
        this.ignoreErrors = builder.ignoreErrors;
        if (lexicons.isEmpty()) {
            throw new IllegalArgumentException("missing folder of Lexicon documents");
        } else if (builder.output == null) {
            throw new IllegalArgumentException("missing output folder");
        }
        this.output = builder.output;
        this.resources = builder.resources;
        this.packagePrefix = builder.packagePrefix;
        this.module = builder.module;
        this.requires = List.copyOf(builder.requires);
    }

    /**
     * Returns options configured by the function.
     *
     * @throws IllegalArgumentException if {@link Builder#lexicons} or {@link Builder#output} isn't set
     */
    public static CodegenOptions of(Consumer<? super Builder> options) {
        Builder builder = new Builder();
        options.accept(builder);
        return builder.build();
    }

    /** Returns a builder with these options. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.lexicons.addAll(lexicons);
        builder.prose.addAll(prose);
        builder.deprecations.addAll(deprecations);
        builder.include.addAll(include);
        builder.exclude.addAll(exclude);
        builder.dependencies.addAll(dependencies);
        builder.documentsElsewhere = documentsElsewhere;
        builder.ignoreErrors = ignoreErrors;
        builder.output = output;
        builder.resources = resources;
        builder.packagePrefix = packagePrefix;
        builder.module = module;
        builder.requires.addAll(requires);
        return builder;
    }

    /** Returns the folders with Lexicon documents. */
    public List<Path> lexicons() {
        return lexicons;
    }

    /** Returns the folders with prose. */
    public List<Path> prose() {
        return prose;
    }

    /** Returns the files that list deprecated items. */
    public List<Path> deprecations() {
        return deprecations;
    }

    /** Returns the patterns of documents to generate; empty for all. */
    public List<String> include() {
        return include;
    }

    /** Returns the patterns of documents to exclude. */
    public List<String> exclude() {
        return exclude;
    }

    /** Returns the jars and class folders whose types the generated code can use. */
    public List<Path> dependencies() {
        return dependencies;
    }

    /** Returns the folder of documents that can be referenced but aren't generated, or null if there is none. */
    public @Nullable Path documentsElsewhere() {
        return documentsElsewhere;
    }

    /** Returns whether to continue despite errors. */
    public boolean ignoreErrors() {
        return ignoreErrors;
    }

    /** Returns the folder to write sources to. */
    public Path output() {
        return output;
    }

    /** Returns the folder to write the documents and their index to, or null if they aren't written. */
    public @Nullable Path resources() {
        return resources;
    }

    /** Returns the prefix for all packages, or null if there is none. */
    public @Nullable String packagePrefix() {
        return packagePrefix;
    }

    /** Returns the name of the module to generate a {@code module-info.java} for, or null if none is generated. */
    public @Nullable String module() {
        return module;
    }

    /** Returns the additional modules that the generated {@code module-info.java} requires. */
    public List<String> requires() {
        return requires;
    }

    /** Returns whether the patterns select a document. A dependency may still provide its types. */
    boolean includes(LexiconFiles.Names names) {
        return (include.isEmpty() || include.stream().anyMatch(pattern -> matches(pattern, names)))
                && exclude.stream().noneMatch(pattern -> matches(pattern, names));
    }

    static boolean matches(String pattern, LexiconFiles.Names names) {
        return names.nsids().stream().anyMatch(nsid -> matches(pattern, nsid)) || matchesFile(pattern, names.file());
    }

    private static boolean matches(String pattern, String nsid) {
        return pattern.endsWith(".*")
                ? nsid.startsWith(pattern.substring(0, pattern.length() - 1))
                : nsid.equals(pattern);
    }

    /**
     * Returns whether a pattern matches a file: {@code thing.json} in any folder, or {@code com/example/thing.json}.
     */
    private static boolean matchesFile(String pattern, String file) {
        return pattern.endsWith(".json") && (file.equals(pattern) || file.endsWith('/' + pattern));
    }

    /** Returns the options that affect the result, as input for the fingerprint. File content is hashed separately. */
    String fingerprint() {
        return String.join(
                "\n",
                "ignoreErrors " + ignoreErrors,
                "include " + include,
                "exclude " + exclude,
                "resources " + resources,
                "packagePrefix " + packagePrefix,
                "module " + module,
                "requires " + requires);
    }

    @Override
    public String toString() {
        return "CodegenOptions[lexicons=" + lexicons + ", prose=" + prose + ", deprecations=" + deprecations
                + ", include=" + include + ", exclude=" + exclude
                + ", dependencies=" + dependencies + ", documentsElsewhere=" + documentsElsewhere + ", ignoreErrors="
                + ignoreErrors + ", output=" + output + ", resources=" + resources + ", packagePrefix="
                + packagePrefix + ", module=" + module + ", requires=" + requires + "]";
    }

    /** Builds {@link CodegenOptions}. Setters that take a collection add to the elements set before. */
    public static final class Builder {
        private final List<Path> lexicons = new ArrayList<>();
        private final List<Path> prose = new ArrayList<>();
        private final List<Path> deprecations = new ArrayList<>();
        private final List<String> include = new ArrayList<>();
        private final List<String> exclude = new ArrayList<>();
        private final List<Path> dependencies = new ArrayList<>();
        private final List<String> requires = new ArrayList<>();
        private @Nullable Path documentsElsewhere;
        private boolean ignoreErrors;
        private @Nullable Path output;
        private @Nullable Path resources;
        private @Nullable String packagePrefix;
        private @Nullable String module;

        private Builder() {}

        /** Adds a folder of Lexicon documents, including its subfolders. At least one is required. */
        public Builder lexicons(Path folder) {
            lexicons.add(Objects.requireNonNull(folder, "lexicons"));
            return this;
        }

        /**
         * Adds a folder of prose, which becomes Javadoc. The prose for {@code com.example.note} is in {@code
         * com/example/note.json}: a JSON object whose values are sentences, keyed by {@code main} or another
         * definition's name, by {@code main/text} for a property, or by {@code main/params/limit}, {@code main/input},
         * {@code main/input/text}, {@code main/output/cursor}, {@code main/message} and {@code main/errors/NotFound}
         * for the parts of a method. Text in backticks becomes code. Prose takes precedence over a description in the
         * document.
         */
        public Builder prose(Path folder) {
            prose.add(Objects.requireNonNull(folder, "prose"));
            return this;
        }

        /**
         * Adds a file that lists deprecated items, with the keys of {@link #prose}: {@code {"documents":
         * {"com.example.note": ["main/subject"]}}}. Items whose description begins with "Deprecated" need not be
         * listed. In the prose for a deprecated item, "use … instead" and sentences that begin with "Deprecated:"
         * become the text of the {@code @deprecated} tag.
         */
        public Builder deprecations(Path file) {
            deprecations.add(Objects.requireNonNull(file, "deprecations"));
            return this;
        }

        /**
         * Adds documents to generate: NSIDs, or prefixes such as {@code com.example.*}. By default all are generated.
         * Other documents can still be referenced; their classes must be on the class path with the same package
         * prefix.
         */
        public Builder include(Collection<String> patterns) {
            include.addAll(patterns);
            return this;
        }

        /**
         * Adds documents to exclude, in the notation of {@link #include} or by file name, such as {@code thing.json} or
         * {@code com/example/thing.json}. Excluded documents may be invalid unless a generated document refers to them.
         * If a file isn't JSON, its NSID is taken from its text or else from its path.
         */
        public Builder exclude(Collection<String> patterns) {
            exclude.addAll(patterns);
            return this;
        }

        /**
         * Adds jars or class folders whose types the generated code can use. Jars built with {@link #resources} contain
         * an index of their documents. These documents aren't generated again, even if the lexicons contain them. If
         * several dependencies contain a document, the first one is used. Jars without an index and missing files are
         * skipped.
         */
        public Builder dependencies(Collection<Path> jarsAndFolders) {
            dependencies.addAll(jarsAndFolders);
            return this;
        }

        /**
         * Sets a folder of documents that can be referenced but aren't generated, each at
         * {@code com/example/thing.json}; null for none. Their classes come from elsewhere and have no package prefix.
         * The lexicons and the dependencies take precedence.
         */
        public Builder documentsElsewhere(@Nullable Path folder) {
            documentsElsewhere = folder;
            return this;
        }

        /**
         * Sets whether to continue despite errors; by default an error stops the run. Invalid documents are left out.
         * An unresolved reference accepts a value of any type; in a union, it is read as an unknown variant. {@link
         * CodeGenerator.Result#problems} lists the ignored problems.
         */
        public Builder ignoreErrors(boolean ignore) {
            ignoreErrors = ignore;
            return this;
        }

        /** Sets the folder to write sources to. Required. Sources of deleted documents are removed. */
        public Builder output(Path folder) {
            output = Objects.requireNonNull(folder, "output");
            return this;
        }

        /**
         * Sets a folder to write the documents and their index to, below {@code META-INF/atlex}; by default, or with
         * null, they aren't written. If a jar contains them, other projects can reference its types: see {@link
         * #dependencies}.
         */
        public Builder resources(@Nullable Path folder) {
            resources = folder;
            return this;
        }

        /**
         * Sets a prefix for all packages, such as {@code com.example.lexicons}; by default, or with null, there is
         * none.
         *
         * @throws IllegalArgumentException if it isn't a valid package name
         */
        public Builder packagePrefix(@Nullable String prefix) {
            if (prefix != null && !SourceVersion.isName(prefix)) {
                throw new IllegalArgumentException("\"" + prefix + "\" is not a valid Java package name");
            }
            packagePrefix = prefix;
            return this;
        }

        /**
         * Sets the module name of a {@code module-info.java} to generate; by default, or with null, none is generated.
         * It requires the modules of the {@link #dependencies} in use, if their index lists them.
         *
         * @throws IllegalArgumentException if it isn't a valid module name
         */
        public Builder module(@Nullable String name) {
            if (name != null && !SourceVersion.isName(name)) {
                throw new IllegalArgumentException("\"" + name + "\" is not a valid Java module name");
            }
            module = name;
            return this;
        }

        /**
         * Adds modules that the {@link #module} requires, such as the modules of documents that are referenced but not
         * generated.
         */
        public Builder requires(Collection<String> modules) {
            requires.addAll(modules);
            return this;
        }

        /**
         * Returns the options.
         *
         * @throws IllegalArgumentException if {@link #lexicons} or {@link #output} isn't set
         */
        public CodegenOptions build() {
            return new CodegenOptions(this);
        }
    }
}
