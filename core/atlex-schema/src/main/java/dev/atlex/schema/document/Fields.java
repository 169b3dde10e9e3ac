package dev.atlex.schema.document;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexBoolean;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexInteger;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValue;
import dev.atlex.data.internal.Excerpt;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JSON object in a document, with its path. Reads typed fields; each error contains the field's path. */
record Fields(String path, LexMap map) {
    /** @throws LexDataException if the value is absent or not an object */
    static Fields of(String path, @Nullable LexValue value) {
        if (value instanceof LexMap map) {
            return new Fields(path, map);
        }
        throw unexpected(path, "an object", value);
    }

    static LexDataException unexpected(String path, String expected, @Nullable LexValue found) {
        Object kind = found == null ? "nothing" : found.kind();
        return new LexDataException(path, "expected " + expected + ", got " + kind);
    }

    static LexDataException wrong(String path, String expected, String found) {
        return new LexDataException(path, "expected " + expected + ", got " + Excerpt.quote(found));
    }

    String at(String name) {
        return path + '.' + name;
    }

    boolean has(String name) {
        return map.containsKey(name);
    }

    Fields object(String name) {
        return of(at(name), map.get(name));
    }

    @Nullable
    Fields optionalObject(String name) {
        return has(name) ? object(name) : null;
    }

    String type() {
        return string("type");
    }

    @Nullable
    String description() {
        return optionalString("description");
    }

    String string(String name) {
        return string(at(name), map.get(name));
    }

    @Nullable
    String optionalString(String name) {
        return has(name) ? string(name) : null;
    }

    @Nullable
    Boolean optionalBoolean(String name) {
        LexValue value = map.get(name);
        if (value == null) {
            return null;
        }
        if (value instanceof LexBoolean bool) {
            return bool.value();
        }
        throw unexpected(at(name), "a boolean", value);
    }

    @Nullable
    Long optionalInteger(String name) {
        return has(name) ? integer(at(name), "an integer", map.get(name)) : null;
    }

    /** Returns a non-negative integer, or null if the field is absent. */
    @Nullable
    Long optionalSize(String name) {
        if (!has(name)) {
            return null;
        }
        long size = integer(at(name), "a non-negative integer", map.get(name));
        if (size < 0) {
            throw new LexDataException(at(name), "expected a non-negative integer, got " + size);
        }
        return size;
    }

    /**
     * Returns a length that fits in an {@code int}, or null if absent. Larger limits are clamped, because no value is
     * that long.
     */
    @Nullable
    Integer optionalLength(String name) {
        Long size = optionalSize(name);
        return size == null ? null : (int) Math.min(size, Integer.MAX_VALUE);
    }

    /** Returns the strings in an array, or an empty list if the array is absent. */
    List<String> strings(String name) {
        List<String> strings = new ArrayList<>();
        if (has(name)) {
            LexArray array = array(name);
            for (int i = 0; i < array.size(); i++) {
                strings.add(string(item(name, i), array.get(i)));
            }
        }
        return List.copyOf(strings);
    }

    /** Returns the integers in an array, or an empty list if the array is absent. */
    List<Long> integers(String name) {
        List<Long> integers = new ArrayList<>();
        if (has(name)) {
            LexArray array = array(name);
            for (int i = 0; i < array.size(); i++) {
                integers.add(integer(item(name, i), "an integer", array.get(i)));
            }
        }
        return List.copyOf(integers);
    }

    /** Returns the objects in an array, or an empty list if the array is absent. */
    List<Fields> objects(String name) {
        List<Fields> objects = new ArrayList<>();
        if (has(name)) {
            LexArray array = array(name);
            for (int i = 0; i < array.size(); i++) {
                objects.add(of(item(name, i), array.get(i)));
            }
        }
        return List.copyOf(objects);
    }

    LexArray array(String name) {
        LexValue value = map.get(name);
        if (value instanceof LexArray array) {
            return array;
        }
        throw unexpected(at(name), "an array", value);
    }

    String item(String name, int index) {
        return at(name) + '[' + index + ']';
    }

    private static String string(String path, @Nullable LexValue value) {
        if (value instanceof LexString string) {
            return string.value();
        }
        throw unexpected(path, "a string", value);
    }

    private static long integer(String path, String expected, @Nullable LexValue value) {
        if (value instanceof LexInteger integer) {
            return integer.value();
        }
        throw unexpected(path, expected, value);
    }
}
