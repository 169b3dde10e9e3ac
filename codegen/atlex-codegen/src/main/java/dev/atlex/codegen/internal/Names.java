package dev.atlex.codegen.internal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/** Derives Java names from Lexicon names. */
final class Names {
    /** Methods of every generated class. The accessor of a property with such a name gets a trailing underscore. */
    private static final Set<String> INHERITED = Set.of(
            "getClass",
            "hashCode",
            "toString",
            "notify",
            "notifyAll",
            "wait",
            "clone",
            "finalize",
            "codec",
            "fieldValues",
            "unknownFields",
            "toJson",
            "toCbor",
            "toLexMap",
            "computeCid",
            "builder",
            "toBuilder",
            "build");

    /**
     * Class names that definitions can't use, in lowercase. Each object has a nested {@code Builder}, whose enclosing
     * classes must have other names. In each codec, {@code Typing} refers to the inherited enum.
     */
    static final Set<String> RESERVED = Set.of("builder", "typing");

    /** The maximum length of names, because a class file's name, with the enclosing classes, has at most 255 bytes. */
    private static final int MAX_LENGTH = 80;

    private Names() {}

    /** Returns a class name: {@code PostView} for {@code postView}. */
    static String pascal(String name) {
        StringBuilder pascal = new StringBuilder();
        boolean upper = true;
        for (char c : name.toCharArray()) {
            if (!isIdentifierPart(c)) {
                upper = true;
            } else {
                pascal.append(upper ? Character.toUpperCase(c) : c);
                upper = false;
            }
        }
        return pascal.isEmpty() ? spelled(name, "U") : shortened(leadingLetter(pascal.toString()));
    }

    /** Returns the name of a property's accessor. */
    static String property(String name) {
        if (name.chars().noneMatch(c -> isIdentifierPart((char) c))) {
            return spelled(name, "u");
        }
        String pascal = pascal(name);
        String camel = isIdentifierPart(name.charAt(0))
                ? leadingLetter(name.charAt(0) + pascal.substring(pascal.startsWith("_") ? 2 : 1))
                : pascal;
        return SourceVersion.isKeyword(camel) || INHERITED.contains(camel) ? camel + "_" : camel;
    }

    /** Returns the name of a constant: {@code REQUEST_LESS} for {@code app.bsky.feed.defs#requestLess}. */
    static String constant(String value) {
        return constantOf(value.substring(value.indexOf('#') + 1));
    }

    /** Like {@link #constant}, but from the whole value: {@code APP_BSKY_FEED_DEFS_REQUEST_LESS}. */
    static String longConstant(String value) {
        return constantOf(value.replace('#', '.'));
    }

    private static String constantOf(String value) {
        String spaced = value.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replaceAll("[^A-Za-z0-9]+", "_");
        String constant = spaced.replaceAll("^_+|_+$", "").toUpperCase(Locale.ROOT);
        if (constant.isEmpty()) {
            return isAscii(value) ? "EMPTY" : spelled(value, "U").toUpperCase(Locale.ROOT);
        }
        return shortened(leadingLetter(constant));
    }

    /** Spells a name that has no ASCII letters or digits by its code points: {@code U65e5_672c}. */
    private static String spelled(String name, String prefix) {
        return isAscii(name)
                ? "__"
                : shortened(
                        name.codePoints().mapToObj(Integer::toHexString).collect(Collectors.joining("_", prefix, "")));
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static String shortened(String name) {
        return name.length() <= MAX_LENGTH ? name : shortened(name, MAX_LENGTH - 9);
    }

    /** Returns the first characters of a name followed by a hash of the whole name. */
    static String shortened(String name, int length) {
        return name.substring(0, length) + "_" + String.format("%08X", name.hashCode());
    }

    /** Returns the package for a document: {@code app.bsky.feed} for {@code app.bsky.feed.post}. */
    static String packageOf(String nsid, String prefix) {
        String authority = nsid.substring(0, nsid.lastIndexOf('.'));
        String name = Arrays.stream(authority.split("\\."))
                .map(segment -> leadingLetter(segment.toLowerCase(Locale.ROOT).replace('-', '_')))
                .map(segment -> SourceVersion.isKeyword(segment) ? segment + "_" : segment)
                .collect(Collectors.joining("."));
        // The JVM reserves packages below java.
        String allowed =
                prefix.isEmpty() && name.startsWith("java.") ? "java_" + name.substring("java".length()) : name;
        return prefix.isEmpty() ? allowed : prefix + "." + name;
    }

    /**
     * Returns the class name for a document: {@code Post} for {@code app.bsky.feed.post}, {@code FeedDefs} for
     * {@code app.bsky.feed.defs}.
     */
    static String document(String nsid) {
        String[] segments = nsid.split("\\.");
        String last = segments[segments.length - 1];
        String name = isDefs(nsid) ? pascal(segments[segments.length - 2]) + "Defs" : pascal(last);
        return RESERVED.contains(name.toLowerCase(Locale.ROOT)) ? name + "_" : name;
    }

    static boolean isDefs(String nsid) {
        return nsid.endsWith(".defs");
    }

    private static boolean isIdentifierPart(char c) {
        return c < 0x80 && Character.isLetterOrDigit(c);
    }

    private static String leadingLetter(String name) {
        if (name.isEmpty()) {
            return "__";
        }
        return Character.isDigit(name.charAt(0)) ? "_" + name : name;
    }
}
