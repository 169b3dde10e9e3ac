// Generated from the lexicon com.example.method.doUnion. Do not edit.
package com.example.method;

import static dev.atlex.schema.Output.none;

import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Codec;
import dev.atlex.schema.Unit;
import dev.atlex.schema.ValueProcedure;
import dev.atlex.schema.generated.UnionCodec;
import java.util.List;

/** The procedure {@code com.example.method.doUnion}. Call it with {@link #PROCEDURE}. */
public final class DoUnion {
    /** The method's NSID. */
    public static final String NSID = "com.example.method.doUnion";

    /** The procedure {@code com.example.method.doUnion}. */
    public static final ValueProcedure<Input, Unit> PROCEDURE = new ValueProcedure<>(NSID,
            Unit.CODEC, Input.CODEC, none(), List.of());

    private DoUnion() {}

    /** The closed union at {@code com.example.method.doUnion input}. */
    public sealed interface Input {
        /** Reads and writes values of this union. */
        Codec<Input> CODEC = new UnionCodec<Input>() {
            @Override
            protected Input readVariant(String type, LexReader reader) {
                return switch (type) {
                    case "com.example.method.defs#result" -> new Result(MethodDefs.Result.CODEC.readFields(reader));
                    default -> throw unexpected(type, reader);
                };
            }

            @Override
            public void write(LexWriter writer, Input value) {
                if (value instanceof Result variant) {
                    MethodDefs.Result.CODEC.writeTyped(writer, variant.value());
                }
            }
        };

        /** Returns the variant {@code com.example.method.defs#result}. */
        static Input of(MethodDefs.Result value) {
            return new Result(value);
        }

        /** The variant {@code com.example.method.defs#result}. */
        record Result(MethodDefs.Result value) implements Input {}
    }
}
