package dev.atlex.data;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.Named;

/**
 * The names of an object's fields, prepared for reading and writing: a reader answers with a name's position, so that
 * generated code is a {@code switch} over small numbers.
 */
public final class FieldNames {
    private static final JsonFactory MATCHERS = new JsonFactory();

    private final String[] names;
    private final SerializedString[] encoded;
    private final PropertyNameMatcher matcher;

    private FieldNames(String[] names) {
        this.names = names;
        this.encoded = new SerializedString[names.length];
        List<Named> named = new ArrayList<>(names.length);
        for (int i = 0; i < names.length; i++) {
            encoded[i] = new SerializedString(names[i]);
            named.add(Named.fromString(names[i]));
        }
        this.matcher = MATCHERS.constructNameMatcher(named, false);
    }

    /** The names in the order in which they are numbered, from 0. */
    public static FieldNames of(String... names) {
        return new FieldNames(names.clone());
    }

    public int size() {
        return names.length;
    }

    public String name(int position) {
        return names[position];
    }

    /** The position of the name, or {@link LexReader#UNKNOWN}. */
    public int indexOf(String name) {
        int found = matcher.matchName(name);
        return found < 0 ? LexReader.UNKNOWN : found;
    }

    PropertyNameMatcher matcher() {
        return matcher;
    }

    SerializableString encoded(int position) {
        return encoded[position];
    }
}
