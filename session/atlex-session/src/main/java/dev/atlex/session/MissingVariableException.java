package dev.atlex.session;

import dev.atlex.data.LexException;
import java.util.List;

/** Thrown when environment variables that {@link Credentials#fromEnvironment()} needs are missing or empty. */
public final class MissingVariableException extends LexException {
    private static final long serialVersionUID = 1L;

    /** The names, as an array so that the exception can be serialized. */
    private final String[] variables;

    MissingVariableException(List<String> variables) {
        super("credentials: missing environment variable" + (variables.size() == 1 ? " " : "s ")
                + String.join(", ", variables));
        this.variables = variables.toArray(String[]::new);
    }

    /** Returns the names of the missing variables, at least one. */
    public List<String> variables() {
        return List.of(variables);
    }
}
