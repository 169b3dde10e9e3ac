package dev.atlex.streams;

import dev.atlex.data.LexMap;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import dev.atlex.syntax.Tid;
import org.jspecify.annotations.Nullable;

/** The state of a repository that a Tap follows. Immutable. */
public final class TapRepo {
    private final LexMap json;
    private final Did did;
    private final String state;

    TapRepo(LexMap json) {
        this.json = json;
        this.did = Did.of(JetstreamEvents.required(json, "did"));
        this.state = JetstreamEvents.required(json, "state");
    }

    /** Returns the account. */
    public Did did() {
        return did;
    }

    /** Returns the account's handle, or null if the Tap doesn't know a valid one. */
    public @Nullable Handle handle() {
        String handle = json.getString("handle");
        return handle != null && Handle.isValid(handle) ? Handle.of(handle) : null;
    }

    /**
     * Returns the state: {@code pending}, {@code resyncing}, {@code active}, {@code desynchronized}, {@code takendown},
     * {@code suspended}, {@code deactivated}, {@code error}, or one that is unknown to this version of Atlex.
     */
    public String state() {
        return state;
    }

    /** Returns the revision of the Tap's copy, or null before the repository has been fetched. */
    public @Nullable Tid rev() {
        String rev = json.getString("rev");
        return rev != null && Tid.isValid(rev) ? Tid.of(rev) : null;
    }

    /** Returns the number of records that the Tap knows, in all collections that it doesn't filter out. */
    public long records() {
        return number("records");
    }

    /** Returns why the last attempt to fetch the repository failed, or null if it didn't. */
    public @Nullable String error() {
        String error = json.getString("error");
        return error == null || error.isEmpty() ? null : error;
    }

    /** Returns how often fetching the repository was retried. */
    public long retries() {
        return number("retries");
    }

    private long number(String name) {
        Long number = json.getInteger(name);
        return number == null ? 0 : number;
    }

    /** Returns the whole response. */
    public LexMap json() {
        return json;
    }

    @Override
    public String toString() {
        return "TapRepo[" + did + ", " + state + ", " + records() + " records]";
    }
}
