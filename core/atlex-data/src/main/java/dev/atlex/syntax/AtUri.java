package dev.atlex.syntax;

import dev.atlex.data.InvalidSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The address of a repository, collection or record, such as {@code
 * at://did:plc:ewvi7nxzyoun6zhxrhs64oiz/app.bsky.feed.post/3jzfcijpj2z2a}. In Lexicon, this is the string format
 * {@code at-uri}, which allows neither a query nor a fragment.
 *
 * @see <a href="https://atproto.com/specs/at-uri-scheme">AT Protocol: AT URI scheme</a>
 */
public final class AtUri implements Comparable<AtUri> {
    private static final int MAX_LENGTH = 8192;
    private static final String PREFIX = "at://";

    /** The characters that lenient text may contain besides letters and digits: before the fragment, and inside it. */
    private static final String URI = "._~:@!$&'()*+,;=%/\\[]#?-";

    private static final String FRAGMENT = "._~:@!$&'()*+,;=%/[]-";

    private final String text;

    private AtUri(String text) {
        this.text = text;
    }

    /**
     * Parses an AT URI.
     *
     * @throws InvalidSyntaxException if the text isn't {@linkplain #isValid valid}
     */
    public static AtUri of(String text) {
        String reason = whyInvalid(text, 0, text.length());
        if (reason != null) {
            throw new InvalidSyntaxException("at-uri", text, reason);
        }
        return new AtUri(text);
    }

    /** Creates an AT URI from text that is known to be valid; nothing is checked. */
    public static AtUri unchecked(String text) {
        return new AtUri(text);
    }

    /**
     * Returns whether the text is a valid AT URI as Lexicons allow it: authority, collection and record key, without a
     * trailing slash, query or fragment; at most 8192 characters.
     */
    public static boolean isValid(String text) {
        return whyInvalid(text, 0, text.length()) == null;
    }

    /** Returns the address of a repository. */
    public static AtUri of(AtIdentifier authority) {
        return new AtUri(PREFIX + authority);
    }

    /** Returns the address of a collection. */
    public static AtUri of(AtIdentifier authority, Nsid collection) {
        return new AtUri(PREFIX + authority + "/" + collection);
    }

    /** Returns the address of a record. */
    public static AtUri of(AtIdentifier authority, Nsid collection, RecordKey recordKey) {
        return new AtUri(PREFIX + authority + "/" + collection + "/" + recordKey);
    }

    private static @Nullable String whyInvalid(String text, int start, int end) {
        if (end - start > MAX_LENGTH) {
            return "longer than 8192 characters";
        }
        if (!text.startsWith(PREFIX, start)) {
            return "does not begin with \"at://\"";
        }
        int authority = start + PREFIX.length();
        int authorityEnd = segmentEnd(text, authority);
        String reason = text.startsWith("did:", authority)
                ? Did.whyInvalid(text, authority, authorityEnd)
                : Handle.whyInvalid(text, authority, authorityEnd);
        if (reason != null) {
            return "its authority is not a DID or a handle";
        }
        if (authorityEnd == end) {
            return null;
        }
        int collectionEnd = segmentEnd(text, authorityEnd + 1);
        if (Nsid.whyInvalid(text, authorityEnd + 1, collectionEnd) != null) {
            return authorityEnd + 1 == end ? "ends with a slash" : "its collection is not an NSID";
        }
        if (collectionEnd == end) {
            return null;
        }
        if (RecordKey.whyInvalid(text, collectionEnd + 1, end) != null) {
            return collectionEnd + 1 == end ? "ends with a slash" : "its record key is invalid";
        }
        return null;
    }

    /**
     * Returns whether lenient reading accepts the text. Unlike {@link #isValid}, it allows any URI characters in the
     * record key, a trailing slash, a query, and a fragment that starts with a slash.
     */
    public static boolean isValidLenient(String text) {
        int fragment = text.indexOf('#');
        int beforeFragment = fragment < 0 ? text.length() : fragment;
        int query = text.indexOf('?');
        int end = query < 0 ? beforeFragment : Math.min(query, beforeFragment);
        if (text.length() > MAX_LENGTH || !text.startsWith(PREFIX) || end < PREFIX.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Chars.isAlphanumeric(c) && (i > beforeFragment ? FRAGMENT : URI).indexOf(c) < 0) {
                return false;
            }
        }
        if (fragment >= 0 && !text.startsWith("/", fragment + 1)) {
            return false;
        }
        String path = text.substring(0, text.charAt(end - 1) == '/' ? end - 1 : end);
        int authority = segmentEnd(path, PREFIX.length());
        int collection = authority == path.length() ? authority : segmentEnd(path, authority + 1);
        boolean key = collection < path.length();
        return AtIdentifier.isValid(path.substring(Math.min(PREFIX.length(), authority), authority))
                && (collection == authority || Nsid.whyInvalid(path, authority + 1, collection) == null)
                && (!key || collection + 1 < path.length() && path.indexOf('/', collection + 1) < 0);
    }

    /** Returns the end of the path segment that begins at {@code start}. */
    private static int segmentEnd(String text, int start) {
        int slash = text.indexOf('/', start);
        return slash < 0 ? text.length() : slash;
    }

    /** Returns the owner of the repository. */
    public AtIdentifier authority() {
        String authority = part(0);
        return AtIdentifier.unchecked(authority == null ? "" : authority);
    }

    /** Returns the collection, or null for the address of a repository. */
    public @Nullable Nsid collection() {
        String collection = part(1);
        return collection == null ? null : Nsid.unchecked(collection);
    }

    /** Returns the record's key, or null for the address of a repository or collection. */
    public @Nullable RecordKey recordKey() {
        String key = part(2);
        return key == null ? null : RecordKey.unchecked(key);
    }

    /** Returns a segment of the path without the query or fragment, or null if it is missing. */
    private @Nullable String part(int index) {
        int start = PREFIX.length();
        int end = start;
        for (int i = 0; ; i++) {
            while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
                end++;
            }
            if (i == index) {
                return end <= start ? null : text.substring(start, end);
            }
            if (end >= text.length() || text.charAt(end) != '/') {
                return null;
            }
            start = ++end;
        }
    }

    /** Compares the string forms. */
    @Override
    public int compareTo(AtUri other) {
        return text.compareTo(other.text);
    }

    /** Returns whether the other object is an AT URI with the same text. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AtUri that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Returns the original text. */
    @Override
    public String toString() {
        return text;
    }
}
