package dev.atlex.installer;

import dev.atlex.client.transport.Transport;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Nsid;
import java.net.URI;
import java.util.Objects;
import java.util.function.Function;

/**
 * How the publisher of a document is found.
 *
 * @param authority the DID that publishes the documents of an NSID's authority: what the TXT record of {@code _lexicon.} and
 *     the authority names
 * @param server the server of a DID: what its document names
 * @param transport how the servers are asked; these are named by strangers
 */
public record LexiconNetwork(
        Function<? super Nsid, Did> authority, Function<? super Did, URI> server, Transport transport) {
    /** The network as that resolver sees it. */
    public static LexiconNetwork of(IdentityResolver resolver) {
        return new LexiconNetwork(
                resolver::lexiconAuthority, did -> resolver.resolve(did).requirePds(), resolver.transport());
    }

    public LexiconNetwork {
        Objects.requireNonNull(authority, "authority");
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(transport, "transport");
    }
}
