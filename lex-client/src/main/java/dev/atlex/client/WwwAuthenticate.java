package dev.atlex.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The challenges of {@code WWW-Authenticate} headers.
 *
 * @param challenges in the order in which they came; empty where there is no header, or one that makes no sense
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1">RFC 9110, section 11.6.1</a>
 */
public record WwwAuthenticate(List<Challenge> challenges) {
    private static final Pattern SCHEME = Pattern.compile("([^\"=\\s]+)(?:\\s+(.*))?", Pattern.DOTALL);
    private static final Pattern PARAMETER =
            Pattern.compile("([^\"\\s=]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,\"]*))", Pattern.DOTALL);

    public WwwAuthenticate {
        challenges = List.copyOf(challenges);
    }

    /**
     * One challenge.
     *
     * @param scheme such as {@code Bearer} or {@code DPoP}
     * @param token68 what stands behind the scheme where that is no list of parameters, or null
     * @param parameters by name; of one that comes twice the last
     */
    public record Challenge(String scheme, @Nullable String token68, Map<String, String> parameters) {
        public Challenge {
            parameters = Map.copyOf(parameters);
        }
    }

    /** The challenge of that scheme, in whatever case, or null. */
    public @Nullable Challenge challenge(String scheme) {
        return challenges.stream()
                .filter(challenge -> challenge.scheme().equalsIgnoreCase(scheme))
                .findFirst()
                .orElse(null);
    }

    /** The challenges of the values of all such headers of a response; none if any of it is malformed. */
    public static WwwAuthenticate parse(List<String> values) {
        List<Challenge> challenges = new ArrayList<>();
        for (String value : values) {
            if (!value.isBlank() && !parse(value.strip(), challenges)) {
                return new WwwAuthenticate(List.of());
            }
        }
        return new WwwAuthenticate(challenges);
    }

    private static boolean parse(String value, List<Challenge> challenges) {
        String scheme = null;
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String untrimmed : split(value)) {
            String part = untrimmed.strip();
            Matcher start = SCHEME.matcher(part);
            if (start.matches()) {
                if (scheme != null) {
                    challenges.add(new Challenge(scheme, null, parameters));
                    parameters = new LinkedHashMap<>();
                }
                String name = start.group(1);
                String rest = start.group(2);
                if (challenges.stream().anyMatch(challenge -> challenge.scheme().equalsIgnoreCase(name))) {
                    return false;
                }
                if (rest == null || rest.indexOf('=') < 0) {
                    challenges.add(new Challenge(name, rest, Map.of()));
                    scheme = null;
                    continue;
                }
                scheme = name;
                part = rest;
            }
            Matcher parameter = PARAMETER.matcher(part);
            if (scheme == null || !parameter.matches()) {
                return false;
            }
            String quoted = parameter.group(2);
            parameters.put(
                    parameter.group(1), quoted == null ? parameter.group(3) : quoted.replaceAll("(?s)\\\\(.)", "$1"));
        }
        if (scheme != null) {
            challenges.add(new Challenge(scheme, null, parameters));
        }
        return true;
    }

    /** The parts between the commas, those inside quoted strings apart. */
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
