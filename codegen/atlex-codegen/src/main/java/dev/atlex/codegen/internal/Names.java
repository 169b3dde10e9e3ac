package dev.atlex.codegen.internal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/** How names of Lexicon documents become names of Java. */
final class Names {
    /** What every object already has: a property of such a name gets an underscore behind it. */
    private static final Set<String> TAKEN = Set.of(
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
     * Names that no class of a definition may have, in lower case: each object has a nested {@code Builder}, which none
     * around it may be called, and in each codec {@code Typing} means the one that it inherits.
     */
    static final Set<String> RESERVED = Set.of("builder", "typing");

    /** Names of files, in which classes are with those around them, have 255 bytes at most. */
    private static final int MAX_LENGTH = 80;

    private Names() {}

    /** {@code postView} → {@code PostView}. */
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

    /** The name of a property's field and accessor. */
    static String property(String name) {
        if (name.chars().noneMatch(c -> isIdentifierPart((char) c))) {
            return spelled(name, "u");
        }
        String pascal = pascal(name);
        String camel = isIdentifierPart(name.charAt(0))
                ? leadingLetter(name.charAt(0) + pascal.substring(pascal.startsWith("_") ? 2 : 1))
                : pascal;
        return SourceVersion.isKeyword(camel) || TAKEN.contains(camel) ? camel + "_" : camel;
    }

    /** {@code app.bsky.feed.defs#requestLess} → {@code REQUEST_LESS}. */
    static String constant(String value) {
        return constantOf(value.substring(value.indexOf('#') + 1));
    }

    /** As {@link #constant}, of all that is there: {@code APP_BSKY_FEED_DEFS_REQUEST_LESS}. */
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

    /** A name without ASCII letters and digits, by its code points: {@code U65e5_672c}. */
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

    /** The beginning of a name, and a digest of all of it. */
    static String shortened(String name, int length) {
        return name.substring(0, length) + "_" + String.format("%08X", name.hashCode());
    }

    /** {@code app.bsky.feed.post} → {@code app.bsky.feed}. */
    static String packageOf(String nsid, String prefix) {
        String authority = nsid.substring(0, nsid.lastIndexOf('.'));
        String name = Arrays.stream(authority.split("\\."))
                .map(segment -> leadingLetter(segment.toLowerCase(Locale.ROOT).replace('-', '_')))
                .map(segment -> SourceVersion.isKeyword(segment) ? segment + "_" : segment)
                .collect(Collectors.joining("."));
        // Nobody may have packages below java.
        String allowed =
                prefix.isEmpty() && name.startsWith("java.") ? "java_" + name.substring("java".length()) : name;
        return prefix.isEmpty() ? allowed : prefix + "." + name;
    }

    /** The class of a document: {@code app.bsky.feed.post} → {@code Post}, {@code app.bsky.feed.defs} → {@code FeedDefs}. */
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
