package dev.atlex.schema;

import dev.atlex.data.LexDataException;
import dev.atlex.data.LexValidationException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream of messages over a WebSocket, as defined in a Lexicon. {@code atlex-streams} connects to it.
 *
 * @param nsid the subscription's NSID
 * @param parameters the codec for the URL's parameters
 * @param message the codec for the union of message types
 * @param errors the names of the errors that the subscription declares
 * @param subprotocol the framing of messages if the client and the server don't negotiate one: {@code xrpc.v0.cbor} or
 *     {@code xrpc.v1.json}
 * @param <P> the parameters' class; {@link Unit} if the subscription takes no parameters
 * @param <B> the builder for the parameters
 * @param <M> the Java type of the messages
 * @see <a href="https://atproto.com/specs/event-stream">AT Protocol: event stream</a>
 */
public record Subscription<P extends LexObject, B extends ObjectBuilder<P, B>, M>(
        String nsid, ObjectSchema<P, B> parameters, Codec<M> message, List<String> errors, String subprotocol) {
    /** Creates a subscription. The list of errors is copied. */
    public Subscription {
        errors = List.copyOf(errors);
    }

    /**
     * Returns the path and query of the URL, such as {@code /xrpc/com.atproto.sync.subscribeRepos?cursor=5}.
     *
     * @param parameters the parameters, checked against their schema, or null if there are none
     * @throws LexValidationException if a parameter violates its schema or isn't a scalar
     * @throws LexDataException if a parameter violates the data model
     */
    public String path(@Nullable LexObject parameters) {
        return UrlParameters.path(nsid, this.parameters, parameters);
    }
}
