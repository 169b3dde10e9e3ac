package dev.atlex.cli.help;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The commands and their options, as completion scripts and manual pages need them.
 *
 * @param commands the commands, in the order of the help
 */
record CommandModel(List<Cmd> commands) {
    /**
     * A command.
     *
     * @param description the first line of its description
     * @param takesFile whether its arguments may be files
     */
    record Cmd(String name, String description, boolean takesFile, List<Opt> options) {}

    /**
     * An option.
     *
     * @param names the option's names, with their dashes
     * @param value the kind of its value
     * @param values the allowed values; empty if there are others
     */
    record Opt(List<String> names, Value value, List<String> values, String description) {
        String longest() {
            return names.get(names.size() - 1);
        }
    }

    /** The kinds of values that an option takes. */
    enum Value {
        NONE,
        FILE,
        FOLDER,
        OTHER
    }

    static CommandModel of(CommandLine root) {
        List<Cmd> commands = new ArrayList<>();
        for (Map.Entry<String, CommandLine> entry : root.getSubcommands().entrySet()) {
            CommandSpec spec = entry.getValue().getCommandSpec();
            boolean files = spec.positionalParameters().stream()
                    .anyMatch(parameter -> parameter.paramLabel().contains("FILE"));
            commands.add(new Cmd(
                    entry.getKey(),
                    spec.usageMessage().description()[0],
                    files,
                    spec.options().stream().map(CommandModel::option).toList()));
        }
        return new CommandModel(commands);
    }

    private static Opt option(OptionSpec option) {
        Value value = Value.OTHER;
        if (option.arity().max() == 0) {
            value = Value.NONE;
        } else if (option.paramLabel().contains("FILE")) {
            value = Value.FILE;
        } else if (option.paramLabel().contains("DIR")) {
            value = Value.FOLDER;
        }
        List<String> values = new ArrayList<>();
        if (option.completionCandidates() != null) {
            option.completionCandidates().forEach(values::add);
        }
        String description = String.join(" ", option.description());
        int end = description.indexOf(". ");
        String first = end < 0 ? description : description.substring(0, end);
        return new Opt(Arrays.asList(option.names()), value, values, first.replaceFirst("\\.$", ""));
    }

    /** Returns the names of all options of a command, or of those that take a kind of value. */
    static List<String> names(Cmd command, Value... values) {
        return command.options().stream()
                .filter(option -> values.length == 0 || Arrays.asList(values).contains(option.value()))
                .flatMap(option -> option.names().stream())
                .toList();
    }
}
