package dev.atlex.syntax;

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

    /** Where the part that begins at {@code start} ends: before the next slash, or with the text. */
    private static int segmentEnd(String text, int start) {
        int slash = text.indexOf('/', start);
        return slash < 0 ? text.length() : slash;
    }

    /** Whose repository it is in. */
    public AtIdentifier authority() {
        int start = PREFIX.length();
        return AtIdentifier.unchecked(text.substring(start, segmentEnd(text, start)));
    }

    /** The collection; null where the address is that of a whole repository. */
    public @Nullable Nsid collection() {
        int start = segmentEnd(text, PREFIX.length()) + 1;
        return start > text.length() ? null : Nsid.unchecked(text.substring(start, segmentEnd(text, start)));
    }

    /** The record's key; null where the address is that of a repository or a collection. */
    public @Nullable RecordKey recordKey() {
        int collection = segmentEnd(text, PREFIX.length()) + 1;
        if (collection > text.length()) {
            return null;
        }
        int start = segmentEnd(text, collection) + 1;
        return start > text.length() ? null : RecordKey.unchecked(text.substring(start));
    }

    /** By text. */
    @Override
    public int compareTo(AtUri other) {
        return text.compareTo(other.text);
    }

    /** Whether the other is an AT URI of the same text. */
    @Override
    public boolean equals(Object other) {
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
