package dev.atlex.session.internal.pool;

import dev.atlex.session.PasswordSession;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.syntax.Did;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The sessions that a pool has in memory: one object an account, those used last at the end. */
public final class OpenSessions {
    /** An account. What it holds is guarded by {@link #lock}, but for the session, which anybody may read. */
    public static final class Slot {
        public final Did did;
        private volatile @Nullable PasswordSession session;
        private int users;
        private @Nullable Key loginName;

        Slot(Did did) {
            this.did = did;
        }

        /** The session, or null where there is none that lives. */
        public @Nullable PasswordSession live() {
            PasswordSession known = session;
            return known == null || known.isEnded() ? null : known;
        }

        /** This is the account's session from now on. */
        public void put(PasswordSession opened) {
            session = opened;
        }
    }

    /** Is held by whoever does something for one account or one name, for as long as others have to wait for it. */
    private static final class Turn {
        final ReentrantLock lock = new ReentrantLock();
        int users;
    }

    private final int maxOpen;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<Did, Slot> slots = new LinkedHashMap<>();
    private final Map<Key, Did> loginNames = new HashMap<>();
    private final Map<Key, Turn> turns = new HashMap<>();

    public OpenSessions(int maxOpen) {
        this.maxOpen = maxOpen;
    }

    /** The account's slot, which stays until {@link #release}. */
    public Slot claim(Did did) {
        return locked(() -> {
            Slot known = slots.remove(did);
            Slot slot = known == null ? new Slot(did) : known;
            slots.put(did, slot);
            slot.users++;
            return slot;
        });
    }

    /** Gives a slot back, and makes room where there are too many. */
    public void release(Slot slot) {
        locked(() -> {
            slot.users--;
            if (slot.users == 0 && slot.live() == null) {
                drop(slot);
                slots.remove(slot.did, slot);
            }
            Iterator<Slot> eldest = slots.values().iterator();
            while (slots.size() > maxOpen && eldest.hasNext()) {
                Slot one = eldest.next();
                if (isIdle(one)) {
                    drop(one);
                    eldest.remove();
                }
            }
            return null;
        });
    }

    private static boolean isIdle(Slot slot) {
        PasswordSession session = slot.live();
        return slot.users == 0 && (session == null || session.isSaved());
    }

    private void drop(Slot slot) {
        if (slot.loginName != null) {
            // The name may be another account's by now.
            loginNames.remove(slot.loginName, slot.did);
        }
    }

    /** The account that a name was opened by, if it is in memory. */
    @Nullable
    public Did named(Key loginName) {
        return locked(() -> loginNames.get(loginName));
    }

    public void name(Slot slot, Key loginName) {
        locked(() -> {
            drop(slot);
            slot.loginName = loginName;
            return loginNames.put(loginName, slot.did);
        });
    }

    /** The account's session, without counting as use; null where none that lives is in memory. */
    @Nullable
    public PasswordSession peek(Did did) {
        return locked(() -> {
            Slot slot = slots.get(did);
            return slot == null ? null : slot.live();
        });
    }

    /** Takes an account out, unless somebody is at it. */
    public boolean remove(Did did) {
        return locked(() -> {
            Slot slot = slots.get(did);
            if (slot == null || slot.users > 0) {
                return false;
            }
            drop(slot);
            return slots.remove(did, slot);
        });
    }

    /** Those that live, the one used least recently first. */
    public List<PasswordSession> all() {
        return locked(() -> {
            List<PasswordSession> all = new ArrayList<>(slots.size());
            for (Slot slot : slots.values()) {
                PasswordSession session = slot.live();
                if (session != null) {
                    all.add(session);
                }
            }
            return all;
        });
    }

    public int size() {
        return locked(slots::size);
    }

    /** Does something that takes long for a key, one thread after another. */
    public <T> T inTurn(Key key, Supplier<T> action) throws InterruptedException {
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
