package dev.atlex.bluesky.internal;

import dev.atlex.data.internal.Excerpt;
import dev.atlex.syntax.Uris;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Decides which URLs a post may link to. A post is public, so a user name or password in a URL would be published.
 * Also, apps open only web pages. The user information never appears in a message.
 */
public final class PublicLinks {
    private static final String EXPECTED = "expected an http or https URL with a host, such as https://example.com/";

    private PublicLinks() {}

    /** Returns why a post can't link to a URL, or null if it can. */
    public static @Nullable String problem(String url) {
        int host =
                url.regionMatches(true, 0, "https://", 0, 8) ? 8 : url.regionMatches(true, 0, "http://", 0, 7) ? 7 : -1;
        if (host > 0 && userInfoEnd(url) >= 0) {
            return "everyone could read the user name or password in the URL; remove it";
        }
        return host > 0 && host < url.length() && "/?#:".indexOf(url.charAt(host)) < 0 && Uris.isValid(url)
                ? null
                : EXPECTED;
    }

    /** Returns the text without its user information, for messages. */
    public static String withoutUserInfo(String text) {
        int at = userInfoEnd(text);
        return at < 0 ? text : text.substring(0, authority(text)) + "…" + text.substring(at);
    }

    /** Returns the URL without its user information, for exceptions that report it. */
    public static URI bare(URI url) {
        String text = url.toString();
        int at = userInfoEnd(text);
        try {
            return at < 0 ? url : new URI(text.substring(0, authority(text)) + text.substring(at + 1));
        } catch (URISyntaxException e) {
            return URI.create("about:invalid");
        }
    }

    /** Returns the text in quotes, without its user information, for messages. */
    public static String quote(String text) {
        return Excerpt.quote(withoutUserInfo(text));
    }

    /**
     * Returns the index of the at sign that ends the user information, or -1 if there is none. The text may be
     * anything.
     */
    private static int userInfoEnd(String text) {
        int from = authority(text);
        int end = from;
        while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        int at = text.lastIndexOf('@', end - 1);
        if (at < from && hasOddPort(text.substring(from, end))) {
            // A password with an unencoded slash looks like a port and a path.
            at = text.lastIndexOf('@');
        }
        return at < from ? -1 : at;
    }

    private static boolean hasOddPort(String hostAndPort) {
        int colon = hostAndPort.indexOf(':', hostAndPort.indexOf(']') + 1);
        return colon >= 0 && !hostAndPort.substring(colon + 1).chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Returns the index after the scheme and the slashes. */
    private static int authority(String text) {
        int at = 0;
        while (at < text.length() && isInScheme(text.charAt(at))) {
            at++;
        }
        at = at < text.length() && text.charAt(at) == ':' ? at + 1 : 0;
        while (at < text.length() && "/\\ ".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private static boolean isInScheme(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "+.-".indexOf(c) >= 0;
    }
}
