package dev.atlex.bluesky.internal.action;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.Codec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * The preferences that a server stores. They stay untyped, so that changes keep unknown fields and values that violate
 * their schema.
 */
public final class PreferenceList {
    private final List<LexMap> maps;

    public PreferenceList(List<LexMap> maps) {
        this.maps = new ArrayList<>(maps);
    }

    public PreferenceList copy() {
        return new PreferenceList(maps);
    }

    /** Returns all preferences. */
    public List<LexMap> maps() {
        return List.copyOf(maps);
    }

    /** Returns the preferences with a type. */
    public List<LexMap> of(String type) {
        return maps.stream().filter(map -> type.equals(map.type())).toList();
    }

    /** Returns the objects in an array field of the preferences with a type. */
    public List<LexMap> elements(String type, String field) {
        return values(type, field).stream()
                .filter(LexMap.class::isInstance)
                .map(LexMap.class::cast)
                .toList();
    }

    /** Returns the strings in an array field of the preferences with a type. */
    public List<String> strings(String type, String field) {
        return values(type, field).stream()
                .filter(LexString.class::isInstance)
                .map(value -> ((LexString) value).value())
                .toList();
    }

    private List<LexValue> values(String type, String field) {
        return of(type).stream()
                .map(map -> map.getArray(field))
                .filter(Objects::nonNull)
                .flatMap(Collection::stream)
                .toList();
    }

    /** Returns the values that match their schema. */
    public <T> List<T> decode(Codec<T> codec, List<LexMap> values) {
        List<T> decoded = new ArrayList<>();
        for (LexMap value : values) {
            try {
                decoded.add(codec.fromValue(value, ReadOptions.LENIENT));
            } catch (LexException e) {
                // Another app has stored this value. It can't be returned, but it stays in the preferences.
                continue;
            }
        }
        return decoded;
    }

    /**
     * Merges a preference into the first one that matches, whose other fields are kept, and removes any further
     * matches. If none matches, appends it.
     */
    public void put(LexMap preference, Predicate<? super LexMap> replaces) {
        int place = -1;
        for (int i = maps.size() - 1; i >= 0; i--) {
            if (replaces.test(maps.get(i))) {
                if (place >= 0) {
                    maps.remove(place);
                }
                place = i;
            }
        }
        if (place < 0) {
            maps.add(preference);
        } else {
            maps.set(place, maps.get(place).toBuilder().putAll(preference).build());
        }
    }

    public void removeIf(Predicate<? super LexMap> condition) {
        maps.removeIf(condition);
    }

    /** Adds an element to an array field of the preference with a type, unless the array already has an equal one. */
    public void add(String type, String field, LexValue element, Predicate<? super LexValue> equal) {
        if (values(type, field).stream().noneMatch(equal)) {
            List<LexValue> elements = new ArrayList<>(first(type, field));
            elements.add(element);
            set(type, field, elements);
        }
    }

    /** Removes elements from an array field of all preferences with a type. */
    public void remove(String type, String field, Predicate<? super LexValue> condition) {
        maps.replaceAll(map -> {
            LexArray array = type.equals(map.type()) ? map.getArray(field) : null;
            return array == null || array.stream().noneMatch(condition)
                    ? map
                    : with(map, field, array.stream().filter(condition.negate()).toList());
        });
    }

    /** Sets an array field of the first preference with a type. Creates the preference if there is none. */
    public void set(String type, String field, List<? extends LexValue> elements) {
        for (int i = 0; i < maps.size(); i++) {
            if (type.equals(maps.get(i).type())) {
                maps.set(i, with(maps.get(i), field, elements));
                return;
            }
        }
        maps.add(with(LexMap.of("$type", LexValue.of(type)), field, elements));
    }

    private LexArray first(String type, String field) {
        List<LexMap> all = of(type);
        LexArray array = all.isEmpty() ? null : all.get(0).getArray(field);
        return array == null ? LexArray.of() : array;
    }

    private static LexMap with(LexMap map, String field, List<? extends LexValue> elements) {
        return map.toBuilder().put(field, LexValue.of(elements)).build();
    }
}
