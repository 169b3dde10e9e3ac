package dev.atlex.spring.oauth;

import dev.atlex.oauth.ClientKeys;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The {@code atlex.oauth.*} properties of a Spring Boot application whose users sign in with OAuth. */
@ConfigurationProperties("atlex.oauth")
public final class AtlexOAuthProperties {
    static final String PREFIX = "atlex.oauth";

    /** The default paths, which the controller's mappings also use. */
    static final String LOGIN = "/oauth/login";

    static final String CALLBACK = "/oauth/callback";
    static final String LOGOUT = "/oauth/logout";
    static final String METADATA = "/oauth/client-metadata.json";
    static final String JWKS = "/oauth/jwks.json";

    /**
     * Public https URL of the site, with its context path, such as https://app.example.com. If missing, the application
     * is a client in development, which browsers open at http://127.0.0.1 with the server's port.
     */
    private final @Nullable URI siteUrl;

    /** Scopes to request, separated by spaces, such as "atproto transition:generic". */
    private final @Nullable String scope;

    /** Name of the application, which servers may show to users. */
    private final @Nullable String name;

    /** URL of the application's logo. */
    private final @Nullable URI logoUrl;

    /** URL of the terms of service. */
    private final @Nullable URI termsUrl;

    /** URL of the privacy policy. */
    private final @Nullable URI privacyUrl;

    /** Private keys of a confidential client: the JSON of a JWK set. The first key signs. */
    private final @Nullable String keys;

    /** File with the private keys of a confidential client, a JWK set. */
    private final @Nullable Path keysFile;

    /** Whether the public keys are published at jwks-path only, instead of in the client metadata. */
    private final boolean separateKeys;

    /** Path to which the sign-in form is sent, with POST. */
    private final String loginPath;

    /** Path to which servers return users. Part of the registered redirect URI. */
    private final String callbackPath;

    /** Path to which the sign-out form is sent, with POST. */
    private final String logoutPath;

    /** Path of the client metadata. With the site's URL, it is the client_id, to which all sessions belong. */
    private final String metadataPath;

    /** Path of the public keys. */
    private final String jwksPath;

    /** The application's page with the sign-in form, shown to users who aren't signed in and after failures. */
    private final String signInPage;

    /** Page to show after a sign-in, unless the user requested another page first. */
    private final String afterLogin;

    /** Page to show after signing out. */
    private final String afterLogout;

    /** Whether a user's OAuth session ends together with the HTTP session, for example when that times out. */
    private final boolean signOutOnTimeout;

    /** Time after which unused OAuth sessions are logged out. */
    private final Duration idleLimit;

    /** Interval at which unfinished sign-ins are deleted and queued logouts are retried. */
    private final Duration maintainEvery;

    /** Origins of other sites whose pages may send state-changing requests, such as https://admin.example.com. */
    private final List<String> allowedOrigins;

    /** Creates properties. Called by Spring Boot. */
    AtlexOAuthProperties(
            @Nullable URI siteUrl,
            @Nullable String scope,
            @Nullable String name,
            @Nullable URI logoUrl,
            @Nullable URI termsUrl,
            @Nullable URI privacyUrl,
            @Nullable String keys,
            @Nullable Path keysFile,
            @DefaultValue("false") boolean separateKeys,
            @DefaultValue(LOGIN) String loginPath,
            @DefaultValue(CALLBACK) String callbackPath,
            @DefaultValue(LOGOUT) String logoutPath,
            @DefaultValue(METADATA) String metadataPath,
            @DefaultValue(JWKS) String jwksPath,
            @DefaultValue("/") String signInPage,
            @DefaultValue("/") String afterLogin,
            @DefaultValue("/") String afterLogout,
            @DefaultValue("true") boolean signOutOnTimeout,
            @DefaultValue("90d") Duration idleLimit,
            @DefaultValue("5m") Duration maintainEvery,
            @DefaultValue List<String> allowedOrigins) {
        this.siteUrl = orNull(siteUrl);
        this.scope = orNull(scope);
        this.name = orNull(name);
        this.logoUrl = orNull(logoUrl);
        this.termsUrl = orNull(termsUrl);
        this.privacyUrl = orNull(privacyUrl);
        this.keys = orNull(keys);
        this.keysFile = keysFile == null || keysFile.toString().isBlank() ? null : keysFile;
        this.separateKeys = separateKeys;
        this.loginPath = loginPath;
        this.callbackPath = callbackPath;
        this.logoutPath = logoutPath;
        this.metadataPath = metadataPath;
        this.jwksPath = jwksPath;
        this.signInPage = signInPage;
        this.afterLogin = afterLogin;
        this.afterLogout = afterLogout;
        this.signOutOnTimeout = signOutOnTimeout;
        this.idleLimit = idleLimit;
        this.maintainEvery = maintainEvery;
        this.allowedOrigins = List.copyOf(allowedOrigins);
    }

