// Generated from the lexicon com.example.method.queryUnion. Do not edit.
package com.example.method;

import static dev.atlex.schema.Output.json;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Codec;
import dev.atlex.schema.Query;
import dev.atlex.schema.Unit;
import dev.atlex.schema.generated.UnionCodec;
import java.util.List;

/** The query {@code com.example.method.queryUnion}. Call it with {@link #QUERY}. */
public final class QueryUnion {
    /** The method's NSID. */
    public static final String NSID = "com.example.method.queryUnion";

    /** The query {@code com.example.method.queryUnion}. */
    public static final Query<Unit, Unit.Builder, Output> QUERY = new Query<>(NSID, Unit.CODEC,
            json(Output.CODEC), List.of());

    private QueryUnion() {}

    /** The open union at {@code com.example.method.queryUnion output}. */
    public sealed interface Output {
        /** Reads and writes values of this union. */
        Codec<Output> CODEC = new UnionCodec<Output>() {
            @Override
            protected Output readVariant(String type, LexReader reader) {
                return switch (type) {
                    case "com.example.method.defs#result" -> new Result(MethodDefs.Result.CODEC.readFields(reader));
                    case "com.example.hazard.post" -> new Post(com.example.hazard.Post.CODEC.readFields(reader));
                    default -> new Unknown(type, unknown(type, reader));
                };
            }

            @Override
            public void write(LexWriter writer, Output value) {
                if (value instanceof Result variant) {
                    MethodDefs.Result.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof Post variant) {
                    com.example.hazard.Post.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof Unknown variant) {
                    writer.value(variant.value());
                }
            }
        };

        /** Returns the variant {@code com.example.method.defs#result}. */
        static Output of(MethodDefs.Result value) {
            return new Result(value);
        }

        /** Returns the variant {@code com.example.hazard.post}. */
        static Output of(com.example.hazard.Post value) {
            return new Post(value);
        }

        /** The variant {@code com.example.method.defs#result}. */
        record Result(MethodDefs.Result value) implements Output {}

        /** The variant {@code com.example.hazard.post}. */
        record Post(com.example.hazard.Post value) implements Output {}

        /**
         * A variant that is unknown to this version of the generated code.
         *
         * @param type its {@code $type}
         * @param value the whole object, including {@code $type}
         */
        record Unknown(String type, LexMap value) implements Output {}
    }
}
