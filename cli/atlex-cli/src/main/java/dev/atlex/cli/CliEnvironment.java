package dev.atlex.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds the program.
 *
 * @param environment the environment's variables
 * @param terminal finds the terminal, or null where there is none
 */
record CliEnvironment(
        Map<String, String> environment,
        InputStream in,
        PrintStream out,
        PrintStream err,
        Supplier<@Nullable Terminal> terminal) {
    /** A variable, or null where it is not set or empty. */
    @Nullable
    String variable(String name) {
        String value = environment.get(name);
        return value == null || value.isEmpty() ? null : value;
    }
}
