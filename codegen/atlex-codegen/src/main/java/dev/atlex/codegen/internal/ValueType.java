package dev.atlex.codegen.internal;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;

/**
 * How a value of some definition is spelt in Java.
 *
 * @param declared its type where it is always there: {@code long}
 * @param codec an expression for its {@code Codec}
 * @param reading an expression that takes it from the reader
 * @param writing an expression that writes it
 * @param parses whether it is a string format, so that {@code Type.of(String)} makes one
 */
record ValueType(TypeName declared, CodeBlock codec, Reading reading, Writing writing, boolean parses) {
    /** Code that takes a value from the reader of that name. */
    interface Reading {
        CodeBlock from(String reader);
    }

    /** Code that writes the value of that expression to the writer of that name. */
    interface Writing {
        CodeBlock to(String writer, String value);
    }

    /** A value that is read and written through its codec. */
    static ValueType coded(TypeName type, CodeBlock codec) {
        return new ValueType(
                type,
                codec,
                reader -> CodeBlock.of("$L.read($L)", codec, reader),
                (writer, value) -> CodeBlock.of("$L.write($L, $L)", codec, writer, value),
                false);
    }

    ValueType parsing() {
        return new ValueType(declared, codec, reading, writing, true);
    }

    ValueType reading(Reading other) {
        return new ValueType(declared, codec, other, writing, parses);
    }

    ValueType writing(Writing other) {
        return new ValueType(declared, codec, reading, other, parses);
    }

    TypeName boxed() {
        return declared.box();
    }

    boolean isPrimitive() {
        return declared.isPrimitive();
    }
}
