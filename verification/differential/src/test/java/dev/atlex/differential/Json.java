package dev.atlex.differential;

import dev.atlex.schema.document.Definition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** JSON as written. It may have duplicate keys and unusual numbers, which a parsed value can't represent. */
final class Json {
    /** The text of a scalar, or any other text. Null for maps and arrays. */
    @Nullable
    String leaf;

    final boolean array;
    final List<Member> members;

    private @Nullable String text;

    /** The definition that the value was generated for, if any. */
    @Nullable
    Definition definition;

    /** A field, or an element, which has an empty name. */
    static final class Member {
        final String name;
        Json value;

        Member(String name, Json value) {
            this.name = name;
            this.value = value;
        }
    }

    private Json(@Nullable String leaf, boolean array, List<Member> members) {
        this.leaf = leaf;
        this.array = array;
        this.members = members;
    }

    static Json leaf(String text) {
        return new Json(text, false, new ArrayList<>());
    }

    static Json string(String text) {
        Json string = leaf(quote(text));
        string.text = text;
        return string;
    }

    static Json map() {
        return new Json(null, false, new ArrayList<>());
    }

    static Json array() {
        return new Json(null, true, new ArrayList<>());
    }

    static Json array(List<Json> items) {
        Json array = array();
        items.forEach(array::add);
        return array;
    }

    boolean isMap() {
        return leaf == null && !array;
    }

    Json with(String name, Json value) {
        members.add(new Member(name, value));
        return this;
    }

    Json add(Json value) {
        members.add(new Member("", value));
        return this;
    }

    Json of(Definition of) {
        definition = of;
        return this;
    }

    /** Returns the last field of this name, as JavaScript does. */
    @Nullable
    Json get(String name) {
        Json found = null;
        for (Member member : members) {
            if (member.name.equals(name)) {
                found = member.value;
            }
        }
        return found;
    }

    /** Returns the text of a string, or null for other values. */
    @Nullable
    String text() {
        return text;
    }

    Json copy() {
        Json copy = new Json(leaf, array, new ArrayList<>());
        copy.definition = definition;
        copy.text = text;
        members.forEach(member -> copy.with(member.name, member.value.copy()));
        return copy;
    }

    /** Calls the action with this value and all values below it. */
    void forEach(Consumer<Json> action) {
        action.accept(this);
        members.forEach(member -> member.value.forEach(action));
    }

    void write(StringBuilder out) {
        if (leaf != null) {
            out.append(leaf);
            return;
        }
        out.append(array ? '[' : '{');
        for (int i = 0; i < members.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            if (!array) {
                out.append(quote(members.get(i).name)).append(':');
            }
            members.get(i).value.write(out);
        }
        out.append(array ? ']' : '}');
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        write(out);
        return out.toString();
    }

    /** Quotes a string. Escapes control characters and lone surrogates, which UTF-8 can't encode. */
    static String quote(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                out.append(c).append(text.charAt(++i));
            } else if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20 || Character.isSurrogate(c)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
