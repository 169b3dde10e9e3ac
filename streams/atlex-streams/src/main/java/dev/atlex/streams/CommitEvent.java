package dev.atlex.streams;

import dev.atlex.data.Bytes;
import dev.atlex.syntax.Datetime;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Tid;
import java.util.List;

/** Reports that records of a repository were created, updated or deleted. Immutable and thread-safe. */
public final class CommitEvent implements RepoEvent {
    private final RecordOperation.Commit commit;
    private final List<RecordOperation> operations;
    private final boolean tooBig;
    private final Bytes blocks;

    CommitEvent(RecordOperation.Commit commit, List<RecordOperation> operations, boolean tooBig, Bytes blocks) {
        this.commit = commit;
        this.operations = List.copyOf(operations);
        this.tooBig = tooBig;
        this.blocks = blocks;
    }

    @Override
    public long sequence() {
        return commit.sequence();
    }

    @Override
    public Did did() {
        return commit.did();
    }

    @Override
    public Datetime time() {
        return commit.time();
    }

    /** Returns the new revision of the repository. */
    public Tid rev() {
        return commit.rev();
    }

    /** Returns the operations, in the commit's order, except those in collections that a filter excludes. */
    public List<RecordOperation> operations() {
        return operations;
    }

    /**
     * Returns whether the server omitted the operations because the commit is too large, as old servers do. To get the
     * records, fetch the repository. Filters don't exclude such a commit.
     */
    public boolean tooBig() {
        return tooBig;
    }

    /**
     * Returns the CAR file with the new records and the changed nodes of the tree, for the package {@code
     * dev.atlex.repo}. The signature of the commit in it isn't verified. Empty on a {@link Jetstream}.
     */
    public Bytes blocks() {
        return blocks;
    }

    @Override
    public String toString() {
        return "CommitEvent[seq " + sequence() + ", " + did() + ", " + operations + "]";
    }
}
