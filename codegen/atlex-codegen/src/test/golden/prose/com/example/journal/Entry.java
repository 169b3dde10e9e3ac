// Generated from the lexicon com.example.journal.entry. Do not edit.
package com.example.journal;

import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Buildable;
import dev.atlex.schema.Codec;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.ObjectSchema;
import dev.atlex.schema.RecordType;
import dev.atlex.schema.generated.Codecs;
import dev.atlex.schema.generated.ListRule;
import dev.atlex.schema.generated.ObjectCodec;
import dev.atlex.schema.generated.StringRule;
import dev.atlex.schema.generated.UnionCodec;
import dev.atlex.syntax.Datetime;
import dev.atlex.syntax.Nsid;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a journal, written on one day. Its author can edit it; {@code createdAt} stays, and
 * readers see the last version only.
 *
 * <p>The record type {@code com.example.journal.entry}. Use {@link #RECORD} to create, read and list
 * records.
 */
public final class Entry extends LexObject implements Buildable<Entry, Entry.Builder> {
    /** The definition's full name: the value of {@code $type}. */
    public static final String TYPE = "com.example.journal.entry";

    /** Reads and writes objects of this type. */
    public static final ObjectCodec<Entry, Builder> CODEC = new EntryCodec();

    /**
     * Nothing disturbed the author.
     *
     * <p>A known value of {@code mood}.
     */
    public static final String MOOD_CALM = "com.example.journal.entry#calm";

    /**
     * How the author felt, as a token or one's own word.
     *
     * <p>A known value of {@code mood}.
     */
    public static final String MOOD_STORMY = "stormy";

    /**
     * The record type {@code com.example.journal.entry}, for creating, reading and listing records. Record
     * keys are of type {@code tid}.
     */
    public static final RecordType<Entry, Builder> RECORD = new RecordType<>(CODEC, "tid");

    /**
     * Nothing disturbed the author.
     *
     * <p>The token {@code com.example.journal.entry#calm}.
     */
    public static final String CALM = "com.example.journal.entry#calm";

    /**
     * The token {@code com.example.journal.entry#wild}.
     *
     * @deprecated The lexicon's authors advise against its use.
     */
    @Deprecated
    public static final String WILD = "com.example.journal.entry#wild";

    private final String text;
    private final String mood;
    private final String class_;
    private final List<Nsid> tags;
    private final Place place;
    private final Weather weather;
    private final Datetime createdAt;

    private Entry(String text, String mood, String class_, List<Nsid> tags, Place place,
            Weather weather, Datetime createdAt, LexMap extra) {
        super(extra);
        this.text = text;
        this.mood = mood;
        this.class_ = class_;
        this.tags = tags;
        this.place = place;
        this.weather = weather;
        this.createdAt = createdAt;
    }

    /** Returns an empty builder. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Builder toBuilder() {
        return new Builder(this);
    }

    /**
     * What the author wrote, in {@code @handle} notation &amp; &lt;plain&gt; text.
     *
     * <p>Required, at most 3000 UTF-8 bytes, at most 300 graphemes.
     */
    public String text() {
        return text;
    }

    /**
     * How the author felt, as a token or one's own word.
     *
     * <p>Optional, known values {@code com.example.journal.entry#calm}, {@code stormy}.
     */
    public @Nullable String mood() {
        return mood;
    }

    /**
     * Category of an old client.
     *
     * <p>{@code class} in JSON: optional.
     *
     * @deprecated Ignore it.
     */
    @Deprecated
    public @Nullable String class_() {
        return class_;
    }

    /**
     * Topics, most important first.
     *
     * <p>Optional, each element: format {@code nsid}.
     */
    public @Nullable List<Nsid> tags() {
        return tags;
    }

    /** Returns {@code place}: optional. */
    public @Nullable Place place() {
        return place;
    }

    /**
     * Conditions outdoors.
     *
     * <p>Optional.
     */
    public @Nullable Weather weather() {
        return weather;
    }

    /**
     * When the page was begun.
     *
     * <p>Required, format {@code datetime}.
     */
    public Datetime createdAt() {
        return createdAt;
    }

    @Override
    protected ObjectSchema<?, ?> codec() {
        return CODEC;
    }

    @Override
    protected Object[] fieldValues() {
        return new Object[] {text, mood, class_, tags, place, weather, createdAt};
    }

    /** Builds {@link Entry}. */
    public static final class Builder extends ObjectBuilder<Entry, Builder> {
        private String text;
        private String mood;
        private String class_;
        private List<Nsid> tags;
        private Place place;
        private Weather weather;
        private Datetime createdAt;

        private Builder() {}

        private Builder(Entry from) {
            super(from);
            this.text = from.text;
            this.mood = from.mood;
            this.class_ = from.class_;
            this.tags = from.tags;
            this.place = from.place;
            this.weather = from.weather;
            this.createdAt = from.createdAt;
        }

        /**
         * What the author wrote, in {@code @handle} notation &amp; &lt;plain&gt; text.
         *
         * <p>Required, at most 3000 UTF-8 bytes, at most 300 graphemes.
         */
        public Builder text(String text) {
            this.text = text;
            return this;
        }

        /**
         * How the author felt, as a token or one's own word.
         *
         * <p>Optional, known values {@code com.example.journal.entry#calm}, {@code stormy}.
         */
        public Builder mood(@Nullable String mood) {
            this.mood = mood;
            return this;
        }

        /**
         * Category of an old client.
         *
         * <p>{@code class} in JSON: optional.
         *
         * @deprecated Ignore it.
         */
        @Deprecated
        public Builder class_(@Nullable String class_) {
            this.class_ = class_;
            return this;
        }

        /**
         * Topics, most important first.
         *
         * <p>Optional, each element: format {@code nsid}.
         */
        public Builder tags(@Nullable Collection<? extends Nsid> tags) {
            this.tags = ListRule.copy(tags);
            return this;
        }

        /**
         * Topics, most important first.
         *
         * <p>Sets {@code tags} to these elements.
         */
        public Builder tags(Nsid... tags) {
            return tags(List.of(tags));
        }

        /**
         * Topics, most important first.
         *
         * <p>Sets {@code tags} by parsing strings.
         *
         * @throws InvalidSyntaxException if the syntax is invalid
         */
        public Builder tags(String... tags) {
            return tags(Codecs.NSID.parse(tags));
        }

        /** Sets {@code place}: optional. */
        public Builder place(@Nullable Place place) {
            this.place = place;
            return this;
        }

        /**
         * Conditions outdoors.
         *
         * <p>Optional.
         */
        public Builder weather(@Nullable Weather weather) {
            this.weather = weather;
            return this;
        }

        /**
         * When the page was begun.
         *
         * <p>Required, format {@code datetime}.
         */
        public Builder createdAt(Datetime createdAt) {
            this.createdAt = createdAt;
            return this;
        }

        /**
         * When the page was begun.
         *
         * <p>Sets {@code createdAt} by parsing a string.
         *
         * @throws InvalidSyntaxException if the syntax is invalid
         */
        public Builder createdAt(String createdAt) {
            return createdAt(Datetime.of(createdAt));
        }

        /**
         * When the page was begun.
         *
         * <p>Sets {@code createdAt} to an instant, truncated to milliseconds.
         */
        public Builder createdAt(Instant createdAt) {
            return createdAt(Datetime.of(createdAt));
        }

        @Override
        public Entry build() {
            return new Entry(required(text, "text", CODEC.type()), mood, class_, tags, place,
                    weather, required(createdAt, "createdAt", CODEC.type()), extra());
        }
    }

    private static final class EntryCodec extends ObjectCodec<Entry, Builder> {
        private static final StringRule TEXT = StringRule.ANY.maxLength(3000).maxGraphemes(300);

        EntryCodec() {
            super("com.example.journal.entry", "sssamms", ObjectCodec.Typing.REQUIRED, "text",
                    "mood", "class", "tags", "place", "weather", "createdAt");
        }

        @Override
        public Builder newBuilder() {
            return new Builder();
        }

        @Override
        public Entry readFields(LexReader reader) {
            String text = null;
            String mood = null;
            String class_ = null;
            List<Nsid> tags = null;
            Place place = null;
            Weather weather = null;
            Datetime createdAt = null;
            LexMap.Builder extra = null;
            int field;
            while ((field = reader.nextField(fields())) != LexReader.END) {
                switch (field) {
                    case 0 -> text = TEXT.read(reader);
                    case 1 -> mood = reader.readString();
                    case 2 -> class_ = reader.readString();
                    case 3 -> tags = ListRule.ANY.read(reader, Codecs.NSID);
                    case 4 -> place = Place.CODEC.read(reader);
                    case 5 -> weather = Weather.CODEC.read(reader);
                    case 6 -> createdAt = Codecs.DATETIME.read(reader);
                    default -> extra = keep(reader, extra);
                }
            }
            if (reader.validating()) {
                if (text == null) {
                    throw reader.missing("text");
                }
                if (createdAt == null) {
                    throw reader.missing("createdAt");
                }
            }
            return new Entry(text, mood, class_, tags, place, weather, createdAt, kept(extra));
        }

        @Override
        protected void writeFields(LexWriter writer, Entry value) {
            if (value.text != null) {
                writer.name(fields(), 0);
                writer.string(value.text);
            }
            if (value.mood != null) {
                writer.name(fields(), 1);
                writer.string(value.mood);
            }
            if (value.class_ != null) {
                writer.name(fields(), 2);
                writer.string(value.class_);
            }
            if (value.tags != null) {
                writer.name(fields(), 3);
                ListRule.write(writer, value.tags, Codecs.NSID);
            }
            if (value.place != null) {
                writer.name(fields(), 4);
                Place.CODEC.write(writer, value.place);
            }
            if (value.weather != null) {
                writer.name(fields(), 5);
                Weather.CODEC.write(writer, value.weather);
            }
            if (value.createdAt != null) {
                writer.name(fields(), 6);
                Codecs.DATETIME.write(writer, value.createdAt);
            }
        }
    }

    /**
     * Conditions outdoors.
     *
     * <p>The open union at {@code com.example.journal.entry.weather}.
     */
    public sealed interface Weather {
        /** Reads and writes values of this union. */
        Codec<Weather> CODEC = new UnionCodec<Weather>() {
            @Override
            protected Weather readVariant(String type, LexReader reader) {
                return switch (type) {
                    case "com.example.journal.entry#place" -> new Place(Entry.Place.CODEC.readFields(reader));
                    default -> new Unknown(type, unknown(type, reader));
                };
            }

            @Override
            public void write(LexWriter writer, Weather value) {
                if (value instanceof Place variant) {
                    Entry.Place.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof Unknown variant) {
                    writer.value(variant.value());
                }
            }
        };

        /** Returns the variant {@code com.example.journal.entry#place}. */
        static Weather of(Entry.Place value) {
            return new Place(value);
        }

        /** The variant {@code com.example.journal.entry#place}. */
        record Place(Entry.Place value) implements Weather {}

        /**
         * A variant that is unknown to this version of the generated code.
         *
         * @param type its {@code $type}
         * @param value the whole object, including {@code $type}
         */
        record Unknown(String type, LexMap value) implements Weather {}
    }

    /**
     * Where it happened.
     *
     * <p>The object type {@code com.example.journal.entry#place}.
     *
     * @deprecated The lexicon's authors advise against its use.
     */
    @Deprecated
    public static final class Place extends LexObject implements Buildable<Place, Place.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "com.example.journal.entry#place";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<Place, Builder> CODEC = new PlaceCodec();

        private final String name;

        private Place(String name, LexMap extra) {
            super(extra);
            this.name = name;
        }

        /** Returns an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /**
         * Town or landmark, in the author's language.
         *
         * <p>Optional.
         */
        public @Nullable String name() {
            return name;
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {name};
        }

        /** Builds {@link Place}. */
        public static final class Builder extends ObjectBuilder<Place, Builder> {
            private String name;

            private Builder() {}

            private Builder(Place from) {
                super(from);
                this.name = from.name;
            }

            /**
             * Town or landmark, in the author's language.
             *
             * <p>Optional.
             */
            public Builder name(@Nullable String name) {
                this.name = name;
                return this;
            }

            @Override
            public Place build() {
                return new Place(name, extra());
            }
        }

        private static final class PlaceCodec extends ObjectCodec<Place, Builder> {
            PlaceCodec() {
                super("com.example.journal.entry#place", "s", ObjectCodec.Typing.CHECKED, "name");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public Place readFields(LexReader reader) {
                String name = null;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> name = reader.readString();
                        default -> extra = keep(reader, extra);
                    }
                }
                return new Place(name, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, Place value) {
                if (value.name != null) {
                    writer.name(fields(), 0);
                    writer.string(value.name);
                }
            }
        }
    }
}
