package dev.atlex.cli.runtime;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Builds the specification of a command for picocli.
 *
 * <p>The commands have no picocli annotations. picocli reads annotations by reflection, through proxies that the JVM
 * generates at each start, which took half the run time of a short command. A native image also needs no list of
 * annotated classes.
 *
 * @see Options
 */
public final class CommandBuilder {
    private final CommandSpec spec;
    private final List<String> footer = new ArrayList<>();

    private CommandBuilder(String name, Object action) {
        this.spec = CommandSpec.wrapWithoutInspection(action).name(name);
    }

    /**
     * Returns a builder for a command, which has the options {@code --help} and {@code --version}.
     *
     * @param action the action, which picocli calls after it has set the options and arguments
     */
    public static CommandBuilder of(String name, Command action) {
        return new CommandBuilder(name, action);
    }

    /** Sets the paragraphs of the description. Lists of commands show only the first. */
    public CommandBuilder description(String... paragraphs) {
        spec.usageMessage().description(paragraphs);
        return this;
    }

    /** Adds paragraphs after the options. */
    public CommandBuilder details(String... paragraphs) {
        for (String paragraph : paragraphs) {
            footer.add("");
            footer.add(paragraph);
        }
        return this;
    }

    /** Adds the examples, each a command line, after the details. */
    public CommandBuilder examples(String... commandLines) {
        footer.add("");
        footer.add("Examples:");
        for (String commandLine : commandLines) {
            footer.add("  " + commandLine.replace("$", "$$"));
        }
        return this;
    }

    /** Adds an option. */
    public CommandBuilder add(OptionSpec.Builder option) {
        spec.addOption(option.build());
        return this;
    }

    /** Adds a positional argument. */
    public CommandBuilder add(PositionalParamSpec.Builder argument) {
        spec.addPositional(argument.build());
        return this;
    }

    /** Adds options that several commands share. */
    public CommandBuilder add(OptionGroup group) {
        group.addTo(this);
        return this;
    }

    /** Adds two options that can be repeated as a pair. The second can't be given without the first. */
    public CommandBuilder addRepeatable(OptionSpec.Builder first, OptionSpec.Builder second) {
        spec.addArgGroup(ArgGroupSpec.builder()
                .exclusive(false)
                .multiplicity("0..*")
                .addArg(first.required(true).build())
                .addArg(second.build())
                .build());
        return this;
    }

    /** Returns the specification. */
    public CommandSpec build() {
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help message and exit.")
                .build());
        spec.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Print version information and exit.")
                .build());
        spec.usageMessage().footer(footer.toArray(new String[0]));
        return spec;
    }
}
