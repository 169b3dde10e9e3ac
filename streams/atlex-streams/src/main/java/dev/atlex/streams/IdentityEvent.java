package dev.atlex.streams;

import dev.atlex.syntax.Datetime;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Reports that an account's identity may have changed: its handle, its server or its keys. Resolve cached identities
 * again. Immutable and thread-safe.
 */
public final class IdentityEvent implements RepoEvent {
    private final long sequence;
    private final Did did;
    private final Datetime time;
    private final @Nullable Handle handle;

    IdentityEvent(long sequence, Did did, Datetime time, @Nullable Handle handle) {
        this.sequence = sequence;
        this.did = did;
        this.time = time;
        this.handle = handle;
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

    /** Returns the handle, which isn't verified, or null if the server doesn't report it. */
    public @Nullable Handle handle() {
        return handle;
    }

    @Override
    public String toString() {
        return "IdentityEvent[seq " + sequence + ", " + did + ", " + handle + "]";
    }
}
