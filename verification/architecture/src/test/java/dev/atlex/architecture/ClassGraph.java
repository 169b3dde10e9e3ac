package dev.atlex.architecture;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;

/** The dependencies between top-level classes, from jdeps. A nested class counts as its outermost class. */
final class ClassGraph {
    private static final Pattern EDGE =
            Pattern.compile("(?m)^ +(dev\\.atlex\\.[\\w.$]+) +-> (dev\\.atlex\\.[\\w.$]+) ");

    private final Map<String, Set<String>> uses = new TreeMap<>();

    ClassGraph() {}

    static ClassGraph of(Collection<Path> locations) {
        StringWriter out = new StringWriter();
        // Pass the whole class path, so that jdeps finds required modules.
        List<String> arguments = new ArrayList<>(List.of(
                "-v",
                "-filter:none",
                "--multi-release",
                "base",
                "--module-path",
                System.getProperty("java.class.path")));
        locations.forEach(location -> arguments.add(location.toString()));
        int status = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(new PrintWriter(out), new PrintWriter(out), arguments.toArray(String[]::new));
        if (status != 0) {
            throw new IllegalStateException("jdeps failed with status " + status + ": " + out);
        }
        ClassGraph graph = new ClassGraph();
        Matcher edges = EDGE.matcher(out.toString());
        while (edges.find()) {
            graph.add(outermost(edges.group(1)), outermost(edges.group(2)));
        }
        return graph;
    }

    void add(String from, String to) {
        uses.computeIfAbsent(from, key -> new TreeSet<>()).add(to);
        uses.computeIfAbsent(to, key -> new TreeSet<>());
    }

    Map<String, Set<String>> uses() {
        return uses;
    }

    private static String outermost(String name) {
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }

    static String packageOf(String name) {
        return name.substring(0, name.lastIndexOf('.'));
    }

    /**
     * Returns the strongly connected components that have more than one class, each sorted. Uses Tarjan's algorithm.
     */
    List<Set<String>> cycles() {
        return new Search().run();
    }

    private final class Search {
        private final Map<String, Integer> index = new HashMap<>();
        private final Map<String, Integer> low = new HashMap<>();
        private final Deque<String> open = new ArrayDeque<>();
        private final List<Set<String>> found = new ArrayList<>();

        List<Set<String>> run() {
            for (String name : uses.keySet()) {
                if (!index.containsKey(name)) {
                    visit(name);
                }
            }
            return found;
        }

        private void visit(String name) {
            int number = index.size();
            index.put(name, number);
            int lowest = number;
            open.push(name);
            for (String used : uses.getOrDefault(name, Set.of())) {
                if (!index.containsKey(used)) {
                    visit(used);
                    lowest = Math.min(lowest, low.getOrDefault(used, Integer.MAX_VALUE));
                } else if (open.contains(used)) {
                    lowest = Math.min(lowest, index.get(used));
                }
            }
            low.put(name, lowest);
            if (lowest == number) {
                Set<String> component = new TreeSet<>();
                String last;
                do {
                    last = open.pop();
                    component.add(last);
                } while (!last.equals(name));
                if (component.size() > 1) {
                    found.add(component);
                }
            }
        }
    }
}
