package dev.atlex.cli.bluesky;

import dev.atlex.cli.runtime.CommandBuilder;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.cli.runtime.OptionGroup;
import dev.atlex.cli.runtime.Options;

/** The option that limits how many items a command prints. */
final class PageOptions implements OptionGroup {
    private long limit = 50;

    @Override
    public void addTo(CommandBuilder command) {
        command.add(Options.value(
                "--limit", "N", "Maximum number of items to print. Default: 50.", long.class, value -> limit = value));
    }

    /** Returns the maximum number of items to print. */
    long limit() {
        if (limit < 1) {
            throw Failure.usage("--limit: expected a positive number (got " + limit + ")");
        }
        return limit;
    }

    /** Returns the size of the pages to read: no larger than necessary. */
    int pageSize() {
        return (int) Math.min(limit(), 100);
    }
}
