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
 * Reads the fields of a session, each for itself: one that is null, of a wrong kind or malformed is left out and costs no
 * other. What a session needs is checked by {@code SessionData}.
 */
public final class SessionFields {
    /** What a DID document may have of characters; a usual one has about a thousand. */
    public static final int MAX_DOCUMENT = 64 << 10;

    /** What all fields together may have of characters that are not known here. */
    public static final int MAX_UNKNOWN = 64 << 10;

    /** What a text may have of characters that is no token. */
    private static final int MAX_TEXT = 2048;

    /** Documents are flat; atlex-identity reads no deeper either. */
    private static final ReadOptions READING = ReadOptions.LENIENT.withMaxDepth(32);

    private SessionFields() {}

    /**
     * Returns the fields of a server's response that belong to a session and have the right form. Of a field that occurs
     * twice, the last usable value counts.
     *
     * @param json anything
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
     * Returns the fields of saved session data: those of {@link #ofResponse}, the service, and those that are not known
     * here as far as they can be read and there are not too many.
     *
     * @return null if the text is no JSON object
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

    /** Returns the fields without those that are known here and have a wrong form, and without too many unknown ones. */
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

    /** Returns what a field must be that is known here, or null for other fields. */
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
        // What can't be usable is not read.
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
            // Which token is wrong, and how, is for the caller to say.
            default -> true;
        };
    }

    /** Broken UTF-8 becomes U+FFFD, and a text with control characters is no address and no word. */
    private static boolean isText(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_TEXT
                && text.chars().noneMatch(c -> c < ' ' || c == 0x7f || c == 0xFFFD);
    }
}
