// Generated from the lexicon com.example.hazard.record. Do not edit.
package com.example.hazard;

import com.example.one.Embed;
import com.example.two.TwoDefs;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Buildable;
import dev.atlex.schema.Codec;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.ObjectSchema;
import dev.atlex.schema.generated.ListRule;
import dev.atlex.schema.generated.ObjectCodec;
import dev.atlex.schema.generated.UnionCodec;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The object type {@code com.example.hazard.record}. */
public final class Record extends LexObject implements Buildable<Record, Record.Builder> {
    /** The definition's full name: the value of {@code $type}. */
    public static final String TYPE = "com.example.hazard.record";

    /** Reads and writes objects of this type. */
    public static final ObjectCodec<Record, Builder> CODEC = new RecordCodec();

    private final ViewRecord record;

    private Record(ViewRecord record, LexMap extra) {
        super(extra);
        this.record = record;
    }

    /** Returns an empty builder. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Returns {@code record}: optional. */
    public @Nullable ViewRecord record() {
        return record;
    }

    @Override
    protected ObjectSchema<?, ?> codec() {
        return CODEC;
    }

    @Override
    protected Object[] fieldValues() {
        return new Object[] {record};
    }

    /** Builds {@link Record}. */
    public static final class Builder extends ObjectBuilder<Record, Builder> {
        private ViewRecord record;

        private Builder() {}

        private Builder(Record from) {
            super(from);
            this.record = from.record;
        }

        /** Sets {@code record}: optional. */
        public Builder record(@Nullable ViewRecord record) {
            this.record = record;
            return this;
        }

        @Override
        public Record build() {
            return new Record(record, extra());
        }
    }

    private static final class RecordCodec extends ObjectCodec<Record, Builder> {
        RecordCodec() {
            super("com.example.hazard.record", "m", ObjectCodec.Typing.CHECKED, "record");
        }

        @Override
        public Builder newBuilder() {
            return new Builder();
        }

        @Override
        public Record readFields(LexReader reader) {
            ViewRecord record = null;
            LexMap.Builder extra = null;
            int field;
            while ((field = reader.nextField(fields())) != LexReader.END) {
                switch (field) {
                    case 0 -> record = ViewRecord.CODEC.read(reader);
                    default -> extra = keep(reader, extra);
                }
            }
            return new Record(record, kept(extra));
        }

        @Override
        protected void writeFields(LexWriter writer, Record value) {
            if (value.record != null) {
                writer.name(fields(), 0);
                ViewRecord.CODEC.write(writer, value.record);
            }
        }
    }

    /** The object type {@code com.example.hazard.record#view}. */
    public static final class View extends LexObject implements Buildable<View, View.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "com.example.hazard.record#view";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<View, Builder> CODEC = new ViewCodec();

        private final RecordUnion record;

        private View(RecordUnion record, LexMap extra) {
            super(extra);
            this.record = record;
        }

        /** Returns an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** Returns {@code record}: required. */
        public RecordUnion record() {
            return record;
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {record};
        }

        /** Builds {@link View}. */
        public static final class Builder extends ObjectBuilder<View, Builder> {
            private RecordUnion record;

            private Builder() {}

            private Builder(View from) {
                super(from);
                this.record = from.record;
            }

            /** Sets {@code record}: required. */
            public Builder record(RecordUnion record) {
                this.record = record;
                return this;
            }

            @Override
            public View build() {
                return new View(required(record, "record", CODEC.type()), extra());
            }
        }

        private static final class ViewCodec extends ObjectCodec<View, Builder> {
            ViewCodec() {
                super("com.example.hazard.record#view", "m", ObjectCodec.Typing.CHECKED, "record");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public View readFields(LexReader reader) {
                RecordUnion record = null;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> record = RecordUnion.CODEC.read(reader);
                        default -> extra = keep(reader, extra);
                    }
                }
                if (reader.validating()) {
                    if (record == null) {
                        throw reader.missing("record");
                    }
                }
                return new View(record, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, View value) {
                if (value.record != null) {
                    writer.name(fields(), 0);
                    RecordUnion.CODEC.write(writer, value.record);
                }
            }
        }

