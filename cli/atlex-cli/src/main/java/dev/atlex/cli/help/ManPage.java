package dev.atlex.cli.help;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes the manual page of a command, in the man(7) language. */
public final class ManPage {
    private static final String EXAMPLES = "Examples:";

    private final CommandLine command;
    private final CommandSpec spec;
    private final String name;
    private final StringBuilder page = new StringBuilder();

    private ManPage(CommandLine command) {
        this.command = command;
        this.spec = command.getCommandSpec();
        this.name = spec.qualifiedName("-");
    }

    /** Returns the pages of a root command and its subcommands, by file name: {@code atlex-login.1}. */
    public static Map<String, String> all(CommandLine root, String version) {
        List<CommandLine> commands = new ArrayList<>(List.of(root));
        commands.addAll(root.getSubcommands().values());
        return commands.stream()
                .map(ManPage::new)
                .collect(Collectors.toMap(man -> man.name + ".1", man -> man.write(version)));
    }

    private String write(String version) {
        String[] description = spec.usageMessage().description();
        line(".TH " + name.toUpperCase(java.util.Locale.ROOT) + " 1 \"\" \"" + escape(version) + "\" \"Atlex manual\"");
        section("NAME");
        line(escape(name) + " \\- " + escape(lowerFirst(description[0].replaceFirst("\\.$", ""))));
        section("SYNOPSIS");
        synopsis();
        section("DESCRIPTION");
        for (String paragraph : description) {
            line(".PP");
            text(paragraph);
        }
        if (!spec.positionalParameters().isEmpty()) {
            section("ARGUMENTS");
            for (PositionalParamSpec parameter : spec.positionalParameters()) {
                item("\\fI" + escape(parameter.paramLabel()) + "\\fR", parameter.description());
            }
        }
        if (spec.parent() == null) {
            section("COMMANDS");
            command.getSubcommands()
                    .forEach((label, sub) -> item(
                            "\\fB" + escape(name + '-' + label) + "\\fR(1)",
                            new String[] {sub.getCommandSpec().usageMessage().description()[0]}));
        }
        section("OPTIONS");
        for (OptionSpec option : spec.options()) {
            item(label(option), option.description());
        }
        footer();
        if (spec.parent() != null) {
            section("SEE ALSO");
            line("\\fB" + escape(spec.root().name()) + "\\fR(1)");
        }
        return page.toString();
    }

    private void synopsis() {
        String arguments = spec.parent() == null
                ? " \\fICOMMAND\\fR"
                : spec.positionalParameters().stream()
                        .map(parameter -> {
                            String label = "\\fI" + escape(parameter.paramLabel()) + "\\fR";
                            String more = parameter.arity().max() > 1 ? "..." : "";
                            return " " + (parameter.arity().min() > 0 ? label : '[' + label + ']') + more;
                        })
                        .collect(Collectors.joining());
        line("\\fB" + escape(spec.qualifiedName()) + "\\fR [\\fIOPTIONS\\fR]" + arguments);
    }

    private static String label(OptionSpec option) {
        String names = Arrays.stream(option.names())
                .map(name -> "\\fB" + escape(name) + "\\fR")
                .collect(Collectors.joining(", "));
        return option.arity().max() == 0 ? names : names + " \\fI" + escape(option.paramLabel()) + "\\fR";
    }

    /** Writes the text after the options, and the examples literally. */
    private void footer() {
        boolean examples = false;
        boolean open = false;
        for (String text : spec.usageMessage().footer()) {
            if (text.equals(EXAMPLES)) {
                section("EXAMPLES");
                line(".nf");
                examples = true;
            } else if (examples) {
                line(escape(text.strip()));
            } else if (!text.isEmpty()) {
                if (!open) {
                    section("RESULTS");
                    open = true;
                }
                line(".PP");
                text(text);
            }
        }
        if (examples) {
            line(".fi");
        }
    }

    private void section(String title) {
        line(".SH " + title);
    }

    private void item(String label, String[] description) {
        line(".TP");
        line(label);
        text(String.join(" ", description));
    }

    /** Writes a sentence a line, as is usual in manual pages. */
    private void text(String text) {
        for (String sentence : text.split("(?<=[.:]) (?=[A-Z])")) {
            line(escape(sentence));
        }
    }

    private void line(String line) {
        page.append(line).append('\n');
    }

    private static String lowerFirst(String text) {
        return Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }

    /** Escapes characters that the language interprets, and those that it would replace by typographic ones. */
    private static String escape(String text) {
        String escaped = text.replace("\\", "\\e")
                .replace("-", "\\-")
                .replace("'", "\\(aq")
                .replace("`", "\\(ga")
                .replace("^", "\\(ha")
                .replace("~", "\\(ti")
                .replace("\"", "\\(dq");
        return escaped.startsWith(".") ? "\\&" + escaped : escaped;
    }
}
