package dev.atlex.cli.repo;

import java.util.Locale;
import java.util.regex.Pattern;

/** File names for collections and record keys that are valid on every operating system. */
final class FileNames {
    /** Names of devices on Windows, with any extension. */
    private static final Pattern DEVICE =
            Pattern.compile("(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\\..*)?", Pattern.CASE_INSENSITIVE);

    private FileNames() {}

    /**
     * Returns the name with percent-encoding in place of what Windows doesn't allow: colons, and the first character of
     * a device's name. Neither NSIDs nor record keys can contain a percent sign, so different names stay different.
     */
    static String portable(String name) {
        String safe = name.replace(":", "%3A");
        return DEVICE.matcher(safe).matches()
                ? String.format(Locale.ROOT, "%%%02X", (int) safe.charAt(0)) + safe.substring(1)
                : safe;
    }
}
