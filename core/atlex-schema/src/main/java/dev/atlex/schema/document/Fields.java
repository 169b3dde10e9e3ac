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

/** One object of a document and where it is, for taking its fields with errors that name the field. */
record Fields(String path, LexMap map) {
    /** @throws LexDataException if the value is no object, or absent */
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

    /** A number of things that cannot be below zero. */
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

    /** A size of something that Java counts with an {@code int}; nothing can pass a limit beyond that range. */
    @Nullable
    Integer optionalLength(String name) {
        Long size = optionalSize(name);
        return size == null ? null : (int) Math.min(size, Integer.MAX_VALUE);
    }

    /** The strings of an array; none where it is absent. */
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

    /** The integers of an array; none where it is absent. */
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

    /** The objects of an array; none where it is absent. */
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
