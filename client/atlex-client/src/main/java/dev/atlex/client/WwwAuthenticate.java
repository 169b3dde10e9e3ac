package dev.atlex.client;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The challenges of {@code WWW-Authenticate} headers.
 *
 * @param challenges the challenges in the order of the headers; empty if there is no header, or one is malformed
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1">RFC 9110, section 11.6.1</a>
 */
public record WwwAuthenticate(List<Challenge> challenges) {
    /** Matches a scheme and the text after it. A name before an equals sign is the name of a parameter instead. */
    private static final Pattern SCHEME = Pattern.compile("([^\"=\\s]+)(?:\\s++(?!=)(.*))?", Pattern.DOTALL);

    /** Matches a token68 with padding. Alone, it isn't a parameter, because a parameter's value can't be empty. */
    private static final Pattern PADDED = Pattern.compile("[A-Za-z0-9._~+/-]++=++");

    public WwwAuthenticate {
        challenges = List.copyOf(challenges);
    }

    /**
     * One challenge.
     *
     * @param scheme the scheme, such as {@code Bearer} or {@code DPoP}
     * @param token68 the text after the scheme if it isn't a list of parameters, or null
     * @param parameters the parameters by name; if a name occurs twice, the last value wins
     */
    public record Challenge(String scheme, @Nullable String token68, Map<String, String> parameters) {
        public Challenge {
            // Map.copyOf is slow with colliding hash codes, which a server may choose.
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }
    }

    /** Returns the challenge for a scheme, ignoring case, or null if there is none. */
    public @Nullable Challenge challenge(String scheme) {
        return challenges.stream()
                .filter(challenge -> challenge.scheme().equalsIgnoreCase(scheme))
                .findFirst()
                .orElse(null);
    }

    /**
     * Parses the values of all such headers of a response. Returns no challenges if one is malformed, or a scheme
     * occurs twice.
     */
    public static WwwAuthenticate parse(List<String> values) {
        List<Challenge> challenges = new ArrayList<>();
        Set<String> schemes = new HashSet<>();
        for (String value : values) {
            if (!value.isBlank() && !parse(value.strip(), challenges, schemes)) {
                return new WwwAuthenticate(List.of());
            }
        }
        return new WwwAuthenticate(challenges);
    }

    /** @param schemes the schemes of the challenges so far, in lowercase */
    private static boolean parse(String value, List<Challenge> challenges, Set<String> schemes) {
        String scheme = null;
        String padded = null;
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String untrimmed : split(value)) {
            String part = untrimmed.strip();
            Matcher start = SCHEME.matcher(part);
            if (start.matches()) {
                if (scheme != null) {
                    challenges.add(new Challenge(scheme, padded, parameters));
                    parameters = new LinkedHashMap<>();
                    padded = null;
                }
                String name = start.group(1);
                String rest = start.group(2);
                if (!schemes.add(name.toLowerCase(Locale.ROOT))) {
                    return false;
                }
                if (rest == null || rest.indexOf('=') < 0) {
                    challenges.add(new Challenge(name, rest, Map.of()));
                    scheme = null;
                    continue;
                }
                scheme = name;
                if (PADDED.matcher(rest).matches()) {
                    padded = rest;
                    continue;
                }
                part = rest;
            }
            // Before a parameter, it was a parameter without a value, as some servers send it.
            boolean valid = scheme != null && (padded == null || parameter(padded, parameters));
            if (!valid || !parameter(part, parameters)) {
                return false;
            }
            padded = null;
        }
        if (scheme != null) {
            challenges.add(new Challenge(scheme, padded, parameters));
        }
        return true;
    }

    /** Parses {@code name=value} or {@code name="value"}. Returns false if it is neither. */
    private static boolean parameter(String part, Map<String, String> parameters) {
        int equals = part.indexOf('=');
        if (equals < 0) {
            return false;
        }
        String name = part.substring(0, equals).strip();
        String value = part.substring(equals + 1).strip();
        if (name.isEmpty() || !isBare(name)) {
            return false;
        }
        String plain = value.startsWith("\"") ? unquoted(value) : isBare(value) ? value : null;
        if (plain == null) {
            return false;
        }
        parameters.put(name, plain);
        return true;
    }

    private static boolean isBare(String text) {
        return text.chars().noneMatch(c -> c == '"' || c == ',' || Character.isWhitespace(c));
    }

    /** Returns the text between the quotes, or null if there is no closing quote at the end. */
    private static @Nullable String unquoted(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                return i == text.length() - 1 ? plain.toString() : null;
            }
            if (c == '\\' && ++i == text.length()) {
                return null;
            }
            plain.append(text.charAt(i));
        }
        return null;
    }

    /** Splits at commas, except inside quoted strings. */
    private static List<String> split(String value) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                parts.add(value.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(value.substring(start));
        return parts;
    }
}
