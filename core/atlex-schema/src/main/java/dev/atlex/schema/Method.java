package dev.atlex.schema;

import dev.atlex.data.LexDataException;
import dev.atlex.data.LexValidationException;
import dev.atlex.data.ReadOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An XRPC method that a Lexicon defines. It encodes its own requests and decodes its own responses, so a client doesn't
 * have to distinguish the kinds of methods.
 *
 * @param <O> the Java type of its output
 * @see <a href="https://atproto.com/specs/lexicon#query-and-procedure-http-api">Lexicon: queries and procedures</a>
 */
public sealed interface Method<O> permits Query, Procedure, ValueProcedure, BinaryProcedure {
    /** Returns the method's NSID. */
    String nsid();

    /** Returns the codec for the URL's parameters; {@link Unit#CODEC} if the method declares none. */
    Codec<?> parameters();

    /** Returns the output, which decodes the response's body. */
    Output<O> output();

    /** Returns the names of the errors that the method declares. A server may return others. */
    List<String> errors();

    /** Returns whether the method is a query: an HTTP GET, which has no body and is safe to repeat. */
    boolean isQuery();

    /**
     * Returns the media type of the request's body: {@code application/json}, a type or pattern for bytes, or null if
     * the method takes no body.
     */
    @Nullable
    String inputEncoding();

    /** Returns the codec for a JSON input; {@link Unit#CODEC} if the method takes bytes or no body. */
    Codec<?> inputCodec();

    /**
     * Returns the path and query of a request's URL: {@code /xrpc/com.example.find?limit=50}.
     *
     * @param parameters the parameters, checked against their schema, or null if there are none
     * @throws LexValidationException if a parameter violates its schema or isn't a scalar
     * @throws LexDataException if a parameter violates the data model
     */
    default String path(@Nullable LexObject parameters) {
        return UrlParameters.path(nsid(), parameters(), parameters);
    }

    /**
     * Decodes the body of a successful response.
     *
     * @param mediaType the response's media type in lowercase, without parameters; null if the response has none
     * @param body the whole body, after decompression; bytes aren't copied
     * @param options how strictly JSON is read
     * @throws LexValidationException if the body violates its schema
     * @throws LexDataException if the body is malformed
     */
    default O decode(@Nullable String mediaType, byte[] body, ReadOptions options) {
        return output().decode(mediaType, body, options);
    }
}
