package dev.atlex.differential;

import java.util.ArrayList;
import java.util.List;

/** Finds values that are a little smaller than a given one. */
final class Shrinker {
    private Shrinker() {}

    static List<Json> of(Json json) {
        List<Json> smaller = new ArrayList<>();
        int size = members(json).size();
        for (int i = 0; i < size; i++) {
            Json copy = json.copy();
            Json owner = owners(copy).get(i);
            Json.Member member = members(copy).get(i);
            owner.members.removeIf(m -> m == member);
            smaller.add(copy);
        }
        return smaller;
    }

    private static List<Json.Member> members(Json json) {
        List<Json.Member> members = new ArrayList<>();
        json.forEach(value -> members.addAll(value.members));
        return members;
    }

    private static List<Json> owners(Json json) {
        List<Json> owners = new ArrayList<>();
        json.forEach(value -> value.members.forEach(member -> owners.add(value)));
        return owners;
    }
}
