package dev.atlex.session.internal.file;

import dev.atlex.data.internal.Sha256;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Kind;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names the files of a store's entries. A name consists of lowercase letters, digits and {@code . - _ ~ + = #}, which
 * every file system accepts. No two keys share a name, even if the file system ignores case.
 */
public final class FileNames {
    /** The suffix of all entry files. */
    public static final String SUFFIX = ".json";

    /**
     * The maximum length of a name that is kept unchanged. A longer name is truncated, and a digest is appended. With
     * prefixes and suffixes, a file name stays below the 143 bytes of encrypted home folders, and the 255 bytes of
     * other file systems.
     */
    private static final int MAX_LENGTH = 100;

    private static final int KEPT_LENGTH = 30;
    private static final String QUARANTINED = SUFFIX + ".damaged-";

    /** The prefixes of all kinds. A session whose name is a DID has only the prefix {@code did}. */
    private static final String KINDS = "did|session|login|logout|cursor|oauth|authorization";

    private static final Pattern ENTRY = Pattern.compile("(" + KINDS + ")_[A-Za-z0-9._~+=#-]*\\.json");
    private static final Pattern TEMPORARY = Pattern.compile("\\.(" + KINDS + ")_.*\\.json\\.[0-9a-f]+");

    private FileNames() {}

    /** Returns the name of a key's file, without the suffix. */
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
        return text.length() <= MAX_LENGTH ? text.toString() : text.substring(0, KEPT_LENGTH) + "#" + Sha256.hex(name);
    }

    /** Returns the name that an earlier version gave the file, without the suffix; null if it is the same. */
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

    /**
     * Replaces characters that some file systems reject: a colon becomes an underscore, and an underscore becomes a
     * tilde.
     */
    private static char replaced(char c) {
        return switch (c) {
            case '_' -> '~';
            case ':' -> '_';
            case '%' -> '+';
            default -> c;
        };
    }

    /** Returns whether a file name belongs to an entry of this kind. */
    public static boolean isEntry(Kind kind, String fileName) {
        String prefix = kind.name().toLowerCase(Locale.ROOT) + "_";
        return ENTRY.matcher(fileName).matches()
                && (fileName.startsWith(prefix) || kind == Kind.SESSION && fileName.startsWith("did_"));
    }

    /** Returns whether a file name belongs to an entry of any kind. */
    public static boolean isEntry(String fileName) {
        return ENTRY.matcher(fileName).matches();
    }

    /** Returns the path for a corrupt file: its original path with a suffix and the time. */
    static Path quarantined(Path file, String time) {
        return file.resolveSibling(file.getFileName() + ".damaged-" + time);
    }

    /** Returns whether a file name belongs to a quarantined entry. */
    static boolean isQuarantined(String fileName) {
        return fileName.contains(QUARANTINED);
    }

    /** Returns whether a file name belongs to a temporary file, which a crashed process may have left behind. */
    public static boolean isTemporary(String fileName) {
        return TEMPORARY.matcher(fileName).matches();
    }
}
