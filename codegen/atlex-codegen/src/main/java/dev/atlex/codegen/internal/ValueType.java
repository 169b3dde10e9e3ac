package dev.atlex.codegen.internal;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import org.jspecify.annotations.Nullable;

/**
 * The Java representation of a definition's values.
 *
 * @param declared the type of a value that is always present, such as {@code long}
 * @param codec an expression for the {@code Codec}
 * @param reading a function that generates an expression for reading a value
 * @param writing a function that generates an expression for writing a value
 * @param format an expression for the codec that parses strings, if the string format has a class; else null
 * @param item the type of a list's elements; null if the value isn't a list
 */
record ValueType(
        TypeName declared,
        CodeBlock codec,
        Reading reading,
        Writing writing,
        @Nullable CodeBlock format,
        @Nullable ValueType item) {
    /** Generates code that reads a value from the named reader. */
    interface Reading {
        CodeBlock from(String reader);
    }

    /** Generates code that writes the value of an expression to the named writer. */
    interface Writing {
        CodeBlock to(String writer, String value);
    }

    /** Returns a type whose values are read and written with the codec. */
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

    /** Returns whether values can be parsed with {@code Type.of(String)}. */
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
