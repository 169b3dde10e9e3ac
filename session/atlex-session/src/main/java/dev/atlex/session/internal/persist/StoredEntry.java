package dev.atlex.session.internal.persist;

import dev.atlex.session.SessionData;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.internal.Origins;
import dev.atlex.session.internal.TokenTimes;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.SessionStore;
import dev.atlex.syntax.Did;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The store's entry of an account, as one session knows it.
 *
 * <p>There is one entry an account, and it holds the session of one service. An entry is this session's if it has the same
 * service and this object wrote it, or shares a refresh token with it, of now or of the last hours. What is not this
 * session's is never deleted; what is another service's is not written either. A sign-in may take the place of either.
 *
 * <p>What changes, changes under the session's lock.
 */
public final class StoredEntry {
    private static final System.Logger LOG = System.getLogger("dev.atlex.session.PasswordSession");

    /** Only other processes can make a save lose, each by having saved; they don't do that all the time. */
    public static final int MAX_RACES = 20;

    private static final long UNKNOWN = -1;

    private final SessionStore store;
    private final Did did;
    private final Key key;
    private final URI service;
    private final RotatedTokens traded;

    private long generation = UNKNOWN;

    /** Whether the entry of that generation is this session's. */
    private boolean ours;

    /** The refresh token of the last entry that was this session's, or null. */
    private @Nullable String lastStored;

    /** The service of the entry if it is another one's session. */
    private @Nullable URI foreign;

    /** Whether the store lacks the newest tokens. */
    private volatile boolean behind;

    private boolean gone;

    /** Whether the entry was removed while newer tokens were waiting to be saved. */
    private boolean vanished;

    public StoredEntry(SessionStore store, Did did, URI service, RotatedTokens traded) {
        this.store = store;
        this.did = did;
        this.key = Key.session(did);
        this.service = service;
        this.traded = traded;
    }

    /** Whether the store lacks the session's newest tokens. */
    public boolean isBehind() {
        return behind;
    }

    /** The session has new tokens that its server has just given. */
    public void changed() {
        behind = true;
        vanished = false;
    }

    /** The service whose session the entry is, if that is not this session's; otherwise null. */
    @Nullable
    public URI foreign() {
        return foreign;
    }

    /** Whether it was found out on saving that the session is logged out: nothing was saved, and nothing will be. */
    public boolean isGone() {
        return gone;
    }

    /** The session was loaded from this entry. */
    public void loadedFrom(Entry entry, SessionRecord stored) {
        wrote(entry.generation(), stored.data());
        traded.loaded(stored.superseded());
    }

    /** The entry of that generation holds these data of the session. */
    private void wrote(long number, SessionData data) {
        generation = number;
        ours = true;
        foreign = null;
        lastStored = data.refreshJwt();
    }

    /** The entry is gone, or was never there. */
    private void nothingThere() {
        vanished |= ours && behind;
        generation = SessionStore.NONE;
        ours = false;
        foreign = null;
    }

    /** What another process has put into the store since, or null where it has nothing newer than these. */
    @Nullable
    public SessionData newer(SessionData mine) {
        return newer(mine, false);
    }

    /**
     * As {@link #newer(SessionData)}, but only what certainly continues this session: ending one must not end another that
     * somebody signed in meanwhile.
     */
    @Nullable
    public SessionData successor(SessionData mine) {
        return newer(mine, true);
    }

