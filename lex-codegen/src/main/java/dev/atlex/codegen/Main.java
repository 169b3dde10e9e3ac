package dev.atlex.codegen;

import dev.atlex.data.LexException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The generator as a program: {@code --lexicons DIR… --out DIR [--include NSID|PREFIX.*]… [--package-prefix P] [--module
 * NAME [--requires MODULE]…]}. For builds that can't use the Maven plugin.
 */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        try {
            CodeGenerator.Result result = new CodeGenerator(parse(args)).generate();
            System.out.println("generated " + result.types() + " classes of " + result.documents() + " documents, "
                    + result.written() + " files changed");
        } catch (LexException | IllegalArgumentException e) {
            System.err.println("error: " + e.getMessage());
            System.exit(2);
        }
    }

    private static Options parse(String[] args) {
        List<Path> lexicons = new ArrayList<>();
        List<String> include = new ArrayList<>();
        Path output = null;
        String packagePrefix = null;
        String module = null;
        List<String> requires = new ArrayList<>();
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + " needs a value");
            }
            String value = args[i + 1];
            switch (args[i]) {
                case "--lexicons" -> lexicons.add(Path.of(value));
                case "--include" -> include.add(value);
                case "--out" -> output = Path.of(value);
                case "--package-prefix" -> packagePrefix = value;
                case "--module" -> module = value;
                case "--requires" -> requires.add(value);
                default -> throw new IllegalArgumentException("unknown option " + args[i]);
            }
        }
        if (lexicons.isEmpty() || output == null) {
            throw new IllegalArgumentException("--lexicons and --out are needed");
        }
        return new Options(lexicons, include, output, packagePrefix, module, requires);
    }
}
