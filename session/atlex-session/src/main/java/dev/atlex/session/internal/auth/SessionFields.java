package dev.atlex.session.internal.auth;

import dev.atlex.data.LexBoolean;
import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.syntax.Handle;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a session one by one. A field that is null, of the wrong type or malformed is left out, and
 * doesn't affect other fields. {@code SessionData} checks the required fields.
 */
public final class SessionFields {
    /** The longest DID document, in characters. A typical one has about a thousand. */
    public static final int MAX_DOCUMENT = 64 << 10;

    /** The maximum length of all unknown fields together, in characters. */
    public static final int MAX_UNKNOWN = 64 << 10;

    /** The longest string other than a token, in characters. */
    private static final int MAX_TEXT = 2048;

    /**
     * Options that limit the nesting, because documents are flat. The identity module doesn't read deeper ones either.
     */
    private static final ReadOptions READING = ReadOptions.LENIENT.withMaxDepth(32);

    private SessionFields() {}

    /**
     * Returns the fields of a server's response that belong to a session and are valid. If a field occurs twice, the
     * last valid value counts.
     *
     * @param json any text
     */
    public static LexMap ofResponse(String json) {
        LexMap.Builder fields = LexMap.builder();
        JsonMembers.visit(json, (name, start, end) -> {
            LexValue value = kind(name) == null ? null : value(name, json, start, end);
            if (value != null) {
                fields.put(name, value);
            }
        });
        return fields.build();
    }

    /**
     * Returns the fields of saved session data: those of {@link #ofResponse}, the service, and unknown fields that can
     * be read, up to a limit.
     *
     * @return the fields, or null if the text isn't a JSON object
     */
    public static @Nullable LexMap ofSaved(String json) {
        LexMap.Builder fields = LexMap.builder();
        int[] room = {MAX_UNKNOWN};
        boolean whole = JsonMembers.visit(json, (name, start, end) -> {
            boolean known = isKnown(name);
            if (!known && name.length() + end - start > room[0]) {
                return;
            }
            LexValue value = value(name, json, start, end);
            if (value != null) {
                fields.put(name, value);
                room[0] -= known ? 0 : name.length() + end - start;
            }
        });
        return whole ? fields.build() : null;
    }

    /** Returns the fields without invalid known ones, and without unknown ones if there are too many. */
    public static LexMap usable(LexMap fields) {
        Set<String> unusable = new HashSet<>();
        Map<String, LexValue> unknown = new HashMap<>();
        fields.forEach((name, value) -> {
            if (!isKnown(name)) {
                unknown.put(name, value);
            } else if (!isUsable(name, value)) {
                unusable.add(name);
            }
        });
        if (!unknown.isEmpty() && LexMap.copyOf(unknown).toJson().length() > MAX_UNKNOWN) {
            unusable.addAll(unknown.keySet());
        }
        if (unusable.isEmpty()) {
            return fields;
        }
        Map<String, LexValue> usable = new LinkedHashMap<>(fields);
        usable.keySet().removeAll(unusable);
        return LexMap.copyOf(usable);
    }

    /** Returns the kind of a known field's value, or null if the field is unknown. */
    private static @Nullable Class<? extends LexValue> kind(String name) {
        return switch (name) {
            case "accessJwt", "refreshJwt", "did", "handle", "email", "status" -> LexString.class;
            case "emailConfirmed", "emailAuthFactor", "active" -> LexBoolean.class;
            case "didDoc" -> LexMap.class;
            default -> null;
        };
    }

    private static boolean isKnown(String name) {
        return kind(name) != null || name.equals("service");
    }

    private static @Nullable LexValue value(String name, String json, int start, int end) {
        // Values that can't be valid aren't parsed.
        char first = json.charAt(start);
        Class<?> kind = kind(name);
        boolean possible = kind == null
                || (kind == LexString.class && first == '"')
                || (kind == LexBoolean.class && (first == 't' || first == 'f'))
                || (kind == LexMap.class && first == '{' && end - start <= MAX_DOCUMENT);
        if (!possible) {
            return null;
        }
        try {
            LexValue value = LexValue.parseJson(json.substring(start, end), READING);
            return isUsable(name, value) ? value : null;
        } catch (LexException e) {
            return null;
        }
    }

    private static boolean isUsable(String name, LexValue value) {
        Class<?> kind = kind(name);
        if (kind != null && !kind.isInstance(value)) {
            return false;
        }
        return switch (name) {
            case "handle" -> Handle.isValid(((LexString) value).value());
            case "did", "email", "status" -> isText(((LexString) value).value());
            // The caller reports an invalid token.
            default -> true;
        };
    }

    /**
     * Returns whether text can be a field's value. Malformed UTF-8 has become U+FFFD, and text with control
     * characters is neither an address nor a status.
     */
    private static boolean isText(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_TEXT
                && text.chars().noneMatch(c -> c < ' ' || c == 0x7f || c == 0xFFFD);
    }
}
