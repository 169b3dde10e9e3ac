package dev.atlex.codegen;

import com.palantir.javapoet.JavaFile;
import dev.atlex.codegen.internal.DocumentGenerator;
import dev.atlex.codegen.internal.Schemas;
import dev.atlex.codegen.internal.SourceFolder;
import dev.atlex.codegen.internal.TypeNames;
import dev.atlex.schema.document.LexiconDocument;
import dev.atlex.schema.document.LexiconDocuments;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
     * @throws CodegenException if a document can't become Java, or a file can't be written
     * @throws dev.atlex.data.LexDataException if a file is no Lexicon document; it names the file and the path in it
     */
    public Result generate() {
        List<LexiconDocument> documents = new ArrayList<>();
        for (Path folder : options.lexicons()) {
            documents.addAll(LexiconDocuments.load(folder).all());
        }
        Schemas schemas = new Schemas(documents, new TypeNames(documents, options.packagePrefix()));
        DocumentGenerator generator = new DocumentGenerator(schemas);
        SourceFolder out = new SourceFolder(options.output());
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
                out.write(
                        file.packageName().replace('.', '/') + "/"
                                + file.typeSpec().name() + ".java",
                        file.toString());
            }
        }
        packages.forEach(name -> out.write(name.replace('.', '/') + "/package-info.java", packageInfo(name)));
        if (options.module() != null) {
            out.write("module-info.java", moduleInfo(options.module(), packages));
        }
        out.finish();
        return new Result(included, types, out.written());
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
