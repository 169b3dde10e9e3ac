package dev.atlex.session;

import com.atproto.server.CreateSession;
import dev.atlex.client.internal.Origins;
import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.data.Secrets;
import dev.atlex.identity.Identity;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.UserInput;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The service, identifier and password to sign in with. Use an app password instead of the account's main one: it can
 * be revoked separately and needs no second factor. {@code toString()} omits the password.
 */
public final class Credentials {
    private static final String SERVICE_VARIABLE = "ATLEX_SERVICE";
    private static final String HANDLE_VARIABLE = "ATLEX_HANDLE";
    private static final String PASSWORD_VARIABLE = "ATLEX_PASSWORD";

    private final URI service;
    private final String identifier;
    private final String password;
    private final @Nullable String authFactorToken;
    private final boolean allowTakendown;

    private Credentials(
            URI service, String identifier, String password, @Nullable String authFactorToken, boolean allowTakendown) {
        this.service = service;
        this.identifier = identifier;
        this.password = password;
        this.authFactorToken = authFactorToken;
        this.allowTakendown = allowTakendown;
    }

    /**
     * Creates credentials for a given server.
     *
     * @param service the URL of the account's server or its entryway, such as {@code https://bsky.social}
     * @param identifier the account's handle, email address or DID as typed or pasted; it is cleaned up by
     *     {@link UserInput#signInIdentifier}
     * @param password an app password; it isn't changed
     * @throws IllegalArgumentException if the service isn't an http or https URL, the identifier is invalid, or the
     *     password is empty. No request is sent, so no sign-in is counted by the server
     */
    public static Credentials of(String service, String identifier, String password) {
        requirePassword(password);
        URI origin = Origins.parse(service);
        return new Credentials(origin, checked(identifier, password), password, null, false);
    }

    /** Like {@link #of(String, String, String)}, with the service as a URI. */
    public static Credentials of(URI service, String identifier, String password) {
        return of(service.toString(), identifier, password);
    }

    /**
     * Like {@link #of(String, String, String)}, with a handle or DID that is already parsed.
     *
     * @param account the account's handle or DID
     */
    public static Credentials of(URI service, AtIdentifier account, String password) {
        return of(service.toString(), account.toString(), password);
    }

    private static void requirePassword(String password) {
        if (password.isEmpty()) {
            throw new IllegalArgumentException("Expected a password (got an empty one)");
        }
    }

    /** Returns the identifier, or throws an exception that doesn't show a password. */
    private static String checked(String identifier, String password) {
        try {
            return UserInput.signInIdentifier(identifier);
        } catch (InvalidSyntaxException e) {
            if (isIdentifier(password)) {
                throw new IllegalArgumentException("the identifier and the password seem to be swapped");
            }
            throw new IllegalArgumentException("the identifier is " + e.getMessage(), e);
        }
    }

    private static boolean isIdentifier(String text) {
        try {
            return !UserInput.signInIdentifier(text).isEmpty();
        } catch (InvalidSyntaxException e) {
            return false;
        }
    }

    /**
     * Creates credentials for the server that an account's handle or DID resolves to.
     *
     * @param identifier a handle or DID as typed or pasted; email addresses can't be resolved
     * @param password an app password; it isn't changed
     * @param resolver the resolver that finds the server
     * @throws IllegalArgumentException if the identifier is neither a handle nor a DID, or the password is empty
     * @throws dev.atlex.identity.IdentityException if the account or its server can't be found
     */
    public static Credentials resolve(String identifier, String password, IdentityResolver resolver) {
        requirePassword(password);
        String account = checked(identifier, password);
        if (!AtIdentifier.isValid(account)) {
            throw new IllegalArgumentException(
                    "Expected a handle or a DID, from which the server can be found; otherwise, name the service");
        }
        Identity identity = resolver.resolve(AtIdentifier.of(account));
        // Use the DID, not the handle, because only the DID was verified.
        return of(identity.requirePds().toString(), identity.did().toString(), password);
    }

    /**
     * Returns the credentials in the process's environment variables. See {@link #fromEnvironment(Map)}.
     *
     * @throws MissingVariableException if a variable is missing or empty
     * @throws IllegalArgumentException if a variable is invalid, as in {@link #of(String, String, String)}
     */
    public static Credentials fromEnvironment() {
        return fromEnvironment(System.getenv());
    }