    private @Nullable SessionData newer(SessionData mine, boolean successorOnly) {
        try {
            Entry entry = store.load(key);
            if (entry == null) {
                nothingThere();
                return null;
            }
            return entry.generation() == generation ? null : newer(mine, entry, successorOnly);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "the store threw {0}", e.getClass().getName());
            return null;
        }
    }

    private @Nullable SessionData newer(SessionData mine, Entry entry, boolean successorOnly) {
        boolean known = generation != UNKNOWN && generation != SessionStore.NONE;
        boolean certain = known && !behind;
        SessionRecord stored;
        try {
            stored = SessionRecord.of(entry);
        } catch (SessionStoreException e) {
            // What is in memory is all that is left; the next save replaces it.
            LOG.log(Level.WARNING, e.getMessage());
            generation = entry.generation();
            foreign = null;
            ours = known;
            return null;
        }
        if (!Origins.same(stored.data().service(), service)) {
            isOfAnotherService(stored.data().service());
            return null;
        }
        generation = entry.generation();
        foreign = null;
        ours = certain || traded.isRelated(mine, stored);
        String theirs = stored.data().refreshJwt();
        traded.saw(stored.superseded());
        if (ours) {
            lastStored = theirs;
        }
        if (theirs.equals(mine.refreshJwt())) {
            traded.takeOver();
            return null;
        }
        if (traded.isOwn(theirs) || !certain && isOlder(stored.data(), mine) || successorOnly && !ours) {
            return null;
        }
        traded.takeOver(mine.refreshJwt());
        ours = true;
        return stored.data();
    }

    /** The entry is left alone from now on, and the session is not saved. */
    private void isOfAnotherService(URI other) {
        generation = UNKNOWN;
        ours = false;
        foreign = other;
        behind = true;
    }

    /** Whether the tokens say that they are older; where they say nothing, the store is right. */
    private static boolean isOlder(SessionData stored, SessionData mine) {
        Instant theirs = TokenTimes.of(stored.refreshJwt()).expires();
        Instant ours = TokenTimes.of(mine.refreshJwt()).expires();
        return theirs != null && ours != null && theirs.isBefore(ours);
    }

    /**
     * Whether a process has logged the session out since, and the server may not know yet. An entry that is gone does not
     * say that: files get lost. The server would. Nor does a logout of another session of the account.
     */
    public boolean isLoggedOutElsewhere(SessionData data) {
        // The server tells of a logout that it has confirmed. What could not be saved may be unknown to whoever logged
        // out.
        return (generation == SessionStore.NONE || foreign != null) && isOver(data, behind);
    }

    /** @param confirmed whether logouts count too that the server has confirmed */
    private boolean isOver(SessionData data, boolean confirmed) {
        List<String> tokens = new ArrayList<>(traded.with(data));
        if (lastStored != null) {
            tokens.add(lastStored);
        }
        try {
            return LogoutQueue.isPending(store, did, tokens) || confirmed && EndedTokens.contain(store, did, tokens);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "the store threw {0}", e.getClass().getName());
            return false;
        }
    }

    /**
     * Whether the entry was removed while newer tokens were waiting to be saved, without any trace of a logout. They are
     * saved again when the server has confirmed them.
     */
    public boolean isVanished() {
        return vanished;
    }

    /** The server can't be asked: the tokens are saved as they are. */
    public void believe() {
        vanished = false;
    }

    /** Whether other processes may have read these data's tokens in the store, and have refreshed them. */
    public boolean wasStored(SessionData data) {
        return data.refreshJwt().equals(lastStored);
    }

    /**
     * Saves the session's data, if the entry may be written.
     *
     * @param replaces whether a sign-in takes the place of the session that a service has in the entry
     * @param verified whether the server has just confirmed the data
     * @return what another process has saved that is newer, or null
     * @throws SessionStoreException if the store fails
     */
    @Nullable
    public SessionData save(SessionData data, Predicate<URI> replaces, boolean verified) {
        for (int race = 0; race < MAX_RACES; race++) {
            if (generation == UNKNOWN && !isFree(replaces)) {
                return null;
            }
            if (generation == SessionStore.NONE && isLoggedOut(data)) {
                gone = true;
                behind = false;
                return null;
            }
            String value = new SessionRecord(data, traded.alive()).toJson();
            Entry saved = store.save(key, generation, value);
            if (saved != null) {
                wrote(saved.generation(), data);
                behind = false;
                return null;
            }
            Entry now = store.load(key);
            if (now == null) {
                nothingThere();
                vanished &= !verified;
                if (vanished && !isLoggedOut(data)) {
                    return null;
                }
                continue;
            }
            SessionData newer = newer(data, now, false);
            if (newer != null) {
                behind = false;
                return newer;
            }
        }
        throw new SessionStoreException("others save the session all the time", null);
    }

    /** Whether the session was logged out, now that nothing is in the store. A sign-in that is new was not. */
    private boolean isLoggedOut(SessionData data) {
        return (lastStored != null || !traded.alive().isEmpty()) && isOver(data, true);
    }

    /** Looks whose the entry is that nothing is known of. */
    private boolean isFree(Predicate<URI> replaces) {
        Entry entry = store.load(key);
        if (entry == null) {
            nothingThere();
            return true;
        }
        SessionRecord stored = SessionRecord.readable(entry);
        URI other = stored == null ? service : stored.data().service();
        if (!Origins.same(other, service) && !replaces.test(other)) {
            isOfAnotherService(other);
            return false;
        }
        generation = entry.generation();
        ours = false;
        foreign = null;
        return true;
    }

    /**
     * Removes the entry of a session that is over, if it is this session's.
     *
     * @return what another process has put there meanwhile: a session that is not over, or null
     */
    @Nullable
    public SessionData delete(SessionData data) {
        try {
            SessionData newer = generation == UNKNOWN ? successor(data) : null;
            if (newer == null && isOwn() && !store.delete(key, generation)) {
                newer = newer(data);
                if (newer == null && isOwn()) {
                    store.delete(key, generation);
                }
            }
            if (newer != null) {
                return newer;
            }
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "the store threw {0}", e.getClass().getName());
        }
        behind = false;
        vanished = false;
        return null;
    }

    private boolean isOwn() {
        return ours && generation > SessionStore.NONE;
    }
}
