package dev.atlex.streams.internal.connection;

import dev.atlex.streams.Gap;
import dev.atlex.streams.StreamGap;
import dev.atlex.streams.StreamGapException;
import dev.atlex.streams.StreamListener;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Asks the user's policy about each gap, and reports the decision. Only the stream's thread changes it. */
final class GapDecisions {
    private static final System.Logger LOG = System.getLogger(GapDecisions.class.getName());
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private final StreamSetup<?> setup;
    private final StreamListener listener;
    private volatile int count;

    GapDecisions(StreamSetup<?> setup, StreamListener listener) {
        this.setup = setup;
        this.listener = listener;
    }

    /** Returns the number of gaps. */
    int count() {
        return count;
    }

    /**
     * Returns whether to continue or to start at the oldest event.
     *
     * @throws StreamGapException if the policy is to stop
     * @throws RuntimeException the policy's exception
     */
    Gap decide(StreamGap gap) {
        count++;
        Gap decision = Objects.requireNonNull(setup.onGap().apply(gap), "onGap returned null");
        LOG.log(Level.WARNING, "{0}: events may be lost: {1}; decision: {2}", setup.name(), gap, decision);
        listener.gap(gap, decision);
        if (decision == Gap.STOP) {
            throw new StreamGapException(setup.name() + ": events may be lost (" + gap + ")", gap);
        }
        return decision;
    }

    /**
     * Returns the number of the server's oldest event, if the message that refuses the cursor contains it: the last
     * number in the message that is higher than the cursor.
     */
    static OptionalLong oldestEvent(long cursor, @Nullable String message) {
        OptionalLong oldest = OptionalLong.empty();
        if (message != null) {
            Matcher matcher = NUMBER.matcher(message);
            while (matcher.find()) {
                long number = Long.parseLong(matcher.group());
                oldest = number > cursor ? OptionalLong.of(number) : oldest;
            }
        }
        return oldest;
    }
}
