package dev.atlex.client.internal;

import dev.atlex.data.internal.Excerpt;
import dev.atlex.syntax.UserInput;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks service URLs that users type. Error messages suggest a correction. */
public final class ServiceUrls {
    /** The maximum length of a host name. */
    private static final int MAX_HOST = 253;

    private static final String EXAMPLE = "https://bsky.social";
    private static final int MAX_SHOWN = 100;
    private static final int MAX_PORT = 65535;
    private static final Pattern HOST_AND_PORT = Pattern.compile("[A-Za-z0-9.-]+(?::[0-9]{1,5})?/?");

    private ServiceUrls() {}

    /**
     * Returns the URL of a service, without whitespace or invisible characters at its ends.
     *
     * @throws IllegalArgumentException if it isn't an http or https URL with a valid host and port, or has user
     *     information; the message shows no more than the host
     */
    public static URI parse(String service) {
        try {
            return check(new URI(UserInput.strip(service)));
        } catch (URISyntaxException e) {
            // Its message contains the whole text, which may include a password.
            throw new IllegalArgumentException("the service is not a valid URL like " + EXAMPLE + ": " + e.getReason()
                    + " at index " + e.getIndex());
        }
    }

    /**
     * Returns the same URL.
     *
     * @throws IllegalArgumentException under the same conditions as {@link #parse}
     */
    public static URI check(URI service) {
        if (!Origins.isHttp(service)) {
            throw new IllegalArgumentException(
                    "the service is not an http or https URL like " + EXAMPLE + hint(service));
        }
        if (service.getRawUserInfo() != null || userInfoEnd(service) >= 0) {
            throw new IllegalArgumentException("the URL of the service must not have a user name or password");
        }
        if (service.getHost() == null) {
            throw new IllegalArgumentException(hostProblem(service));
        }
        if (service.getPort() == 0 || service.getPort() > MAX_PORT) {
            throw new IllegalArgumentException("the URL of the service " + service.getHost() + " has the port "
                    + service.getPort() + "; ports are from 1 to " + MAX_PORT);
        }
        return service;
    }

    private static int userInfoEnd(URI service) {
        String authority = service.getRawAuthority();
        return authority == null ? -1 : authority.lastIndexOf('@');
    }

    /** Suggests a scheme, which users often omit: {@code localhost:2583} parses as a URL with the scheme localhost. */
    private static String hint(URI service) {
        String text = service.toString();
        if (service.getScheme() == null || !HOST_AND_PORT.matcher(text).matches()) {
            return "";
        }
        boolean local = text.startsWith("localhost") || text.startsWith("127.");
        return "; write " + (local ? "http://" : "https://") + Excerpt.line(text, MAX_SHOWN);
    }

    private static String hostProblem(URI service) {
        String authority = service.getRawAuthority();
        if (authority == null || authority.isEmpty()) {
            return "the URL of the service needs a host, like " + EXAMPLE;
        }
        int colon = authority.lastIndexOf(':');
        String host = colon < 0 ? authority : authority.substring(0, colon);
        String port = colon < 0 ? "" : authority.substring(colon + 1);
        if (host.isEmpty()) {
            return "the URL of the service needs a host, like " + EXAMPLE;
        }
        String shown = "invalid host name \"" + Excerpt.line(host, MAX_SHOWN) + "\" in the URL of the service: ";
        if (host.chars().anyMatch(c -> c > 0x7f)) {
            String ascii = ascii(host);
            return shown + "host names are written in ASCII"
                    + (ascii == null
                            ? ""
                            : "; write " + service.getScheme() + "://" + ascii + (port.isEmpty() ? "" : ":" + port));
        }
        if (host.indexOf('_') >= 0) {
            return shown + "a host name can't contain an underscore, only letters, digits, hyphens and dots. "
                    + "Use another name of the server, or its address";
        }
        if (!port.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return shown + "the port is not a number";
        }
        return shown + "its parts between dots may contain letters and digits, and hyphens except at their ends";
    }

    /** Returns an international domain name in ASCII, or null if it is invalid. */
    static @Nullable String ascii(String host) {
        if (host.length() > MAX_HOST) {
            return null; // From JDK 25 on, IDN throws a different exception for these.
        }
        try {
            String ascii = IDN.toASCII(host, IDN.USE_STD3_ASCII_RULES);
            return new URI("https://" + ascii).getHost();
        } catch (IllegalArgumentException | URISyntaxException e) {
            return null;
        }
    }
}
