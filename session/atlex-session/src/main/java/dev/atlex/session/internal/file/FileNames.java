package dev.atlex.session.internal.file;

import dev.atlex.session.internal.Digests;
import dev.atlex.session.store.SessionStore.Key;
import dev.atlex.session.store.SessionStore.Kind;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the files of a store's entries are called. All names are of lower-case letters, digits and {@code . - _ ~ + = #}, which
 * every file system takes, and no two keys share one, not even where case does not matter.
 */
public final class FileNames {
    /** What all files of entries end with. */
    public static final String SUFFIX = ".json";

    /**
     * As long as a name may be before it is cut and gets a digest: with all that is put around it, it stays below the 143
     * bytes that encrypted home folders take, and the 255 that others do.
     */
    private static final int LONGEST = 100;

    private static final int KEPT = 30;
    private static final Pattern ENTRY = Pattern.compile("(did|session|login|logout)_[A-Za-z0-9._~+=#-]*\\.json");
    private static final Pattern TEMPORARY = Pattern.compile("\\.(did|session|login|logout)_.*\\.json\\.[0-9a-f]+");

    private FileNames() {}

    /** The name of a key's file, without the suffix. */
    public static String of(Key key) {
        String name = key.name();
        boolean did = key.kind() == Kind.SESSION && name.startsWith("did:");
        StringBuilder text = new StringBuilder(did ? "" : key.kind().name().toLowerCase(Locale.ROOT) + "_");
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                text.append('=').append((char) (c - 'A' + 'a'));
            } else {
                text.append(replaced(c));
            }
        }
        return text.length() <= LONGEST ? text.toString() : text.substring(0, KEPT) + "#" + Digests.sha256(name);
    }

    /** What the file was called before case and length were heeded, without the suffix; null where it is the same. */
    public static @Nullable String old(Key key) {
        String name = key.name();
        if (key.kind() != Kind.SESSION || !name.startsWith("did:") || name.length() + SUFFIX.length() > 255) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        name.chars().forEach(c -> text.append(replaced((char) c)));
        String old = text.toString();
        return old.equals(of(key)) ? null : old;
    }

    /** The colon takes the underscore's place, and that another's. */
    private static char replaced(char c) {
        return switch (c) {
            case '_' -> '~';
            case ':' -> '_';
            case '%' -> '+';
            default -> c;
        };
    }

    /** Whether a file is an entry of the kind, by its name. */
    public static boolean isEntry(Kind kind, String fileName) {
        String prefix = kind.name().toLowerCase(Locale.ROOT) + "_";
        return ENTRY.matcher(fileName).matches()
                && (fileName.startsWith(prefix) || kind == Kind.SESSION && fileName.startsWith("did_"));
    }

    /** Whether a file is an entry of any kind, by its name. */
    public static boolean isEntry(String fileName) {
        return ENTRY.matcher(fileName).matches();
    }

    /** Whether a file is what a crash left of a write. */
    public static boolean isTemporary(String fileName) {
        return TEMPORARY.matcher(fileName).matches();
    }
}
