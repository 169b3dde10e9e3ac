package dev.atlex.testkit.internal.chat;

import dev.atlex.data.LexMap;

/** A method of the chat service. */
@FunctionalInterface
public interface ChatMethod {
    /**
     * Returns the output.
     *
     * @param viewer the DID of the account that makes the call
     * @param call the parameters of a query or the input of a procedure, validated against the Lexicon document
     */
    LexMap apply(String viewer, LexMap call);
}
