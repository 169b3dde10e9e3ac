package dev.atlex.streams;

import dev.atlex.data.internal.Excerpt;
import dev.atlex.syntax.Datetime;
import dev.atlex.syntax.Did;
import org.jspecify.annotations.Nullable;

/**
 * Reports that an account's status has changed on the server that sent the event. If the account isn't active, its
 * records must no longer be shown; if it was deleted, they must be deleted. Immutable and thread-safe.
 */
public final class AccountEvent implements RepoEvent {
    private static final int MAX_SHOWN = 100;

    private final long sequence;
    private final Did did;
    private final Datetime time;
    private final boolean active;
    private final @Nullable String status;

    AccountEvent(long sequence, Did did, Datetime time, boolean active, @Nullable String status) {
        this.sequence = sequence;
        this.did = did;
        this.time = time;
        this.active = active;
        this.status = status;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public Did did() {
        return did;
    }

    @Override
    public Datetime time() {
        return time;
    }

    /** Returns whether the account is active. */
    public boolean active() {
        return active;
    }

    /**
     * Returns why the account isn't active, such as {@code deleted} or {@code takendown}, or null if the server doesn't
     * report it. {@code SubscribeRepos.Account} has constants for the known reasons.
     */
    public @Nullable String status() {
        return status;
    }

    @Override
    public String toString() {
        return "AccountEvent[seq " + sequence + ", " + did + ", "
                + (active ? "active" : "inactive, " + Excerpt.line(String.valueOf(status), MAX_SHOWN)) + "]";
    }
}
