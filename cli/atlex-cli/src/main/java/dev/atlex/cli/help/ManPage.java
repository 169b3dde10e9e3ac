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

/** Writes the manual page for a command, in the man(7) language. */
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
        paragraphs(List.of(description));
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

    /** Writes the text after the options, and the examples verbatim. */
    private void footer() {
        List<String> lines = List.of(spec.usageMessage().footer());
        int examples = lines.indexOf(EXAMPLES);
        List<String> before = examples < 0 ? lines : lines.subList(0, examples);
        List<String> results = before.stream().filter(line -> !line.isEmpty()).toList();
        if (!results.isEmpty()) {
            section("RESULTS");
            paragraphs(results);
        }
        if (examples >= 0) {
            section("EXAMPLES");
            line(".nf");
            lines.subList(examples + 1, lines.size()).forEach(line -> line(escape(line.strip())));
            line(".fi");
        }
    }

    /** Writes paragraphs. Only those after the first need {@code .PP}, because a section already starts a paragraph. */
    private void paragraphs(List<String> paragraphs) {
        for (int i = 0; i < paragraphs.size(); i++) {
            if (i > 0) {
                line(".PP");
            }
            text(paragraphs.get(i));
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

    /** Writes one sentence per line, as is usual in manual pages. */
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

    /** Escapes characters that the language interprets, and those that it would replace with typographic ones. */
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
