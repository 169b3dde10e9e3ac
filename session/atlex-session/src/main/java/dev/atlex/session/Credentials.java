package dev.atlex.session;

import dev.atlex.client.internal.ServiceUrls;
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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What somebody signs in with. Use an app password, not the account's own: it can be revoked alone, and asks for no second
 * factor. {@code toString()} does not show it.
 */
public final class Credentials {
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
     * Creates credentials for a server that is known.
     *
     * @param service the URL of the account's server or its entryway: {@code https://bsky.social}
     * @param identifier the account's handle, e-mail address or DID as somebody typed or pasted it; what
     *     {@link UserInput#signInIdentifier} makes of it is sent
     * @param password an app password; it is not changed
     * @throws IllegalArgumentException if the service is no http or https URL, the identifier is none, or the password is
     *     empty; nothing has been sent then, and no sign-in of the few that servers allow has been spent
     */
    public static Credentials of(String service, String identifier, String password) {
        if (password.isEmpty()) {
            throw new IllegalArgumentException("an identifier and a password are needed");
        }
        URI origin = origin(service);
        return new Credentials(origin, checked(identifier, password), password, null, false);
    }

    /** Reads the identifier, or says what is wrong with it without showing a password. */
    private static String checked(String identifier, String password) {
        try {
            return UserInput.signInIdentifier(identifier);
        } catch (InvalidSyntaxException e) {
            if (isIdentifier(password)) {
                throw new IllegalArgumentException("the identifier seems to be the password, and the other way round");
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
     * Credentials for the server that the account's handle or DID leads to.
     *
     * @param identifier a handle or a DID as somebody typed or pasted it; an e-mail address leads nowhere
     * @param password an app password; it is not changed
     * @param resolver finds the server
     * @throws IllegalArgumentException if the identifier is none of the two, or the password is empty
     * @throws dev.atlex.identity.IdentityException if the account or its server can't be found
     */
    public static Credentials resolve(String identifier, String password, IdentityResolver resolver) {
        if (password.isEmpty()) {
            throw new IllegalArgumentException("an identifier and a password are needed");
        }
        String account = checked(identifier, password);
        if (!AtIdentifier.isValid(account)) {
            throw new IllegalArgumentException(
                    "without a service, a handle or a DID is needed: it leads to the account's server");
        }
        Identity identity = resolver.resolve(AtIdentifier.of(account));
        // The DID, not the handle: that is what was verified, whatever the server makes of the handle.
        return of(identity.requirePds().toString(), identity.did().toString(), password);
    }

    /**
     * The credentials in a login URL: {@code https://alice.example.com:app-password@pds.example.com}. An {@code @} in an
     * e-mail address is written {@code %40}.
     *
     * @throws IllegalArgumentException if a part is missing, or there is a path, query or fragment; the message shows
     *     nothing of the URL but an invalid host
     */
    public static Credentials parse(String loginUrl) {
        URI url;
        try {
            url = new URI(loginUrl);
        } catch (URISyntaxException e) {
            // Its message and the exception hold the URL, and that the password.
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
        // Of a host that is none, the JDK tells no user either.
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

    /** The service's root: XRPC lives there whatever path somebody copied. */
    static URI origin(String service) {
        URI url;
        try {
            url = ServiceUrls.parse(service);
        } catch (IllegalArgumentException e) {
            if (!String.valueOf(e.getMessage()).contains("user name")) {
                throw e;
            }
            throw new IllegalArgumentException("the service's URL holds a user; use Credentials.parse for login URLs");
        }
        // A dot at the end is right in the DNS, and no certificate has it.
        String host = url.getHost().endsWith(".")
                ? url.getHost().substring(0, url.getHost().length() - 1)
                : url.getHost();
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return URI.create(url.getScheme() + "://" + host + port);
    }

    /** The same with the code of a second factor. */
    public Credentials withAuthFactorToken(@Nullable String token) {
        return new Credentials(service, identifier, password, token, allowTakendown);
    }

    /** The same, content with the narrow session that an account gets that was taken down. */
    public Credentials withAllowTakendown(boolean allow) {
        return new Credentials(service, identifier, password, authFactorToken, allow);
    }

    public URI service() {
        return service;
    }

    /** The account's handle in lower case, e-mail address or DID. */
    public String identifier() {
        return identifier;
    }

    /** The identifier as a handle or a DID, or null where it is an e-mail address. */
    public @Nullable AtIdentifier atIdentifier() {
        return AtIdentifier.isValid(identifier) ? AtIdentifier.of(identifier) : null;
    }

    String password() {
        return password;
    }

    public @Nullable String authFactorToken() {
        return authFactorToken;
    }

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
