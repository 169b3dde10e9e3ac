package dev.atlex.cli.stream;

import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.streams.Gap;
import dev.atlex.streams.StreamException;
import dev.atlex.streams.StreamGap;
import dev.atlex.streams.StreamListener;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Prints warnings about the connection. A stream never gives up, not even on a mistyped host; here, the first attempt
 * must succeed.
 */
final class StreamWarnings implements StreamListener {
    private final CommandContext context;
    private final CompletableFuture<StreamException> failure = new CompletableFuture<>();
    private volatile boolean connected;

    StreamWarnings(CommandContext context) {
        this.context = context;
    }

    /** Calls a function, on another thread, if the first connection fails. */
    void onFailure(Runnable function) {
        failure.thenRunAsync(function);
    }

    /** Returns why the first connection failed, or null. */
    @Nullable
    StreamException failure() {
        return failure.getNow(null);
    }

    @Override
    public void connected() {
        connected = true;
    }

    @Override
    public void disconnected(StreamException cause, Duration retryIn) {
        if (connected) {
            context.warn(cause.getMessage() + "; reconnecting in " + retryIn.toMillis() + " ms");
        } else {
            failure.complete(cause);
        }
    }

    @Override
    public void gap(StreamGap gap, Gap decision) {
        context.warn("events may be lost: " + gap);
    }
}
