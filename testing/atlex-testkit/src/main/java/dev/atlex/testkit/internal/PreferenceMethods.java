package dev.atlex.testkit.internal;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.testkit.internal.InputSchema.Type;
import dev.atlex.testkit.internal.lexicon.ShownValue;
import java.util.ArrayList;
import java.util.List;

/** The {@code app.bsky.actor} methods for preferences, which the PDS itself stores. */
final class PreferenceMethods {
    private static final String NAMESPACE = "app.bsky";
    private static final String FULL_ACCESS_ONLY = "app.bsky.actor.defs#personalDetailsPref";
    private static final String READ_ONLY = "app.bsky.actor.defs#declaredAgePref";

    private final Pds pds;

    PreferenceMethods(Pds pds) {
        this.pds = pds;
    }

    List<Method> methods() {
        return List.of(
                Method.query(
                        "app.bsky.actor.getPreferences",
                        Auth.access(Scope.with(Scope.STANDARD, Scope.TAKENDOWN)),
                        InputSchema.NONE,
                        this::getPreferences),
                Method.procedure(
                        "app.bsky.actor.putPreferences",
                        Auth.STANDARD.unlessTakenDown(),
                        InputSchema.of().required("preferences", Type.ARRAY),
                        this::putPreferences));
    }

    private Account requester(Call call) {
        Account account = pds.accounts.byDid(call.claims().did());
        if (account == null) {
            throw XrpcError.badRequest("NotFound", "Repo not found");
        }
        return account;
    }

    private static boolean mayUse(Call call, LexMap preference) {
        return call.claims().scope() == Scope.ACCESS || !FULL_ACCESS_ONLY.equals(preference.type());
    }

    private Response getPreferences(Call call) {
        List<LexMap> preferences = requester(call).preferences.stream()
                .filter(preference -> mayUse(call, preference))
                .toList();
        return Response.json(LexMap.of("preferences", LexArray.copyOf(preferences)));
    }

    private Response putPreferences(Call call) {
        LexArray preferences = call.input.getArray("preferences");
        List<LexMap> put = new ArrayList<>();
        for (LexValue preference : preferences == null ? LexArray.of() : preferences) {
            if (!(preference instanceof LexMap map) || map.type() == null) {
                throw XrpcError.invalidRequest(
                        "Expected an object which includes the \"$type\" property value type (got "
                                + ShownValue.of(preference) + ") at $.preferences[" + put.size() + "]");
            }
            put.add(map);
        }
        List<LexMap> forbidden = new ArrayList<>();
        for (LexMap preference : put) {
            if (!String.valueOf(preference.type()).startsWith(NAMESPACE + ".")) {
                throw XrpcError.invalidRequest("Some preferences are not in the " + NAMESPACE + " namespace");
            }
            if (!mayUse(call, preference)) {
                forbidden.add(preference);
            }
        }
        if (!forbidden.isEmpty()) {
            List<String> types =
                    forbidden.stream().map(p -> String.valueOf(p.type())).toList();
            throw XrpcError.invalidRequest("Do not have authorization to set preferences: " + String.join(", ", types));
        }
        Account account = requester(call);
        List<LexMap> kept = new ArrayList<>(account.preferences);
        kept.removeIf(preference -> mayUse(call, preference));
        put.stream().filter(p -> !READ_ONLY.equals(p.type())).forEach(kept::add);
        account.preferences = kept;
        return Response.empty();
    }
}
