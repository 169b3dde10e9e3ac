package dev.atlex.identity;

import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A resolved account.
 *
 * @param did the account's permanent identifier
 * @param handle the handle in lowercase, verified in both directions; {@code handle.invalid} if the account has no
 *     handle that could be verified, see {@link Handle#isInvalid()}
 * @param pds the origin of the account's server, such as {@code https://pds.example.com}; null if the document contains
 *     no usable server
 * @param document the account's DID document
 */
public record Identity(Did did, Handle handle, @Nullable URI pds, DidDocument document) {
    /**
     * Returns the origin of the account's server.
     *
     * @throws InvalidDidDocumentException if the document contains no usable server
     */
    public URI requirePds() {
        if (pds == null) {
            throw new InvalidDidDocumentException(
                    "the DID document of " + did + " has no usable server: expected a service #atproto_pds of type "
                            + "AtprotoPersonalDataServer with a URL as its endpoint",
                    null);
        }
        return pds;
    }
}
