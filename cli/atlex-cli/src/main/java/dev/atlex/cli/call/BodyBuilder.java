package dev.atlex.cli.call;

import dev.atlex.cli.runtime.CliEnvironment;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.cli.runtime.InputFile;
import dev.atlex.cli.runtime.Suggestions;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.ArrayDef;
import dev.atlex.schema.document.Definition.BooleanDef;
import dev.atlex.schema.document.Definition.CidLinkDef;
import dev.atlex.schema.document.Definition.IntegerDef;
import dev.atlex.schema.document.Definition.ObjectDef;
import dev.atlex.schema.document.Definition.RefDef;
import dev.atlex.schema.document.LexiconDocuments;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Builds the JSON body of a procedure from arguments. A name is a path: {@code record.text=Hi}, {@code tags[]=a},
 * {@code images[0].alt=A cat}. Text is converted to the type in the document: an integer, a boolean, or an array
 * element. Otherwise, it is a string.
 */
final class BodyBuilder {
    private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)((?:\\[[0-9]{0,4}\\])*)(\\.|$)");
    private static final Pattern INDEX = Pattern.compile("\\[([0-9]*)\\]");
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,16}");

    private final CliEnvironment environment;
    private final LexiconDocuments documents;
    private final @Nullable Definition schema;

    /** Objects are maps and arrays are lists, which can grow; everything else is a value. */
    private final Map<String, Object> root = new LinkedHashMap<>();

    private boolean empty = true;

    /** @param schema the definition of the body, or null if there is none */
    BodyBuilder(CliEnvironment environment, LexiconDocuments documents, @Nullable Definition schema) {
        this.environment = environment;
        this.documents = documents;
        this.schema = schema;
    }

    /** Returns whether no argument was added. */
    boolean isEmpty() {
        return empty;
    }

    /** Returns the body. */
    LexMap build() {
        return (LexMap) value(root);
    }

    /**
     * Adds an argument. A file with the whole body must come before fields that change it.
     *
     * @throws Failure if the argument is invalid, or its file can't be read
     */
    void add(Argument argument) {
        if (argument.isBody()) {
            if (!empty) {
                throw Failure.usage(argument.value()
                        + ": a file with the whole body must be the first argument, and can be given only once");
            }
            LexValue whole = read(argument);
            if (!(whole instanceof LexMap map)) {
                throw Failure.input(argument.value() + ": expected a JSON object");
            }
            map.forEach((name, value) -> root.put(name, growing(value)));
        } else {
            set(argument);
        }
        empty = false;
    }

    private void set(Argument argument) {
        List<Object> path = path(argument.name());
        Object at = root;
        Definition type = resolve(schema);
        requireField(type, String.valueOf(path.get(0)));
        for (int i = 0; i < path.size(); i++) {
            Object step = path.get(i);
            type = resolve(child(type, step));
            boolean last = i == path.size() - 1;
            // Without [], text for an array is one element, as in the parameters of a query.
            if (last && type instanceof ArrayDef array && !argument.json() && step instanceof String) {
                at = descend(argument, at, step, -1);
                put(argument, at, -1, parse(argument, resolve(array.items())));
            } else if (last) {
                put(argument, at, step, growing(parse(argument, type)));
            } else {
                at = descend(argument, at, step, path.get(i + 1));
            }
        }
    }

    /** Rejects an unknown field. A server would ignore it, so a typo would go unnoticed. */
    private static void requireField(@Nullable Definition type, String name) {
        if (type instanceof ObjectDef object && !object.properties().containsKey(name)) {
            Set<String> known = object.properties().keySet();
            throw Failure.input("the body has no field \"" + name + "\" (known: " + String.join(", ", known) + ")"
                    + Suggestions.question(Suggestions.closest(name, known)));
        }
    }

    /** Returns the steps of a path: names of fields, and indexes of elements; -1 appends. */
    private static List<Object> path(String name) {
        List<Object> path = new ArrayList<>();
        Matcher step = STEP.matcher(name);
        int end = 0;
        while (end < name.length() && step.find() && step.start() == end) {
            path.add(step.group(1));
            Matcher index = INDEX.matcher(step.group(2));
            while (index.find()) {
                path.add(index.group(1).isEmpty() ? -1 : Integer.parseInt(index.group(1)));
            }
            end = step.end();
        }
        if (end < name.length() || name.endsWith(".")) {
            throw Failure.usage(name + ": expected a path such as record.text, tags[] or images[0].alt");
        }
        return path;
    }

    /**
     * Returns the object or array at a step. If it is missing, creates an object or an array, depending on the next
     * step.
     */
    private static Object descend(Argument argument, Object at, Object step, Object next) {
        Object found = null;
        if (at instanceof Map<?, ?> map && step instanceof String) {
            found = map.get(step);
        } else if (at instanceof List<?> list && step instanceof Integer index && index >= 0 && index < list.size()) {
            found = list.get(index);
        }
        if (found == null) {
            found = next instanceof String ? new LinkedHashMap<String, Object>() : new ArrayList<>();
            put(argument, at, step, found);
        } else if (next instanceof String ? !(found instanceof Map) : !(found instanceof List)) {
            throw Failure.usage(argument.name() + ": " + step + " already has another kind of value");
        }
        return found;
    }

    @SuppressWarnings("unchecked")
    private static void put(Argument argument, Object at, Object step, Object value) {
        if (at instanceof Map && step instanceof String name) {
            ((Map<String, Object>) at).put(name, value);
        } else if (at instanceof List && step instanceof Integer index) {
            List<Object> list = (List<Object>) at;
            if (index < 0 || index == list.size()) {
                list.add(value);
            } else if (index < list.size()) {
                list.set(index, value);
            } else {
                throw Failure.usage(
                        argument.name() + ": there are only " + list.size() + " elements before [" + index + "]");
            }
        }
    }

    private @Nullable Definition resolve(@Nullable Definition type) {
        return type instanceof RefDef ref ? documents.resolve(ref.ref()) : type;
    }

    private static @Nullable Definition child(@Nullable Definition type, Object step) {
        if (type instanceof ObjectDef object && step instanceof String name) {
            return object.properties().get(name);
        }
        return type instanceof ArrayDef array && step instanceof Integer ? array.items() : null;
    }

    private LexValue parse(Argument argument, @Nullable Definition type) {
        if (argument.json()) {
            return read(argument);
        }
        String text = argument.file().isEmpty() ? argument.value() : text(argument);
        if (type instanceof IntegerDef) {
            if (INTEGER.matcher(text).matches() && Math.abs(Long.parseLong(text)) <= LexReader.MAX_SAFE_INTEGER) {
                return LexValue.of(Long.parseLong(text));
            }
            throw expected(argument, "an integer of at most 53 bits");
        } else if (type instanceof BooleanDef) {
            if (text.equals("true") || text.equals("false")) {
                return LexValue.of(text.equals("true"));
            }
            throw expected(argument, "true or false");
        } else if (type instanceof CidLinkDef) {
            return json(
                    argument,
                    LexMap.builder().put("$link", text).build().toJson().getBytes(StandardCharsets.UTF_8));
        }
        return LexValue.of(text);
    }

    private static Failure expected(Argument argument, String type) {
        return Failure.input(argument.name() + ": expected " + type + " (got \"" + argument.value() + "\")");
    }

    private LexValue read(Argument argument) {
        String file = argument.file();
        return json(
                argument,
                file.isEmpty()
                        ? argument.value().getBytes(StandardCharsets.UTF_8)
                        : new InputFile(environment, file).read(MethodCall.MAX_JSON_BYTES));
    }

    /**
     * Parses JSON.
     *
     * @throws Failure if it isn't JSON of the data model; the message gives the argument and the position
     */
    static LexValue json(Argument argument, byte[] json) {
        try {
            return LexValue.parseJson(json, ReadOptions.STRICT);
        } catch (LexDataException e) {
            String place = argument.isBody() ? argument.value() : argument.name() + ":=";
            throw new Failure(Failure.WRONG_USE, "InvalidInput", place + ": " + e.getMessage(), e);
        }
    }

    private String text(Argument argument) {
        byte[] bytes = new InputFile(environment, argument.file()).read(MethodCall.MAX_JSON_BYTES);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Failure(
                    Failure.WRONG_USE, "InvalidInput", argument.name() + ": expected a file with text in UTF-8", e);
        }
    }

    private static Object growing(LexValue value) {
        if (value instanceof LexMap map) {
            Map<String, Object> fields = new LinkedHashMap<>();
            map.forEach((name, field) -> fields.put(name, growing(field)));
            return fields;
        } else if (value instanceof LexArray array) {
            List<Object> elements = new ArrayList<>();
            array.forEach(element -> elements.add(growing(element)));
            return elements;
        }
        return value;
    }

    private static LexValue value(Object node) {
        if (node instanceof Map<?, ?> map) {
            LexMap.Builder fields = LexMap.builder();
            map.forEach((name, field) -> fields.put((String) name, value(field)));
            return fields.build();
        } else if (node instanceof List<?> list) {
            return LexArray.copyOf(list.stream().map(BodyBuilder::value).toList());
        }
        return (LexValue) node;
    }
}
