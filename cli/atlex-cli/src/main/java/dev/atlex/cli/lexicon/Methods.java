package dev.atlex.cli.lexicon;

import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.cli.runtime.Suggestions;
import dev.atlex.cli.runtime.Table;
import dev.atlex.data.LexMap;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the methods that can be called. */
@Command(
        name = "methods",
        mixinStandardHelpOptions = true,
        addMethodSubcommands = false,
        description = {
            "List the queries and procedures of the bundled documents.",
            "Prints a table on a terminal. Piped, or with --json, prints JSON lines: "
                    + "{\"nsid\",\"type\",\"description\"}. description is the first sentence of the description, and "
                    + "is left out if there is none. atlex help NSID shows the rest."
        },
        footer = {
            "",
            "Examples:",
            "  atlex methods app.bsky.feed",
            "  atlex methods com.atproto.repo | jq -r .nsid",
            "  atlex methods --lexicons lexicons com.example"
        })
public final class Methods implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(
            arity = "0..1",
            paramLabel = "PREFIX",
            description = "Prefix of the NSIDs: app.bsky.feed. Default: all methods.")
    private String prefix = "";

    @Option(
            names = "--lexicons",
            paramLabel = "DIR",
            description = "Folder of additional documents. They take precedence over the bundled ones.")
    private @Nullable Path lexicons;

    /** Creates the command. */
    public Methods(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        MethodIndex index = MethodIndex.bundled();
        List<MethodIndex.Method> found = all(index)
                .filter(method -> method.nsid().startsWith(prefix))
                .sorted(Comparator.comparing(MethodIndex.Method::nsid))
                .toList();
        if (found.isEmpty()) {
            throw Failure.input("no method begins with " + prefix + Suggestions.question(suggest(index)));
        }
        if (context.isForPeople()) {
            Table table = new Table("METHOD", "TYPE", "DESCRIPTION");
            found.forEach(method -> table.row(method.nsid(), method.kind(), method.summary()));
            context.print(table);
            return 0;
        }
        for (MethodIndex.Method method : found) {
            LexMap.Builder line = LexMap.builder().put("nsid", method.nsid()).put("type", method.kind());
            if (!method.summary().isEmpty()) {
                line.put("description", method.summary());
            }
            context.print(line.build());
        }
        return 0;
    }

    private Stream<MethodIndex.Method> all(MethodIndex index) {
        if (lexicons == null) {
            return index.methods().stream();
        }
        Prose prose = Prose.bundled();
        List<MethodIndex.Method> own = Documents.load(lexicons).all().stream()
                .map(document -> MethodIndex.describe(document, prose))
                .filter(Objects::nonNull)
                .toList();
        TreeSet<String> names = new TreeSet<>();
        own.forEach(method -> names.add(method.nsid()));
        return Stream.concat(own.stream(), index.methods().stream().filter(method -> !names.contains(method.nsid())));
    }

    /** Suggests namespaces for a mistyped prefix, and methods for the name of one. */
    private List<String> suggest(MethodIndex index) {
        TreeSet<String> namespaces = new TreeSet<>();
        for (MethodIndex.Method method : index.methods()) {
            namespaces.add(method.nsid().substring(0, method.nsid().lastIndexOf('.')));
        }
        List<String> closest = Suggestions.closest(prefix, namespaces);
        return closest.isEmpty() ? index.suggest(prefix) : closest;
    }
}
