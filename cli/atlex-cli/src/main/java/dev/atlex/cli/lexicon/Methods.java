package dev.atlex.cli.lexicon;

import dev.atlex.cli.runtime.Command;
import dev.atlex.cli.runtime.CommandBuilder;
import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.cli.runtime.Options;
import dev.atlex.cli.runtime.Suggestions;
import dev.atlex.cli.runtime.Table;
import dev.atlex.data.LexMap;
import dev.atlex.schema.document.LexiconDocuments;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** Lists the methods that can be called. */
public final class Methods implements Command {
    private final CommandContext context;
    private String prefix = "";
    private final LexiconsOption lexicons = new LexiconsOption();

    /** Creates the command. */
    public Methods(CommandContext context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return CommandBuilder.of("methods", this)
                .description(
                        "List the queries and procedures in the bundled documents.",
                        "On a terminal, the output is a table. Otherwise, or with --json, the output is JSON lines: "
                                + "{\"nsid\",\"type\",\"description\"}. The description is only the first "
                                + "sentence, and is left out if the method has none. To see the whole description, "
                                + "use \"atlex help NSID\".")
                .examples(
                        "atlex methods app.bsky.feed",
                        "atlex methods com.atproto.repo | jq -r .nsid",
                        "atlex methods --lexicons lexicons com.example")
                .add(Options.optionalArgument(
                        "PREFIX",
                        "Prefix of the NSIDs to list, such as app.bsky.feed. Default: all " + "methods.",
                        value -> prefix = value))
                .add(lexicons)
                .build();
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
        LexiconDocuments added = lexicons.load();
        if (added == null) {
            return index.methods().stream();
        }
        Prose prose = Prose.bundled();
        List<MethodIndex.Method> own = added.all().stream()
                .map(document -> MethodIndex.describe(document, prose))
                .filter(Objects::nonNull)
                .toList();
        TreeSet<String> names = new TreeSet<>();
        own.forEach(method -> names.add(method.nsid()));
        return Stream.concat(own.stream(), index.methods().stream().filter(method -> !names.contains(method.nsid())));
    }

    /** Suggests namespaces if the prefix looks like a mistyped namespace, and methods otherwise. */
    private List<String> suggest(MethodIndex index) {
        TreeSet<String> namespaces = new TreeSet<>();
        for (MethodIndex.Method method : index.methods()) {
            namespaces.add(method.nsid().substring(0, method.nsid().lastIndexOf('.')));
        }
        List<String> closest = Suggestions.closest(prefix, namespaces);
        return closest.isEmpty() ? index.suggest(prefix) : closest;
    }
}
