package dev.atlex.differential;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses paths in the form that Atlex writes: {@code $.a[3]["b c"]}. */
final class Paths {
    private Paths() {}

    /** Returns the names and positions, or null if a name was shortened or the middle omitted. */
    static @Nullable List<Object> parse(String path) {
        List<Object> steps = new ArrayList<>();
        for (int i = 1; i < path.length(); ) {
            if (path.charAt(i) == '.') {
                int end = i + 1;
                while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
                    end++;
                }
                String name = path.substring(i + 1, end);
                if (name.indexOf('…') >= 0) {
                    return null;
                }
                steps.add(name);
                i = end;
            } else if (path.charAt(i) == '…') {
                return null;
            } else if (path.startsWith("[\"", i)) {
                StringBuilder name = new StringBuilder();
                i += 2;
                while (path.charAt(i) != '"') {
                    if (path.charAt(i) == '\\') {
                        i++;
                        if (path.charAt(i) == 'u') {
                            name.append((char) Integer.parseInt(path.substring(i + 1, i + 5), 16));
                            i += 5;
                            continue;
                        }
                    } else if (path.charAt(i) == '…') {
                        return null;
                    }
                    name.append(path.charAt(i++));
                }
                steps.add(name.toString());
                i += 2;
            } else {
                int end = path.indexOf(']', i);
                steps.add(Integer.parseInt(path.substring(i + 1, end)));
                i = end + 1;
            }
        }
        return steps;
    }

    /** Returns the value at the path, or null. */
    static @Nullable Json at(Json root, @Nullable List<Object> path) {
        Json value = path == null ? null : root;
        for (Object step : path == null ? List.of() : path) {
            if (value == null || value.leaf != null) {
                return null;
            }
            value = step instanceof Integer index
                    ? index < value.members.size() ? value.members.get(index).value : null
                    : value.get(step.toString());
        }
        return value;
    }
}
