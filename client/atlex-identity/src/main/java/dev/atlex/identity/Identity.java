package dev.atlex.identity;

import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * An account as it was resolved.
 *
 * @param did what the account is called for ever
 * @param handle its handle, in lower case and verified both ways; {@code handle.invalid} where it has none that could be
 *     verified, see {@link Handle#isInvalid()}
 * @param pds the origin of its server, for example {@code https://pds.example.com}; null where the document names none
 *     that can be used
 * @param document the whole document
 */
public record Identity(Did did, Handle handle, @Nullable URI pds, DidDocument document) {
    /**
     * The origin of the account's server.
     *
     * @throws InvalidDidDocumentException if the document names none that can be used
     */
    public URI requirePds() {
        if (pds == null) {
            throw new InvalidDidDocumentException(
                    "the DID document of " + did + " names no usable server: it needs a service #atproto_pds of type "
                            + "AtprotoPersonalDataServer with a URL for its endpoint",
                    null);
        }
        return pds;
    }
}
