package dev.atlex.schema.runtime;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexBoolean;
import dev.atlex.data.LexInteger;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValue;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Codec;
import dev.atlex.schema.document.Definition.ArrayDef;
import dev.atlex.schema.document.Definition.BlobDef;
import dev.atlex.schema.document.Definition.BooleanDef;
import dev.atlex.schema.document.Definition.BytesDef;
import dev.atlex.schema.document.Definition.IntegerDef;
import dev.atlex.schema.document.Definition.StringDef;
import dev.atlex.schema.generated.BlobRule;
import dev.atlex.schema.generated.BooleanRule;
import dev.atlex.schema.generated.BytesRule;
import dev.atlex.schema.generated.Codecs;
import dev.atlex.schema.generated.IntegerRule;
import dev.atlex.schema.generated.ListRule;
import dev.atlex.schema.generated.StringRule;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Converts definitions to codecs for untyped values, which apply the same rules as generated code. */
final class ValueCodecs {
    static final Codec<LexValue> LINK = of(Codecs.LINK::read);
    static final Codec<LexValue> MAP = of(Codecs.MAP::read);

    private static final Map<String, Codecs.FormatCodec<?>> FORMATS = Map.ofEntries(
            Map.entry("at-identifier", Codecs.AT_IDENTIFIER),
            Map.entry("at-uri", Codecs.AT_URI),
            Map.entry("cid", Codecs.CID),
            Map.entry("datetime", Codecs.DATETIME),
            Map.entry("did", Codecs.DID),
            Map.entry("handle", Codecs.HANDLE),
            Map.entry("language", Codecs.LANGUAGE),
            Map.entry("nsid", Codecs.NSID),
            Map.entry("record-key", Codecs.RECORD_KEY),
            Map.entry("tid", Codecs.TID),
            Map.entry("uri", Codecs.URI));

    private ValueCodecs() {}

    /** Returns a codec that reads with the given function, and writes values unchanged. */
    static Codec<LexValue> of(Function<? super LexReader, ? extends @Nullable LexValue> read) {
        return new Codec<>() {
            @Override
            @SuppressWarnings("NullAway") // null if the value was set aside
            public LexValue read(LexReader reader) {
                return read.apply(reader);
            }

            @Override
            public void write(LexWriter writer, LexValue value) {
                writer.value(value);
            }
        };
    }

    static Codec<LexValue> of(BooleanDef definition) {
        Boolean constant = definition.constant();
        BooleanRule rule = constant == null ? BooleanRule.ANY : constant ? BooleanRule.ALWAYS : BooleanRule.NEVER;
        return of(reader -> LexBoolean.of(rule.read(reader)));
    }

    static Codec<LexValue> of(IntegerDef definition) {
        IntegerRule rule = IntegerRule.ANY;
        if (definition.minimum() != null) {
            rule = rule.minimum(definition.minimum());
        }
        if (definition.maximum() != null) {
            rule = rule.maximum(definition.maximum());
        }
        List<Long> allowed = definition.constant() == null ? definition.allowed() : List.of(definition.constant());
        IntegerRule finalRule = allowed.isEmpty()
                ? rule
                : rule.oneOf(allowed.stream().mapToLong(Long::longValue).toArray());
        return of(reader -> new LexInteger(finalRule.readLong(reader)));
    }

    static Codec<LexValue> of(StringDef definition) {
        StringRule rule = StringRule.ANY;
        if (definition.minLength() != null) {
            rule = rule.minLength(definition.minLength());
        }
        if (definition.maxLength() != null) {
            rule = rule.maxLength(definition.maxLength());
        }
        if (definition.minGraphemes() != null) {
            rule = rule.minGraphemes(definition.minGraphemes());
        }
        if (definition.maxGraphemes() != null) {
            rule = rule.maxGraphemes(definition.maxGraphemes());
        }
        List<String> allowed = definition.constant() == null ? definition.allowed() : List.of(definition.constant());
        if (!allowed.isEmpty()) {
            rule = rule.oneOf(allowed.toArray(String[]::new));
        }
        Codecs.FormatCodec<?> format = definition.format() == null ? null : FORMATS.get(definition.format());
        return string(format == null ? rule : rule == StringRule.ANY ? format : format.with(rule));
    }

    /** Returns the codec for a token: a string that is its name. */
    static Codec<LexValue> token(String name) {
        return string(StringRule.ANY.oneOf(name));
    }

    private static Codec<LexValue> string(Codec<?> codec) {
        return of(reader -> new LexString(codec.read(reader).toString()));
    }

    static Codec<LexValue> of(BytesDef definition) {
        BytesRule rule = BytesRule.ANY;
        if (definition.minLength() != null) {
            rule = rule.minLength(definition.minLength());
        }
        if (definition.maxLength() != null) {
            rule = rule.maxLength(definition.maxLength());
        }
        return of(rule::read);
    }

    static Codec<LexValue> of(BlobDef definition) {
        BlobRule rule = definition.accept().isEmpty()
                ? BlobRule.ANY
                : BlobRule.ANY.accept(definition.accept().toArray(String[]::new));
        BlobRule finalRule = definition.maxSize() == null ? rule : rule.maxSize(definition.maxSize());
        return of(reader -> finalRule.read(reader).toLexMap());
    }

    static Codec<LexValue> of(ArrayDef definition, Codec<LexValue> items) {
        ListRule rule = ListRule.ANY;
        if (definition.minLength() != null) {
            rule = rule.minLength(definition.minLength());
        }
        if (definition.maxLength() != null) {
            rule = rule.maxLength(definition.maxLength());
        }
        ListRule finalRule = rule;
        return of(reader -> {
            @Nullable List<LexValue> list = finalRule.read(reader, items);
            return list == null ? null : LexArray.copyOf(list);
        });
    }
}
