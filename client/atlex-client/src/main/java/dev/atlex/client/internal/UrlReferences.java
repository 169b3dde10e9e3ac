package dev.atlex.client.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Resolves URL references from headers and documents as browsers do, including those that aren't valid URLs. */
public final class UrlReferences {
    private UrlReferences() {}

    /**
     * Resolves a reference and removes its fragment. Characters that are invalid in URLs but that servers leave
     * unencoded are percent-encoded.
     *
     * @param base an absolute URL, or null if unknown
     * @param reference a URL, or one relative to the base; whitespace at its ends is ignored
     * @param charset the charset of characters from U+0080 to U+00FF: ISO 8859-1 for text from headers, whose
     *     characters are bytes; UTF-8 for text from documents. All other characters are encoded in UTF-8.
     * @return null if it isn't an http or https URL with a valid host and port, or has user information
     */
    public static @Nullable URI resolve(@Nullable URI base, String reference, Charset charset) {
        try {
            String encoded = encode(withAsciiHost(reference.strip(), charset), charset);
            // java.net.URI resolves a reference without a path against the folder, not the file.
            URI relative = new URI(base != null && encoded.startsWith("?") ? base.getRawPath() + encoded : encoded);
            URI resolved = base == null ? relative : withPath(base).resolve(relative);
            if (!Origins.isUsable(resolved)) {
                return null;
            }
            String text = resolved.toString();
            int fragment = text.indexOf('#');
            return fragment < 0 ? resolved : new URI(text.substring(0, fragment));
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** Converts an international domain name, which java.net.URI doesn't support. */
    private static String withAsciiHost(String reference, Charset charset) {
        int path = pathStart(reference);
        int host = reference.indexOf("//") + 2;
        if (path == 0 || reference.substring(host, path).chars().allMatch(c -> c < 0x80)) {
            return reference;
        }
        String authority = new String(reference.substring(host, path).getBytes(charset), StandardCharsets.UTF_8);
        int colon = authority.lastIndexOf(':');
        String ascii = ServiceUrls.ascii(colon < 0 ? authority : authority.substring(0, colon));
        return ascii == null
                ? reference
                : reference.substring(0, host)
                        + ascii
                        + (colon < 0 ? "" : authority.substring(colon))
                        + reference.substring(path);
    }

    /** Returns the base with a path, because java.net.URI would append a relative path to a host without a slash. */
    private static URI withPath(URI base) throws URISyntaxException {
        boolean bare = base.getRawPath() != null && base.getRawPath().isEmpty() && base.getRawAuthority() != null;
        return bare ? new URI(base.getScheme() + "://" + base.getRawAuthority() + "/") : base;
    }

    private static String encode(String reference, Charset charset) {
        StringBuilder encoded = new StringBuilder(reference.length());
        int path = pathStart(reference);
        int query = reference.indexOf('?', path);
        int next;
        for (int i = 0; i < reference.length(); i = next) {
            int c = reference.codePointAt(i);
            next = i + Character.charCount(c);
            boolean literal = c == '%' && !isEscape(reference, i)
                    || (c == '[' || c == ']') && i >= path && (query < 0 || i < query);
            if (!literal && c > ' ' && c < 0x7f && "\"<>\\^`{|}".indexOf(c) < 0) {
                encoded.appendCodePoint(c);
            } else {
                for (byte b : Character.toString(c).getBytes(c < 0x100 ? charset : StandardCharsets.UTF_8)) {
                    encoded.append(String.format(Locale.ROOT, "%%%02X", b & 0xff));
                }
            }
        }
        return encoded.toString();
    }

    /** Returns the index of the path, which begins after the host. The host may be an address in brackets. */
    private static int pathStart(String reference) {
        int slashes = reference.indexOf("//");
        boolean host = slashes == 0 || slashes > 0 && reference.indexOf(':') == slashes - 1;
        if (!host) {
            return 0;
        }
        int at = slashes + 2;
        while (at < reference.length() && "/?#".indexOf(reference.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private static boolean isEscape(String text, int percent) {
        return percent + 2 < text.length()
                && Character.digit(text.charAt(percent + 1), 16) >= 0
                && Character.digit(text.charAt(percent + 2), 16) >= 0;
    }
}