        /** The open union at {@code com.example.hazard.record#view.record}. */
        public sealed interface RecordUnion {
            /** Reads and writes values of this union. */
            Codec<RecordUnion> CODEC = new UnionCodec<RecordUnion>() {
                @Override
                protected RecordUnion readVariant(String type, LexReader reader) {
                    return switch (type) {
                        case "com.example.hazard.record#viewRecord" -> new ViewRecord(Record.ViewRecord.CODEC.readFields(reader));
                        case "com.example.hazard.record#viewNotFound" -> new ViewNotFound(Record.ViewNotFound.CODEC.readFields(reader));
                        case "com.example.hazard.post" -> new Post(com.example.hazard.Post.CODEC.readFields(reader));
                        default -> new Unknown(type, unknown(type, reader));
                    };
                }

                @Override
                public void write(LexWriter writer, RecordUnion value) {
                    if (value instanceof ViewRecord variant) {
                        Record.ViewRecord.CODEC.writeTyped(writer, variant.value());
                    } else if (value instanceof ViewNotFound variant) {
                        Record.ViewNotFound.CODEC.writeTyped(writer, variant.value());
                    } else if (value instanceof Post variant) {
                        com.example.hazard.Post.CODEC.writeTyped(writer, variant.value());
                    } else if (value instanceof Unknown variant) {
                        writer.value(variant.value());
                    }
                }
            };

            /** Returns the variant {@code com.example.hazard.record#viewRecord}. */
            static RecordUnion of(Record.ViewRecord value) {
                return new ViewRecord(value);
            }

            /** Returns the variant {@code com.example.hazard.record#viewNotFound}. */
            static RecordUnion of(Record.ViewNotFound value) {
                return new ViewNotFound(value);
            }

            /** Returns the variant {@code com.example.hazard.post}. */
            static RecordUnion of(com.example.hazard.Post value) {
                return new Post(value);
            }

            /** The variant {@code com.example.hazard.record#viewRecord}. */
            record ViewRecord(Record.ViewRecord value) implements RecordUnion {}

            /** The variant {@code com.example.hazard.record#viewNotFound}. */
            record ViewNotFound(Record.ViewNotFound value) implements RecordUnion {}

            /** The variant {@code com.example.hazard.post}. */
            record Post(com.example.hazard.Post value) implements RecordUnion {}

