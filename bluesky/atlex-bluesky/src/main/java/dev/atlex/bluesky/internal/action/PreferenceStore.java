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
import java.util.function.Consumer;

/**
 * Reads and writes the account's preferences, untyped: a typed call would leave out what doesn't follow its schema, and the
 * next write would then delete it.
 *
 * <p>A write replaces all preferences, without compare-and-swap. So each attempt reads just before it writes. It succeeds
 * if a read after the write returns what was written; otherwise another app has written in between, and the change starts
 * over with its version. An app that writes between this read and this write loses its change, which nothing reveals.
 */
public final class PreferenceStore {
    private static final int MAX_ATTEMPTS = 5;
    private static final String FIELD = "preferences";

    private static final Query<GetPreferences.Params, GetPreferences.Params.Builder, LexMap> READ =
            new Query<>(GetPreferences.NSID, GetPreferences.Params.CODEC, Output.json(Codecs.MAP), List.of());

    private static final ValueProcedure<LexMap, Unit> WRITE =
            new ValueProcedure<>(PutPreferences.NSID, Unit.CODEC, Codecs.MAP, Output.none(), List.of());

    private final Client client;

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

    /** Returns what a server keeps. It chooses the order, and derives the declared age from another preference. */
    private static Set<LexMap> comparable(Preferences preferences) {
        Set<LexMap> comparable = new HashSet<>(preferences.stored());
        comparable.removeIf(preference -> DeclaredAgePref.TYPE.equals(preference.type()));
        return comparable;
    }
}
