package dev.atlex.bluesky.internal.action;

import app.bsky.actor.ActorDefs.DeclaredAgePref;
import app.bsky.actor.GetPreferences;
import app.bsky.actor.PutPreferences;
import dev.atlex.bluesky.Preferences;
import dev.atlex.bluesky.PreferencesConflictException;
import dev.atlex.bluesky.internal.RepeatableCalls;
import dev.atlex.client.Client;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.schema.Output;
import dev.atlex.schema.Query;
import dev.atlex.schema.Unit;
import dev.atlex.schema.ValueProcedure;
import dev.atlex.schema.generated.Codecs;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Reads and writes the account's preferences, untyped: a typed call would leave out elements that violate their schema,
 * and the next write would delete them.
 *
 * <p>A write replaces all preferences, without compare-and-swap. So each attempt reads just before it writes, and reads
 * again afterward. If the second read doesn't return the preferences that were written, another app has overwritten
 * them, and the change is applied again to that app's version. A write by another app between the read and the write is
 * lost without being noticed.
 */
public final class PreferenceStore {
    private static final int MAX_ATTEMPTS = 5;
    private static final String FIELD = "preferences";

    private static final Query<GetPreferences.Params, GetPreferences.Params.Builder, LexMap> READ =
            new Query<>(GetPreferences.NSID, GetPreferences.Params.CODEC, Output.json(Codecs.MAP), List.of());

    private static final ValueProcedure<LexMap, Unit> WRITE =
            new ValueProcedure<>(PutPreferences.NSID, Unit.CODEC, Codecs.MAP, Output.none(), List.of());

    private final Client client;
    private final ReentrantLock updates = new ReentrantLock();

    /** @param client a client of the account */
    public PreferenceStore(Client client) {
        this.client = client;
    }

    public Preferences read() {
        LexArray stored = client.call(READ).getArray(FIELD);
        return Preferences.of((stored == null ? LexArray.of() : stored)
                .stream()
                        .filter(LexMap.class::isInstance)
                        .map(LexMap.class::cast)
                        .toList());
    }

    /** @throws PreferencesConflictException if another app keeps overwriting the change */
    public Preferences update(Consumer<? super Preferences.Builder> change) {
        // The lock at least keeps the threads of one program from overwriting each other's changes.
        updates.lock();
        try {
            return updateAlone(change);
        } finally {
            updates.unlock();
        }
    }

    private Preferences updateAlone(Consumer<? super Preferences.Builder> change) {
        Preferences stored = read();
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            Preferences.Builder builder = stored.toBuilder();
            change.accept(builder);
            Preferences changed = builder.build();
            if (changed.equals(stored)) {
                return stored;
            }
            write(changed);
            stored = read();
            if (comparable(stored).equals(comparable(changed))) {
                return stored;
            }
        }
        throw new PreferencesConflictException(MAX_ATTEMPTS);
    }

    private void write(Preferences preferences) {
        LexMap input = LexMap.of(FIELD, LexValue.of(preferences.stored()));
        client.call(WRITE, input, RepeatableCalls.options(client));
    }

    /**
     * Returns the preferences without their order, which the server chooses, and the declared age, which it derives.
     */
    private static Set<LexMap> comparable(Preferences preferences) {
        Set<LexMap> comparable = new HashSet<>(preferences.stored());
        comparable.removeIf(preference -> DeclaredAgePref.TYPE.equals(preference.type()));
        return comparable;
    }
}
