package dev.atlex.cli.runtime;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The process's environment: variables, standard streams and terminal. Tests replace it.
 *
 * @param variables the environment variables
 * @param in standard input
 * @param out standard output, for results
 * @param err standard error, for failures and warnings
 * @param terminal finds the terminal; returns null if there isn't one
 * @param outIsTerminal whether standard output is a terminal, so that results are formatted for people
 */
public record CliEnvironment(
        Map<String, String> variables,
        InputStream in,
        PrintStream out,
        PrintStream err,
        Supplier<@Nullable Terminal> terminal,
        BooleanSupplier outIsTerminal) {
    /** Returns a variable, or null if it is unset or empty. */
    public @Nullable String variable(String name) {
        String value = variables.get(name);
        return value == null || value.isEmpty() ? null : value;
    }
}
