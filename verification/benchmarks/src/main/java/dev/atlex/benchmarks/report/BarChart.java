package dev.atlex.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A chart of horizontal bars with one unit, as SVG for light and dark pages. */
final class BarChart {
    private static final int WIDTH = 760;
    private static final int LABELS = 290;
    private static final int NUMBERS = 110;
    private static final int ROW = 26;
    private static final int HEAD = 40;

    private final String title;
    private final List<Bar> bars = new ArrayList<>();

    BarChart(String title) {
        this.title = title;
    }

    private record Bar(String label, double value, String unit, boolean ours) {}

    /** Adds a bar, unless the results lack the measure. */
    BarChart add(Results results, String measure, String label, boolean ours) {
        if (results.has(measure)) {
            Results.Series series = results.measures().get(measure);
            bars.add(new Bar(label, series.median(), series.unit(), ours));
        }
        return this;
    }

    boolean isEmpty() {
        return bars.isEmpty();
    }

    String svg() {
        int height = HEAD + bars.size() * ROW + 10;
        double most = bars.stream().mapToDouble(Bar::value).max().orElse(1);
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
                        + " font-family=\"sans-serif\" font-size=\"13\" role=\"img\">%n",
                WIDTH,
                height,
                WIDTH,
                height));
        svg.append("<title>").append(escape(title)).append("</title>\n");
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        svg.append("<text x=\"12\" y=\"24\" font-weight=\"bold\" fill=\"#222222\">")
                .append(escape(title))
                .append("</text>\n");
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            int y = HEAD + i * ROW;
            double width = Math.max(1, bar.value() / most * (WIDTH - LABELS - NUMBERS));
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"#222222\">%s</text>%n",
                    LABELS - 8,
                    y + 16,
                    escape(bar.label())));
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                    LABELS,
                    y + 3,
                    width,
                    ROW - 8,
                    bar.ours() ? "#1f6feb" : "#a0a8b4"));
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\" fill=\"#222222\">%s</text>%n",
                    LABELS + width + 6,
                    y + 16,
                    escape(Results.number(bar.value()) + " " + bar.unit())));
        }
        return svg.append("</svg>\n").toString();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
