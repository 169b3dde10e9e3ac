package dev.atlex.cli.help;

import dev.atlex.cli.lexicon.Documents;
import dev.atlex.cli.lexicon.LexiconsOption;
import dev.atlex.cli.lexicon.MethodIndex;
import dev.atlex.cli.lexicon.Prose;
import dev.atlex.cli.runtime.Command;
import dev.atlex.cli.runtime.CommandBuilder;
import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.cli.runtime.Options;
import dev.atlex.cli.runtime.Suggestions;
import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.ProcedureDef;
import dev.atlex.schema.document.Definition.QueryDef;
import dev.atlex.schema.document.LexiconDocument;
import dev.atlex.schema.document.LexiconDocuments;
import dev.atlex.syntax.Nsid;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Describes a command, a method or a type. */
public final class Help implements Command {
    /** The width of piped text, which is the same as that of the commands' help. */
    private static final int PIPED_COLUMNS = 100;

    private final CommandContext context;
    private CommandSpec spec = CommandSpec.create();
    private @Nullable String topic;
    private final LexiconsOption lexicons = new LexiconsOption();

    /** Creates the command. */
    public Help(CommandContext context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        spec = CommandBuilder.of("help", this)
                .description(
                        "Describe a command, or a method or type of a Lexicon document.",
                        "For a method, prints its parameters, body, output and errors, with their types and limits.")
                .examples(
                        "atlex help post",
                        "atlex help app.bsky.feed.getTimeline",
                        "atlex help app.bsky.feed.defs#postView")
                .add(Options.optionalArgument(
                        "COMMAND|NSID",
                        "Command, NSID or NSID#name. Default: list the commands.",
                        value -> topic = value))
                .add(lexicons)
                .build();
        return spec;
    }

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        CommandLine command = topic == null ? root : root.getSubcommands().get(topic);
        if (command != null) {
            command.usage(command.getOut(), command.getColorScheme());
        } else {
            describe(topic == null ? "" : topic, root);
        }
        return 0;
    }

    private void describe(String name, CommandLine root) {
        int hash = name.indexOf('#');
        String nsid = hash < 0 ? name : name.substring(0, hash);
        if (!Nsid.isValid(nsid)) {
            MethodIndex index = MethodIndex.bundled();
            List<String> named = index.named(name);
            List<String> commands =
                    Suggestions.closest(name, root.getSubcommands().keySet());
            List<String> all = !named.isEmpty() ? named : commands.isEmpty() ? index.suggest(nsid) : commands;
            throw Failure.input("no command or method " + name + Suggestions.question(all));
        }
        LexiconDocuments documents = Documents.of(Nsid.of(nsid), lexicons.load());
        LexiconDocument document = documents.get(Nsid.of(nsid));
        if (document == null) {
            throw Failure.input("no document " + nsid
                    + Suggestions.question(MethodIndex.bundled().suggest(nsid)));
        }
        String defName = hash < 0 ? "main" : name.substring(hash + 1);
        Definition definition = document.def(defName);
        if (definition == null) {
            List<String> names = document.defs().keySet().stream()
                    .map(def -> def.equals("main") ? nsid : nsid + '#' + def)
                    .toList();
            throw Failure.input((hash < 0
                            ? nsid + " only has named definitions: "
                            : "no definition " + name + "; the document defines: ")
                    + String.join(", ", names));
        }
        int columns = context.isTerminal() ? Math.max(60, context.columns()) : PIPED_COLUMNS;
        DefinitionHelp help = new DefinitionHelp(
                documents, Prose.bundled().of(nsid), nsid, defName, Math.min(columns, PIPED_COLUMNS), context.style());
        help.describe(definition).forEach(context::printStyled);
        if (definition instanceof QueryDef || definition instanceof ProcedureDef) {
            context.printStyled("");
            context.printStyled(context.style().strong("Example:"));
            context.printStyled("  " + DefinitionHelp.example(nsid, definition));
        }
    }
}
