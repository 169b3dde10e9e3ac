package dev.atlex.session.internal.pool;

import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.syntax.Did;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that a pool holds in memory: one object for each account, least recently used first.
 *
 * <p>Claimed slots, and slots whose session isn't saved, stay in memory. Other sessions are dropped once there are too
 * many. Slow work for a key, such as reading its entry, runs {@linkplain #exclusively exclusively} without holding the
 * lock of this class.
 *
 * @param <S> the type of a session
 */
public final class OpenSessions<S> {
    /**
     * An account. Its fields are guarded by the lock of {@link OpenSessions}, except the session, which any thread may
     * read.
     *
     * @param <S> the type of a session
     */
    public static final class Slot<S> {
        private final Did did;
        private final Predicate<S> ended;
        private volatile @Nullable S session;
        private int users;
        private @Nullable Key loginName;

        Slot(Did did, Predicate<S> ended) {
            this.did = did;
            this.ended = ended;
        }

        /** Returns the account. */
        public Did did() {
            return did;
        }

        /** Returns the session, or null if there is none or it has ended. */
        public @Nullable S live() {
            S known = session;
            return known == null || ended.test(known) ? null : known;
        }

        /** Sets the account's session. */
        public void put(S opened) {
            session = opened;
        }
    }

    /** Serializes slow work for one key. */
    private static final class Turn {
        final ReentrantLock lock = new ReentrantLock();
        int users;
    }

    private final int maxOpen;
    private final Predicate<S> ended;
    private final Predicate<S> saved;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<Did, Slot<S>> slots = new LinkedHashMap<>();
    private final Map<Key, Did> loginNames = new HashMap<>();
    private final Map<Key, Turn> turns = new HashMap<>();

    /**
     * @param maxOpen the number of sessions that stay in memory
     * @param ended the function that tests whether a session has ended
     * @param saved the function that tests whether a session is saved, so that it may be dropped
     */
    public OpenSessions(int maxOpen, Predicate<S> ended, Predicate<S> saved) {
        this.maxOpen = maxOpen;
        this.ended = ended;
        this.saved = saved;
    }

    /** Returns the account's slot, which stays in memory until {@link #release}. */
    public Slot<S> claim(Did did) {
        return locked(() -> {
            Slot<S> known = slots.remove(did);
            Slot<S> slot = known == null ? new Slot<>(did, ended) : known;
            slots.put(did, slot);
            slot.users++;
            return slot;
        });
    }

    /** Releases a slot, and drops sessions if there are too many. */
    public void release(Slot<S> slot) {
        locked(() -> {
            slot.users--;
            if (slot.users == 0 && slot.live() == null) {
                forgetName(slot);
                slots.remove(slot.did, slot);
            }
            Iterator<Slot<S>> eldest = slots.values().iterator();
            while (slots.size() > maxOpen && eldest.hasNext()) {
                Slot<S> one = eldest.next();
                if (canDrop(one)) {
                    forgetName(one);
                    eldest.remove();
                }
            }
            return null;
        });
    }

    private boolean canDrop(Slot<S> slot) {
        S session = slot.live();
        return slot.users == 0 && (session == null || saved.test(session));
    }

    private void forgetName(Slot<S> slot) {
        if (slot.loginName != null) {
            // The name may belong to a different account by now.
            loginNames.remove(slot.loginName, slot.did);
        }
    }

    /** Returns the account that a name signed in to, if it is in memory. */
    @Nullable
    public Did named(Key loginName) {
        return locked(() -> loginNames.get(loginName));
    }

    /** Records that a name signed in to an account. */
    public void name(Slot<S> slot, Key loginName) {
        locked(() -> {
            forgetName(slot);
            slot.loginName = loginName;
            return loginNames.put(loginName, slot.did);
        });
    }

    /** Returns the account's session without counting this as a use; null if none is in memory. */
    @Nullable
    public S peek(Did did) {
        return locked(() -> {
            Slot<S> slot = slots.get(did);
            return slot == null ? null : slot.live();
        });
    }

    /** Drops an account unless its slot is claimed. Returns whether it was dropped. */
    public boolean remove(Did did) {
        return locked(() -> {
            Slot<S> slot = slots.get(did);
            if (slot == null || slot.users > 0) {
                return false;
            }
            forgetName(slot);
            return slots.remove(did, slot);
        });
    }

    /** Returns the sessions that haven't ended, least recently used first. */
    public List<S> all() {
        return locked(() -> {
            List<S> all = new ArrayList<>(slots.size());
            for (Slot<S> slot : slots.values()) {
                S session = slot.live();
                if (session != null) {
                    all.add(session);
                }
            }
            return all;
        });
    }

    /** Returns the number of accounts in memory. */
    public int size() {
        return locked(slots::size);
    }

    /** Runs slow work for a key, one thread at a time. */
    public <T extends @Nullable Object> T exclusively(Key key, Supplier<T> action) throws InterruptedException {
        Turn turn = locked(() -> {
            Turn one = turns.computeIfAbsent(key, k -> new Turn());
            one.users++;
            return one;
        });
        try {
            turn.lock.lockInterruptibly();
            try {
                return action.get();
            } finally {
                turn.lock.unlock();
            }
        } finally {
            locked(() -> {
                turn.users--;
                return turn.users == 0 ? turns.remove(key) : null;
            });
        }
    }

    private <T extends @Nullable Object> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
