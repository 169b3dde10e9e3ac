package dev.atlex.codegen;

import com.palantir.javapoet.JavaFile;
import dev.atlex.codegen.internal.DocumentGenerator;
import dev.atlex.codegen.internal.Layout;
import dev.atlex.codegen.internal.Schemas;
import dev.atlex.codegen.internal.SourceFolder;
import dev.atlex.codegen.internal.TypeNames;
import dev.atlex.schema.document.LexiconDocument;
import dev.atlex.schema.document.LexiconDocuments;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Makes Java sources of Lexicon documents. */
public final class CodeGenerator {
    private final Options options;

    public CodeGenerator(Options options) {
        this.options = options;
    }

    /**
     * What was done.
     *
     * @param documents how many documents became Java
     * @param types how many top-level classes there are
     * @param written how many files were new, changed or removed
     */
    public record Result(int documents, int types, int written) {}

    /**
     * Reads the documents and writes their sources.
     *
     * <p>Nothing is written if a document can't become Java.
     *
     * @throws CodegenException if a document can't become Java, or a file can't be read or written
     * @throws dev.atlex.data.LexDataException if a file is no Lexicon document; it names the file and the path in it
     */
    public Result generate() {
        Collection<LexiconDocument> documents = documents();
        checkIncludes(documents);
        Schemas schemas = new Schemas(documents, new TypeNames(documents, options.packagePrefix()));
        DocumentGenerator generator = new DocumentGenerator(schemas);
        Map<String, String> files = new LinkedHashMap<>();
        TreeSet<String> packages = new TreeSet<>();
        int included = 0;
        int types = 0;
        for (LexiconDocument document : documents) {
            if (!options.includes(document.id().toString())) {
                continue;
            }
            included++;
            JavaFile file = generator.generate(document);
            if (file != null) {
                types++;
                packages.add(file.packageName());
                files.put(
                        file.packageName().replace('.', '/') + "/"
                                + file.typeSpec().name() + ".java",
                        Layout.compact(file.toString()));
            }
        }
        packages.forEach(name -> files.put(name.replace('.', '/') + "/package-info.java", packageInfo(name)));
        if (options.module() != null) {
            files.put("module-info.java", moduleInfo(options.module(), packages));
        }
        SourceFolder out = new SourceFolder(options.output());
        files.forEach(out::write);
        out.finish();
        return new Result(included, types, out.written());
    }

    /** Those of all folders. */
    private Collection<LexiconDocument> documents() {
        Map<String, LexiconDocument> documents = new TreeMap<>();
        for (Path folder : options.lexicons()) {
            try {
                for (LexiconDocument document : LexiconDocuments.load(folder).all()) {
                    String nsid = document.id().toString();
                    if (documents.put(nsid, document) != null) {
                        throw new CodegenException(folder + ": " + nsid + " is in another folder too");
                    }
                }
            } catch (UncheckedIOException e) {
                throw new CodegenException(e.getMessage() + ": " + e.getCause());
            }
        }
        return documents.values();
    }

    private void checkIncludes(Collection<LexiconDocument> documents) {
        for (String pattern : options.include()) {
            if (documents.stream()
                    .noneMatch(
                            document -> Options.matches(pattern, document.id().toString()))) {
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

    private String moduleInfo(String module, TreeSet<String> packages) {
        return "/** Generated from lexicons. */\n"
                + "@org.jspecify.annotations.NullMarked\n"
                + "module " + module + " {\n"
                + "    requires static transitive org.jspecify;\n"
                + "    requires transitive dev.atlex.schema;\n"
                + options.requires().stream()
                        .map(name -> "    requires transitive " + name + ";\n")
                        .collect(Collectors.joining())
                + "\n"
                + packages.stream().map(name -> "    exports " + name + ";\n").collect(Collectors.joining())
                + "}\n";
    }
}
