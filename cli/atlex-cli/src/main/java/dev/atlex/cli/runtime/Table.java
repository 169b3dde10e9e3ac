package dev.atlex.cli.runtime;

import java.util.ArrayList;
import java.util.List;

/**
 * A table for a terminal. Columns are as wide as their widest cell; if that is too wide for the screen, the last column
 * is cut. Characters that control the terminal are replaced, so cells may contain any text.
 */
public final class Table {
    private static final String GAP = "  ";

    /** The minimum width to which the last column is cut. */
    private static final int MIN_LAST = 16;

    private final List<List<String>> rows = new ArrayList<>();

    /** Creates a table with the headings of its columns. */
    public Table(String... headings) {
        rows.add(List.of(headings));
    }

    /** Adds a row, with a cell for each column. */
    public Table row(String... cells) {
        List<String> row = new ArrayList<>();
        for (String cell : cells) {
            row.add(DisplayText.visible(cell));
        }
        rows.add(row);
        return this;
    }

    /** Returns the lines for a screen with a number of columns. */
    public List<String> lines(int screen, Style style) {
        int last = rows.get(0).size() - 1;
        int[] widths = new int[last];
        for (List<String> row : rows) {
            for (int i = 0; i < last; i++) {
                widths[i] = Math.max(widths[i], DisplayText.width(row.get(i)));
            }
        }
        int used = 0;
        for (int width : widths) {
            used += width + GAP.length();
        }
        int left = Math.max(MIN_LAST, screen - used);
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < last; i++) {
                String cell = DisplayText.pad(row.get(i), widths[i]);
                line.append(i == 0 && !lines.isEmpty() ? style.name(cell) : cell)
                        .append(GAP);
            }
            line.append(DisplayText.cut(row.get(last), left));
            String text = line.toString().stripTrailing();
            lines.add(lines.isEmpty() ? style.strong(text) : text);
        }
        return lines;
    }
}
