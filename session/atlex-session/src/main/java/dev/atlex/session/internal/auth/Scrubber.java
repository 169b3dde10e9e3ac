package dev.atlex.session.internal.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.data.Secrets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Removes secrets from a server's text before that text reaches an exception, an event or a log. It finds the given
 * secrets, in whole or in recognizable pieces, plain or escaped as in JSON, URLs and HTML. It also finds the values of
 * JSON fields that carry secrets, and everything that looks like a JWT.
 *
 * <p>Takes time that is linear in the length of the text.
 */
public final class Scrubber {
    /**
     * The shortest piece of a token that is removed. A piece of this length reveals something, and never occurs by
     * chance.
     */
    private static final int PIECE = 16;

    /** Secrets of at least this length are random. Shorter ones may contain common words. */
    private static final int MIN_TOKEN = 2 * PIECE;

    /** The shortest beginning of a password that is recognized. */
    private static final int MIN_BEGIN = 6;

    /** Shorter secrets are found only as whole words, because removing each "a" would reveal more than it hides. */
    private static final int MIN_ANYWHERE = 4;

    private static final Pattern JWT = Pattern.compile("eyJ[A-Za-z0-9_-]{13,}+(?:\\.[A-Za-z0-9_-]++)*+");
    private static final List<String> ELLIPSES = List.of("\u2026", "...", "***");

    /** Errors that decide what a session does next. They are kept even if they look like a piece of a password. */
    private static final Set<String> ERRORS = Set.of(
            "AccountDeactivated",
            "AccountNotFound",
            "AccountSuspended",
            "AccountTakedown",
            "AuthFactorTokenRequired",
            "AuthMissing",
            "AuthenticationRequired",
            "ExpiredToken",
            "Forbidden",
            "HandleNotAvailable",
            "IncompatibleDidDoc",
            "InternalServerError",
            "InvalidHandle",
            "InvalidInviteCode",
            "InvalidPassword",
            "InvalidRequest",
            "InvalidSwap",
            "InvalidToken",
            "MethodNotImplemented",
            "NotEnoughResources",
            "RateLimitExceeded",
            "RecordNotFound",
            "RepoNotFound",
            "UnresolvableDid",
            "UnsupportedDomain",
            "UpstreamFailure",
            "UpstreamTimeout",
            "XRPCNotSupported");

    private final Set<String> secrets = new HashSet<>();

    /** Beginnings and ends of the secrets, in each length that is recognized next to an ellipsis. */
    private final Set<String> begins = new HashSet<>();

    private final Set<String> ends = new HashSet<>();

    /** All pieces of the tokens among the secrets. */
    private final Set<String> pieces = new HashSet<>();

    /** @param secrets passwords, codes and tokens; empty ones are ignored */
    public Scrubber(Collection<String> secrets) {
        this.secrets.addAll(secrets);
        this.secrets.remove("");
        for (String secret : this.secrets) {
            for (int length = MIN_ANYWHERE; length <= Math.min(PIECE, secret.length() - 1); length++) {
                begins.add(secret.substring(0, length));
                ends.add(secret.substring(secret.length() - length));
            }
            for (int i = 0; secret.length() >= MIN_TOKEN && i + PIECE <= secret.length(); i++) {
                pieces.add(secret.substring(i, i + PIECE));
            }
        }
    }

