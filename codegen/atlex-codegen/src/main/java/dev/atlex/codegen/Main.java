package dev.atlex.codegen;

import dev.atlex.data.LexException;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs the generator from the command line: {@code --lexicons DIR… --out DIR [--prose DIR]… [--deprecations FILE]… [--include NSID|PREFIX.*]…
 * [--exclude NSID|PREFIX.*]… [--ignore-errors] [--dependencies CLASSPATH]… [--resources DIR] [--package-prefix P]
 * [--module NAME [--requires MODULE]…]}.
 *
 * <p>Use it in builds that can't use the Maven plugin. {@link CodegenOptions.Builder} documents each option. Exits with
 * status 2 after an error.
 */
public final class Main {
    private Main() {}

    /** Generates sources, or prints the problems to standard error and exits with status 2. */
    public static void main(String[] args) {
        try {
            CodeGenerator.Result result = new CodeGenerator(parse(args)).generate();
            result.problems().forEach(problem -> System.err.println("warning: " + problem));
            System.out.println(
                    result.upToDate()
                            ? "the generated sources are up to date"
                            : "generated " + result.types() + " classes from " + result.documents() + " documents, "
                                    + result.written() + " files changed");
        } catch (LexException | IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            message.lines().forEach(line -> System.err.println("error: " + line));
            System.exit(2);
        }
    }

    private static CodegenOptions parse(String[] args) {
        return CodegenOptions.of(options -> {
            for (int i = 0; i < args.length; i += 2) {
                if (args[i].equals("--ignore-errors")) {
                    options.ignoreErrors(true);
                    i--;
                    continue;
                }
                if (i + 1 == args.length) {
                    throw new IllegalArgumentException("missing value for " + args[i]);
                }
                set(options, args[i], args[i + 1]);
            }
        });
    }

    private static void set(CodegenOptions.Builder options, String name, String value) {
        switch (name) {
            case "--lexicons" -> options.lexicons(Path.of(value));
            case "--prose" -> options.prose(Path.of(value));
            case "--deprecations" -> options.deprecations(Path.of(value));
            case "--include" -> options.include(List.of(value));
            case "--exclude" -> options.exclude(List.of(value));
            case "--dependencies" ->
                options.dependencies(Stream.of(value.split(Pattern.quote(File.pathSeparator)))
                        .filter(path -> !path.isEmpty())
                        .map(Path::of)
                        .toList());
            case "--out" -> options.output(Path.of(value));
            case "--resources" -> options.resources(Path.of(value));
            case "--package-prefix" -> options.packagePrefix(value);
            case "--module" -> options.module(value);
            case "--requires" -> options.requires(List.of(value));
            default -> throw new IllegalArgumentException("unknown option " + name);
        }
    }
}
