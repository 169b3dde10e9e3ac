package dev.atlex.streams;

import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Reports that an account's handle or status has changed. If the account isn't active, its records must no longer be
 * shown; if it was deleted, they must be deleted. Immutable and thread-safe.
 */
public final class TapIdentityEvent implements TapEvent {
    private final long id;
    private final Did did;
    private final @Nullable Handle handle;
    private final boolean active;
    private final String status;

    TapIdentityEvent(long id, Did did, @Nullable Handle handle, boolean active, String status) {
        this.id = id;
        this.did = did;
        this.handle = handle;
        this.active = active;
        this.status = status;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public Did did() {
        return did;
    }

    /** Returns the handle that Tap has found, or null if the account has no valid one. */
    public @Nullable Handle handle() {
        return handle;
    }

    /** Returns whether the account is active. */
    public boolean active() {
        return active;
    }

    /**
     * Returns the status: {@code active}, {@code takendown}, {@code suspended}, {@code deactivated}, {@code deleted}, or
     * one that is unknown to this version of Atlex.
     */
    public String status() {
        return status;
    }

    @Override
    public String toString() {
        return "TapIdentityEvent[id " + id + ", " + did + ", " + handle + ", " + status + "]";
    }
}