    /** Returns the text without secrets; the same object if there are none. */
    public String scrub(String text) {
        BitSet found = new BitSet();
        find(text, found);
        if (found.isEmpty()) {
            return text;
        }
        boolean json = JsonMembers.visit(text, (name, start, end) -> keepNames(text, name, start, end, found));
        BitSet inStrings = json ? keepStructure(text, found) : null;
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            if (found.get(i)) {
                clean.append(inStrings == null || inStrings.get(i) ? Secrets.REDACTED : "0");
                i = found.nextClearBit(i);
            } else {
                clean.append(text.charAt(i++));
            }
        }
        return clean.toString();
    }

    /** Returns the body, read as UTF-8, without secrets; the same array if there are none. */
    public byte[] scrub(byte[] body) {
        String text = new String(body, UTF_8);
        String clean = scrub(text);
        return clean.equals(text) ? body : clean.getBytes(UTF_8);
    }

    /** Returns the headers without secrets in their values. */
    public HttpHeaders scrub(HttpHeaders headers) {
        HttpHeaders.Builder clean = null;
        for (String name : headers.names()) {
            List<String> values = headers.all(name);
            List<String> scrubbed = values.stream().map(this::scrub).toList();
            if (scrubbed.equals(values)) {
                continue;
            }
            clean = clean == null ? headers.toBuilder() : clean;
            clean.remove(name);
            for (String value : scrubbed) {
                try {
                    clean.add(name, value);
                } catch (IllegalArgumentException e) {
                    // Values that a header can't carry aren't worth keeping.
                }
            }
        }
        return clean == null ? headers : clean.build();
    }

    private void find(String text, BitSet found) {
        Matcher jwt = JWT.matcher(text);
        while (jwt.find()) {
            found.set(jwt.start(), jwt.end());
        }
        findFields(text, found);
        if (secrets.isEmpty()) {
            return;
        }
        Unescaped plain = Unescaped.none(text);
        List<Unescaped> forms = new ArrayList<>(List.of(plain));
        if (text.indexOf('\\') >= 0) {
            forms.add(plain.json());
        }
        for (Unescaped form : List.copyOf(forms)) {
            if (text.indexOf('%') >= 0 || text.indexOf('+') >= 0) {
                forms.add(form.url());
                forms.add(form.url().json());
            }
            if (text.indexOf('&') >= 0) {
                forms.add(form.html());
            }
        }
        for (Unescaped form : forms) {
            String shown = form.text();
            for (String secret : secrets) {
                // Pieces of tokens are found separately.
                if (secret.length() < MIN_TOKEN) {
                    findWhole(secret, shown, form, found);
                }
            }
            findPieces(shown, form, found);
            findCut(shown, form, found);
        }
        // A backslash before a secret belongs to its first character, because alone it would break the JSON.
        for (int i = found.nextSetBit(0); i >= 0; i = found.nextSetBit(found.nextClearBit(i))) {
            int slashes = 0;
            while (i - slashes > 0 && text.charAt(i - slashes - 1) == '\\') {
                slashes++;
            }
            if (slashes % 2 == 1) {
                found.set(i - 1);
            }
        }
    }

    /** Finds the secret, or at least its first half or most of its end, because servers shorten quotations. */
    private static void findWhole(String secret, String shown, Unescaped form, BitSet found) {
        int length = secret.length();
        String begin = secret.substring(0, Math.min(length, Math.max(MIN_BEGIN, (length + 1) / 2)));
        boolean wordsOnly = length < MIN_ANYWHERE;
        for (int at = shown.indexOf(begin); at >= 0; at = shown.indexOf(begin, at + 1)) {
            int end = at + begin.length();
            while (end - at < length && end < shown.length() && shown.charAt(end) == secret.charAt(end - at)) {
                end++;
            }
            boolean shownAsSecret = end - at == length
                    ? !wordsOnly || isWord(shown, at, end)
                    : !wordsOnly && !isPlainWord(shown, at, end);
            if (shownAsSecret) {
                set(form, at, end, found);
            }
        }
        int most = (length * 3 + 3) / 4;
        if (length >= MIN_BEGIN && most < length) {
            // Ends are often common words, such as "password".
            findEnd(secret, most, shown, form, found);
        }
    }

    /** Finds the secret's last characters, and as many before them as match. */
    private static void findEnd(String secret, int least, String shown, Unescaped form, BitSet found) {
        int length = secret.length();
        String last = secret.substring(length - least);
        for (int at = shown.indexOf(last); at >= 0; at = shown.indexOf(last, at + 1)) {
            int before = 0;
            while (before < length - least
                    && before < at
                    && shown.charAt(at - before - 1) == secret.charAt(length - least - before - 1)) {
                before++;
            }
            if (!isPlainWord(shown, at - before, at + least)) {
                set(form, at - before, at + least, found);
            }
        }
    }

    /**
     * Returns whether this is an ordinary word of the text, because half of "wrong-password" occurs in any server's
     * messages.
     */
    private static boolean isPlainWord(String text, int start, int end) {
        return isWord(text, start, end) && text.substring(start, end).chars().allMatch(Character::isLetter);
    }

    private void findPieces(String shown, Unescaped form, BitSet found) {
        for (int i = 0; !pieces.isEmpty() && i + PIECE <= shown.length(); i++) {
            if (pieces.contains(shown.substring(i, i + PIECE))) {
                set(form, i, i + PIECE, found);
            }
        }
    }

    /** Finds the beginning of a secret before an ellipsis, and its end after one. */
    private void findCut(String shown, Unescaped form, BitSet found) {
        for (String ellipsis : ELLIPSES) {
            for (int at = shown.indexOf(ellipsis); at >= 0; at = shown.indexOf(ellipsis, at + ellipsis.length())) {
                int end = at + ellipsis.length();
                for (int length = PIECE; length >= MIN_ANYWHERE; length--) {
                    if (length <= at && begins.contains(shown.substring(at - length, at))) {
                        set(form, at - length, at, found);
                    }
                    if (length <= shown.length() - end && ends.contains(shown.substring(end, end + length))) {
                        set(form, end, end + length, found);
                    }
                }
            }
        }
    }

    private static boolean isWord(String text, int start, int end) {
        return (start == 0 || !Character.isLetterOrDigit(text.charAt(start - 1)))
                && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)));
    }

    private static void set(Unescaped form, int start, int end, BitSet found) {
        found.set(form.start(start), form.end(end - 1));
    }

    /** Finds the values of JSON fields that carry secrets at any depth, such as tokens that aren't known yet. */
    private static void findFields(String text, BitSet found) {
        int quote = text.indexOf('"');
        while (quote >= 0) {
            int end = endOfString(text, quote);
            int colon = skipSpace(text, end);
            int value = colon < text.length() && text.charAt(colon) == ':' ? skipSpace(text, colon + 1) : -1;
            boolean isString = value >= 0 && value < text.length() && text.charAt(value) == '"';
            if (isString && Secrets.isSecret(text.substring(quote + 1, Math.max(quote + 1, end - 1)))) {
                int valueEnd = endOfString(text, value);
                boolean closed = valueEnd > value + 1 && text.charAt(valueEnd - 1) == '"';
                found.set(value + 1, Math.max(value + 1, closed ? valueEnd - 1 : valueEnd));
                quote = text.indexOf('"', valueEnd);
            } else {
                quote = text.indexOf('"', end);
            }
        }
    }

    private static int endOfString(String text, int quote) {
        int at = quote + 1;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at + 1, text.length());
    }

    private static int skipSpace(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Keeps the error that decides what a session does next, and the names of fields, which aren't secrets. */
    private static void keepNames(String text, String name, int start, int end, BitSet found) {
        if (name.equals("error") || name.equals("message")) {
            // Only the usual spelling is recognized, not an escaped name.
            int at = text.substring(Math.max(0, start - 32), start).lastIndexOf(name);
            if (at >= 0) {
                found.clear(Math.max(0, start - 32) + at, Math.max(0, start - 32) + at + name.length());
            }
        }
        String error = name.equals("error") ? JsonMembers.string(text, start, end) : null;
        if (error != null && ERRORS.contains(error)) {
            found.clear(start, end);
        }
    }

    /**
     * Keeps valid JSON valid: outside strings, only numbers are removed, and only as a whole.
     *
     * @return the characters that are within strings
     */
    private static BitSet keepStructure(String text, BitSet found) {
        BitSet inStrings = new BitSet(text.length());
        for (int i = 0; i < text.length(); ) {
            if (text.charAt(i) == '"') {
                int end = endOfString(text, i);
                inStrings.set(i + 1, end - 1);
                found.clear(i);
                found.clear(end - 1);
                i = end;
                continue;
            }
            int end = i;
            while (end < text.length() && "+-.0123456789Ee".indexOf(text.charAt(end)) >= 0) {
                end++;
            }
            if (end == i) {
                found.clear(i++);
                continue;
            }
            int marked = found.nextSetBit(i);
            found.set(i, end, marked >= 0 && marked < end && Character.digit(text.charAt(end - 1), 10) >= 0);
            i = end;
        }
        return inStrings;
    }
}
