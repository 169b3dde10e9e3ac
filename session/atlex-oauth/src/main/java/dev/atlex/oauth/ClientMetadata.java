package dev.atlex.oauth;

import dev.atlex.client.transport.Transport;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of an OAuth client, by which servers identify it: a program without its own server ({@link #loopback},
 * {@link #nativeApp}) or a web application ({@link #web}). Immutable.
 *
 * <p>Metadata is checked when it is created, against the rules of the specification and of the reference server. A
 * mistake is therefore found before a user is sent to a server.
 *
 * <pre>{@code
 * ClientMetadata tool = ClientMetadata.loopback(Scopes.of(Scope.ATPROTO, Scope.TRANSITION_GENERIC));
 * ClientMetadata site = ClientMetadata.web(URI.create("https://app.example.com/oauth-client-metadata.json"), m -> m
 *         .name("My app")
 *         .redirectUri("https://app.example.com/oauth/callback")
 *         .scopes(Scopes.of(Scope.ATPROTO, Scope.repo("app.bsky.feed.post"))));
 * }</pre>
 *
 * @see <a href="https://atproto.com/specs/oauth#client-id-metadata-document">AT Protocol: client metadata</a>
 */
public final class ClientMetadata {
    /** The redirect URI of {@link #loopback(Scopes)}. It has no port, so servers accept any. */
    private static final URI LOOPBACK_REDIRECT = URI.create("http://127.0.0.1/callback");

    private static final ReadOptions READING = ReadOptions.LENIENT.withMaxDepth(32);

    private final LexMap document;
    private final URI clientId;
    private final List<URI> redirectUris;
    private final Scopes scopes;

    /** The public keys, wherever they are published; null if they are unknown. */
    private final @Nullable LexMap keys;

    private ClientMetadata(LexMap document, @Nullable LexMap keys) {
        ClientMetadataRules.check(document);
        this.document = document;
        this.keys = keys;
        this.clientId = URI.create(String.valueOf(document.getString("client_id")));
        this.scopes = Scopes.parse(String.valueOf(document.getString("scope")));
        List<URI> uris = new ArrayList<>();
        for (LexValue uri : Objects.requireNonNull(document.getArray("redirect_uris"))) {
            uris.add(URI.create(((LexString) uri).value()));
        }
        this.redirectUris = List.copyOf(uris);
    }

    /**
     * Returns the metadata of a program that publishes no document: a command-line tool, a desktop program, or a
     * program in development. The {@code client_id} contains the redirect URI {@code http://127.0.0.1/callback} and the
     * scopes. Servers describe it to users as a client in development, and limit its sessions to two weeks.
     *
     * @param scopes all scopes that the program may request; must contain {@link Scope#ATPROTO}
     * @throws ClientMetadataException if the scopes are invalid
     * @see <a href="https://atproto.com/specs/oauth#localhost-client-development">AT Protocol: localhost clients</a>
     */
    public static ClientMetadata loopback(Scopes scopes) {
        return loopback(scopes, LOOPBACK_REDIRECT);
    }

    /**
     * Like {@link #loopback(Scopes)}, with redirect URIs.
     *
     * @param redirectUris the redirect URIs, at least one, each {@code http://127.0.0.1} or {@code http://[::1]} with a
     *     path. Without a port, the program may listen on any port; with one, only on that.
     */
    public static ClientMetadata loopback(Scopes scopes, URI... redirectUris) {
        List<URI> uris = List.of(redirectUris);
        Builder builder = new Builder(URI.create(ClientIds.loopback(uris, scopes)), ClientMetadataRules.NATIVE);
        uris.forEach(uri -> builder.redirectUri(uri.toString()));
        return builder.scopes(scopes).build();
    }

    /**
     * Returns the metadata that the {@code client_id} of a loopback client contains, for example the one of a stored
     * session ({@link OAuthSessionData#clientId}). A session works only with the client that started it, and the {@code
     * client_id} changes with the scopes and redirect URIs.
     *
     * @param clientId the {@code client_id}: {@code http://localhost} with a query
     * @throws ClientMetadataException if it isn't the {@code client_id} of a loopback client, or its metadata is
     *     invalid
     */
    public static ClientMetadata ofLoopbackId(URI clientId) {
        ClientIds.Loopback declared = ClientIds.parseLoopback(clientId.toString());
        Builder builder = new Builder(clientId, ClientMetadataRules.NATIVE);
        declared.redirectUris().forEach(builder::redirectUri);
        builder.document.put("scope", declared.scope());
        return builder.build();
    }

    /**
     * Returns the metadata of a desktop or mobile program with a published document. It is a public client. A redirect
     * URI may be {@code http://127.0.0.1/…}, an https URL, or a URI whose scheme is the reversed host of the {@code
     * client_id} ({@code com.example.app:/callback}).
     *
     * @param clientId the https URL of the published document, without a port
     * @throws ClientMetadataException if the metadata is invalid
     */
    public static ClientMetadata nativeApp(URI clientId, Consumer<? super Builder> metadata) {
        Builder builder = new Builder(clientId, ClientMetadataRules.NATIVE);
        metadata.accept(builder);
        return builder.build();
    }

    /**
     * Returns the metadata of a web application with a published document. It is a public client, or a confidential
     * one with {@link #withKeys keys} or a {@link Builder#jwksUri}. Sessions of confidential clients last longer.
     *
     * <p>The specification requires redirect URIs on the host of the {@code client_id}. The reference server accepts
     * other hosts, and so does this method.
     *
     * @param clientId the https URL of the published document, without a port
     * @throws ClientMetadataException if the metadata is invalid
     */
    public static ClientMetadata web(URI clientId, Consumer<? super Builder> metadata) {
        Builder builder = new Builder(clientId, ClientMetadataRules.WEB);
        metadata.accept(builder);
        return builder.build();
    }

    /**
     * Reads a document, such as a hand-written one. Unknown fields are kept.
     *
     * @throws ClientMetadataException if it isn't a JSON object, or violates a rule
     */
    public static ClientMetadata fromJson(String json) {
        return fromDocument(read(json));
    }

    static ClientMetadata fromDocument(LexMap document) {
        return new ClientMetadata(document, document.getMap("jwks"));
    }

    private static LexMap read(String json) {
        LexValue value;
        try {
            value = LexValue.parseJson(json, READING);
        } catch (LexException e) {
            throw new ClientMetadataException(null, "the document is not valid JSON: " + e.getMessage(), e);
        }
        if (value instanceof LexMap map) {
            return map;
        }
        throw new ClientMetadataException(null, "the document is not a JSON object", null);
    }

    /** Returns the {@code client_id}: the document's URL, or {@code http://localhost?…} for a loopback client. */
    public URI clientId() {
        return clientId;
    }

    /** Returns the declared redirect URIs, at least one. */
    public List<URI> redirectUris() {
        return redirectUris;
    }

    /** Returns the declared scopes. The program may request these or fewer. */
    public Scopes scopes() {
        return scopes;
    }

    /** Returns the name that servers may show to users, or null. */
    public @Nullable String name() {
        return document.getString("client_name");
    }

    /** Returns whether the client authenticates with a key, and therefore gets longer sessions. */
    public boolean isConfidential() {
        return ClientMetadataRules.PRIVATE_KEY_JWT.equals(document.getString("token_endpoint_auth_method"));
    }

    /** Returns whether the metadata is part of the {@code client_id}, so that there is no document to publish. */
    public boolean isLoopback() {
        return ClientIds.isLoopback(clientId.toString());
    }

    /**
     * Returns this metadata for a confidential client, with the public part of the keys in {@code jwks}. If
     * it has a {@code jwks_uri}, publish {@link ClientKeys#jwks} there instead.
     *
     * @throws ClientMetadataException if this is a native or loopback client, which can't keep a key secret
     */
    public ClientMetadata withKeys(ClientKeys keys) {
        LexMap.Builder confidential = document.toBuilder()
                .put("token_endpoint_auth_method", ClientMetadataRules.PRIVATE_KEY_JWT)
                .put("token_endpoint_auth_signing_alg", "ES256");
        if (!document.containsKey("jwks_uri")) {
            confidential.put("jwks", keys.jwks());
        }
        return new ClientMetadata(confidential.build(), keys.jwks());
    }

    /**
     * Returns the document to publish at the {@code client_id}, with the content type {@code application/json}. It
     * contains no secrets.
     */
    public String toJson() {
        return document.toJson();
    }

    LexMap document() {
        return document;
    }

    @Nullable
    LexMap keys() {
        return keys;
    }

    /**
     * Fetches the published document and compares it with this one. Call it when the program starts or is deployed: a
     * document that servers can't fetch, or that lacks a redirect URI, scope or key, makes sign-ins and refreshes fail.
     * Does nothing for loopback clients.
     *
     * @throws ClientMetadataException if the document isn't served with status 200, the content type {@code
     *     application/json} and no redirect, or if it is invalid or differs from this one
     */
    public void verifyPublished() {
        verifyPublished(Transport.jdk());
    }

    /** Like {@link #verifyPublished()}, with a transport. */
    public void verifyPublished(Transport transport) {
        if (!isLoopback()) {
            new PublishedMetadata(transport).verify(this);
        }
    }

    /** Returns whether the other object is client metadata with an equal document. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ClientMetadata that && document.equals(that.document);
    }

    @Override
    public int hashCode() {
        return document.hashCode();
    }

    @Override
    public String toString() {
        return "ClientMetadata[" + clientId + ", " + (isConfidential() ? "confidential" : "public") + "]";
    }

    /** Builds {@link ClientMetadata}. Scopes and at least one redirect URI are required. */
    public static final class Builder {
        private final LexMap.Builder document = LexMap.builder();
        private final List<LexValue> redirectUris = new ArrayList<>();

        private Builder(URI clientId, String applicationType) {
            document.put("client_id", clientId.toString())
                    .put("application_type", applicationType)
                    .put("grant_types", strings("authorization_code", "refresh_token"))
                    .put("response_types", strings("code"))
                    .put("token_endpoint_auth_method", ClientMetadataRules.NONE)
                    .put("dpop_bound_access_tokens", true);
        }

        private static LexArray strings(String... values) {
            return LexArray.copyOf(Arrays.stream(values).map(LexValue::of).toList());
        }

        /** Adds a URI to which servers may redirect the browser after a sign-in. */
        public Builder redirectUri(String redirectUri) {
            redirectUris.add(LexValue.of(redirectUri));
            return this;
        }

        /** Sets all scopes that the program may request; must contain {@link Scope#ATPROTO}. */
        public Builder scopes(Scopes scopes) {
            document.put("scope", scopes.toString());
            return this;
        }

        /** Sets the name of the program. Servers show it for clients that they trust. */
        public Builder name(String name) {
            document.put("client_name", name);
            return this;
        }

        /** Sets the home page, an https URL with the origin of the {@code client_id}. */
        public Builder homePage(URI url) {
            document.put("client_uri", url.toString());
            return this;
        }

        /** Sets the https URL of the logo. Servers show it for clients that they trust. */
        public Builder logo(URI url) {
            document.put("logo_uri", url.toString());
            return this;
        }

        /** Sets the https URL of the terms of service. */
        public Builder termsOfService(URI url) {
            document.put("tos_uri", url.toString());
            return this;
        }

        /** Sets the https URL of the privacy policy. */
        public Builder privacyPolicy(URI url) {
            document.put("policy_uri", url.toString());
            return this;
        }

        /**
         * Makes the client confidential, and sets the https URL at which its public keys are published, instead of in
         * this document. For web applications.
         */
        public Builder jwksUri(URI url) {
            document.put("jwks_uri", url.toString())
                    .put("token_endpoint_auth_method", ClientMetadataRules.PRIVATE_KEY_JWT)
                    .put("token_endpoint_auth_signing_alg", "ES256");
            return this;
        }

        private ClientMetadata build() {
            return fromDocument(
                    document.put("redirect_uris", LexArray.copyOf(redirectUris)).build());
        }
    }
}