    /**
     * Returns the credentials in environment variables: {@code ATLEX_SERVICE} is the server's URL, {@code ATLEX_HANDLE}
     * the account's handle, email address or DID, and {@code ATLEX_PASSWORD} an app password.
     *
     * @param variables environment variables by name
     * @throws MissingVariableException if a variable is missing or empty
     * @throws IllegalArgumentException if a variable is invalid, as in {@link #of(String, String, String)}
     */
    public static Credentials fromEnvironment(Map<String, String> variables) {
        List<String> missing = Stream.of(SERVICE_VARIABLE, HANDLE_VARIABLE, PASSWORD_VARIABLE)
                .filter(name -> variables.getOrDefault(name, "").isBlank())
                .toList();
        if (!missing.isEmpty()) {
            throw new MissingVariableException(missing);
        }
        return of(
                variables.getOrDefault(SERVICE_VARIABLE, ""),
                variables.getOrDefault(HANDLE_VARIABLE, ""),
                variables.getOrDefault(PASSWORD_VARIABLE, ""));
    }

    /**
     * Parses a login URL, such as {@code https://alice.example.com:app-password@pds.example.com}. An {@code @} in an
     * email address is written {@code %40}.
     *
     * @throws IllegalArgumentException if a part is missing, or the URL has a path, query or fragment. The message
     *     shows no part of the URL except an invalid identifier or host
     */
    public static Credentials parse(String loginUrl) {
        URI url;
        try {
            url = new URI(loginUrl);
        } catch (URISyntaxException e) {
            // The exception and its message contain the URL, and so the password.
            throw new IllegalArgumentException("invalid login URL: not a URL at index " + e.getIndex());
        }
        if (url.getRawPath() != null
                && !url.getRawPath().isEmpty()
                && !url.getRawPath().equals("/")) {
            throw new IllegalArgumentException("invalid login URL: unexpected path");
        }
        if (url.getRawFragment() != null) {
            throw new IllegalArgumentException("invalid login URL: unexpected fragment");
        }
        if (url.getRawQuery() != null) {
            throw new IllegalArgumentException("invalid login URL: unexpected query");
        }
        // If the host is invalid, the JDK doesn't parse the user either.
        String authority = String.valueOf(url.getRawAuthority());
        int at = authority.lastIndexOf('@');
        String user = at < 0 ? null : authority.substring(0, at);
        int colon = user == null ? -1 : user.indexOf(':');
        if (user == null || colon < 1 || colon == user.length() - 1) {
            throw new IllegalArgumentException("invalid login URL: identifier or password missing");
        }
        String service = url.getScheme() + "://" + authority.substring(at + 1);
        if (service.endsWith("://")) {
            throw new IllegalArgumentException("invalid login URL: host missing");
        }
        try {
            return of(service, decode(user.substring(0, colon)), decode(user.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("invalid login URL: " + e.getMessage());
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Returns a copy with a second factor's code, or without one if the code is null. */
    public Credentials withAuthFactorToken(@Nullable String token) {
        return new Credentials(service, identifier, password, token, allowTakendown);
    }

    /**
     * Returns a copy that accepts or rejects restricted sessions, the only kind that servers offer to accounts that
     * were taken down. By default, such accounts can't sign in.
     */
    public Credentials withAllowTakendown(boolean allow) {
        return new Credentials(service, identifier, password, authFactorToken, allow);
    }

    /** Returns the origin of the server to sign in to. */
    public URI service() {
        return service;
    }

    /** Returns the account's handle in lowercase, its email address or its DID. */
    public String identifier() {
        return identifier;
    }

    /** Returns the identifier as a handle or a DID, or null if it is an email address. */
    public @Nullable AtIdentifier atIdentifier() {
        return AtIdentifier.isValid(identifier) ? AtIdentifier.of(identifier) : null;
    }

    String password() {
        return password;
    }

    /** Sets the input of {@code createSession}, including the password. */
    void applyTo(CreateSession.Input.Builder input) {
        input.identifier(identifier)
                .password(password)
                .authFactorToken(authFactorToken)
                .allowTakendown(allowTakendown ? Boolean.TRUE : null);
    }

    /** Returns the second factor's code, or null if there is none. */
    public @Nullable String authFactorToken() {
        return authFactorToken;
    }

    /** Returns whether to accept a restricted session if the account was taken down. */
    public boolean allowTakendown() {
        return allowTakendown;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Credentials that
                && service.equals(that.service)
                && identifier.equals(that.identifier)
                && password.equals(that.password)
                && Objects.equals(authFactorToken, that.authFactorToken)
                && allowTakendown == that.allowTakendown;
    }

    @Override
    public int hashCode() {
        return Objects.hash(service, identifier, password);
    }

    @Override
    public String toString() {
        return "Credentials{service=" + service + ", identifier=" + identifier + ", password=" + Secrets.REDACTED + "}";
    }
}
