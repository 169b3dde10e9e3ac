// Generated from the lexicon com.example.method.defs. Do not edit.
package com.example.method;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Buildable;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.ObjectSchema;
import dev.atlex.schema.generated.ObjectCodec;
import org.jspecify.annotations.Nullable;

/** The definitions of {@code com.example.method.defs}. */
public final class MethodDefs {
    /** The token {@code com.example.method.defs#stop}. */
    public static final String STOP = "com.example.method.defs#stop";

    private MethodDefs() {}

    /** The object type {@code com.example.method.defs#result}. */
    public static final class Result extends LexObject implements Buildable<Result, Result.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "com.example.method.defs#result";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<Result, Builder> CODEC = new ResultCodec();

        private final Long x;

        private Result(Long x, LexMap extra) {
            super(extra);
            this.x = x;
        }

        /** Returns an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** Returns {@code x}: optional. */
        public @Nullable Long x() {
            return x;
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {x};
        }

        /** Builds {@link Result}. */
        public static final class Builder extends ObjectBuilder<Result, Builder> {
            private Long x;

            private Builder() {}

            private Builder(Result from) {
                super(from);
                this.x = from.x;
            }

            /** Sets {@code x}: optional. */
            public Builder x(@Nullable Long x) {
                this.x = x;
                return this;
            }

            /** Sets {@code x}. */
            public Builder x(long x) {
                return x((Long) x);
            }

            @Override
            public Result build() {
                return new Result(x, extra());
            }
        }

        private static final class ResultCodec extends ObjectCodec<Result, Builder> {
            ResultCodec() {
                super("com.example.method.defs#result", "i", ObjectCodec.Typing.CHECKED, "x");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public Result readFields(LexReader reader) {
                Long x = null;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> x = reader.readInteger();
                        default -> extra = keep(reader, extra);
                    }
                }
                return new Result(x, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, Result value) {
                if (value.x != null) {
                    writer.name(fields(), 0);
                    writer.integer(value.x);
                }
            }
        }
    }
}
