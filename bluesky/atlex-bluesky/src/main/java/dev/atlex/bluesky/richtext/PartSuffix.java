package dev.atlex.bluesky.richtext;

/** The text at the end of each part of a thread. */
@FunctionalInterface
public interface PartSuffix {
    /** An instance that adds no suffix. */
    PartSuffix NONE = (part, parts) -> "";

    /** A number in parentheses after a space: {@code " (1/3)"}. */
    PartSuffix NUMBERED = (part, parts) -> " (" + part + "/" + parts + ")";

    /**
     * Returns the suffix of a part. The suffix must not become shorter as the numbers grow, and the same numbers must
     * always give the same suffix.
     *
     * @param part the part's number, starting at 1
     * @param parts the number of parts, at least 2
     */
    String suffix(int part, int parts);
}
