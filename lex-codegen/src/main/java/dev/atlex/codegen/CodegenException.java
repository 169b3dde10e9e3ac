package dev.atlex.codegen;

import dev.atlex.data.LexException;

/** Documents of which no Java can be made: a reference that leads nowhere, two names that become one in Java… */
public final class CodegenException extends LexException {
    private static final long serialVersionUID = 1L;

    public CodegenException(String message) {
        super(message);
    }
}
