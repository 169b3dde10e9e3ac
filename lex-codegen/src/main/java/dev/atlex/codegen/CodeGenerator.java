package dev.atlex.codegen;

import com.palantir.javapoet.JavaFile;
import dev.atlex.codegen.internal.Dependencies;
import dev.atlex.codegen.internal.DocumentGenerator;
import dev.atlex.codegen.internal.Fingerprint;
import dev.atlex.codegen.internal.Layout;
import dev.atlex.codegen.internal.LexiconFiles;
import dev.atlex.codegen.internal.ResourceFolder;
import dev.atlex.codegen.internal.Schemas;
import dev.atlex.codegen.internal.SourceFolder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes Java sources of Lexicon documents. */
public final class CodeGenerator {
    private final Options options;
    private final @Nullable String generator;

    public CodeGenerator(Options options) {
        this(options, Fingerprint.generator());
    }

    /** @param generator what changes when the generator does, or null if that can't be known */
    CodeGenerator(Options options, @Nullable String generator) {
        this.options = options;
        this.generator = generator;
    }

    /**
     * What was done.
     *
     * @param documents how many documents became Java
     * @param referred how many of the folders' documents did not, as a dependency has their Java
     * @param types how many top-level classes there are
     * @param written how many files were new, changed or removed
     * @param upToDate whether nothing had to be done: the documents, the options, the dependencies and the generator are
     *     those of the last run. Never so where the generator is not in a jar
     */
    public record Result(int documents, int referred, int types, int written, boolean upToDate) {}

    /**
     * Reads the documents and writes their sources.
     *
     * <p>Nothing is written if a document can't become Java.
     *
     * @throws CodegenException if a document can't become Java, or a file can't be read or written; it names the file and
     *     the place in it
     * @throws dev.atlex.data.LexDataException if a file is no Lexicon document; it names the file and the path in it
     */
    public Result generate() {
        List<LexiconFiles.Content> files = LexiconFiles.read(options.lexicons());
        try (Dependencies dependencies = new Dependencies(options.dependencies())) {
            Map<String, LexiconFiles.Source> all = LexiconFiles.parse(files);
            checkPatterns(all.keySet());
            List<LexiconFiles.Source> sources = new ArrayList<>(all.values());
            sources.removeIf(source -> dependencies.has(source.nsid()));
            List<LexiconFiles.Source> included = sources.stream()
                    .filter(source -> options.includes(source.nsid()))
                    .toList();
            int referred = all.size() - sources.size();
            SourceFolder out = new SourceFolder(options.output());
            String fingerprint = Fingerprint.of(generator, options.fingerprint(), files, dependencies);
            if (out.isUpToDate(fingerprint) && hasResources()) {
                int types = (int) out.before().stream()
                        .filter(file -> !file.endsWith("-info.java"))
                        .count();
                return new Result(included.size(), referred, types, 0, true);
            }
            Schemas schemas = new Schemas(sources, dependencies, options.packagePrefix());
            Map<String, JavaFile> java = generate(included, schemas);
            write(out, java, dependencies);
            out.finish(fingerprint);
            int resources = options.resources() == null
                    ? 0
                    : new ResourceFolder(options.resources())
                            .write(included, options.packagePrefix(), options.module());
            return new Result(included.size(), referred, java.size(), out.written() + resources, false);
        }
    }

    private boolean hasResources() {
        return options.resources() == null || new ResourceFolder(options.resources()).isWritten();
    }

    /** All of them, before any is written. */
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
            out.write(path, Layout.compact(file.toString()));
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

    private void checkPatterns(Collection<String> nsids) {
        for (String pattern : Stream.concat(options.include().stream(), options.exclude().stream())
                .toList()) {
            if (nsids.stream().noneMatch(nsid -> Options.matches(pattern, nsid))) {
                throw new CodegenException("\"" + pattern + "\" matches none of the lexicons");
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
