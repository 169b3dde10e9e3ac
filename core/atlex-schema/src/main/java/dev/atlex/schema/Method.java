package dev.atlex.schema;

import java.util.List;

/**
 * A method of a Lexicon: what a client needs to know to call it.
 *
 * @param <O> the Java type of its answer
 */
public sealed interface Method<O> permits Query, Procedure, ValueProcedure, BinaryProcedure {
    /** The NSID by which it is called. */
    String nsid();

    /** The parameters of its URL. */
    Codec<?> parameters();

    /** The body of its answer. */
    Output<O> output();

    /** The errors that it declares. A server may answer others too. */
    List<String> errors();
}
