package dev.atlex.oauth;

import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.internal.Excerpt;
import dev.atlex.oauth.internal.discovery.JsonDocuments;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares the metadata that a program uses with the document that servers fetch. */
final class PublishedMetadata {
    private final JsonDocuments documents;

    PublishedMetadata(Transport transport) {
        this.documents = new JsonDocuments(transport);
    }

    void verify(ClientMetadata expected) {
        ClientMetadata published = ClientMetadata.fromDocument(fetch(expected.clientId()));
        LexMap ours = expected.document();
        LexMap theirs = published.document();
        for (String field : List.of("client_id", "application_type", "token_endpoint_auth_method", "jwks_uri")) {
            if (!Objects.equals(ours.getString(field), theirs.getString(field))) {
                throw differs(expected, field, shown(ours.getString(field)), "has " + shown(theirs.getString(field)));
            }
        }
        for (URI redirectUri : expected.redirectUris()) {
            if (!published.redirectUris().contains(redirectUri)) {
                throw differs(expected, "redirect_uris", shown(redirectUri.toString()), "lacks it");
            }
        }
        List<String> declared =
                List.of(String.valueOf(theirs.getString("scope")).split(" ", -1));
        for (Scope scope : expected.scopes()) {
            // Servers compare the text.
            if (!declared.contains(scope.toString())) {
                throw differs(expected, "scope", shown(scope.toString()), "lacks it");
            }
        }
        String jwksUri = theirs.getString("jwks_uri");
        LexMap keys = jwksUri == null ? theirs.getMap("jwks") : fetch(URI.create(jwksUri));
        LexMap ourKeys = expected.keys();
        if (ourKeys != null) {
            verifyKeys(expected, ourKeys, keys);
        }
    }

    private static void verifyKeys(ClientMetadata expected, LexMap ours, @Nullable LexMap theirs) {
        LexArray published = theirs == null ? null : theirs.getArray("keys");
        for (LexValue key : Objects.requireNonNullElse(ours.getArray("keys"), LexArray.of())) {
            LexMap jwk = (LexMap) key;
            boolean found = published != null
                    && published.stream()
                            .anyMatch(other -> other instanceof LexMap map
                                    && List.of("kid", "x", "y").stream()
                                            .allMatch(
                                                    name -> Objects.equals(map.getString(name), jwk.getString(name))));
            if (!found) {
                throw differs(expected, "jwks", "the key " + shown(jwk.getString("kid")), "lacks it");
            }
        }
    }

    private LexMap fetch(URI url) {
        try {
            return documents.fetch(url);
        } catch (TransportInterruptedException e) {
            throw e;
        } catch (JsonDocuments.InvalidDocumentException | TransportException e) {
            throw new ClientMetadataException(
                    null, "servers can't fetch the document: " + url + ": " + e.getMessage(), e);
        }
    }

    private static ClientMetadataException differs(
            ClientMetadata expected, String field, String ours, String published) {
        return new ClientMetadataException(
                field,
                "is " + ours + " in the program, but the document at " + expected.clientId() + " " + published,
                null);
    }

    private static String shown(@Nullable String value) {
        return value == null ? "absent" : Excerpt.quote(value, 120);
    }
}
