package dev.atlex.syntax;

import dev.atlex.data.InvalidSyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A namespaced identifier: the name of a Lexicon schema, a reversed domain with a name after it, for example
 * {@code app.bsky.feed.post}. The Lexicon string format {@code nsid}.
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
     * The NSID of this text.
     *
     * @throws InvalidSyntaxException if {@link #isValid} is false
     */
    public static Nsid of(String text) {
        String reason = whyInvalid(text, 0, text.length());
        if (reason != null) {
            throw new InvalidSyntaxException("nsid", text, reason);
        }
        return new Nsid(text);
    }

    /** The NSID of a text that the caller knows to be valid; nothing is checked. */
    public static Nsid unchecked(String text) {
        return new Nsid(text);
    }

    /**
     * Whether this text is an NSID: at least three segments of at most 63 characters, 317 in all. An authority longer
     * than the 253 characters of a domain name passes, as the interoperability vectors want it.
     */
    public static boolean isValid(String text) {
        return whyInvalid(text, 0, text.length()) == null;
    }

    /** What is wrong with the part of the text as an NSID, or null. */
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
            return "its name must be letters and digits, and begin with a letter";
        }
        return null;
    }

    /** The domain that the name belongs to, in the order of the DNS: {@code feed.bsky.app} of {@code app.bsky.feed.post}. */
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

    /** The last segment: {@code post} of {@code app.bsky.feed.post}. */
    public String name() {
        return text.substring(text.lastIndexOf('.') + 1);
    }

    /** All segments as they are written: {@code app}, {@code bsky}, {@code feed}, {@code post}. Not modifiable. */
    public List<String> segments() {
        return List.of(text.split("\\.", -1));
    }

    /** By text. */
    @Override
    public int compareTo(Nsid other) {
        return text.compareTo(other.text);
    }

    /** Whether the other is an NSID of the same text. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Nsid that && text.equals(that.text);
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
