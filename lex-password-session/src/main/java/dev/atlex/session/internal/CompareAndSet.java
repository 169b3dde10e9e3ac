package dev.atlex.session.internal;

import dev.atlex.session.SessionStore;
import dev.atlex.session.SessionStore.Entry;
import dev.atlex.session.SessionStore.Key;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Saves in place of what is there now, as often as others are faster. */
public final class CompareAndSet {
    private CompareAndSet() {}

    /**
     * Replaces what is under a key.
     *
     * @param value makes the new value of the entry that is there, or of null where none is
     */
    public static void replace(SessionStore store, Key key, Function<@Nullable Entry, String> value) {
        replace(store, key, () -> store.load(key), value);
    }

    /**
     * As {@link #replace(SessionStore, Key, Function)}.
     *
     * @param load looks what is there
     */
    public static void replace(
            SessionStore store, Key key, Supplier<@Nullable Entry> load, Function<@Nullable Entry, String> value) {
        Entry saved;
        do {
            Entry now = load.get();
            saved = store.save(key, now == null ? SessionStore.NONE : now.generation(), value.apply(now));
        } while (saved == null);
    }
}