    /** Treats an empty value, for example from an unset placeholder, as missing. */
    private static @Nullable String orNull(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }

    private static @Nullable URI orNull(@Nullable URI value) {
        return value == null || value.toString().isBlank() ? null : value;
    }

    /** Returns the public URL of the site, or null in development. */
    public @Nullable URI siteUrl() {
        return siteUrl;
    }

    /** Returns the scopes to request, separated by spaces, or null if they are missing. */
    public @Nullable String scope() {
        return scope;
    }

    /** Returns the name of the application, or null. */
    public @Nullable String name() {
        return name;
    }

    /** Returns the URL of the logo, or null. */
    public @Nullable URI logoUrl() {
        return logoUrl;
    }

    /** Returns the URL of the terms of service, or null. */
    public @Nullable URI termsUrl() {
        return termsUrl;
    }

    /** Returns the URL of the privacy policy, or null. */
    public @Nullable URI privacyUrl() {
        return privacyUrl;
    }

    /**
     * Returns the private keys as a JWK set, or null. The value is secret.
     *
     * @see ClientKeys#fromJson
     */
    public @Nullable String keys() {
        return keys;
    }

    /**
     * Returns the file with the private keys, or null.
     *
     * @see ClientKeys#load
     */
    public @Nullable Path keysFile() {
        return keysFile;
    }

    /** Returns whether the public keys are published at {@link #jwksPath} only. */
    public boolean separateKeys() {
        return separateKeys;
    }

    /** Returns the path to which the sign-in form is sent. */
    public String loginPath() {
        return loginPath;
    }

    /** Returns the path to which servers return users. */
    public String callbackPath() {
        return callbackPath;
    }

    /** Returns the path to which the sign-out form is sent. */
    public String logoutPath() {
        return logoutPath;
    }

    /** Returns the path of the client metadata. */
    public String metadataPath() {
        return metadataPath;
    }

    /** Returns the path of the public keys. */
    public String jwksPath() {
        return jwksPath;
    }

    /** Returns the application's page with the sign-in form. */
    public String signInPage() {
        return signInPage;
    }

    /** Returns the page to show after a sign-in by default. */
    public String afterLogin() {
        return afterLogin;
    }

    /** Returns the page to show after signing out. */
    public String afterLogout() {
        return afterLogout;
    }

    /** Returns whether a user's OAuth session ends together with the HTTP session. */
    public boolean signOutOnTimeout() {
        return signOutOnTimeout;
    }

    /** Returns the time after which unused OAuth sessions are logged out. */
    public Duration idleLimit() {
        return idleLimit;
    }

    /** Returns the maintenance interval. */
    public Duration maintainEvery() {
        return maintainEvery;
    }

    /** Returns the origins of other sites whose pages may send state-changing requests. */
    public List<String> allowedOrigins() {
        return allowedOrigins;
    }

    /** Returns a string with the site and the scopes, without keys. */
    @Override
    public String toString() {
        return "AtlexOAuthProperties[siteUrl=" + siteUrl + ", scope=" + scope + "]";
    }
}
