package dev.atlex.bluesky.richtext;

import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.richtext.Facet;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that no input takes more than linear time, because input may come from feeds, forms or strangers' posts. */
@Tag("performance")
class RichTextLinearTimeTest {
    private static final int LENGTH = 1 << 20;
    private static final int FACTOR = 8;
    /** With this length, quadratic work would take minutes. */
    private static final long NOISE = 250_000_000;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Compares the CPU time for the input with that for an eighth of it. Both are the better of two measurements. */
    private static void assertLinear(String unit, UnaryOperator<RichText> operation) {
        assertLinear(unit, unit::repeat, operation);
    }

    /** @param text returns text with the given number of units */
    private static void assertLinear(String unit, IntFunction<String> text, UnaryOperator<RichText> operation) {
        String small = text.apply(LENGTH / FACTOR / unit.length() + 1);
        String large = text.apply(LENGTH / unit.length() + 1);
        long smallTime = best(small, operation);
        long largeTime = best(large, operation);

        assertThat(largeTime)
                .as("%s: %d µs, then %d µs", unit, smallTime / 1000, largeTime / 1000)
                .isLessThan(4 * FACTOR * smallTime + NOISE);
    }

    private static long best(String text, UnaryOperator<RichText> operation) {
        RichText input = RichText.detect(text);
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 2; i++) {
            long start = THREADS.getCurrentThreadCpuTime();
            operation.apply(input);
            best = Math.min(best, THREADS.getCurrentThreadCpuTime() - start);
        }
        return best;
    }

    @Test
    void nestedBrackets_takeLinearTime() {
        assertLinear(
                "[](http:)",
                count -> "[".repeat(count) + "](http:)".repeat(count),
                text -> RichText.markdown(text.text()));
        assertLinear(
                "[ ](http://a)",
                count -> "[ ".repeat(count) + "](http://a)".repeat(count),
                text -> RichText.markdown(text.text()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a ",
                "#",
                "#a ",
                "#a",
                "#!",
                "# ",
                "@",
                "@a.",
                "@a.com ",
                "(@a.com",
                "(@a-",
                "(",
                "()",
                "$",
                "$A ",
                "($A",
                "http://",
                "http://a ",
                "(http://a",
                "a.",
                "a.b",
                "(a.b",
                "(a.com ",
                "example.com ",
                "https://a.com/(((",
                "https://a.com)",
                "https://a.com) ",
                ")\u200b",
                "https://a.com)\u200b",
                "https://a.com.,;: ",
                "!",
                "#a! ",
                "#_",
                "\u0301",
                "#\u0301 ",
                "\n",
                "\n \n",
                "\r\n",
                "\u200b",
                "a\n\n\n\n",
                "😀",
                "👨‍👩‍👧‍👦",
                "🇩🇪",
                "क्",
                "日本語。",
                "。",
                "a. ",
                ")",
                "a) ",
                "[",
                "]",
                "[a](",
                "[a](http://",
                "[a](http://x[",
                "[](http://a)",
                "[a](http://a)",
                "(((a)))",
                "\\[",
                "\u0600",
                "\ud83d"
            })
    void everyOperation_takesLinearTime(String unit) {
        assertLinear(unit, text -> RichText.detect(text.text()));
        assertLinear(unit, text -> RichText.markdown(text.text()));
        assertLinear(unit, RichText::shortenLinks);
        assertLinear(unit, RichText::cleanNewlines);
        assertLinear(unit, text -> text.insert(0, "x"));
        assertLinear(unit, text -> text.truncate(300, 3000, "…"));
        assertLinear(unit, text -> text.truncate(LENGTH / 16, 3 * LENGTH));
        assertLinear(unit, text -> text.split(300, 3000, PartSuffix.NUMBERED).get(0));
        assertLinear(unit, text -> {
            text.segments();
            return text;
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void overlappingFacets_takeLinearTime(int kind) {
        long[] times = new long[2];
        for (int i = 0; i < 2; i++) {
            int length = i == 0 ? LENGTH / FACTOR : LENGTH;
            List<Facet> facets = new ArrayList<>();
            for (int j = 0; j < length / 10; j++) {
                long start = kind == 0 ? 0 : kind == 1 ? j * 10L : j;
                long end = kind == 2 ? j + 5L : length;
                facets.add(Span.of(start, end, Span.link("https://example.com")).toFacet());
            }
            RichText text = RichText.of("é ".repeat(length / 3), facets);
            times[i] = Long.MAX_VALUE;
            for (int k = 0; k < 2; k++) {
                long start = THREADS.getCurrentThreadCpuTime();
                text.split();
                text.segments();
                text.cleanNewlines();
                text.shortenLinks();
                times[i] = Math.min(times[i], THREADS.getCurrentThreadCpuTime() - start);
            }
        }

        assertThat(times[1]).isLessThan(4 * FACTOR * times[0] + NOISE);
    }
}
