package dev.atlex.session.internal.persist;

import dev.atlex.session.store.EntryStore;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * One session's knowledge of its account's entry in the store.
 *
 * <p>There is one entry per account, and it holds the session of one service. The entry is <i>ours</i> if it has the
 * same service, and either this session object wrote it or the two share a current or recent refresh token. An entry
 * that isn't ours is never deleted. A different service's entry isn't overwritten either. A sign-in may replace both.
 *
 * @param generation the entry's generation, {@link EntryStore#NONE} if there is no entry, or {@link #UNKNOWN}
 * @param ours whether the entry with that generation belongs to this session
 * @param lastStored the refresh token of the last entry that belonged to this session, or null
 * @param foreign the service of the entry if it holds a different service's session; otherwise null
 * @param behind whether the store lacks the session's newest tokens
 * @param vanished whether the entry was removed while newer tokens were waiting to be saved, without a trace of a
 *     logout; they are saved once the server has confirmed them
 * @param rotated the session's rotated refresh tokens
 */
public record EntryState(
        long generation,
        boolean ours,
        @Nullable String lastStored,
        @Nullable URI foreign,
        boolean behind,
        boolean vanished,
        RotatedTokens rotated) {
    /** The generation of an entry that hasn't been read yet. */
    static final long UNKNOWN = -1;

    /** The state before anything is known about the entry. */
    public static final EntryState INITIAL =
            new EntryState(UNKNOWN, false, null, null, false, false, RotatedTokens.NONE);

    /** Returns whether the entry may be deleted with the session. */
    boolean isDeletable() {
        return ours && generation > EntryStore.NONE;
    }

    /** Returns whether the entry's generation is known and there is an entry. */
    boolean isKnown() {
        return generation != UNKNOWN && generation != EntryStore.NONE;
    }

    /** Returns the state after the server has issued new tokens, which the store lacks. */
    public EntryState changed() {
        return new EntryState(generation, ours, lastStored, foreign, true, false, rotated);
    }

    /** Returns the state in which the tokens are saved without confirmation, because the server can't be asked. */
    public EntryState confirmed() {
        return new EntryState(generation, ours, lastStored, foreign, behind, false, rotated);
    }

    /** Returns the state after the session's data, with this refresh token, was saved with this generation. */
    EntryState wrote(long number, String refreshToken) {
        return new EntryState(number, true, refreshToken, null, behind, vanished, rotated);
    }

    /** Returns the state in which the entry is gone or never existed. */
    EntryState missing() {
        return new EntryState(EntryStore.NONE, false, lastStored, null, behind, vanished || ours && behind, rotated);
    }

    /**
     * Returns the state in which the entry holds a different service's session. The entry is left alone, and this
     * session isn't saved.
     */
    EntryState foreign(URI service) {
        return new EntryState(UNKNOWN, false, lastStored, service, true, vanished, rotated);
    }

    /** Returns the state in which the next save replaces the entry with this generation. */
    EntryState replacing(long number, boolean own) {
        return new EntryState(number, own, lastStored, null, behind, vanished, rotated);
    }

    /** Returns the state after an entry with this generation was read, which holds a session at the same service. */
    EntryState read(long number, boolean own, String refreshToken, RotatedTokens tokens) {
        return new EntryState(number, own, own ? refreshToken : lastStored, null, behind, vanished, tokens);
    }

    /** Returns the state in which the entry continues this session. */
    EntryState adopted(RotatedTokens tokens) {
        return new EntryState(generation, true, lastStored, foreign, behind, vanished, tokens);
    }

    /** Returns this state with other rotated tokens. */
    public EntryState with(RotatedTokens tokens) {
        return new EntryState(generation, ours, lastStored, foreign, behind, vanished, tokens);
    }

    /** Returns the state in which the store has the newest tokens, or none are left to save. */
    EntryState upToDate() {
        return new EntryState(generation, ours, lastStored, foreign, false, vanished, rotated);
    }

    /** Returns a description without tokens. */
    @Override
    public String toString() {
        return "EntryState[generation=" + generation + ", ours=" + ours + ", foreign=" + foreign + ", behind=" + behind
                + ", vanished=" + vanished + "]";
    }
}
