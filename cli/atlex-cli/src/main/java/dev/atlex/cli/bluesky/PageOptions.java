package dev.atlex.cli.bluesky;

import dev.atlex.cli.runtime.Failure;
import picocli.CommandLine.Option;

/** The option that limits how many items a command prints. */
final class PageOptions {
    @Option(names = "--limit", paramLabel = "N", description = "Maximum number of items to print. Default: 50.")
    private long limit = 50;

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
