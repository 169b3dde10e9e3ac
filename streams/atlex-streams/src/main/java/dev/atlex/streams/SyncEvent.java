package dev.atlex.streams;

import dev.atlex.data.Bytes;
import dev.atlex.data.internal.Excerpt;
import dev.atlex.syntax.Datetime;
import dev.atlex.syntax.Did;

/**
 * Announces the current state of a repository without the changes that led to it. A program that keeps copies of
 * records must fetch the repository, because commits may be missing. Immutable and thread-safe.
 */
public final class SyncEvent implements RepoEvent {
    private static final int MAX_SHOWN = 100;

    private final long sequence;
    private final Did did;
    private final Datetime time;
    private final String rev;
    private final Bytes blocks;

    SyncEvent(long sequence, Did did, Datetime time, String rev, Bytes blocks) {
        this.sequence = sequence;
        this.did = did;
        this.time = time;
        this.rev = rev;
        this.blocks = blocks;
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

    /** Returns the revision of the repository. */
    public String rev() {
        return rev;
    }

    /** Returns the CAR file with the commit, whose signature isn't verified. */
    public Bytes blocks() {
        return blocks;
    }

    @Override
    public String toString() {
        return "SyncEvent[seq " + sequence + ", " + did + ", rev " + Excerpt.line(rev, MAX_SHOWN) + "]";
    }
}
