package dev.atlex.installer;

import dev.atlex.client.transport.Transport;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Nsid;
import java.net.URI;
import java.util.Objects;
import java.util.function.Function;

/**
 * Finds the publishers of documents.
 *
 * @param authority a function that returns the DID that publishes an authority's documents, from the TXT record of
 *     {@code _lexicon.} followed by the authority
 * @param server a function that returns the server that hosts a DID, from its DID document
 * @param transport the transport for requests to these servers, whose addresses come from untrusted sources
 */
public record LexiconNetwork(
        Function<? super Nsid, Did> authority, Function<? super Did, URI> server, Transport transport) {
    /** Returns a network that uses the lookups and the transport of a resolver. */
    public static LexiconNetwork of(IdentityResolver resolver) {
        return new LexiconNetwork(
                resolver::lexiconAuthority, did -> resolver.resolve(did).requirePds(), resolver.transport());
    }

    /** Checks that no argument is null. */
    public LexiconNetwork {
        Objects.requireNonNull(authority, "authority");
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(transport, "transport");
    }
}
