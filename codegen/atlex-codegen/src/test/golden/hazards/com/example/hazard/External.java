// Generated from the lexicon com.example.hazard.external. Do not edit.
package com.example.hazard;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Buildable;
import dev.atlex.schema.Codec;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.ObjectSchema;
import dev.atlex.schema.generated.Codecs;
import dev.atlex.schema.generated.ListRule;
import dev.atlex.schema.generated.ObjectCodec;
import dev.atlex.schema.generated.UnionCodec;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The object type {@code com.example.hazard.external}. */
public final class External extends LexObject implements Buildable<External, External.Builder> {
    /** The definition's full name: the value of {@code $type}. */
    public static final String TYPE = "com.example.hazard.external";

    /** Reads and writes objects of this type. */
    public static final ObjectCodec<External, Builder> CODEC = new ExternalCodec();

    private final ExternalDef external;
    private final BuilderDef builder_;
    private final ExternalCodecDef codec_;
    private final List<UnionsItem> unions;

    private External(ExternalDef external, BuilderDef builder_, ExternalCodecDef codec_,
            List<UnionsItem> unions, LexMap extra) {
        super(extra);
        this.external = external;
        this.builder_ = builder_;
        this.codec_ = codec_;
        this.unions = unions;
    }

    /** Returns an empty builder. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Returns {@code external}: required. */
    public ExternalDef external() {
        return external;
    }

    /** Returns {@code builder}: optional. */
    public @Nullable BuilderDef builder_() {
        return builder_;
    }

    /** Returns {@code codec}: optional. */
    public @Nullable ExternalCodecDef codec_() {
        return codec_;
    }

    /** Returns {@code unions}: optional. */
    public @Nullable List<UnionsItem> unions() {
        return unions;
    }

    @Override
    protected ObjectSchema<?, ?> codec() {
        return CODEC;
    }

    @Override
    protected Object[] fieldValues() {
        return new Object[] {external, builder_, codec_, unions};
    }

    /** Builds {@link External}. */
    public static final class Builder extends ObjectBuilder<External, Builder> {
        private ExternalDef external;
        private BuilderDef builder_;
        private ExternalCodecDef codec_;
        private List<UnionsItem> unions;

        private Builder() {}

        private Builder(External from) {
            super(from);
            this.external = from.external;
            this.builder_ = from.builder_;
            this.codec_ = from.codec_;
            this.unions = from.unions;
        }

        /** Sets {@code external}: required. */
        public Builder external(ExternalDef external) {
            this.external = external;
            return this;
        }

        /** Sets {@code builder}: optional. */
        public Builder builder_(@Nullable BuilderDef builder_) {
            this.builder_ = builder_;
            return this;
        }

        /** Sets {@code codec}: optional. */
        public Builder codec_(@Nullable ExternalCodecDef codec_) {
            this.codec_ = codec_;
            return this;
        }

        /** Sets {@code unions}: optional. */
        public Builder unions(@Nullable Collection<? extends UnionsItem> unions) {
            this.unions = ListRule.copy(unions);
            return this;
        }

        /** Sets {@code unions} to these elements. */
        public Builder unions(UnionsItem... unions) {
            return unions(List.of(unions));
        }

        @Override
        public External build() {
            return new External(required(external, "external", CODEC.type()), builder_, codec_,
                    unions, extra());
        }
    }

    private static final class ExternalCodec extends ObjectCodec<External, Builder> {
        ExternalCodec() {
            super("com.example.hazard.external", "mmma", ObjectCodec.Typing.CHECKED, "external",
                    "builder", "codec", "unions");
        }

        @Override
        public Builder newBuilder() {
            return new Builder();
        }

        @Override
        public External readFields(LexReader reader) {
            ExternalDef external = null;
            BuilderDef builder_ = null;
            ExternalCodecDef codec_ = null;
            List<UnionsItem> unions = null;
            LexMap.Builder extra = null;
            int field;
            while ((field = reader.nextField(fields())) != LexReader.END) {
                switch (field) {
                    case 0 -> external = ExternalDef.CODEC.read(reader);
                    case 1 -> builder_ = BuilderDef.CODEC.read(reader);
                    case 2 -> codec_ = ExternalCodecDef.CODEC.read(reader);
                    case 3 -> unions = ListRule.ANY.read(reader, UnionsItem.CODEC);
                    default -> extra = keep(reader, extra);
                }
            }
            if (reader.validating()) {
                if (external == null) {
                    throw reader.missing("external");
                }
            }
            return new External(external, builder_, codec_, unions, kept(extra));
        }

