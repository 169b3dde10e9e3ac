package dev.atlex.cli;

import dev.atlex.data.LexBoolean;
import dev.atlex.data.LexInteger;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValidationException;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.Codec;
import dev.atlex.schema.Codecs;
import dev.atlex.schema.IntegerRule;
import dev.atlex.schema.ListRule;
import dev.atlex.schema.StringRule;
import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.ArrayDef;
import dev.atlex.schema.document.Definition.BooleanDef;
import dev.atlex.schema.document.Definition.IntegerDef;
import dev.atlex.schema.document.Definition.ObjectDef;
import dev.atlex.schema.document.Definition.StringDef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes typed, checked parameters of {@code name=value}. */
final class ParameterTexts {
    private ParameterTexts() {}

    /**
     * @param schema of the method, or null where it has no parameters
     * @throws Failure if one is unknown, wrong or missing
     */
    static LexMap parse(@Nullable ObjectDef schema, List<String> texts) {
        Map<String, List<String>> byName = split(texts);
        LexMap.Builder parsed = LexMap.builder();
        for (Map.Entry<String, List<String>> given : byName.entrySet()) {
            Definition type = schema == null ? null : schema.properties().get(given.getKey());
            if (type == null) {
                throw Failure.input("no parameter " + given.getKey() + " is known; " + known(schema));
            }
            parsed.put(given.getKey(), value(given.getKey(), type, given.getValue()));
        }
        if (schema != null) {
            for (String name : schema.required()) {
                if (!byName.containsKey(name)) {
                    throw Failure.input("the parameter " + name + " is missing; " + known(schema));
                }
            }
        }
        return parsed.build();
    }

    private static Map<String, List<String>> split(List<String> texts) {
        Map<String, List<String>> byName = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw Failure.usage("parameters are given as name=value");
            }
            byName.computeIfAbsent(text.substring(0, equals), name -> new ArrayList<>())
                    .add(text.substring(equals + 1));
        }
        return byName;
    }

    private static String known(@Nullable ObjectDef schema) {
        if (schema == null || schema.properties().isEmpty()) {
            return "the method takes none (the input of a procedure is given with --input)";
        }
        return "the method takes " + String.join(", ", schema.properties().keySet());
    }

    private static LexValue value(String name, Definition type, List<String> texts) {
        if (type instanceof ArrayDef array) {
            List<LexValue> items = new ArrayList<>();
            for (String text : texts) {
                items.add(scalar(name, array.items(), text));
            }
            return check(name, LexValue.of(items), listRule(array).of(Codecs.VALUE));
        }
        if (texts.size() > 1) {
            throw Failure.input("the parameter " + name + " is given more than once");
        }
        return scalar(name, type, texts.get(0));
    }

    private static LexValue scalar(String name, Definition type, String text) {
        if (type instanceof IntegerDef integer) {
            return check(name, integer(name, text), integerRule(integer));
        } else if (type instanceof BooleanDef) {
            if (!text.equals("true") && !text.equals("false")) {
                throw Failure.input("the parameter " + name + " is true or false");
            }
            return LexBoolean.of(text.equals("true"));
        } else if (type instanceof StringDef string) {
            return check(name, new LexString(text), codec(string));
        }
        return new LexString(text);
    }

    private static LexValue integer(String name, String text) {
        try {
            long value = Long.parseLong(text);
            if (Math.abs(value) <= LexReader.MAX_SAFE_INTEGER) {
                return new LexInteger(value);
            }
        } catch (NumberFormatException e) {
            // Said below, as of one that is too large.
        }
        throw Failure.input("the parameter " + name + " is an integer");
    }

    private static LexValue check(String name, LexValue value, Codec<?> codec) {
        try {
            codec.fromValue(value, ReadOptions.STRICT);
            return value;
        } catch (LexValidationException e) {
            throw Failure.input("the parameter " + name + ": expected " + e.expected() + ", got " + e.found());
        }
    }

    private static Codec<?> codec(StringDef type) {
        StringRule rule = stringRule(type);
        return type.format() == null ? rule : format(type.format(), rule);
    }

    private static Codec<?> format(String format, StringRule rule) {
        return switch (format) {
            case "at-identifier" -> Codecs.AT_IDENTIFIER.with(rule);
            case "at-uri" -> Codecs.AT_URI.with(rule);
            case "cid" -> Codecs.CID.with(rule);
            case "datetime" -> Codecs.DATETIME.with(rule);
            case "did" -> Codecs.DID.with(rule);
            case "handle" -> Codecs.HANDLE.with(rule);
            case "language" -> Codecs.LANGUAGE.with(rule);
            case "nsid" -> Codecs.NSID.with(rule);
            case "record-key" -> Codecs.RECORD_KEY.with(rule);
            case "tid" -> Codecs.TID.with(rule);
            case "uri" -> Codecs.URI.with(rule);
            // A format of a later day is the server's to check.
            default -> rule;
        };
    }

    private static StringRule stringRule(StringDef type) {
        StringRule rule = StringRule.ANY;
        rule = type.minLength() == null ? rule : rule.minLength(type.minLength());
        rule = type.maxLength() == null ? rule : rule.maxLength(type.maxLength());
        rule = type.minGraphemes() == null ? rule : rule.minGraphemes(type.minGraphemes());
        rule = type.maxGraphemes() == null ? rule : rule.maxGraphemes(type.maxGraphemes());
        rule = type.allowed().isEmpty() ? rule : rule.oneOf(type.allowed().toArray(new String[0]));
        return type.constant() == null ? rule : rule.oneOf(type.constant());
    }

    private static IntegerRule integerRule(IntegerDef type) {
        IntegerRule rule = IntegerRule.ANY;
        rule = type.minimum() == null ? rule : rule.minimum(type.minimum());
        rule = type.maximum() == null ? rule : rule.maximum(type.maximum());
        if (!type.allowed().isEmpty()) {
            rule = rule.oneOf(type.allowed().stream().mapToLong(Long::longValue).toArray());
        }
        return type.constant() == null ? rule : rule.oneOf(type.constant());
    }

    private static ListRule listRule(ArrayDef type) {
        ListRule rule = ListRule.ANY;
        rule = type.minLength() == null ? rule : rule.minLength(type.minLength());
        return type.maxLength() == null ? rule : rule.maxLength(type.maxLength());
    }
}
