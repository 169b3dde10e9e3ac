// Generated from the lexicon com.example.method.doBinary. Do not edit.
package com.example.method;

import static dev.atlex.schema.Output.binary;

import dev.atlex.data.Bytes;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.BinaryProcedure;
import dev.atlex.schema.Buildable;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.ObjectSchema;
import dev.atlex.schema.generated.IntegerRule;
import dev.atlex.schema.generated.ObjectCodec;
import java.util.List;

/** The procedure {@code com.example.method.doBinary}. Call it with {@link #PROCEDURE}. */
public final class DoBinary {
    /** The method's NSID. */
    public static final String NSID = "com.example.method.doBinary";

    /**
     * The procedure {@code com.example.method.doBinary}. Input: bytes of type <code>*&#47;*</code>.
     * Output: bytes of type {@code text/plain}.
     */
    public static final BinaryProcedure<Bytes> PROCEDURE = new BinaryProcedure<>(NSID, Params.CODEC,
            "*/*", binary("text/plain"), List.of());

    private DoBinary() {}

    /** The parameters of {@code com.example.method.doBinary}. Required: {@code part}. */
    public static final class Params extends LexObject implements Buildable<Params, Params.Builder> {
        /** Reads and writes objects of this type. */
        public static final ObjectCodec<Params, Builder> CODEC = new ParamsCodec();

        private final long part;

        private Params(long part, LexMap extra) {
            super(extra);
            this.part = part;
        }

        /** Returns an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** Returns {@code part}: required, at least 1. */
        public long part() {
            return part;
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {part};
        }

        /** Builds {@link Params}. */
        public static final class Builder extends ObjectBuilder<Params, Builder> {
            private Long part;

            private Builder() {}

            private Builder(Params from) {
                super(from);
                this.part = from.part;
            }

            /** Sets {@code part}: required, at least 1. */
            public Builder part(long part) {
                this.part = part;
                return this;
            }

            @Override
            public Params build() {
                return new Params(required(part, "part", CODEC.type()), extra());
            }
        }

        private static final class ParamsCodec extends ObjectCodec<Params, Builder> {
            private static final IntegerRule PART = IntegerRule.ANY.minimum(1L);

            ParamsCodec() {
                super("com.example.method.doBinary parameters", "i", ObjectCodec.Typing.NONE,
                        "part");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public Params readFields(LexReader reader) {
                long part = 0;
                boolean hasPart = false;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> {
                            part = PART.readLong(reader);
                            hasPart = true;
                        }
                        default -> extra = keep(reader, extra);
                    }
                }
                if (reader.validating()) {
                    if (!hasPart) {
                        throw reader.missing("part");
                    }
                }
                return new Params(part, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, Params value) {
                writer.name(fields(), 0);
                writer.integer(value.part);
            }
        }
    }
}
