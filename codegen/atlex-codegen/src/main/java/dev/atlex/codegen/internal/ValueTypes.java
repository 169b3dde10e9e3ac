package dev.atlex.codegen.internal;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import dev.atlex.data.BlobRef;
import dev.atlex.data.Bytes;
import dev.atlex.data.Cid;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.schema.Codec;
import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.ArrayDef;
import dev.atlex.schema.document.Definition.BlobDef;
import dev.atlex.schema.document.Definition.BooleanDef;
import dev.atlex.schema.document.Definition.BytesDef;
import dev.atlex.schema.document.Definition.CidLinkDef;
import dev.atlex.schema.document.Definition.IntegerDef;
import dev.atlex.schema.document.Definition.ObjectDef;
import dev.atlex.schema.document.Definition.RecordDef;
import dev.atlex.schema.document.Definition.RefDef;
import dev.atlex.schema.document.Definition.StringDef;
import dev.atlex.schema.document.Definition.TokenDef;
import dev.atlex.schema.document.Definition.UnionDef;
import dev.atlex.schema.document.Definition.UnknownDef;
import dev.atlex.schema.generated.BlobRule;
import dev.atlex.schema.generated.BooleanRule;
import dev.atlex.schema.generated.BytesRule;
import dev.atlex.schema.generated.Codecs;
import dev.atlex.schema.generated.IntegerRule;
import dev.atlex.schema.generated.ListRule;
import dev.atlex.schema.generated.StringRule;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Datetime;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import dev.atlex.syntax.LanguageTag;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import dev.atlex.syntax.Tid;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Maps definitions to {@link ValueType}s. */
final class ValueTypes {
    private static final ClassName STRING = ClassName.get(String.class);

    private record Format(Class<?> type, String codec) {}

    private static final Map<String, Format> FORMATS = Map.ofEntries(
            Map.entry("at-identifier", new Format(AtIdentifier.class, "AT_IDENTIFIER")),
            Map.entry("at-uri", new Format(AtUri.class, "AT_URI")),
            Map.entry("cid", new Format(Cid.class, "CID")),
            Map.entry("datetime", new Format(Datetime.class, "DATETIME")),
            Map.entry("did", new Format(Did.class, "DID")),
            Map.entry("handle", new Format(Handle.class, "HANDLE")),
            Map.entry("language", new Format(LanguageTag.class, "LANGUAGE")),
            Map.entry("nsid", new Format(Nsid.class, "NSID")),
            Map.entry("record-key", new Format(RecordKey.class, "RECORD_KEY")),
            Map.entry("tid", new Format(Tid.class, "TID")),
            Map.entry("uri", new Format(String.class, "URI")));

    /** The type of unresolved references. */
    private static final ValueType ANYTHING =
            ValueType.coded(ClassName.get(LexValue.class), CodeBlock.of("$T.VALUE", Codecs.class));

    private final Schemas schemas;

    /** The array references being resolved. An array that directly contains itself would never end. */
    private final Set<String> arrays = new LinkedHashSet<>();

    ValueTypes(Schemas schemas) {
        this.schemas = schemas;
    }

    /**
     * Returns the type of a definition's values.
     *
     * @param property the name from which the names of constraint constants are derived
     * @param where the path of the definition, for messages
     */
    ValueType of(Definition definition, String property, ConstraintFields constants, String where) {
        if (definition instanceof BooleanDef bool) {
            return bool(bool);
        } else if (definition instanceof IntegerDef integer) {
            return integer(integer, property, constants);
        } else if (definition instanceof StringDef string) {
            return string(string, property, constants);
        } else if (definition instanceof BytesDef bytes) {
            return bytes(bytes, property, constants);
        } else if (definition instanceof CidLinkDef) {
            return ValueType.coded(ClassName.get(Cid.class), CodeBlock.of("$T.LINK", Codecs.class));
        } else if (definition instanceof BlobDef blob) {
            return blob(blob, property, constants);
        } else if (definition instanceof UnknownDef) {
            return ValueType.coded(ClassName.get(LexMap.class), CodeBlock.of("$T.MAP", Codecs.class));
        } else if (definition instanceof ArrayDef array) {
            return list(array, property, constants, where);
        } else if (definition instanceof ObjectDef || definition instanceof UnionDef) {
            return generated(definition);
        } else if (definition instanceof RecordDef record) {
            return generated(record.record());
        } else if (definition instanceof RefDef ref) {
            return referred(ref.ref(), property, constants, where);
        }
        throw new IllegalStateException(where + ": " + definition);
    }

    private ValueType referred(String ref, String property, ConstraintFields constants, String where) {
        Definition target = schemas.resolve(ref);
        if (target instanceof TokenDef) {
            CodeBlock rule = CodeBlock.of("$T.ANY.oneOf($L)", StringRule.class, Literals.of(ref));
            return constrained(constant(constants, StringRule.class, property, rule));
        } else if (target == null || !Schemas.isValue(target)) {
            return ANYTHING;
        } else if (!(target instanceof ArrayDef)) {
            return of(target, property, constants, where);
        }
        if (!arrays.add(ref)) {
            return ANYTHING;
        }
        ValueType type = of(target, property, constants, where);
        arrays.remove(ref);
        return type;
    }

    private static ValueType constrained(CodeBlock rule) {
        return ValueType.coded(STRING, rule).writing((writer, value) -> CodeBlock.of("$L.string($L)", writer, value));
    }

    private ValueType generated(Definition definition) {
        ClassName name = schemas.names().of(definition);
        return ValueType.coded(name, CodeBlock.of("$T.CODEC", name));
    }

