package dev.atlex.streams.internal.connection;

import dev.atlex.streams.Gap;
import dev.atlex.streams.StreamException;
import dev.atlex.streams.StreamGap;
import dev.atlex.streams.StreamListener;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** Passes notifications to the user's listener. Logs the listener's exceptions, so that they don't end the stream. */
final class GuardedListener implements StreamListener {
    private static final System.Logger LOG = System.getLogger(GuardedListener.class.getName());

    private final String stream;
    private final StreamListener listener;

    /** @param stream the stream's name, for messages */
    GuardedListener(String stream, StreamListener listener) {
        this.stream = stream;
        this.listener = listener;
    }

    @Override
    public void connected() {
        call(listener::connected);
    }

    @Override
    public void disconnected(StreamException cause, Duration retryIn) {
        call(() -> listener.disconnected(cause, retryIn));
    }

    @Override
    public void gap(StreamGap gap, Gap decision) {
        call(() -> listener.gap(gap, decision));
    }

    private void call(Runnable notification) {
        try {
            notification.run();
        } catch (Exception e) { // a listener in Kotlin may throw a checked exception too
            LOG.log(Level.WARNING, stream + ": a listener failed", e);
        }
    }
}
