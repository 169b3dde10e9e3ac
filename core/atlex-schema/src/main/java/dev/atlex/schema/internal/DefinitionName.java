package dev.atlex.schema.internal;

/** The two spellings of a main definition's name: {@code app.bsky.feed.post} and {@code app.bsky.feed.post#main}. */
public final class DefinitionName {
    private static final String MAIN = "#main";

    private DefinitionName() {}

    /** Returns whether a name ends in {@code #main}. */
    public static boolean hasMainSuffix(String name) {
        int hash = name.indexOf('#');
        return hash > 0 && hash == name.length() - MAIN.length() && name.endsWith(MAIN);
    }

    /** Removes the suffix from a name that {@linkplain #hasMainSuffix has} it. */
    public static String withoutMainSuffix(String name) {
        return name.substring(0, name.length() - MAIN.length());
    }

    /** Returns whether a name is a definition's usual name followed by {@code #main}. */
    public static boolean isLongFormOf(String usual, String name) {
        return name.length() == usual.length() + MAIN.length() && name.startsWith(usual) && hasMainSuffix(name);
    }
}
