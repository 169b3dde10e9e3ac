package dev.atlex.oauth.internal.discovery;

import dev.atlex.client.internal.Origins;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.data.internal.Excerpt;
import dev.atlex.oauth.DiscoveryException;
import java.net.URI;

/**
 * The metadata of a PDS, which identifies its authorization server.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9728">RFC 9728: Protected Resource Metadata</a>
 */
final class ResourceMetadata {
    private ResourceMetadata() {}

    /**
     * Returns the only authorization server.
     *
     * @throws DiscoveryException if there is none or more than one, it isn't an origin, or the metadata belongs to
     *     another server
     */
    static URI issuer(URI url, URI pds, LexMap metadata) {
        String resource = metadata.getString("resource");
        if (resource != null) {
            URI origin = Origins.find(resource);
            if (origin == null || !Origins.same(origin, pds)) {
                throw invalid(url, "expected the resource " + pds + " (got " + Excerpt.quote(resource) + ")");
            }
        }
        LexArray servers = metadata.getArray("authorization_servers");
        if (servers == null || servers.size() != 1 || !(servers.get(0) instanceof LexString only)) {
            throw invalid(
                    url,
                    "expected exactly one of authorization_servers (got " + (servers == null ? "none" : servers.size())
                            + ")");
        }
        URI issuer = Issuers.parse(only.value());
        if (issuer == null) {
            throw invalid(
                    url,
                    "expected the origin of an authorization server, without a path or a default port (got "
                            + Excerpt.quote(only.value()) + ")");
        }
        return issuer;
    }

    private static DiscoveryException invalid(URI url, String problem) {
        return new DiscoveryException(url, problem, false, null);
    }
}