    private static ValueType bool(BooleanDef bool) {
        Boolean constant = bool.constant();
        String rule = constant == null ? "ANY" : constant ? "ALWAYS" : "NEVER";
        ValueType type = ValueType.coded(TypeName.BOOLEAN, CodeBlock.of("$T.$L", BooleanRule.class, rule))
                .writing((writer, value) -> CodeBlock.of("$L.bool($L)", writer, value));
        return constant == null ? type.reading(reader -> CodeBlock.of("$L.readBoolean()", reader)) : type;
    }

    private static ValueType integer(IntegerDef integer, String property, ConstraintFields constants) {
        CodeBlock.Builder rule = CodeBlock.builder().add("$T.ANY", IntegerRule.class);
        add(rule, "minimum", integer.minimum());
        add(rule, "maximum", integer.maximum());
        List<Long> allowed = integer.constant() == null ? integer.allowed() : List.of(integer.constant());
        if (!allowed.isEmpty()) {
            rule.add(
                    ".oneOf($L)",
                    CodeBlock.join(
                            allowed.stream()
                                    .map(value -> CodeBlock.of("$LL", value))
                                    .toList(),
                            ", "));
        }
        CodeBlock codec = constant(constants, IntegerRule.class, property, rule.build());
        return ValueType.coded(TypeName.LONG, codec)
                .reading(reader -> isAny(codec)
                        ? CodeBlock.of("$L.readInteger()", reader)
                        : CodeBlock.of("$L.readLong($L)", codec, reader))
                .writing((writer, value) -> CodeBlock.of("$L.integer($L)", writer, value));
    }

    private static ValueType plainString() {
        return ValueType.coded(STRING, CodeBlock.of("$T.ANY", StringRule.class))
                .reading(reader -> CodeBlock.of("$L.readString()", reader))
                .writing((writer, value) -> CodeBlock.of("$L.string($L)", writer, value));
    }

    private static ValueType string(StringDef string, String property, ConstraintFields constants) {
        CodeBlock.Builder constraints = CodeBlock.builder().add("$T.ANY", StringRule.class);
        add(constraints, "minLength", string.minLength());
        add(constraints, "maxLength", string.maxLength());
        add(constraints, "minGraphemes", string.minGraphemes());
        add(constraints, "maxGraphemes", string.maxGraphemes());
        List<String> allowed = string.constant() == null ? string.allowed() : List.of(string.constant());
        if (!allowed.isEmpty()) {
            constraints.add(
                    ".oneOf($L)",
                    CodeBlock.join(allowed.stream().map(Literals::of).toList(), ", "));
        }
        CodeBlock rule = constraints.build();
        Format format = string.format() == null ? null : FORMATS.get(string.format());
        if (format == null) {
            if (isAny(rule)) {
                return plainString();
            }
            return constrained(constant(constants, StringRule.class, property, rule));
        }
        ClassName type = ClassName.get(format.type());
        CodeBlock plain = CodeBlock.of("$T.$L", Codecs.class, format.codec());
        CodeBlock codec = plain;
        if (!isAny(rule)) {
            TypeName codecType = ParameterizedTypeName.get(ClassName.get(Codec.class), type);
            codec = constants.constant(codecType, property, CodeBlock.of("$L.with($L)", codec, rule));
        }
        ValueType coded = ValueType.coded(type, codec);
        return type.equals(STRING) ? coded : coded.format(plain);
    }

    private static ValueType bytes(BytesDef bytes, String property, ConstraintFields constants) {
        CodeBlock.Builder rule = CodeBlock.builder().add("$T.ANY", BytesRule.class);
        add(rule, "minLength", bytes.minLength());
        add(rule, "maxLength", bytes.maxLength());
        return ValueType.coded(
                ClassName.get(Bytes.class), constant(constants, BytesRule.class, property, rule.build()));
    }

    private static ValueType blob(BlobDef blob, String property, ConstraintFields constants) {
        CodeBlock.Builder rule = CodeBlock.builder().add("$T.ANY", BlobRule.class);
        if (!blob.accept().isEmpty()) {
            rule.add(
                    ".accept($L)",
                    CodeBlock.join(blob.accept().stream().map(Literals::of).toList(), ", "));
        }
        add(rule, "maxSize", blob.maxSize());
        return ValueType.coded(
                ClassName.get(BlobRef.class), constant(constants, BlobRule.class, property, rule.build()));
    }

    private ValueType list(ArrayDef array, String property, ConstraintFields constants, String where) {
        ValueType item = of(array.items(), property + "Item", constants, where + "[]");
        CodeBlock.Builder builder = CodeBlock.builder().add("$T.ANY", ListRule.class);
        add(builder, "minLength", array.minLength());
        add(builder, "maxLength", array.maxLength());
        CodeBlock rule = constant(constants, ListRule.class, property, builder.build());
        TypeName type = ParameterizedTypeName.get(ClassName.get(List.class), item.boxed());
        return ValueType.coded(type, CodeBlock.of("$L.of($L)", rule, item.codec()))
                .items(item)
                .reading(reader -> CodeBlock.of("$L.read($L, $L)", rule, reader, item.codec()))
                .writing((writer, value) ->
                        CodeBlock.of("$T.write($L, $L, $L)", ListRule.class, writer, value, item.codec()));
    }

    private static CodeBlock constant(ConstraintFields constants, Class<?> type, String property, CodeBlock rule) {
        return isAny(rule) ? rule : constants.constant(ClassName.get(type), property, rule);
    }

    private static boolean isAny(CodeBlock rule) {
        return rule.toString().endsWith(".ANY");
    }

    private static void add(CodeBlock.Builder rule, String constraint, @Nullable Number value) {
        if (value instanceof Long) {
            rule.add(".$L($LL)", constraint, value);
        } else if (value != null) {
            rule.add(".$L($L)", constraint, value);
        }
    }
}