        @Override
        protected void writeFields(LexWriter writer, External value) {
            if (value.external != null) {
                writer.name(fields(), 0);
                ExternalDef.CODEC.write(writer, value.external);
            }
            if (value.builder_ != null) {
                writer.name(fields(), 1);
                BuilderDef.CODEC.write(writer, value.builder_);
            }
            if (value.codec_ != null) {
                writer.name(fields(), 2);
                ExternalCodecDef.CODEC.write(writer, value.codec_);
            }
            if (value.unions != null) {
                writer.name(fields(), 3);
                ListRule.write(writer, value.unions, UnionsItem.CODEC);
            }
        }
    }

    /** The open union at {@code com.example.hazard.external.unions[]}. */
    public sealed interface UnionsItem {
        /** Reads and writes values of this union. */
        Codec<UnionsItem> CODEC = new UnionCodec<UnionsItem>() {
            @Override
            protected UnionsItem readVariant(String type, LexReader reader) {
                return switch (type) {
                    case "com.example.hazard.external#external" -> new ExternalDef(External.ExternalDef.CODEC.readFields(reader));
                    case "com.example.hazard.external#builder" -> new BuilderDef(External.BuilderDef.CODEC.readFields(reader));
                    case "com.example.hazard.external#EXTERNAL" -> new EXTERNALDefDef(External.EXTERNALDefDef.CODEC.readFields(reader));
                    default -> new Unknown(type, unknown(type, reader));
                };
            }

            @Override
            public void write(LexWriter writer, UnionsItem value) {
                if (value instanceof ExternalDef variant) {
                    External.ExternalDef.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof BuilderDef variant) {
                    External.BuilderDef.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof EXTERNALDefDef variant) {
                    External.EXTERNALDefDef.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof Unknown variant) {
                    writer.value(variant.value());
                }
            }
        };

        /** Returns the variant {@code com.example.hazard.external#external}. */
        static UnionsItem of(External.ExternalDef value) {
            return new ExternalDef(value);
        }

        /** Returns the variant {@code com.example.hazard.external#builder}. */
        static UnionsItem of(External.BuilderDef value) {
            return new BuilderDef(value);
        }

        /** Returns the variant {@code com.example.hazard.external#EXTERNAL}. */
        static UnionsItem of(External.EXTERNALDefDef value) {
            return new EXTERNALDefDef(value);
        }

        /** The variant {@code com.example.hazard.external#external}. */
        record ExternalDef(External.ExternalDef value) implements UnionsItem {}

        /** The variant {@code com.example.hazard.external#builder}. */
        record BuilderDef(External.BuilderDef value) implements UnionsItem {}

        /** The variant {@code com.example.hazard.external#EXTERNAL}. */
        record EXTERNALDefDef(External.EXTERNALDefDef value) implements UnionsItem {}

        /**
         * A variant that is unknown to this version of the generated code.
         *
         * @param type its {@code $type}
         * @param value the whole object, including {@code $type}
         */
        record Unknown(String type, LexMap value) implements UnionsItem {}
    }

    /** The object type {@code com.example.hazard.external#external}. */
    public static final class ExternalDef extends LexObject implements Buildable<ExternalDef, ExternalDef.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "com.example.hazard.external#external";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<ExternalDef, Builder> CODEC = new ExternalDefCodec();

        private final ExternalUnion external;

        private ExternalDef(ExternalUnion external, LexMap extra) {
            super(extra);
            this.external = external;
        }

        /** Returns an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** Returns {@code external}: optional. */
        public @Nullable ExternalUnion external() {
            return external;
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {external};
        }

        /** Builds {@link ExternalDef}. */
        public static final class Builder extends ObjectBuilder<ExternalDef, Builder> {
            private ExternalUnion external;

            private Builder() {}

            private Builder(ExternalDef from) {
                super(from);
                this.external = from.external;
            }

            /** Sets {@code external}: optional. */
            public Builder external(@Nullable ExternalUnion external) {
                this.external = external;
                return this;
            }

            @Override
            public ExternalDef build() {
                return new ExternalDef(external, extra());
            }
        }

        private static final class ExternalDefCodec extends ObjectCodec<ExternalDef, Builder> {
            ExternalDefCodec() {
                super("com.example.hazard.external#external", "m", ObjectCodec.Typing.CHECKED,
                        "external");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public ExternalDef readFields(LexReader reader) {
                ExternalUnion external = null;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> external = ExternalUnion.CODEC.read(reader);
                        default -> extra = keep(reader, extra);
                    }
                }
                return new ExternalDef(external, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, ExternalDef value) {
                if (value.external != null) {
                    writer.name(fields(), 0);
                    ExternalUnion.CODEC.write(writer, value.external);
                }
            }
        }

