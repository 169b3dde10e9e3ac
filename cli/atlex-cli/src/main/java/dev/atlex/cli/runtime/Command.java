package dev.atlex.cli.runtime;

import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** A command: its specification for the parser, and its action, which returns the exit status. */
public interface Command extends Callable<Integer> {
    /** Creates the specification. Its options and arguments set the fields of this command before it is called. */
    CommandSpec spec();

    @Override
    Integer call();
}
