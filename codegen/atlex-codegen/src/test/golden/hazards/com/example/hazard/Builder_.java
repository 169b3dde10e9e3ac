// Generated from the lexicon com.example.hazard.builder. Do not edit.
package com.example.hazard;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Buildable;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.ObjectSchema;
import dev.atlex.schema.generated.ObjectCodec;
import org.jspecify.annotations.Nullable;

/** The object type {@code com.example.hazard.builder}. */
public final class Builder_ extends LexObject implements Buildable<Builder_, Builder_.Builder> {
    /** The definition's full name: the value of {@code $type}. */
    public static final String TYPE = "com.example.hazard.builder";

    /** Reads and writes objects of this type. */
    public static final ObjectCodec<Builder_, Builder> CODEC = new Builder_Codec();

    private final Thing builder_;
    private final Buildable buildable;
    private final com.example.hazard.Buildable other;

    private Builder_(Thing builder_, Buildable buildable, com.example.hazard.Buildable other,
            LexMap extra) {
        super(extra);
        this.builder_ = builder_;
        this.buildable = buildable;
        this.other = other;
    }

    /** Returns an empty builder. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Returns {@code builder}: optional. */
    public @Nullable Thing builder_() {
        return builder_;
    }

    /** Returns {@code buildable}: optional. */
    public @Nullable Buildable buildable() {
        return buildable;
    }

    /** Returns {@code other}: optional. */
    public com.example.hazard.@Nullable Buildable other() {
        return other;
    }

    @Override
    protected ObjectSchema<?, ?> codec() {
        return CODEC;
    }

    @Override
    protected Object[] fieldValues() {
        return new Object[] {builder_, buildable, other};
    }

    /** Builds {@link Builder_}. */
    public static final class Builder extends ObjectBuilder<Builder_, Builder> {
        private Thing builder_;
        private Buildable buildable;
        private com.example.hazard.Buildable other;

        private Builder() {}

        private Builder(Builder_ from) {
            super(from);
            this.builder_ = from.builder_;
            this.buildable = from.buildable;
            this.other = from.other;
        }

        /** Sets {@code builder}: optional. */
        public Builder builder_(@Nullable Thing builder_) {
            this.builder_ = builder_;
            return this;
        }

        /** Sets {@code buildable}: optional. */
        public Builder buildable(@Nullable Buildable buildable) {
            this.buildable = buildable;
            return this;
        }

        /** Sets {@code other}: optional. */
        public Builder other(com.example.hazard.@Nullable Buildable other) {
            this.other = other;
            return this;
        }

        @Override
        public Builder_ build() {
            return new Builder_(builder_, buildable, other, extra());
        }
    }

    private static final class Builder_Codec extends ObjectCodec<Builder_, Builder> {
        Builder_Codec() {
            super("com.example.hazard.builder", "mmm", ObjectCodec.Typing.CHECKED, "builder",
                    "buildable", "other");
        }

        @Override
        public Builder newBuilder() {
            return new Builder();
        }

        @Override
        public Builder_ readFields(LexReader reader) {
            Thing builder_ = null;
            Buildable buildable = null;
            com.example.hazard.Buildable other = null;
            LexMap.Builder extra = null;
            int field;
            while ((field = reader.nextField(fields())) != LexReader.END) {
                switch (field) {
                    case 0 -> builder_ = Thing.CODEC.read(reader);
                    case 1 -> buildable = Buildable.CODEC.read(reader);
                    case 2 -> other = com.example.hazard.Buildable.CODEC.read(reader);
                    default -> extra = keep(reader, extra);
                }
            }
            return new Builder_(builder_, buildable, other, kept(extra));
        }

        @Override
        protected void writeFields(LexWriter writer, Builder_ value) {
            if (value.builder_ != null) {
                writer.name(fields(), 0);
                Thing.CODEC.write(writer, value.builder_);
            }
            if (value.buildable != null) {
                writer.name(fields(), 1);
                Buildable.CODEC.write(writer, value.buildable);
            }
            if (value.other != null) {
                writer.name(fields(), 2);
                com.example.hazard.Buildable.CODEC.write(writer, value.other);
            }
        }
    }

    /** The object type {@code com.example.hazard.builder#thing}. */
    public static final class Thing extends LexObject implements dev.atlex.schema.Buildable<Thing, Thing.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "com.example.hazard.builder#thing";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<Thing, Builder> CODEC = new ThingCodec();

        private final Long x;

        private Thing(Long x, LexMap extra) {
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

        /** Builds {@link Thing}. */
        public static final class Builder extends ObjectBuilder<Thing, Builder> {
            private Long x;

            private Builder() {}

            private Builder(Thing from) {
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
            public Thing build() {
                return new Thing(x, extra());
            }
        }

        private static final class ThingCodec extends ObjectCodec<Thing, Builder> {
            ThingCodec() {
                super("com.example.hazard.builder#thing", "i", ObjectCodec.Typing.CHECKED, "x");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public Thing readFields(LexReader reader) {
                Long x = null;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
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

    /** The object type {@code com.example.hazard.builder#buildable}. */
    public static final class Buildable extends LexObject implements dev.atlex.schema.Buildable<Buildable, Buildable.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "com.example.hazard.builder#buildable";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<Buildable, Builder> CODEC = new BuildableCodec();

        private final Thing thing;
        private final String builder_;

        private Buildable(Thing thing, String builder_, LexMap extra) {
            super(extra);
            this.thing = thing;
            this.builder_ = builder_;
        }

        /** Returns an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** Returns {@code thing}: optional. */
        public @Nullable Thing thing() {
            return thing;
        }

        /** Returns {@code builder}: optional. */
        public @Nullable String builder_() {
            return builder_;
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {thing, builder_};
        }

        /** Builds {@link Buildable}. */
        public static final class Builder extends ObjectBuilder<Buildable, Builder> {
            private Thing thing;
            private String builder_;

            private Builder() {}

            private Builder(Buildable from) {
                super(from);
                this.thing = from.thing;
                this.builder_ = from.builder_;
            }

            /** Sets {@code thing}: optional. */
            public Builder thing(@Nullable Thing thing) {
                this.thing = thing;
                return this;
            }

            /** Sets {@code builder}: optional. */
            public Builder builder_(@Nullable String builder_) {
                this.builder_ = builder_;
                return this;
            }

            @Override
            public Buildable build() {
                return new Buildable(thing, builder_, extra());
            }
        }

        private static final class BuildableCodec extends ObjectCodec<Buildable, Builder> {
            BuildableCodec() {
                super("com.example.hazard.builder#buildable", "ms", ObjectCodec.Typing.CHECKED,
                        "thing", "builder");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public Buildable readFields(LexReader reader) {
                Thing thing = null;
                String builder_ = null;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> thing = Thing.CODEC.read(reader);
                        case 1 -> builder_ = reader.readString();
                        default -> extra = keep(reader, extra);
                    }
                }
                return new Buildable(thing, builder_, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, Buildable value) {
                if (value.thing != null) {
                    writer.name(fields(), 0);
                    Thing.CODEC.write(writer, value.thing);
                }
                if (value.builder_ != null) {
                    writer.name(fields(), 1);
                    writer.string(value.builder_);
                }
            }
        }
    }
}
