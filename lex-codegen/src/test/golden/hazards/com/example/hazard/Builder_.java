// Generated from the lexicon com.example.hazard.builder. Changes here would be lost.
package com.example.hazard;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Buildable;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.ObjectCodec;
import org.jspecify.annotations.Nullable;

/** An object of {@code com.example.hazard.builder}. */
public final class Builder_ extends LexObject implements Buildable<Builder_, Builder_.Builder> {
    /** The definition's full name, as {@code $type} says it. */
    public static final String TYPE = "com.example.hazard.builder";

    /** Reads and writes such objects. */
    public static final ObjectCodec<Builder_, Builder> CODEC = new Builder_Codec();

    private final @Nullable Thing builder_;

    private Builder_(@Nullable Thing builder_, @Nullable LexMap extra) {
        super(extra);
        this.builder_ = builder_;
    }

    /** A builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** {@code builder}: optional. */
    public @Nullable Thing builder_() {
        return builder_;
    }

    @Override
    protected ObjectCodec<?, ?> codec() {
        return CODEC;
    }

    @Override
    protected Object[] fieldValues() {
        return new Object[] {builder_};
    }

    /** Makes {@link Builder_}. */
    public static final class Builder extends ObjectBuilder<Builder_, Builder> {
        private @Nullable Thing builder_;

        private Builder() {}

        private Builder(Builder_ from) {
            super(from);
            this.builder_ = from.builder_;
        }

        /** {@code builder}: optional. */
        public Builder builder_(@Nullable Thing builder_) {
            this.builder_ = builder_;
            return this;
        }

        @Override
        public Builder_ build() {
            return new Builder_(builder_, extra());
        }
    }

    private static final class Builder_Codec extends ObjectCodec<Builder_, Builder> {
        Builder_Codec() {
            super("com.example.hazard.builder", ObjectCodec.Typing.CHECKED, "builder");
        }

        @Override
        public Builder newBuilder() {
            return new Builder();
        }

        @Override
        public Builder_ readFields(LexReader reader) {
            Thing builder_ = null;
            LexMap.Builder extra = null;
            for (int field = reader.nextField(fields()); field != LexReader.END; field = reader.nextField(fields())) {
                switch (field) {
                    case 0 -> builder_ = Thing.CODEC.read(reader);
                    default -> extra = keep(reader, extra);
                }
            }
            return new Builder_(builder_, kept(extra));
        }

        @Override
        protected void writeFields(LexWriter writer, Builder_ value) {
            if (value.builder_ != null) {
                writer.name(fields(), 0);
                Thing.CODEC.write(writer, value.builder_);
            }
        }
    }

    /** An object of {@code com.example.hazard.builder#thing}. */
    public static final class Thing extends LexObject implements Buildable<Thing, Thing.Builder> {
        /** The definition's full name, as {@code $type} says it. */
        public static final String TYPE = "com.example.hazard.builder#thing";

        /** Reads and writes such objects. */
        public static final ObjectCodec<Thing, Builder> CODEC = new ThingCodec();

        private final @Nullable Long x;

        private Thing(@Nullable Long x, @Nullable LexMap extra) {
            super(extra);
            this.x = x;
        }

        /** A builder with nothing set. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** {@code x}: optional. */
        public @Nullable Long x() {
            return x;
        }

        @Override
        protected ObjectCodec<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {x};
        }

        /** Makes {@link Thing}. */
        public static final class Builder extends ObjectBuilder<Thing, Builder> {
            private @Nullable Long x;

            private Builder() {}

            private Builder(Thing from) {
                super(from);
                this.x = from.x;
            }

            /** {@code x}: optional. */
            public Builder x(@Nullable Long x) {
                this.x = x;
                return this;
            }

            @Override
            public Thing build() {
                return new Thing(x, extra());
            }
        }

        private static final class ThingCodec extends ObjectCodec<Thing, Builder> {
            ThingCodec() {
                super("com.example.hazard.builder#thing", ObjectCodec.Typing.CHECKED, "x");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public Thing readFields(LexReader reader) {
                Long x = null;
                LexMap.Builder extra = null;
                for (int field = reader.nextField(fields()); field != LexReader.END; field = reader.nextField(fields())) {
                    switch (field) {
                        case 0 -> x = reader.readInteger();
                        default -> extra = keep(reader, extra);
                    }
                }
                return new Thing(x, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, Thing value) {
                if (value.x != null) {
                    writer.name(fields(), 0);
                    writer.integer(value.x);
                }
            }
        }
    }
}
