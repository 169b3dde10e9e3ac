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

/** The options of the generator: the same for the Maven plugin, the command line and {@link Main}. */
public final class Options {
    private final List<Path> lexicons;
    private final List<String> include;
    private final List<String> exclude;
    private final List<Path> dependencies;
    private final @Nullable Path documents;
    private final boolean ignoreErrors;
    private final Path output;
    private final @Nullable Path resources;
    private final @Nullable String packagePrefix;
    private final @Nullable String module;
    private final List<String> requires;

    private Options(Builder builder) {
        this.lexicons = List.copyOf(builder.lexicons);
        this.include = List.copyOf(builder.include);
        this.exclude = List.copyOf(builder.exclude);
        this.dependencies = List.copyOf(builder.dependencies);
        this.documents = builder.documents;
        this.ignoreErrors = builder.ignoreErrors;
        if (lexicons.isEmpty()) {
            throw new IllegalArgumentException("no folder of lexicons is given");
        } else if (builder.output == null) {
            throw new IllegalArgumentException("no output folder is given");
        }
        this.output = builder.output;
        this.resources = builder.resources;
        this.packagePrefix = builder.packagePrefix;
        this.module = builder.module;
        this.requires = List.copyOf(builder.requires);
    }

    /**
     * Returns the options that the function sets.
     *
     * @throws IllegalArgumentException if lexicons or output are missing
     */
    public static Options of(Consumer<? super Builder> options) {
        Builder builder = new Builder();
        options.accept(builder);
        return new Options(builder);
    }

    List<Path> lexicons() {
        return lexicons;
    }

    List<String> include() {
        return include;
    }

    List<String> exclude() {
        return exclude;
    }

    List<Path> dependencies() {
        return dependencies;
    }

    @Nullable
    Path documents() {
        return documents;
    }

    boolean ignoreErrors() {
        return ignoreErrors;
    }

    Path output() {
        return output;
    }

    @Nullable
    Path resources() {
        return resources;
    }

    @Nullable
    String packagePrefix() {
        return packagePrefix;
    }

    @Nullable
    String module() {
        return module;
    }

    List<String> requires() {
        return requires;
    }

    /** Returns whether a document becomes Java, unless a dependency has it. */
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

    /** Returns whether a pattern names a file: {@code thing.json} in any folder, or {@code com/example/thing.json}. */
    private static boolean matchesFile(String pattern, String file) {
        return pattern.endsWith(".json") && (file.equals(pattern) || file.endsWith('/' + pattern));
    }

    /** Returns everything that the result depends on, except the content of files. */
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

    /** Builds {@link Options}. Setters of lists may be called several times. */
    public static final class Builder {
        private final List<Path> lexicons = new ArrayList<>();
        private final List<String> include = new ArrayList<>();
        private final List<String> exclude = new ArrayList<>();
        private final List<Path> dependencies = new ArrayList<>();
        private final List<String> requires = new ArrayList<>();
        private @Nullable Path documents;
        private boolean ignoreErrors;
        private @Nullable Path output;
        private @Nullable Path resources;
        private @Nullable String packagePrefix;
        private @Nullable String module;

        private Builder() {}

        /** Adds a folder of Lexicon documents, which is read with its subfolders. At least one is required. */
        public Builder lexicons(Path folder) {
            lexicons.add(Objects.requireNonNull(folder, "lexicons"));
            return this;
        }

        /**
         * Sets which documents become Java: NSIDs, or prefixes such as {@code com.example.*}; by default all. Others may be
         * referred to; their classes must be on the class path, under the same package prefix.
         */
        public Builder include(Collection<String> patterns) {
            include.addAll(patterns);
            return this;
        }

        /**
         * Excludes some of the included documents, with the same notation; by default none. Their problems are ignored
         * unless a document that becomes Java refers to them. If a file is not JSON, its NSID is taken from its text, or
         * else from its path; {@code thing.json} and {@code com/example/thing.json} name files.
         */
        public Builder exclude(Collection<String> patterns) {
            exclude.addAll(patterns);
            return this;
        }

        /**
         * Adds jars, or folders of classes, whose documents may be referred to. Those that were generated with
         * {@link #resources} hold an index of their documents: these are not generated again, even if they are among the
         * lexicons. If two have the same document, the first one is used. Jars without an index, and missing files, are
         * skipped.
         */
        public Builder dependencies(Collection<Path> jarsAndFolders) {
            dependencies.addAll(jarsAndFolders);
            return this;
        }

        /**
         * Sets a folder of documents that may be referred to, each at {@code com/example/thing.json}, and whose Java is
         * elsewhere under no package prefix. Documents among the lexicons and in dependencies take precedence.
         */
        public Builder documentsElsewhere(@Nullable Path folder) {
            documents = folder;
            return this;
        }

        /**
         * Sets whether to build what can be built despite errors; by default an error stops everything. A document that is
         * invalid itself is left out. A reference to it, or to anything else that is missing, becomes a value of any type;
         * in a union it is one of the unknown variants. {@link CodeGenerator.Result#problems} lists what was
         * left out.
         */
        public Builder ignoreErrors(boolean ignore) {
            ignoreErrors = ignore;
            return this;
        }

        /** Sets the folder of the sources. Required. Sources of deleted documents are removed. */
        public Builder output(Path folder) {
            output = Objects.requireNonNull(folder, "output");
            return this;
        }

        /**
         * Sets a folder to write the documents to, with an index of them, below {@code META-INF/atlex}; by default they are not
         * written. In a jar, they let other projects refer to its types: see {@link #dependencies}.
         */
        public Builder resources(@Nullable Path folder) {
            resources = folder;
            return this;
        }

        /**
         * Sets a prefix of all packages: {@code com.example.lexicons}; by default, or with null, none.
         *
         * @throws IllegalArgumentException if it is not a valid package name
         */
        public Builder packagePrefix(@Nullable String prefix) {
            if (prefix != null && !SourceVersion.isName(prefix)) {
                throw new IllegalArgumentException("\"" + prefix + "\" is no name of a Java package");
            }
            packagePrefix = prefix;
            return this;
        }

        /**
         * Sets the name of a {@code module-info.java} to generate; by default, or with null, none. It requires the modules
         * of the {@link #dependencies} that are referred to, if their index names them.
         *
         * @throws IllegalArgumentException if it is not a valid module name
         */
        public Builder module(@Nullable String name) {
            if (name != null && !SourceVersion.isName(name)) {
                throw new IllegalArgumentException("\"" + name + "\" is no name of a Java module");
            }
            module = name;
            return this;
        }

        /** Adds modules that the {@link #module} requires: those of documents that are only referred to. */
        public Builder requires(Collection<String> modules) {
            requires.addAll(modules);
            return this;
        }
    }
}
