package dev.atlex.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The general syntax of permissions: {@code resource:positional?name=value&name=value}. Decodes the parts of a scope
 * and writes canonical text, but doesn't interpret resources.
 *
 * <p>The reference server decodes parameters as a form, where a plus sign is a space. Therefore this class writes
 * {@code %2B} there, unlike the reference server's own formatter, whose {@code image/svg+xml} can't be read back.
 *
 * @see <a href="https://atproto.com/specs/permission#scope-string-syntax">AT Protocol: scope string syntax</a>
 */
final class ScopeSyntax {
    /** Characters that canonical text doesn't encode, beside ASCII letters and digits. */
    private static final String PLAIN = "-_.!~*'():/,@";

    private static final String HEX = "0123456789ABCDEF";

    private final String resource;
    private final @Nullable String positional;
    private final Map<String, List<String>> parameters;

    private ScopeSyntax(String resource, @Nullable String positional, Map<String, List<String>> parameters) {
        this.resource = resource;
        this.positional = positional;
        this.parameters = parameters;
    }

    /** Thrown when a scope can't be interpreted. Servers ignore such scopes, so it isn't an error. */
    static final class NotUnderstood extends Exception {
        private static final long serialVersionUID = 1L;

        NotUnderstood(String message) {
            super(message, null, false, false);
        }
    }

    /** Returns the first character that a scope can't contain as an index, or -1 if there is none. */
    static int indexOfForbidden(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '"' || c == '\\') {
                return i;
            }
        }
        return -1;
    }

    /** Returns the part before the first colon or question mark. */
    static String resource(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) != ':' && text.charAt(end) != '?') {
            end++;
        }
        return text.substring(0, end);
    }

    static ScopeSyntax parse(String text) throws NotUnderstood {
        String resource = resource(text);
        int question = text.indexOf('?');
        String head = question < 0 ? text : text.substring(0, question);
        String positional =
                head.length() > resource.length() ? decode(head.substring(resource.length() + 1), false) : null;
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        String query = question < 0 ? "" : text.substring(question + 1);
        for (String pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals), true);
                String value = equals < 0 ? "" : decode(pair.substring(equals + 1), true);
                parameters.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
            }
        }
        return new ScopeSyntax(resource, positional, parameters);
    }

    String resource() {
        return resource;
    }

    /** Checks that there are no other parameters, because an unknown one may restrict the permission further. */
    ScopeSyntax allow(Set<String> names) throws NotUnderstood {
        for (String name : parameters.keySet()) {
            if (!names.contains(name)) {
                throw new NotUnderstood("unknown parameter \"" + name + "\"");
            }
        }
        return this;
    }

    /** Returns the values of the positional parameter, which may also be written with its name. */
    List<String> positionals(String name) throws NotUnderstood {
        List<String> named = all(name);
        if (positional == null) {
            if (named.isEmpty()) {
                throw new NotUnderstood("missing " + name);
            }
            return named;
        }
        if (!named.isEmpty()) {
            throw new NotUnderstood(name + " is given twice: after the colon and as a parameter");
        }
        return List.of(positional);
    }

    /** Returns the single value of the positional parameter. */
    String positional(String name) throws NotUnderstood {
        return single(name, positionals(name));
    }

    /** Returns the value of a parameter, or null if it is missing. */
    @Nullable
    String optional(String name) throws NotUnderstood {
        List<String> values = all(name);
        return values.isEmpty() ? null : single(name, values);
    }

    /** Returns all values of a parameter. */
    List<String> all(String name) {
        return parameters.getOrDefault(name, List.of());
    }

    private static String single(String name, List<String> values) throws NotUnderstood {
        if (values.size() > 1) {
            throw new NotUnderstood("more than one " + name);
        }
        return values.get(0);
    }

    /**
     * Writes a scope: a single value of the first parameter after a colon, and everything else as parameters.
     *
     * @param namesAndValues a name, its values, the next name, its values…
     */
    static String format(String resource, String first, List<String> values, String... namesAndValues) {
        StringBuilder text = new StringBuilder(resource);
        boolean positional = values.size() == 1;
        if (positional) {
            encode(values.get(0), true, text.append(':'));
        }
        char separator = '?';
        for (int i = 0; !positional && i < values.size(); i++) {
            encode(values.get(i), false, text.append(separator).append(first).append('='));
            separator = '&';
        }
        for (int i = 0; i < namesAndValues.length; i += 2) {
            encode(
                    namesAndValues[i + 1],
                    false,
                    text.append(separator).append(namesAndValues[i]).append('='));
            separator = '&';
        }
        return text.toString();
    }

    private static void encode(String value, boolean positional, StringBuilder out) {
        for (byte b : value.getBytes(UTF_8)) {
            char c = (char) (b & 0xff);
            boolean alphanumeric = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (alphanumeric || PLAIN.indexOf(c) >= 0 || c == '+' && positional) {
                out.append(c);
            } else {
                out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
    }

    private static String decode(String text, boolean form) throws NotUnderstood {
        if (text.indexOf('%') < 0 && !(form && text.indexOf('+') >= 0)) {
            return text;
        }
        ByteBuffer bytes = ByteBuffer.allocate(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw new NotUnderstood("malformed percent encoding");
                }
                bytes.put((byte) (high << 4 | low));
                i += 2;
            } else {
                bytes.put((byte) (form && c == '+' ? ' ' : c));
            }
        }
        try {
            return UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new NotUnderstood("malformed percent encoding");
        }
    }
}
