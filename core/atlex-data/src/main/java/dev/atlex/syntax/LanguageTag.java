package dev.atlex.syntax;

import dev.atlex.data.InvalidSyntaxException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A BCP 47 language tag, such as {@code ja}, {@code pt-BR} or {@code zh-Hant}. In Lexicon, this is the string format
 * {@code language}.
 *
 * @see <a href="https://atproto.com/specs/lexicon#language">AT Protocol: Lexicon, language</a>
 */
public final class LanguageTag implements Comparable<LanguageTag> {
    private static final String MALFORMED = "not a well-formed BCP 47 tag";

    /** The irregular tags that RFC 5646 keeps for compatibility, except those that match its grammar. */
    private static final Set<String> GRANDFATHERED = Set.of(
            "en-GB-oed",
            "i-ami",
            "i-bnn",
            "i-default",
            "i-enochian",
            "i-hak",
            "i-klingon",
            "i-lux",
            "i-mingo",
            "i-navajo",
            "i-pwn",
            "i-tao",
            "i-tay",
            "i-tsu",
            "sgn-BE-FR",
            "sgn-BE-NL",
            "sgn-CH-DE");

    private final String text;

    private LanguageTag(String text) {
        this.text = text;
    }

    /**
     * Parses a language tag.
     *
     * @throws InvalidSyntaxException if the text isn't {@linkplain #isValid valid}
     */
    public static LanguageTag of(String text) {
        String reason = whyInvalid(text, true);
        if (reason != null) {
            throw new InvalidSyntaxException("language", text, reason);
        }
        return new LanguageTag(text);
    }

    /** Creates a language tag from text that is known to be valid; nothing is checked. */
    public static LanguageTag unchecked(String text) {
        return new LanguageTag(text);
    }

    /**
     * Returns whether the text is a valid language tag: well-formed according to BCP 47, with a language of two or
     * three lowercase letters, and without duplicate variants or extensions. Subtags aren't looked up in the language
     * registry.
     */
    public static boolean isValid(String text) {
        return whyInvalid(text, true) == null;
    }

    /** Returns whether lenient reading accepts the text, which only has to be well-formed according to BCP 47. */
    public static boolean isValidLenient(String text) {
        return whyInvalid(text, false) == null;
    }

    /** Scans the subtags once. The kinds of subtags have a fixed order, and each is recognized by its form. */
    private static @Nullable String whyInvalid(String text, boolean strict) {
        int end = subtagEnd(text, 0);
        if (end == 1 && (text.charAt(0) | 0x20) == 'x') {
            return end < text.length() && arePrivate(text, end + 1) ? null : MALFORMED;
        }
        if (end < text.length() && GRANDFATHERED.contains(text)) {
            return null;
        }
        if (end < 2 || end > 8 || !Chars.areLetters(text, 0, end)) {
            return MALFORMED;
        }
        if (strict && (end > 3 || !isLowerCase(text, end))) {
            return "its language is not two or three lowercase letters";
        }
        int extended = end <= 3 ? 3 : 0;
        int start = end + 1;
        while (extended > 0 && isLetters(text, start, 3)) {
            start = subtagEnd(text, start) + 1;
            extended--;
        }
        if (isLetters(text, start, 4)) {
            start = subtagEnd(text, start) + 1; // the script
        }
        if (isLetters(text, start, 2) || isRegionNumber(text, start)) {
            start = subtagEnd(text, start) + 1;
        }
        Set<String> variants = null;
        while (isVariant(text, start)) {
            int variantEnd = subtagEnd(text, start);
            if (strict) {
                // A set keeps this linear: the number of variants is unlimited.
                variants = variants == null ? new HashSet<>() : variants;
                if (!variants.add(text.substring(start, variantEnd).toLowerCase(Locale.ROOT))) {
                    return "has a duplicate variant";
                }
            }
            start = variantEnd + 1;
        }
        return whyInvalidExtensions(text, start, strict);
    }

    private static @Nullable String whyInvalidExtensions(String text, int first, boolean strict) {
        int start = first;
        long seen = 0;
        while (start <= text.length()) {
            if (subtagEnd(text, start) - start != 1 || !Chars.isAlphanumeric(text.charAt(start))) {
                return MALFORMED;
            }
            char singleton = Character.toLowerCase(text.charAt(start));
            if (singleton == 'x') {
                return start + 1 < text.length() && arePrivate(text, start + 2) ? null : MALFORMED;
            }
            long bit = 1L << (singleton <= '9' ? singleton - '0' : singleton - 'a' + 10);
            if (strict && (seen & bit) != 0) {
                return "has a duplicate extension";
            }
            seen |= bit;
            int subtag = start + 2;
            if (!isSubtag(text, subtag, 2)) {
                return MALFORMED;
            }
            while (isSubtag(text, subtag, 2)) {
                subtag = subtagEnd(text, subtag) + 1;
            }
            start = subtag;
        }
        return null;
    }

    /** Returns the end of the subtag that begins at {@code start}; {@code start} itself at the end of the text. */
    private static int subtagEnd(String text, int start) {
        int hyphen = text.indexOf('-', start);
        return hyphen >= 0 ? hyphen : Math.max(start, text.length());
    }

    private static boolean isLowerCase(String text, int end) {
        for (int i = 0; i < end; i++) {
            if (!Chars.isLower(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetters(String text, int start, int count) {
        return subtagEnd(text, start) - start == count && Chars.areLetters(text, start, start + count);
    }

    private static boolean isRegionNumber(String text, int start) {
        return subtagEnd(text, start) - start == 3 && Chars.areDigits(text, start, start + 3);
    }

    private static boolean isVariant(String text, int start) {
        int length = subtagEnd(text, start) - start;
        return isSubtag(text, start, 4) && (length > 4 || Chars.isDigit(text.charAt(start)));
    }

    /** Returns whether an alphanumeric subtag of the given minimum length, and at most 8 characters, begins here. */
    private static boolean isSubtag(String text, int start, int min) {
        int end = subtagEnd(text, start);
        return end - start >= min && end - start <= 8 && Chars.areAlphanumeric(text, start, end);
    }

    /** Returns whether the rest consists of at least one private-use subtag. */
    private static boolean arePrivate(String text, int first) {
        int start = first;
        while (start <= text.length()) {
            if (!isSubtag(text, start, 1)) {
                return false;
            }
            start = subtagEnd(text, start) + 1;
        }
        return true;
    }

    /**
     * Returns the first subtag: a language such as {@code pt}, or {@code x} or {@code i} in tags such as
     * {@code x-fr-CH} and {@code i-ami}.
     */
    public String language() {
        return text.substring(0, subtagEnd(text, 0));
    }

    /**
     * Returns the language as a locale. Like {@link Locale#forLanguageTag}, this drops parts that the JDK doesn't
     * support.
     */
    public Locale toLocale() {
        return Locale.forLanguageTag(text);
    }

    /** Compares the string forms. */
    @Override
    public int compareTo(LanguageTag other) {
        return text.compareTo(other.text);
    }

    /** Returns whether the other object is a language tag with the same text. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LanguageTag that && text.equals(that.text);
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
