package dev.atlex.cli.data;

import dev.atlex.cli.runtime.CommandContext;
import picocli.CommandLine.Option;

/** A line command that stops at the first invalid line, unless {@code --keep-going} is given. */
abstract class Converter extends LineCommand {
    @Option(
            names = "--keep-going",
            description =
                    "Print error: CODE: message in place of each invalid line's result, convert the remaining lines, "
                            + "and exit with status 2.")
    private boolean keepGoing;

    Converter(CommandContext context) {
        super(context);
    }

    @Override
    protected boolean keepsGoing() {
        return keepGoing;
    }
}