        /** The open union at {@code com.example.hazard.external#external.external}. */
        public sealed interface ExternalUnion {
            /** Reads and writes values of this union. */
            Codec<ExternalUnion> CODEC = new UnionCodec<ExternalUnion>() {
                @Override
                protected ExternalUnion readVariant(String type, LexReader reader) {
                    return switch (type) {
                        case "com.example.hazard.external#external" -> new HazardExternalDef(ExternalDef.CODEC.readFields(reader));
                        case "com.example.hazard.external#builder" -> new BuilderDef(External.BuilderDef.CODEC.readFields(reader));
                        default -> new Unknown(type, unknown(type, reader));
                    };
                }

                @Override
                public void write(LexWriter writer, ExternalUnion value) {
                    if (value instanceof HazardExternalDef variant) {
                        ExternalDef.CODEC.writeTyped(writer, variant.value());
                    } else if (value instanceof BuilderDef variant) {
                        External.BuilderDef.CODEC.writeTyped(writer, variant.value());
                    } else if (value instanceof Unknown variant) {
                        writer.value(variant.value());
                    }
                }
            };

            /** Returns the variant {@code com.example.hazard.external#external}. */
            static ExternalUnion of(ExternalDef value) {
                return new HazardExternalDef(value);
            }

            /** Returns the variant {@code com.example.hazard.external#builder}. */
            static ExternalUnion of(External.BuilderDef value) {
                return new BuilderDef(value);
            }

            /** The variant {@code com.example.hazard.external#external}. */
            record HazardExternalDef(ExternalDef value) implements ExternalUnion {}

            /** The variant {@code com.example.hazard.external#builder}. */
            record BuilderDef(External.BuilderDef value) implements ExternalUnion {}

