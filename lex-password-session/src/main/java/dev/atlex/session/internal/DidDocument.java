package dev.atlex.session.internal;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** What a session needs of a DID document. It comes from a server, so nothing about it is certain. */
public final class DidDocument {
    private DidDocument() {}

    /**
     * The account's server, or null where the document names none that can be used.
     *
     * @param service the server that gave the document: where that is https, tokens are sent to https only
     */
    public static @Nullable URI pds(@Nullable LexMap document, URI service) {
        LexArray services = document == null ? null : document.getArray("service");
        if (services == null) {
            return null;
        }
        for (LexValue entry : services) {
            if (entry instanceof LexMap map) {
                String id = map.getString("id");
                String endpoint = map.getString("serviceEndpoint");
                if (id != null && id.endsWith("#atproto_pds") && endpoint != null) {
                    return origin(endpoint, "https".equalsIgnoreCase(service.getScheme()));
                }
            }
        }
        return null;
    }

    private static @Nullable URI origin(String endpoint, boolean httpsOnly) {
        try {
            URI url = new URI(endpoint);
            boolean https = "https".equalsIgnoreCase(url.getScheme());
            boolean usable = https || "http".equalsIgnoreCase(url.getScheme()) && !httpsOnly;
            if (!usable || url.getHost() == null || url.getRawUserInfo() != null) {
                return null;
            }
            String port = url.getPort() < 0 ? "" : ":" + url.getPort();
            return URI.create(url.getScheme() + "://" + url.getHost() + port);
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
