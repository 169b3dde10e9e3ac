package dev.atlex.differential;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.bluesky.richtext.RichText;
import dev.atlex.syntax.Handle;
import dev.atlex.syntax.Uris;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The documented differences in facet detection between Atlex and upstream, which are rows in {@code
 * docs/differences.md}.
 */
final class RichTextDifferences {
    private static final int KEYCAP = 0x20e3;

    private RichTextDifferences() {}

    /**
     * Returns upstream's facets, adjusted to Atlex's rules.
     *
     * @param facets upstream's facets, each as start, end, kind and value
     * @param counts the number of occurrences of each difference, by name
     */
    static List<List<Object>> adjust(String text, List<?> facets, Map<String, Integer> counts) {
        byte[] bytes = text.getBytes(UTF_8);
        List<List<Object>> adjusted = new ArrayList<>();
        for (Object facet : facets) {
            List<Object> same = List.copyOf((List<?>) facet);
            int start = ((Long) same.get(0)).intValue();
            String shown = new String(bytes, start, ((Long) same.get(1)).intValue() - start, UTF_8);
            String before = new String(bytes, 0, start, UTF_8);
            List<Object> ours = switch ((String) same.get(2)) {
                case "mention" -> mention(same, counts);
                case "link" -> link(same, shown, counts);
                default -> tag(same, shown, text.substring(before.length()), counts);
            };
            if (ours != null) {
                adjusted.add(ours);
            }
        }
        adjusted.sort(Comparator.comparingLong(facet -> (Long) facet.get(0)));
        List<List<Object>> apart = new ArrayList<>();
        long end = 0;
        for (List<Object> facet : adjusted) {
            if ((Long) facet.get(0) < end) {
                counts.merge("overlapping facets", 1, Integer::sum);
            } else {
                apart.add(facet);
                end = (Long) facet.get(1);
            }
        }
        return apart;
    }

    /**
     * Returns whether the text has a character that joins consonants in Unicode 18, even without a consonant before it.
     */
    static boolean hasLinker(String text) {
        return text.codePoints()
                .anyMatch(c ->
                        Character.getName(c) != null && Character.getName(c).contains("VIRAMA")
                                || Character.getType(c) == Character.UNASSIGNED
                                || c == 0x1039
                                || c == 0x17d2
                                || c == 0x1a60
                                || c == 0xaaf6);
    }

    private static @Nullable List<Object> mention(List<Object> facet, Map<String, Integer> counts) {
        String handle = (String) facet.get(3);
        if (!Handle.isValid(handle)) {
            return count("invalid handle", counts);
        }
        String normalized = handle.toLowerCase(Locale.ROOT);
        return List.of(facet.get(0), facet.get(1), "mention", normalized);
    }

    private static @Nullable List<Object> link(List<Object> facet, String shown, Map<String, Integer> counts) {
        String text = shown;
        while (endsInvisibly(text)) {
            counts.merge("invisible character after a link", 1, Integer::sum);
            while (endsInvisibly(text)) {
                text = text.substring(0, text.offsetByCodePoints(text.length(), -1));
            }
            text = text.replaceFirst("[.,;:!?]$", "");
            text = text.indexOf('(') < 0 ? text.replaceFirst("\\)$", "") : text;
        }
        String uri = text;
        if (!text.startsWith("http://") && !text.startsWith("https://")) {
            uri = "https://" + text;
            if (text.startsWith("http")) {
                counts.merge("domain that begins with http", 1, Integer::sum);
                String domain = text.replaceFirst("^([A-Za-z0-9]+(\\.[A-Za-z0-9]+)*).*$", "$1");
                if (RichText.detect("a" + domain.substring(domain.lastIndexOf('.')))
                        .facets()
                        .isEmpty()) {
                    return null;
                }
            }
        }
        int host = uri.indexOf("://") + 3;
        if (host >= uri.length() || uri.charAt(host) == '/' || !Uris.isValid(uri)) {
            return count("invalid URI", counts);
        }
        return List.of(facet.get(0), (Long) facet.get(0) + text.getBytes(UTF_8).length, "link", uri);
    }

    private static boolean endsInvisibly(String text) {
        return !text.isEmpty() && Character.getType(text.codePointBefore(text.length())) == Character.FORMAT;
    }

    private static @Nullable List<Object> tag(
            List<Object> facet, String shown, String rest, Map<String, Integer> counts) {
        int next = rest.length() > 1 ? rest.codePointAt(1) : ' ';
        if (!shown.startsWith("$")
                && (next == KEYCAP
                        || RichText.of("#" + Character.toString(next)).graphemes() == 1)) {
            return count("mark after a number sign", counts);
        }
        if (((String) facet.get(3)).getBytes(UTF_8).length > 640) {
            return count("tag of more than 640 bytes", counts);
        }
        return facet;
    }

    private static @Nullable List<Object> count(String name, Map<String, Integer> counts) {
        counts.merge(name, 1, Integer::sum);
        return null;
    }
}
