package dev.atlex.syntax;

import dev.atlex.data.InvalidSyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A namespaced identifier: the name of a Lexicon schema, consisting of a reversed domain and a name, such as
 * {@code app.bsky.feed.post}. In Lexicon, this is the string format {@code nsid}.
 *
 * @see <a href="https://atproto.com/specs/nsid">AT Protocol: NSID</a>
 */
public final class Nsid implements Comparable<Nsid> {
    private static final int MAX_LENGTH = 317;
    private static final int MAX_SEGMENT = 63;

    private final String text;

    private Nsid(String text) {
        this.text = text;
    }

    /**
     * Parses an NSID.
     *
     * @throws InvalidSyntaxException if the text isn't {@linkplain #isValid valid}
     */
    public static Nsid of(String text) {
        String reason = whyInvalid(text, 0, text.length());
        if (reason != null) {
            throw new InvalidSyntaxException("nsid", text, reason);
        }
        return new Nsid(text);
    }

    /** Creates an NSID from text that is known to be valid; nothing is checked. */
    public static Nsid unchecked(String text) {
        return new Nsid(text);
    }

    /**
     * Returns whether the text is a valid NSID: at least three segments of at most 63 characters, 317 in total. The
     * authority may exceed the 253 characters of a domain name, as the interoperability vectors require.
     */
    public static boolean isValid(String text) {
        return whyInvalid(text, 0, text.length()) == null;
    }

    /** Returns why that part of the text isn't a valid NSID, or null if it is. */
    static @Nullable String whyInvalid(String text, int start, int end) {
        int segment = start;
        int segments = 0;
        boolean hyphen = false;
        if (end - start > MAX_LENGTH) {
            return "longer than 317 characters";
        }
        for (int i = start; i <= end; i++) {
            char c = i == end ? '.' : text.charAt(i);
            if (c == '.') {
                if (i == segment) {
                    return "has an empty segment";
                }
                if (i - segment > MAX_SEGMENT) {
                    return "has a segment longer than 63 characters";
                }
                if (text.charAt(segment) == '-' || text.charAt(i - 1) == '-') {
                    return "has a segment that begins or ends with a hyphen";
                }
                segments++;
                if (i == end) {
                    break;
                }
                segment = i + 1;
                hyphen = false;
            } else if (c == '-') {
                hyphen = true;
            } else if (!Chars.isAlphanumeric(c)) {
                return "has a character other than ASCII letters, digits, hyphens and dots";
            }
        }
        if (segments < 3) {
            return "has fewer than three segments";
        }
        if (Chars.isDigit(text.charAt(start))) {
            return "its first segment begins with a digit";
        }
        if (hyphen || Chars.isDigit(text.charAt(segment))) {
            return "its name must be ASCII letters and digits, and must not start with a digit";
        }
        return null;
    }

    /** Returns the authority as a domain name: {@code feed.bsky.app} for {@code app.bsky.feed.post}. */
    public String authority() {
        StringBuilder out = new StringBuilder(text.length());
        int end = text.lastIndexOf('.');
        while (end >= 0) {
            int dot = text.lastIndexOf('.', end - 1);
            out.append(text, dot + 1, end);
            if (dot >= 0) {
                out.append('.');
            }
            end = dot;
        }
        return out.toString();
    }

    /** Returns the last segment: {@code post} for {@code app.bsky.feed.post}. */
    public String name() {
        return text.substring(text.lastIndexOf('.') + 1);
    }

    /**
     * Returns all segments in order: {@code app}, {@code bsky}, {@code feed}, {@code post}. The list is unmodifiable.
     */
    public List<String> segments() {
        return List.of(text.split("\\.", -1));
    }

    /** Compares the string forms. */
    @Override
    public int compareTo(Nsid other) {
        return text.compareTo(other.text);
    }

    /** Returns whether the other object is an NSID with the same text. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Nsid that && text.equals(that.text);
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
