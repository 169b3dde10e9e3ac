package dev.atlex.cli.data;

import dev.atlex.cli.runtime.CommandBuilder;
import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Options;

/** A line command that stops at the first invalid line, unless {@code --keep-going} is given. */
abstract class Converter extends LineCommand {
    private boolean keepGoing;

    Converter(CommandContext context) {
        super(context);
    }

    @Override
    protected boolean keepsGoing() {
        return keepGoing;
    }

    /** Returns a builder for the specification, with the option that all converters have. */
    final CommandBuilder command(String name) {
        return CommandBuilder.of(name, this)
                .add(Options.flag(
                        "--keep-going",
                        "Print error: CODE: message in place of each invalid line's result, convert the remaining lines, "
                                + "and exit with status 2.",
                        value -> keepGoing = value));
    }
}
