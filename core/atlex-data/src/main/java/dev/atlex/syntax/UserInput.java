package dev.atlex.syntax;

import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.data.internal.Excerpt;
import java.net.IDN;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Parses identifiers of accounts that users type or paste.
 *
 * <p>Removes characters that often surround an identifier on a screen: whitespace, line breaks, invisible characters
 * (bidi marks, byte order marks, zero-width spaces), leading at signs and trailing dots. Full-width at signs and dots
 * are read as ASCII. The URL of a profile ({@code https://bsky.app/profile/alice.example.com}, on any host) or of a
 * repository ({@code at://alice.example.com}) is read as its account. Nothing inside an identifier is removed, and the
 * result must be valid, so that mistakes are found before a request is sent.
 */
public final class UserInput {
    /** The maximum length of a domain name, in any script. */
    private static final int MAX_DOMAIN = 253;

    private static final String DOTS = ".\u3002\uff0e\uff61";
    private static final String AT_SIGNS = "@\uff20\ufe6b";

    /**
     * Characters that an email address can't contain outside of quotes (RFC 5322, section 3.2.3), but that often
     * surround one.
     */
    private static final String SPECIALS = "()<>[]:;,\\\"";

    private static final String PROFILE = "/profile/";
    private static final int MAX_LENGTH = 4096;

    private UserInput() {}

    /** Returns the text without leading or trailing whitespace, control characters, or invisible characters. */
    public static String strip(String text) {
        return strip(text, "", "");
    }

    /**
     * Returns the DID or handle that a user typed or pasted. A handle is returned in lowercase.
     *
     * @throws InvalidSyntaxException if it is neither; the message doesn't show text that looks like an app password
     */
    public static AtIdentifier identifier(String text) {
        String name = account(text);
        if (name.regionMatches(true, 0, "did:", 0, 4)) {
            return did(name);
        }
        if (isAppPassword(name)) {
            throw new InvalidSyntaxException("handle", "…", "looks like an app password, so it is not shown");
        }
        String handle = name.toLowerCase(Locale.ROOT);
        String reason = whyInvalidHandle(name, handle);
        if (reason != null) {
            throw new InvalidSyntaxException("handle", name, reason);
        }
        return Handle.unchecked(handle);
    }

    /**
     * Returns an identifier for signing in: a handle in lowercase, a DID, or an email address with its case kept.
     *
     * @throws InvalidSyntaxException if it is none of these, or is {@code handle.invalid}, which belongs to no account
     */
    public static String signInIdentifier(String text) {
        String stripped = strip(text, "", DOTS);
        String address = ascii(stripped);
        if (isEmail(address)) {
            return address;
        }
        if (address.indexOf('@') > 0 && isEmail(withoutSpecials(address))) {
            throw new InvalidSyntaxException("email address", stripped, "has a character such as <, : or a comma");
        }
        AtIdentifier identifier = identifier(text);
        if (identifier instanceof Handle handle && handle.isInvalid()) {
            throw new InvalidSyntaxException(
                    "handle", stripped, "is the placeholder for a handle that can't be verified");
        }
        return identifier.toString();
    }

    /** Returns whether the text has the form of an app password: {@code xxxx-xxxx-xxxx-xxxx}. */
    public static boolean isAppPassword(String text) {
        if (text.length() != 19) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (i % 5 == 4 ? c != '-' : !Chars.isAlphanumeric(c)) {
                return false;
            }
        }
        return true;
    }

    /** Strips each end in one pass, in linear time. */
    private static String strip(String text, String before, String after) {
        int start = 0;
        int end = text.length();
        while (start < end) {
            int c = text.codePointAt(start);
            if (!Excerpt.isInvisible(c) && before.indexOf(c) < 0) {
                break;
            }
            start += Character.charCount(c);
        }
        while (start < end) {
            int c = text.codePointBefore(end);
            if (!Excerpt.isInvisible(c) && after.indexOf(c) < 0) {
                break;
            }
            end -= Character.charCount(c);
        }
        return text.substring(start, end);
    }

    /** Returns the identifier without the characters around it. */
    private static String account(String text) {
        String name = ascii(strip(text, AT_SIGNS, DOTS));
        if (name.length() > MAX_LENGTH || name.indexOf('/') < 0) {
            return name;
        }
        int scheme = name.indexOf("://");
        String prefix = scheme < 0 ? "" : name.substring(0, scheme).toLowerCase(Locale.ROOT);
        String rest = scheme < 0 ? name : name.substring(scheme + 3);
        String found = null;
        if (prefix.equals("at")) {
            found = rest;
        } else if (prefix.isEmpty() || prefix.equals("https") || prefix.equals("http")) {
            int path = rest.indexOf('/');
            if (rest.startsWith(PROFILE, path)) {
                found = rest.substring(path + PROFILE.length());
                int end = Math.min(indexOrEnd(found, '?'), indexOrEnd(found, '#'));
                found = found.substring(0, end);
            }
        }
        if (found == null) {
            throw new InvalidSyntaxException("handle", name, "is not the address of an account");
        }
        found = strip(found.endsWith("/") ? found.substring(0, found.length() - 1) : found, AT_SIGNS, DOTS);
        if (found.indexOf('/') >= 0) {
            throw new InvalidSyntaxException("handle", name, "is the address of a record, not of an account");
        }
        return found;
    }

    private static int indexOrEnd(String text, char c) {
        int index = text.indexOf(c);
        return index < 0 ? text.length() : index;
    }

    private static String ascii(String text) {
        String ascii = text;
        for (int i = 1; i < DOTS.length(); i++) {
            ascii = ascii.replace(DOTS.charAt(i), '.');
        }
        for (int i = 1; i < AT_SIGNS.length(); i++) {
            ascii = ascii.replace(AT_SIGNS.charAt(i), '@');
        }
        return ascii;
    }

    /** Parses a DID. Mobile keyboards capitalize the first letter, but a {@code did:plc} is always lowercase. */
    private static Did did(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Did.of(lower.startsWith("did:plc:") || !Did.isValid(name) && Did.isValid(lower) ? lower : name);
    }

    private static @Nullable String whyInvalidHandle(String name, String handle) {
        String reason = Handle.whyInvalid(handle, 0, handle.length());
        if (reason == null || name.length() > MAX_LENGTH) {
            return reason;
        } else if (name.isEmpty()) {
            return "is empty";
        }
        for (int i = 0; i < name.length(); ) {
            int c = name.codePointAt(i);
            if (Excerpt.isInvisible(c)) {
                return Character.isWhitespace(c) || Character.isSpaceChar(c)
                        ? "contains whitespace"
                        : String.format("contains the invisible character U+%04X", c);
            }
            i += Character.charCount(c);
        }
        if (name.indexOf('@') >= 0) {
            return "looks like an email address or a name of another network; expected a handle or a DID";
        }
        if (Chars.areAlphanumeric(
                handle.replace("-", ""), 0, handle.replace("-", "").length())) {
            return "has no domain; did you mean \"" + handle + ".bsky.social\"?";
        }
        return name.chars().allMatch(c -> c < 0x80) ? reason : "handles are ASCII" + inAscii(handle);
    }

    /** Returns a hint with the ASCII form of a domain name in a different script. */
    private static String inAscii(String domain) {
        if (domain.length() > MAX_DOMAIN) {
            return ""; // Since JDK 25, IDN throws a different exception for these.
        }
        try {
            String ascii = IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED);
            return Handle.isValid(ascii) ? "; did you mean \"" + ascii + "\"" : "";
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static String withoutSpecials(String text) {
        StringBuilder rest = new StringBuilder(text.length());
        text.chars().filter(c -> SPECIALS.indexOf(c) < 0).forEach(c -> rest.append((char) c));
        return rest.toString();
    }

    private static boolean isEmail(String text) {
        int at = text.lastIndexOf('@');
        boolean url = text.contains("://") || text.contains(PROFILE);
        if (at < 1 || text.charAt(0) == '@' || url || text.length() > MAX_LENGTH) {
            return false;
        }
        int dot = text.indexOf('.', at);
        return dot > at + 1
                && dot < text.length() - 1
                && text.codePoints().noneMatch(c -> Excerpt.isInvisible(c) || SPECIALS.indexOf(c) >= 0)
                && text.indexOf('/', at) < 0;
    }
}
