package dev.atlex.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.syntax.Nsid;
import dev.atlex.testkit.internal.lexicon.MethodSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Tests the list of methods in the Javadoc of {@link LocalPds}. {@code -Drecreate=true} rewrites the list. */
class MethodListTest {
    private static final Path SOURCE = Path.of("src/main/java/dev/atlex/testkit/LocalPds.java");
    private static final Pattern LIST = Pattern.compile(" \\* <dl>\n(.*?) \\* </dl>\n", Pattern.DOTALL);
    private static final Pattern GROUP = Pattern.compile("<dt>\\{@code ([a-zA-Z.]+)}\\s+<dd>([a-zA-Z0-9,\\s]+)");

    private static List<String> served() {
        try (LocalPds pds = LocalPds.start()) {
            return pds.methods().stream().map(Nsid::toString).toList();
        }
    }

    /** Writes the methods as a definition list, with a group for each namespace. */
    private static String javadoc(List<String> methods) {
        SortedMap<String, List<String>> groups = new TreeMap<>();
        methods.forEach(method -> {
            int dot = method.lastIndexOf('.');
            groups.computeIfAbsent(method.substring(0, dot), g -> new ArrayList<>())
                    .add(method.substring(dot + 1));
        });
        StringBuilder text = new StringBuilder();
        groups.forEach((group, names) -> {
            text.append(" *   <dt>{@code ").append(group).append("}\n");
            StringBuilder line = new StringBuilder(" *   <dd>");
            for (int i = 0; i < names.size(); i++) {
                String name = names.get(i) + (i < names.size() - 1 ? ", " : "");
                if (line.length() + name.length() > 118) {
                    text.append(line.toString().stripTrailing()).append('\n');
                    line = new StringBuilder(" *       ");
                }
                line.append(name);
            }
            text.append(line).append('\n');
        });
        return text.toString();
    }

    @Test
    void javadoc_listsEveryMethod() throws IOException {
        String source = Files.readString(SOURCE);
        if (Boolean.getBoolean("recreate")) {
            source = LIST.matcher(source)
                    .replaceFirst(Matcher.quoteReplacement(" * <dl>\n" + javadoc(served()) + " * </dl>\n"));
            Files.writeString(SOURCE, source);
        }
        Matcher list = LIST.matcher(source);
        assertThat(list.find()).isTrue();
        List<String> listed = new ArrayList<>();
        Matcher group = GROUP.matcher(list.group(1).replaceAll("\\n \\*", " "));
        while (group.find()) {
            String namespace = group.group(1);
            Arrays.stream(group.group(2).strip().split(",\\s+")).forEach(name -> listed.add(namespace + "." + name));
        }

        assertThat(listed).containsExactlyElementsOf(served());
    }

    @Test
    void methods_areInTheBundledLexicons() {
        assertThat(served())
                .filteredOn(method -> !method.equals("com.atproto.sync.subscribeRepos"))
                .allSatisfy(method -> MethodSchema.of(method))
                .hasSizeGreaterThan(80);
    }

    @Test
    void methods_withoutAppView_includeOnlyPdsMethods() {
        try (LocalPds pds = LocalPds.start(o -> o.appView(false))) {
            assertThat(pds.methods())
                    .extracting(Nsid::toString)
                    .contains("com.atproto.repo.createRecord", "app.bsky.actor.getPreferences")
                    .noneMatch(method -> method.startsWith("chat.bsky.") || method.startsWith("app.bsky.feed."));
        }
    }
}
