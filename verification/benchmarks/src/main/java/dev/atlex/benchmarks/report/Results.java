package dev.atlex.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The measurements and ratios of one run, stored as a JSON file in {@code target/benchmarks}. */
public final class Results {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final String name;
    private final Map<String, Series> measures = new LinkedHashMap<>();
    private final List<Ratio> ratios = new ArrayList<>();
    private final Map<String, Object> facts = new LinkedHashMap<>();

    public Results(String name) {
        this.name = name;
        facts.putAll(Machine.facts());
    }

    /**
     * The repeated measurements of one quantity.
     *
     * @param unit the unit of all values
     */
    public record Series(String unit, List<Double> values) {
        public double median() {
            List<Double> sorted = values.stream().sorted().toList();
            int middle = sorted.size() / 2;
            return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        }

        /**
         * Returns the ratio to another series. If the two took turns, this is the median of the ratios within each
         * turn, because the machine's speed changes between turns. Otherwise it is the ratio of their medians.
         */
        double against(Series other) {
            if (values.size() != other.values.size()) {
                return median() / other.median();
            }
            List<Double> turns = new ArrayList<>();
            for (int turn = 0; turn < values.size(); turn++) {
                turns.add(values.get(turn) / other.values.get(turn));
            }
            return new Series("×", turns).median();
        }

        double min() {
            return values.stream().min(Double::compare).orElseThrow();
        }

        double max() {
            return values.stream().max(Double::compare).orElseThrow();
        }
    }

    /**
     * The ratio between two measures, or the median of one.
     *
     * @param goal the upper or lower limit, or NaN if there is no goal
     */
    public record Ratio(String what, double value, String unit, boolean atMost, double goal) {
        public boolean isMet() {
            return Double.isNaN(goal) || (atMost ? value <= goal : value >= goal);
        }

        public String goalText() {
            return Double.isNaN(goal) ? "" : (atMost ? "≤ " : "≥ ") + number(goal) + " " + unit;
        }
    }

    /** Adds a value to a measure. */
    public void add(String measure, String unit, double value) {
        measures.computeIfAbsent(measure, key -> new Series(unit, new ArrayList<>()))
                .values()
                .add(value);
    }

    /** Adds a fact about the run. */
    public void fact(String key, Object value) {
        facts.put(key, value);
    }

    boolean has(String measure) {
        return measures.containsKey(measure);
    }

    /** Adds the ratio of two measures, with an upper limit. Does nothing if either is missing. */
    public void atMost(String what, String measure, String by, double limit) {
        ratio(what, measure, by, true, limit);
    }

    /** Like {@link #atMost}, with a lower limit. */
    public void atLeast(String what, String measure, String by, double limit) {
        ratio(what, measure, by, false, limit);
    }

    /** Like {@link #atMost}, without a goal. */
    public void compare(String what, String measure, String by) {
        ratio(what, measure, by, true, Double.NaN);
    }

    /** Adds the median of a measure, with a limit. Does nothing if it is missing. */
    public void value(String what, String measure, boolean atMost, double limit) {
        if (has(measure)) {
            Series series = measures.get(measure);
            ratios.add(new Ratio(what, series.median(), series.unit(), atMost, limit));
        }
    }

    private void ratio(String what, String measure, String by, boolean atMost, double limit) {
        if (has(measure) && has(by)) {
            ratios.add(new Ratio(what, measures.get(measure).against(measures.get(by)), "×", atMost, limit));
        }
    }

    public Map<String, Series> measures() {
        return measures;
    }

    public Collection<Ratio> ratios() {
        return ratios;
    }

    public Map<String, Object> facts() {
        return facts;
    }

    /**
     * Returns the folder for the results: the system property {@code results}, or {@code target/benchmarks} by default.
     */
    public static Path folder() {
        return Path.of(System.getProperty("results", "target/benchmarks"));
    }

    public void print() {
        System.out.printf("%n%-62s %12s %12s %12s  %s%n", name, "median", "min", "max", "unit");
        measures.forEach((measure, series) -> System.out.printf(
                "%-62s %12s %12s %12s  %s%n",
                measure, number(series.median()), number(series.min()), number(series.max()), series.unit()));
        System.out.printf("%n%-78s %10s  %s%n", "ratio", "value", "goal");
        for (Ratio ratio : ratios) {
            System.out.printf(
                    "%-78s %10s  %s%s%n",
                    ratio.what(),
                    number(ratio.value()) + " " + ratio.unit(),
                    ratio.goalText(),
                    Double.isNaN(ratio.goal()) ? "" : ratio.isMet() ? " ok" : " MISSED");
        }
    }

    /** Formats a number with three significant digits. */
    public static String number(double value) {
        double size = Math.abs(value);
        String format =
                size >= 100 || value == Math.rint(value) ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }

    public void save() throws IOException {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("name", name);
        file.put("facts", facts);
        Map<String, Object> all = new LinkedHashMap<>();
        measures.forEach((measure, series) -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("unit", series.unit());
            entry.put("median", series.median());
            entry.put("values", series.values());
            all.put(measure, entry);
        });
        file.put("measures", all);
        List<Object> list = new ArrayList<>();
        for (Ratio ratio : ratios) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("what", ratio.what());
            entry.put("value", ratio.value());
            entry.put("unit", ratio.unit());
            if (!Double.isNaN(ratio.goal())) {
                entry.put(ratio.atMost() ? "atMost" : "atLeast", ratio.goal());
                entry.put("met", ratio.isMet());
            }
            list.add(entry);
        }
        file.put("ratios", list);
        Files.createDirectories(folder());
        Files.write(folder().resolve(name + ".json"), JSON.writeValueAsBytes(file));
        System.out.println("\nwrote " + folder().resolve(name + ".json"));
    }

    /** Returns the results saved in a folder, or null if there are none. */
    static Results load(Path folder, String name) throws IOException {
        Path file = folder.resolve(name + ".json");
        if (!Files.exists(file)) {
            return null;
        }
        Map<?, ?> read = JSON.readValue(Files.readAllBytes(file), Map.class);
        Results results = new Results(name);
        results.facts.clear();
        ((Map<?, ?>) read.get("facts")).forEach((key, value) -> results.facts.put((String) key, value));
        ((Map<?, ?>) read.get("measures")).forEach((measure, entry) -> {
            Map<?, ?> fields = (Map<?, ?>) entry;
            for (Object value : (List<?>) fields.get("values")) {
                results.add((String) measure, (String) fields.get("unit"), ((Number) value).doubleValue());
            }
        });
        for (Object entry : (List<?>) read.get("ratios")) {
            Map<?, ?> fields = (Map<?, ?>) entry;
            boolean atMost = !fields.containsKey("atLeast");
            Object goal = fields.get(atMost ? "atMost" : "atLeast");
            results.ratios.add(new Ratio(
                    (String) fields.get("what"),
                    ((Number) fields.get("value")).doubleValue(),
                    (String) fields.get("unit"),
                    atMost,
                    goal == null ? Double.NaN : ((Number) goal).doubleValue()));
        }
        return results;
    }
}
