package dev.atlex.syntax;

import dev.atlex.data.InvalidSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The address of a repository, a collection or a record, for example
 * {@code at://did:plc:ewvi7nxzyoun6zhxrhs64oiz/app.bsky.feed.post/3jzfcijpj2z2a}. The Lexicon string format
 * {@code at-uri}, which knows no query and no fragment.
 *
 * @see <a href="https://atproto.com/specs/at-uri-scheme">AT Protocol: AT URI scheme</a>
 */
public final class AtUri implements Comparable<AtUri> {
    private static final int MAX_LENGTH = 8192;
    private static final String PREFIX = "at://";

    /** What a lenient text may hold beside letters and digits: before its fragment, and in it. */
    private static final String URI = "._~:@!$&'()*+,;=%/\\[]#?-";

    private static final String FRAGMENT = "._~:@!$&'()*+,;=%/[]-";

    private final String text;

    private AtUri(String text) {
        this.text = text;
    }

    /**
     * The AT URI of this text.
     *
     * @throws InvalidSyntaxException if {@link #isValid} is false
     */
    public static AtUri of(String text) {
        String reason = whyInvalid(text, 0, text.length());
        if (reason != null) {
            throw new InvalidSyntaxException("at-uri", text, reason);
        }
        return new AtUri(text);
    }

    /** The AT URI of a text that the caller knows to be valid; nothing is checked. */
    public static AtUri unchecked(String text) {
        return new AtUri(text);
    }

    /**
     * Whether this text is an AT URI as Lexicons allow it: authority, collection and record key, without a slash at the
     * end, a query or a fragment; at most 8192 characters.
     */
    public static boolean isValid(String text) {
        return whyInvalid(text, 0, text.length()) == null;
    }

    /** The address of a repository. */
    public static AtUri of(AtIdentifier authority) {
        return new AtUri(PREFIX + authority);
    }

    /** The address of a collection. */
    public static AtUri of(AtIdentifier authority, Nsid collection) {
        return new AtUri(PREFIX + authority + "/" + collection);
    }

    /** The address of a record. */
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
            return collectionEnd + 1 == end ? "ends with a slash" : "its record key is not one";
        }
        return null;
    }

    /**
     * Whether this text passes where data is read leniently. Beyond what {@link #isValid} accepts, these do: a record key
     * of any characters that a URI may have, one slash at the end, a query, and a fragment that begins with a slash.
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

    /** Where the part that begins at {@code start} ends: before the next slash, or with the text. */
    private static int segmentEnd(String text, int start) {
        int slash = text.indexOf('/', start);
        return slash < 0 ? text.length() : slash;
    }

    /** Whose repository it is in. */
    public AtIdentifier authority() {
        String authority = part(0);
        return AtIdentifier.unchecked(authority == null ? "" : authority);
    }

    /** The collection; null where the address is that of a whole repository. */
    public @Nullable Nsid collection() {
        String collection = part(1);
        return collection == null ? null : Nsid.unchecked(collection);
    }

    /** The record's key; null where the address is that of a repository or a collection. */
    public @Nullable RecordKey recordKey() {
        String key = part(2);
        return key == null ? null : RecordKey.unchecked(key);
    }

    /** One part of the path, null where it is not there; a query or fragment of a lenient text is not part of it. */
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

    /** By text. */
    @Override
    public int compareTo(AtUri other) {
        return text.compareTo(other.text);
    }

    /** Whether the other is an AT URI of the same text. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AtUri that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The text, exactly as it was given. */
    @Override
    public String toString() {
        return text;
    }
}
