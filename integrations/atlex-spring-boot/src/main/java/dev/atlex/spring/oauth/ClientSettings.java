package dev.atlex.spring.oauth;

import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.oauth.ClientKeys;
import dev.atlex.oauth.ClientMetadata;
import dev.atlex.oauth.ClientMetadataException;
import dev.atlex.oauth.OAuthException;
import dev.atlex.oauth.Scopes;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The client's metadata and keys, from the properties or the application's beans. Errors are reported at startup.
 *
 * @param metadata the metadata
 * @param keys the keys of a confidential client, or null
 */
record ClientSettings(ClientMetadata metadata, @Nullable ClientKeys keys) {
    /**
     * Returns the settings.
     *
     * @param metadata the application's own metadata, or null to create it
     * @param keys the application's own keys, or null to read them
     * @throws IllegalStateException if properties are missing, invalid or contradictory
     */
    static ClientSettings of(
            AtlexOAuthProperties properties, Site site, @Nullable ClientMetadata metadata, @Nullable ClientKeys keys) {
        ClientKeys used = keys == null ? keys(properties) : keys;
        if (metadata != null) {
            return new ClientSettings(metadata, used);
        }
        URI url = site.url();
        if (url == null && used != null) {
            throw invalid("site-url", "missing; only a published site can have keys (atlex.oauth.keys, keys-file)");
        }
        if (properties.separateKeys() && used == null) {
            throw invalid("separate-keys", "needs keys; set atlex.oauth.keys-file or atlex.oauth.keys");
        }
        Scopes scopes = scopes(properties.scope());
        try {
            ClientMetadata created = url == null
                    ? ClientMetadata.loopback(scopes, site.loopbackRedirect())
                    : published(properties, site, scopes);
            return new ClientSettings(used == null ? created : created.withKeys(used), used);
        } catch (ClientMetadataException e) {
            throw new IllegalStateException("atlex.oauth." + property(e.field()) + ": " + e.getMessage(), e);
        }
    }

    private static ClientMetadata published(AtlexOAuthProperties properties, Site site, Scopes scopes) {
        return ClientMetadata.web(site.resolve(properties.metadataPath()), metadata -> {
            metadata.redirectUri(site.resolve(properties.callbackPath()).toString())
                    .homePage(site.resolve("/"))
                    .scopes(scopes);
            if (properties.name() != null) {
                metadata.name(properties.name());
            }
            if (properties.logoUrl() != null) {
                metadata.logo(properties.logoUrl());
            }
            if (properties.termsUrl() != null) {
                metadata.termsOfService(properties.termsUrl());
            }
            if (properties.privacyUrl() != null) {
                metadata.privacyPolicy(properties.privacyUrl());
            }
            if (properties.separateKeys()) {
                metadata.jwksUri(site.resolve(properties.jwksPath()));
            }
        });
    }

    private static Scopes scopes(@Nullable String scope) {
        if (scope == null) {
            throw invalid(
                    "scope",
                    "missing; list the scopes to request, such as \"atproto transition:generic\" or \"atproto\"");
        }
        try {
            return Scopes.parse(scope);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("atlex.oauth.scope: " + e.getMessage(), e);
        }
    }

    private static @Nullable ClientKeys keys(AtlexOAuthProperties properties) {
        if (properties.keys() != null && properties.keysFile() != null) {
            throw invalid("keys", "expected keys or a keys-file (got both)");
        }
        try {
            if (properties.keysFile() != null) {
                return ClientKeys.load(properties.keysFile());
            }
            return properties.keys() == null ? null : ClientKeys.fromJson(properties.keys());
        } catch (OAuthException e) {
            String property = properties.keysFile() == null ? "keys" : "keys-file";
            throw new IllegalStateException("atlex.oauth." + property + ": " + e.getMessage(), e);
        }
    }

    /** Returns the property that sets a metadata field. */
    private static String property(@Nullable String field) {
        return field == null
                ? "*"
                : switch (field) {
                    case "scope" -> "scope";
                    case "client_name" -> "name";
                    case "logo_uri" -> "logo-url";
                    case "tos_uri" -> "terms-url";
                    case "policy_uri" -> "privacy-url";
                    case "redirect_uris" -> "callback-path";
                    case "client_id", "client_uri" -> "site-url";
                    default -> "*";
                };
    }

    static IllegalStateException invalid(String property, String problem) {
        return new IllegalStateException("atlex.oauth." + property + ": " + problem);
    }

    /** Returns a string without keys. */
    @Override
    public String toString() {
        return "ClientSettings[" + metadata + "]";
    }
}
