package dev.atlex.cli.runtime;

/** Options that several commands share. */
@FunctionalInterface
public interface OptionGroup {
    /** Adds the options to a command. They set the fields of this group. */
    void addTo(CommandBuilder command);
}
