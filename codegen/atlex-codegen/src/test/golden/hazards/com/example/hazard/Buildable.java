// Generated from the lexicon com.example.hazard.buildable. Do not edit.
package com.example.hazard;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.ObjectSchema;
import dev.atlex.schema.generated.ObjectCodec;
import org.jspecify.annotations.Nullable;

/** The object type {@code com.example.hazard.buildable}. */
public final class Buildable extends LexObject implements dev.atlex.schema.Buildable<Buildable, Buildable.Builder> {
    /** The definition's full name: the value of {@code $type}. */
    public static final String TYPE = "com.example.hazard.buildable";

    /** Reads and writes objects of this type. */
    public static final ObjectCodec<Buildable, Builder> CODEC = new BuildableCodec();

    private final String buildable;
    private final Inner inner;

    private Buildable(String buildable, Inner inner, LexMap extra) {
        super(extra);
        this.buildable = buildable;
        this.inner = inner;
    }

    /** Returns an empty builder. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Returns {@code buildable}: required. */
    public String buildable() {
        return buildable;
    }

    /** Returns {@code inner}: optional. */
    public @Nullable Inner inner() {
        return inner;
    }

    @Override
    protected ObjectSchema<?, ?> codec() {
        return CODEC;
    }

    @Override
    protected Object[] fieldValues() {
        return new Object[] {buildable, inner};
    }

    /** Builds {@link Buildable}. */
    public static final class Builder extends ObjectBuilder<Buildable, Builder> {
        private String buildable;
        private Inner inner;

        private Builder() {}

        private Builder(Buildable from) {
            super(from);
            this.buildable = from.buildable;
            this.inner = from.inner;
        }

        /** Sets {@code buildable}: required. */
        public Builder buildable(String buildable) {
            this.buildable = buildable;
            return this;
        }

        /** Sets {@code inner}: optional. */
        public Builder inner(@Nullable Inner inner) {
            this.inner = inner;
            return this;
        }

        @Override
        public Buildable build() {
            return new Buildable(required(buildable, "buildable", CODEC.type()), inner, extra());
        }
    }

    private static final class BuildableCodec extends ObjectCodec<Buildable, Builder> {
        BuildableCodec() {
            super("com.example.hazard.buildable", "sm", ObjectCodec.Typing.CHECKED, "buildable",
                    "inner");
        }

        @Override
        public Builder newBuilder() {
            return new Builder();
        }

        @Override
        public Buildable readFields(LexReader reader) {
            String buildable = null;
            Inner inner = null;
            LexMap.Builder extra = null;
            int field;
            while ((field = reader.nextField(fields())) != LexReader.END) {
                switch (field) {
                    case 0 -> buildable = reader.readString();
                    case 1 -> inner = Inner.CODEC.read(reader);
                    default -> extra = keep(reader, extra);
                }
            }
            if (reader.validating()) {
                if (buildable == null) {
                    throw reader.missing("buildable");
                }
            }
            return new Buildable(buildable, inner, kept(extra));
        }

        @Override
        protected void writeFields(LexWriter writer, Buildable value) {
            if (value.buildable != null) {
                writer.name(fields(), 0);
                writer.string(value.buildable);
            }
            if (value.inner != null) {
                writer.name(fields(), 1);
                Inner.CODEC.write(writer, value.inner);
            }
        }
    }

    /** The object at {@code com.example.hazard.buildable.inner}. */
    public static final class Inner extends LexObject implements dev.atlex.schema.Buildable<Inner, Inner.Builder> {
        /** Reads and writes objects of this type. */
        public static final ObjectCodec<Inner, Builder> CODEC = new InnerCodec();

        private final BuildableObject buildable;

        private Inner(BuildableObject buildable, LexMap extra) {
            super(extra);
            this.buildable = buildable;
        }

        /** Returns an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** Returns {@code buildable}: optional. */
        public @Nullable BuildableObject buildable() {
            return buildable;
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {buildable};
        }

        /** Builds {@link Inner}. */
        public static final class Builder extends ObjectBuilder<Inner, Builder> {
            private BuildableObject buildable;

            private Builder() {}

            private Builder(Inner from) {
                super(from);
                this.buildable = from.buildable;
            }

            /** Sets {@code buildable}: optional. */
            public Builder buildable(@Nullable BuildableObject buildable) {
                this.buildable = buildable;
                return this;
            }

            @Override
            public Inner build() {
                return new Inner(buildable, extra());
            }
        }

        private static final class InnerCodec extends ObjectCodec<Inner, Builder> {
            InnerCodec() {
                super("com.example.hazard.buildable.inner", "m", ObjectCodec.Typing.NONE,
                        "buildable");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public Inner readFields(LexReader reader) {
                BuildableObject buildable = null;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> buildable = BuildableObject.CODEC.read(reader);
                        default -> extra = keep(reader, extra);
                    }
                }
                return new Inner(buildable, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, Inner value) {
                if (value.buildable != null) {
                    writer.name(fields(), 0);
                    BuildableObject.CODEC.write(writer, value.buildable);
                }
            }
        }

        /** The object at {@code com.example.hazard.buildable.inner.buildable}. */
        public static final class BuildableObject extends LexObject implements dev.atlex.schema.Buildable<BuildableObject, BuildableObject.Builder> {
            /** Reads and writes objects of this type. */
            public static final ObjectCodec<BuildableObject, Builder> CODEC = new BuildableObjectCodec();

            private final Long x;

            private BuildableObject(Long x, LexMap extra) {
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

            /** Builds {@link BuildableObject}. */
            public static final class Builder extends ObjectBuilder<BuildableObject, Builder> {
                private Long x;

                private Builder() {}

                private Builder(BuildableObject from) {
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
                public BuildableObject build() {
                    return new BuildableObject(x, extra());
                }
            }

            private static final class BuildableObjectCodec extends ObjectCodec<BuildableObject, Builder> {
                BuildableObjectCodec() {
                    super("com.example.hazard.buildable.inner.buildable", "i", ObjectCodec.Typing.NONE,
                            "x");
                }

                @Override
                public Builder newBuilder() {
                    return new Builder();
                }

                @Override
                public BuildableObject readFields(LexReader reader) {
                    Long x = null;
                    LexMap.Builder extra = null;
                    int field;
                    while ((field = reader.nextField(fields())) != LexReader.END) {
                        switch (field) {
                            case 0 -> x = reader.readInteger();
                            default -> extra = keep(reader, extra);
                        }
                    }
                    return new BuildableObject(x, kept(extra));
                }

                @Override
                protected void writeFields(LexWriter writer, BuildableObject value) {
                    if (value.x != null) {
                        writer.name(fields(), 0);
                        writer.integer(value.x);
                    }
                }
            }
        }
    }
}