            /**
             * A variant that is unknown to this version of the generated code.
             *
             * @param type its {@code $type}
             * @param value the whole object, including {@code $type}
             */
            record Unknown(String type, LexMap value) implements ExternalUnion {}
        }
    }

    /** The object type {@code com.example.hazard.external#EXTERNAL}. */
    public static final class EXTERNALDefDef extends LexObject implements Buildable<EXTERNALDefDef, EXTERNALDefDef.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "com.example.hazard.external#EXTERNAL";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<EXTERNALDefDef, Builder> CODEC = new EXTERNALDefDefCodec();

        private final String uri;

        private EXTERNALDefDef(String uri, LexMap extra) {
            super(extra);
            this.uri = uri;
        }

        /** Returns an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** Returns {@code uri}: optional, format {@code uri}. */
        public @Nullable String uri() {
            return uri;
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {uri};
        }

        /** Builds {@link EXTERNALDefDef}. */
        public static final class Builder extends ObjectBuilder<EXTERNALDefDef, Builder> {
            private String uri;

            private Builder() {}

            private Builder(EXTERNALDefDef from) {
                super(from);
                this.uri = from.uri;
            }

            /** Sets {@code uri}: optional, format {@code uri}. */
            public Builder uri(@Nullable String uri) {
                this.uri = uri;
                return this;
            }

            @Override
            public EXTERNALDefDef build() {
                return new EXTERNALDefDef(uri, extra());
            }
        }

        private static final class EXTERNALDefDefCodec extends ObjectCodec<EXTERNALDefDef, Builder> {
            EXTERNALDefDefCodec() {
                super("com.example.hazard.external#EXTERNAL", "s", ObjectCodec.Typing.CHECKED,
                        "uri");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public EXTERNALDefDef readFields(LexReader reader) {
                String uri = null;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> uri = Codecs.URI.read(reader);
                        default -> extra = keep(reader, extra);
                    }
                }
                return new EXTERNALDefDef(uri, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, EXTERNALDefDef value) {
                if (value.uri != null) {
                    writer.name(fields(), 0);
                    Codecs.URI.write(writer, value.uri);
                }
            }
        }
    }

    /** The object type {@code com.example.hazard.external#builder}. */
    public static final class BuilderDef extends LexObject implements Buildable<BuilderDef, BuilderDef.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "com.example.hazard.external#builder";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<BuilderDef, Builder> CODEC = new BuilderDefCodec();

        private final BuilderObject builder_;

        private BuilderDef(BuilderObject builder_, LexMap extra) {
            super(extra);
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

        /** Returns {@code builder}: optional. */
        public @Nullable BuilderObject builder_() {
            return builder_;
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {builder_};
        }

        /** Builds {@link BuilderDef}. */
        public static final class Builder extends ObjectBuilder<BuilderDef, Builder> {
            private BuilderObject builder_;

            private Builder() {}

            private Builder(BuilderDef from) {
                super(from);
                this.builder_ = from.builder_;
            }

            /** Sets {@code builder}: optional. */
            public Builder builder_(@Nullable BuilderObject builder_) {
                this.builder_ = builder_;
                return this;
            }

            @Override
            public BuilderDef build() {
                return new BuilderDef(builder_, extra());
            }
        }

        private static final class BuilderDefCodec extends ObjectCodec<BuilderDef, Builder> {
            BuilderDefCodec() {
                super("com.example.hazard.external#builder", "m", ObjectCodec.Typing.CHECKED,
                        "builder");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public BuilderDef readFields(LexReader reader) {
                BuilderObject builder_ = null;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> builder_ = BuilderObject.CODEC.read(reader);
                        default -> extra = keep(reader, extra);
                    }
                }
                return new BuilderDef(builder_, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, BuilderDef value) {
                if (value.builder_ != null) {
                    writer.name(fields(), 0);
                    BuilderObject.CODEC.write(writer, value.builder_);
                }
            }
        }

        /** The object at {@code com.example.hazard.external#builder.builder}. */
        public static final class BuilderObject extends LexObject implements Buildable<BuilderObject, BuilderObject.Builder> {
            /** Reads and writes objects of this type. */
            public static final ObjectCodec<BuilderObject, Builder> CODEC = new BuilderObjectCodec();

            private final String builder_;

            private BuilderObject(String builder_, LexMap extra) {
                super(extra);
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
                return new Object[] {builder_};
            }

            /** Builds {@link BuilderObject}. */
            public static final class Builder extends ObjectBuilder<BuilderObject, Builder> {
                private String builder_;

                private Builder() {}

                private Builder(BuilderObject from) {
                    super(from);
                    this.builder_ = from.builder_;
                }

                /** Sets {@code builder}: optional. */
                public Builder builder_(@Nullable String builder_) {
                    this.builder_ = builder_;
                    return this;
                }

                @Override
                public BuilderObject build() {
                    return new BuilderObject(builder_, extra());
                }
            }

            private static final class BuilderObjectCodec extends ObjectCodec<BuilderObject, Builder> {
                BuilderObjectCodec() {
                    super("com.example.hazard.external#builder.builder", "s", ObjectCodec.Typing.NONE,
                            "builder");
                }

                @Override
                public Builder newBuilder() {
                    return new Builder();
                }

                @Override
                public BuilderObject readFields(LexReader reader) {
                    String builder_ = null;
                    LexMap.Builder extra = null;
                    int field;
                    while ((field = reader.nextField(fields())) != LexReader.END) {
                        switch (field) {
                            case 0 -> builder_ = reader.readString();
                            default -> extra = keep(reader, extra);
                        }
                    }
                    return new BuilderObject(builder_, kept(extra));
                }

                @Override
                protected void writeFields(LexWriter writer, BuilderObject value) {
                    if (value.builder_ != null) {
                        writer.name(fields(), 0);
                        writer.string(value.builder_);
                    }
                }
            }
        }
    }

    /** The object type {@code com.example.hazard.external#externalCodec}. */
    public static final class ExternalCodecDef extends LexObject implements Buildable<ExternalCodecDef, ExternalCodecDef.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "com.example.hazard.external#externalCodec";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<ExternalCodecDef, Builder> CODEC = new ExternalCodecDefCodec();

        private final String codec_;

        private ExternalCodecDef(String codec_, LexMap extra) {
            super(extra);
            this.codec_ = codec_;
        }

        /** Returns an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** Returns {@code codec}: optional. */
        public @Nullable String codec_() {
            return codec_;
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {codec_};
        }

        /** Builds {@link ExternalCodecDef}. */
        public static final class Builder extends ObjectBuilder<ExternalCodecDef, Builder> {
            private String codec_;

            private Builder() {}

            private Builder(ExternalCodecDef from) {
                super(from);
                this.codec_ = from.codec_;
            }

            /** Sets {@code codec}: optional. */
            public Builder codec_(@Nullable String codec_) {
                this.codec_ = codec_;
                return this;
            }

            @Override
            public ExternalCodecDef build() {
                return new ExternalCodecDef(codec_, extra());
            }
        }

        private static final class ExternalCodecDefCodec extends ObjectCodec<ExternalCodecDef, Builder> {
            ExternalCodecDefCodec() {
                super("com.example.hazard.external#externalCodec", "s", ObjectCodec.Typing.CHECKED,
                        "codec");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public ExternalCodecDef readFields(LexReader reader) {
                String codec_ = null;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> codec_ = reader.readString();
                        default -> extra = keep(reader, extra);
                    }
                }
                return new ExternalCodecDef(codec_, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, ExternalCodecDef value) {
                if (value.codec_ != null) {
                    writer.name(fields(), 0);
                    writer.string(value.codec_);
                }
            }
        }
    }
}