            /**
             * A variant that is unknown to this version of the generated code.
             *
             * @param type its {@code $type}
             * @param value the whole object, including {@code $type}
             */
            record Unknown(String type, LexMap value) implements RecordUnion {}
        }
    }

    /** The object type {@code com.example.hazard.record#viewRecord}. */
    public static final class ViewRecord extends LexObject implements Buildable<ViewRecord, ViewRecord.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "com.example.hazard.record#viewRecord";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<ViewRecord, Builder> CODEC = new ViewRecordCodec();

        private final List<EmbedsItem> embeds;

        private ViewRecord(List<EmbedsItem> embeds, LexMap extra) {
            super(extra);
            this.embeds = embeds;
        }

        /** Returns an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** Returns {@code embeds}: optional. */
        public @Nullable List<EmbedsItem> embeds() {
            return embeds;
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {embeds};
        }

        /** Builds {@link ViewRecord}. */
        public static final class Builder extends ObjectBuilder<ViewRecord, Builder> {
            private List<EmbedsItem> embeds;

            private Builder() {}

            private Builder(ViewRecord from) {
                super(from);
                this.embeds = from.embeds;
            }

            /** Sets {@code embeds}: optional. */
            public Builder embeds(@Nullable Collection<? extends EmbedsItem> embeds) {
                this.embeds = ListRule.copy(embeds);
                return this;
            }

            /** Sets {@code embeds} to these elements. */
            public Builder embeds(EmbedsItem... embeds) {
                return embeds(List.of(embeds));
            }

            @Override
            public ViewRecord build() {
                return new ViewRecord(embeds, extra());
            }
        }

        private static final class ViewRecordCodec extends ObjectCodec<ViewRecord, Builder> {
            ViewRecordCodec() {
                super("com.example.hazard.record#viewRecord", "a", ObjectCodec.Typing.CHECKED,
                        "embeds");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public ViewRecord readFields(LexReader reader) {
                List<EmbedsItem> embeds = null;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> embeds = ListRule.ANY.read(reader, EmbedsItem.CODEC);
                        default -> extra = keep(reader, extra);
                    }
                }
                return new ViewRecord(embeds, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, ViewRecord value) {
                if (value.embeds != null) {
                    writer.name(fields(), 0);
                    ListRule.write(writer, value.embeds, EmbedsItem.CODEC);
                }
            }
        }

        /** The open union at {@code com.example.hazard.record#viewRecord.embeds[]}. */
        public sealed interface EmbedsItem {
            /** Reads and writes values of this union. */
            Codec<EmbedsItem> CODEC = new UnionCodec<EmbedsItem>() {
                @Override
                protected EmbedsItem readVariant(String type, LexReader reader) {
                    return switch (type) {
                        case "com.example.one.embed#view" -> new EmbedView(Embed.View.CODEC.readFields(reader));
                        case "com.example.two.embed#view" -> new TwoEmbedView(com.example.two.Embed.View.CODEC.readFields(reader));
                        case "com.example.two.defs#view" -> new View(TwoDefs.View.CODEC.readFields(reader));
                        case "com.example.hazard.record#view" -> new HazardView(Record.View.CODEC.readFields(reader));
                        default -> new Unknown(type, unknown(type, reader));
                    };
                }

                @Override
                public void write(LexWriter writer, EmbedsItem value) {
                    if (value instanceof EmbedView variant) {
                        Embed.View.CODEC.writeTyped(writer, variant.value());
                    } else if (value instanceof TwoEmbedView variant) {
                        com.example.two.Embed.View.CODEC.writeTyped(writer, variant.value());
                    } else if (value instanceof View variant) {
                        TwoDefs.View.CODEC.writeTyped(writer, variant.value());
                    } else if (value instanceof HazardView variant) {
                        Record.View.CODEC.writeTyped(writer, variant.value());
                    } else if (value instanceof Unknown variant) {
                        writer.value(variant.value());
                    }
                }
            };

            /** Returns the variant {@code com.example.one.embed#view}. */
            static EmbedsItem of(Embed.View value) {
                return new EmbedView(value);
            }

            /** Returns the variant {@code com.example.two.embed#view}. */
            static EmbedsItem of(com.example.two.Embed.View value) {
                return new TwoEmbedView(value);
            }

            /** Returns the variant {@code com.example.two.defs#view}. */
            static EmbedsItem of(TwoDefs.View value) {
                return new View(value);
            }

            /** Returns the variant {@code com.example.hazard.record#view}. */
            static EmbedsItem of(Record.View value) {
                return new HazardView(value);
            }

            /** The variant {@code com.example.one.embed#view}. */
            record EmbedView(Embed.View value) implements EmbedsItem {}

            /** The variant {@code com.example.two.embed#view}. */
            record TwoEmbedView(com.example.two.Embed.View value) implements EmbedsItem {}

            /** The variant {@code com.example.two.defs#view}. */
            record View(TwoDefs.View value) implements EmbedsItem {}

            /** The variant {@code com.example.hazard.record#view}. */
            record HazardView(Record.View value) implements EmbedsItem {}

            /**
             * A variant that is unknown to this version of the generated code.
             *
             * @param type its {@code $type}
             * @param value the whole object, including {@code $type}
             */
            record Unknown(String type, LexMap value) implements EmbedsItem {}
        }
    }

    /** The object type {@code com.example.hazard.record#viewNotFound}. */
    public static final class ViewNotFound extends LexObject implements Buildable<ViewNotFound, ViewNotFound.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "com.example.hazard.record#viewNotFound";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<ViewNotFound, Builder> CODEC = new ViewNotFoundCodec();

        private ViewNotFound(LexMap extra) {
            super(extra);
        }

        /** Returns an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {};
        }

        /** Builds {@link ViewNotFound}. */
        public static final class Builder extends ObjectBuilder<ViewNotFound, Builder> {
            private Builder() {}

            private Builder(ViewNotFound from) {
                super(from);
            }

            @Override
            public ViewNotFound build() {
                return new ViewNotFound(extra());
            }
        }

        private static final class ViewNotFoundCodec extends ObjectCodec<ViewNotFound, Builder> {
            ViewNotFoundCodec() {
                super("com.example.hazard.record#viewNotFound", "", ObjectCodec.Typing.CHECKED);
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public ViewNotFound readFields(LexReader reader) {
                LexMap.Builder extra = null;
                while (reader.nextField(fields()) != LexReader.END) {
                    extra = keep(reader, extra);
                }
                return new ViewNotFound(kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, ViewNotFound value) {}
        }
    }
}
