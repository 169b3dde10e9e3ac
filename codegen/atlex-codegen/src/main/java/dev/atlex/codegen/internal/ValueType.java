package dev.atlex.codegen.internal;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import org.jspecify.annotations.Nullable;

/**
 * How a value of a definition is represented in Java.
 *
 * @param declared its type when it is always present: {@code long}
 * @param codec an expression for its {@code Codec}
 * @param reading an expression that takes it from the reader
 * @param writing an expression that writes it
 * @param format for a string format with a class of its own, an expression for the codec that parses strings; else null
 * @param item for a list, its elements; else null
 */
record ValueType(
        TypeName declared,
        CodeBlock codec,
        Reading reading,
        Writing writing,
        @Nullable CodeBlock format,
        @Nullable ValueType item) {
    /** Code that takes a value from the reader of that name. */
    interface Reading {
        CodeBlock from(String reader);
    }

    /** Code that writes the value of that expression to the writer of that name. */
    interface Writing {
        CodeBlock to(String writer, String value);
    }

    /** Returns a value that is read and written through its codec. */
    static ValueType coded(TypeName type, CodeBlock codec) {
        return new ValueType(
                type,
                codec,
                reader -> CodeBlock.of("$L.read($L)", codec, reader),
                (writer, value) -> CodeBlock.of("$L.write($L, $L)", codec, writer, value),
                null,
                null);
    }

    ValueType format(CodeBlock codecOfStrings) {
        return new ValueType(declared, codec, reading, writing, codecOfStrings, item);
    }

    ValueType items(ValueType items) {
        return new ValueType(declared, codec, reading, writing, format, items);
    }

    ValueType reading(Reading other) {
        return new ValueType(declared, codec, other, writing, format, item);
    }

    ValueType writing(Writing other) {
        return new ValueType(declared, codec, reading, other, format, item);
    }

    /** Returns whether {@code Type.of(String)} makes a value. */
    boolean parses() {
        return format != null;
    }

    TypeName boxed() {
        return declared.box();
    }

    boolean isPrimitive() {
        return declared.isPrimitive();
    }
}
