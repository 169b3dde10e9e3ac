package dev.atlex.session.internal.persist;

import dev.atlex.client.internal.ExponentialBackoff;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Records whether a session's newest data has reached its store and its hook.
 *
 * @param entry the known state of the store's entry
 * @param hookBehind whether the hook hasn't accepted the newest data yet
 * @param retryAt the earliest time at which a failed save is retried, if the session is used
 * @param failures the number of failed saves since the tokens changed
 * @param reported the service whose entry was reported as blocking this session's entry; null if none was reported
 */
public record Saving(
        EntryState entry,
        boolean hookBehind,
        Instant retryAt,
        int failures,
        @Nullable URI reported) {
    /** The initial state: there is nothing to save, and nothing is known about the store. */
    public static final Saving INITIAL = new Saving(EntryState.INITIAL, false, Instant.MIN, 0, null);

    private static final ExponentialBackoff RETRIES =
            new ExponentialBackoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

    /** Returns whether the store and the hook have the newest data. */
    public boolean isSaved() {
        return !entry.behind() && !hookBehind;
    }

    /** Returns whether it is too early to retry a save. */
    public boolean isEarly(Instant now) {
        return RETRIES.isOn(retryAt, now);
    }

    /** Returns this state with a newer state of the entry. */
    public Saving with(EntryState newer) {
        return new Saving(newer, hookBehind, retryAt, failures, reported);
    }

    /** Returns the state after the server has issued new tokens. */
    public Saving changed() {
        return new Saving(entry.changed(), hookBehind, retryAt, 0, null);
    }

    /** Returns this state with a different value of {@code hookBehind}. */
    public Saving withHookBehind(boolean behind) {
        return new Saving(entry, behind, retryAt, failures, reported);
    }

    /** Returns the state after a failed save. */
    public Saving failed(Instant now) {
        return new Saving(entry, hookBehind, now.plus(RETRIES.after(failures)), failures + 1, reported);
    }

    /** Returns the state after a report that another service's entry blocks this session's entry. */
    public Saving reported(URI service) {
        return new Saving(entry, hookBehind, retryAt, failures, service);
    }
}
