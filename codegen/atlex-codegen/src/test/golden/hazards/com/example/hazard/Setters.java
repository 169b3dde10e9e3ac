// Generated from the lexicon com.example.hazard.setters. Do not edit.
package com.example.hazard;

import com.atproto.repo.StrongRef;
import dev.atlex.data.Cid;
import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Buildable;
import dev.atlex.schema.Codec;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.ObjectSchema;
import dev.atlex.schema.generated.BooleanRule;
import dev.atlex.schema.generated.Codecs;
import dev.atlex.schema.generated.IntegerRule;
import dev.atlex.schema.generated.ObjectCodec;
import dev.atlex.schema.generated.StringRule;
import dev.atlex.schema.generated.UnionCodec;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Datetime;
import dev.atlex.syntax.Handle;
import dev.atlex.syntax.LanguageTag;
import dev.atlex.syntax.Nsid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The object type {@code com.example.hazard.setters}. */
public final class Setters extends LexObject implements Buildable<Setters, Setters.Builder> {
    /** The definition's full name: the value of {@code $type}. */
    public static final String TYPE = "com.example.hazard.setters";

    /** Reads and writes objects of this type. */
    public static final ObjectCodec<Setters, Builder> CODEC = new SettersCodec();

    private final Datetime createdAt;
    private final Datetime indexedAt;
    private final AtIdentifier actor;
    private final List<AtIdentifier> actors;
    private final List<LanguageTag> langs;
    private final List<String> uris;
    private final List<String> tags;
    private final long count;
    private final Long limit;
    private final List<Long> sizes;
    private final List<Boolean> flags;
    private final List<Datetime> times;
    private final List<ChoicesItem> choices;
    private final List<Ref> refs;
    private final List<String> copy;
    private final List<String> required;
    private final List<String> extra;
    private final List<String> unknownField;
    private final List<Handle> list;
    private final Datetime instant;
    private final List<Nsid> collection;

    private Setters(Datetime createdAt, Datetime indexedAt, AtIdentifier actor,
            List<AtIdentifier> actors, List<LanguageTag> langs, List<String> uris,
            List<String> tags, long count, Long limit, List<Long> sizes, List<Boolean> flags,
            List<Datetime> times, List<ChoicesItem> choices, List<Ref> refs, List<String> copy,
            List<String> required, List<String> extra, List<String> unknownField, List<Handle> list,
            Datetime instant, List<Nsid> collection, LexMap extra_) {
        super(extra_);
        this.createdAt = createdAt;
        this.indexedAt = indexedAt;
        this.actor = actor;
        this.actors = actors;
        this.langs = langs;
        this.uris = uris;
        this.tags = tags;
        this.count = count;
        this.limit = limit;
        this.sizes = sizes;
        this.flags = flags;
        this.times = times;
        this.choices = choices;
        this.refs = refs;
        this.copy = copy;
        this.required = required;
        this.extra = extra;
        this.unknownField = unknownField;
        this.list = list;
        this.instant = instant;
        this.collection = collection;
    }

    /** Returns an empty builder. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Returns {@code createdAt}: required, format {@code datetime}. */
    public Datetime createdAt() {
        return createdAt;
    }

    /** Returns {@code indexedAt}: optional, format {@code datetime}. */
    public @Nullable Datetime indexedAt() {
        return indexedAt;
    }

    /** Returns {@code actor}: optional, format {@code at-identifier}. */
    public @Nullable AtIdentifier actor() {
        return actor;
    }

    /** Returns {@code actors}: required, at most 3 elements, each element: format {@code at-identifier}. */
    public List<AtIdentifier> actors() {
        return actors;
    }

    /** Returns {@code langs}: optional, nullable, each element: format {@code language}. */
    public @Nullable List<LanguageTag> langs() {
        return langs;
    }

    /** Returns {@code uris}: optional, each element: format {@code uri}. */
    public @Nullable List<String> uris() {
        return uris;
    }

    /** Returns {@code tags}: required. */
    public List<String> tags() {
        return tags;
    }

    /** Returns {@code count}: required. */
    public long count() {
        return count;
    }

    /** Returns {@code limit}: optional, nullable, 1 to 100. */
    public @Nullable Long limit() {
        return limit;
    }

    /** Returns {@code sizes}: optional. */
    public @Nullable List<Long> sizes() {
        return sizes;
    }

    /** Returns {@code flags}: optional. */
    public @Nullable List<Boolean> flags() {
        return flags;
    }

    /** Returns {@code times}: optional, each element: format {@code datetime}. */
    public @Nullable List<Datetime> times() {
        return times;
    }

    /** Returns {@code choices}: optional. */
    public @Nullable List<ChoicesItem> choices() {
        return choices;
    }

    /** Returns {@code refs}: optional. */
    public @Nullable List<Ref> refs() {
        return refs;
    }

    /** Returns {@code copy}: optional. */
    public @Nullable List<String> copy() {
        return copy;
    }

    /** Returns {@code required}: optional. */
    public @Nullable List<String> required() {
        return required;
    }

    /** Returns {@code extra}: optional. */
    public @Nullable List<String> extra() {
        return extra;
    }

    /** Returns {@code unknownField}: optional. */
    public @Nullable List<String> unknownField() {
        return unknownField;
    }

    /** Returns {@code list}: optional, at least 1 element, each element: format {@code handle}. */
    public @Nullable List<Handle> list() {
        return list;
    }

    /** Returns {@code instant}: optional, format {@code datetime}. */
    public @Nullable Datetime instant() {
        return instant;
    }

    /** Returns {@code collection}: optional, each element: format {@code nsid}. */
    public @Nullable List<Nsid> collection() {
        return collection;
    }

    @Override
    protected ObjectSchema<?, ?> codec() {
        return CODEC;
    }

    @Override
    protected Object[] fieldValues() {
        return new Object[] {createdAt, indexedAt, actor, actors, langs, uris, tags, count, limit, sizes, flags, times, choices, refs, copy, required, extra, unknownField, list, instant, collection};
    }

    /** Builds {@link Setters}. */
    public static final class Builder extends ObjectBuilder<Setters, Builder> {
        private Datetime createdAt;
        private Datetime indexedAt;
        private AtIdentifier actor;
        private List<AtIdentifier> actors;
        private List<LanguageTag> langs;
        private List<String> uris;
        private List<String> tags;
        private Long count;
        private Long limit;
        private List<Long> sizes;
        private List<Boolean> flags;
        private List<Datetime> times;
        private List<ChoicesItem> choices;
        private List<Ref> refs;
        private List<String> copy;
        private List<String> required;
        private List<String> extra;
        private List<String> unknownField;
        private List<Handle> list;
        private Datetime instant;
        private List<Nsid> collection;

        private Builder() {}

        private Builder(Setters from) {
            super(from);
            this.createdAt = from.createdAt;
            this.indexedAt = from.indexedAt;
            this.actor = from.actor;
            this.actors = from.actors;
            this.langs = from.langs;
            this.uris = from.uris;
            this.tags = from.tags;
            this.count = from.count;
            this.limit = from.limit;
            this.sizes = from.sizes;
            this.flags = from.flags;
            this.times = from.times;
            this.choices = from.choices;
            this.refs = from.refs;
            this.copy = from.copy;
            this.required = from.required;
            this.extra = from.extra;
            this.unknownField = from.unknownField;
            this.list = from.list;
            this.instant = from.instant;
            this.collection = from.collection;
        }

        /** Sets {@code createdAt}: required, format {@code datetime}. */
        public Builder createdAt(Datetime createdAt) {
            this.createdAt = createdAt;
            return this;
        }

        /**
         * Sets {@code createdAt} by parsing a string.
         *
         * @throws InvalidSyntaxException if the syntax is invalid
         */
        public Builder createdAt(String createdAt) {
            return createdAt(Datetime.of(createdAt));
        }

        /** Sets {@code createdAt} to an instant, truncated to milliseconds. */
        public Builder createdAt(java.time.Instant createdAt) {
            return createdAt(Datetime.of(createdAt));
        }

        /** Sets {@code indexedAt}: optional, format {@code datetime}. */
        public Builder indexedAt(@Nullable Datetime indexedAt) {
            this.indexedAt = indexedAt;
            return this;
        }

        /**
         * Sets {@code indexedAt} by parsing a string.
         *
         * @throws InvalidSyntaxException if the syntax is invalid
         */
        public Builder indexedAt(String indexedAt) {
            return indexedAt(Datetime.of(indexedAt));
        }

        /** Sets {@code indexedAt} to an instant, truncated to milliseconds. */
        public Builder indexedAt(java.time.Instant indexedAt) {
            return indexedAt(Datetime.of(indexedAt));
        }

        /** Sets {@code actor}: optional, format {@code at-identifier}. */
        public Builder actor(@Nullable AtIdentifier actor) {
            this.actor = actor;
            return this;
        }

        /**
         * Sets {@code actor} by parsing a string.
         *
         * @throws InvalidSyntaxException if the syntax is invalid
         */
        public Builder actor(String actor) {
            return actor(AtIdentifier.of(actor));
        }

        /** Sets {@code actors}: required, at most 3 elements, each element: format {@code at-identifier}. */
        public Builder actors(java.util.Collection<? extends AtIdentifier> actors) {
            this.actors = dev.atlex.schema.generated.ListRule.copy(actors);
            return this;
        }

        /** Sets {@code actors} to these elements. */
        public Builder actors(AtIdentifier... actors) {
            return actors(List.of(actors));
        }

        /**
         * Sets {@code actors} by parsing strings.
         *
         * @throws InvalidSyntaxException if the syntax is invalid
         */
        public Builder actors(String... actors) {
            return actors(Codecs.AT_IDENTIFIER.parse(actors));
        }

        /** Sets {@code langs}: optional, nullable, each element: format {@code language}. */
        public Builder langs(java.util.@Nullable Collection<? extends LanguageTag> langs) {
            this.langs = dev.atlex.schema.generated.ListRule.copy(langs);
            explicitNull("langs", langs);
            return this;
        }

        /** Sets {@code langs} to these elements. */
        public Builder langs(LanguageTag... langs) {
            return langs(List.of(langs));
        }

        /**
         * Sets {@code langs} by parsing strings.
         *
         * @throws InvalidSyntaxException if the syntax is invalid
         */
        public Builder langs(String... langs) {
            return langs(Codecs.LANGUAGE.parse(langs));
        }

        /** Sets {@code uris}: optional, each element: format {@code uri}. */
        public Builder uris(java.util.@Nullable Collection<String> uris) {
            this.uris = dev.atlex.schema.generated.ListRule.copy(uris);
            return this;
        }

        /** Sets {@code uris} to these elements. */
        public Builder uris(String... uris) {
            return uris(List.of(uris));
        }

        /** Sets {@code tags}: required. */
        public Builder tags(java.util.Collection<String> tags) {
            this.tags = dev.atlex.schema.generated.ListRule.copy(tags);
            return this;
        }

        /** Sets {@code tags} to these elements. */
        public Builder tags(String... tags) {
            return tags(List.of(tags));
        }

        /** Sets {@code count}: required. */
        public Builder count(long count) {
            this.count = count;
            return this;
        }

        /** Sets {@code limit}: optional, nullable, 1 to 100. */
        public Builder limit(@Nullable Long limit) {
            this.limit = limit;
            explicitNull("limit", limit);
            return this;
        }

        /** Sets {@code limit}. */
        public Builder limit(long limit) {
            return limit((Long) limit);
        }

        /** Sets {@code sizes}: optional. */
        public Builder sizes(java.util.@Nullable Collection<Long> sizes) {
            this.sizes = dev.atlex.schema.generated.ListRule.copy(sizes);
            return this;
        }

        /** Sets {@code sizes} to these elements. */
        public Builder sizes(long... sizes) {
            return sizes(dev.atlex.schema.generated.ListRule.of(sizes));
        }

        /** Sets {@code flags}: optional. */
        public Builder flags(java.util.@Nullable Collection<Boolean> flags) {
            this.flags = dev.atlex.schema.generated.ListRule.copy(flags);
            return this;
        }

        /** Sets {@code flags} to these elements. */
        public Builder flags(Boolean... flags) {
            return flags(List.of(flags));
        }

        /** Sets {@code times}: optional, each element: format {@code datetime}. */
        public Builder times(java.util.@Nullable Collection<? extends Datetime> times) {
            this.times = dev.atlex.schema.generated.ListRule.copy(times);
            return this;
        }

        /** Sets {@code times} to these elements. */
        public Builder times(Datetime... times) {
            return times(List.of(times));
        }

        /**
         * Sets {@code times} by parsing strings.
         *
         * @throws InvalidSyntaxException if the syntax is invalid
         */
        public Builder times(String... times) {
            return times(Codecs.DATETIME.parse(times));
        }

        /** Sets {@code choices}: optional. */
        public Builder choices(java.util.@Nullable Collection<? extends ChoicesItem> choices) {
            this.choices = dev.atlex.schema.generated.ListRule.copy(choices);
            return this;
        }

        /** Sets {@code choices} to these elements. */
        public Builder choices(ChoicesItem... choices) {
            return choices(List.of(choices));
        }

        /** Sets {@code refs}: optional. */
        public Builder refs(java.util.@Nullable Collection<? extends Ref> refs) {
            this.refs = dev.atlex.schema.generated.ListRule.copy(refs);
            return this;
        }

        /** Sets {@code refs} to these elements. */
        public Builder refs(Ref... refs) {
            return refs(List.of(refs));
        }

        /** Sets {@code copy}: optional. */
        public Builder copy(java.util.@Nullable Collection<String> copy) {
            this.copy = dev.atlex.schema.generated.ListRule.copy(copy);
            return this;
        }

        /** Sets {@code copy} to these elements. */
        public Builder copy(String... copy) {
            return copy(List.of(copy));
        }

        /** Sets {@code required}: optional. */
        public Builder required(java.util.@Nullable Collection<String> required) {
            this.required = dev.atlex.schema.generated.ListRule.copy(required);
            return this;
        }

        /** Sets {@code required} to these elements. */
        public Builder required(String... required) {
            return required(List.of(required));
        }

        /** Sets {@code extra}: optional. */
        public Builder extra(java.util.@Nullable Collection<String> extra) {
            this.extra = dev.atlex.schema.generated.ListRule.copy(extra);
            return this;
        }

        /** Sets {@code extra} to these elements. */
        public Builder extra(String... extra) {
            return extra(List.of(extra));
        }

        /** Sets {@code unknownField}: optional. */
        public Builder unknownField(java.util.@Nullable Collection<String> unknownField) {
            this.unknownField = dev.atlex.schema.generated.ListRule.copy(unknownField);
            return this;
        }

        /** Sets {@code unknownField} to these elements. */
        public Builder unknownField(String... unknownField) {
            return unknownField(List.of(unknownField));
        }

        /** Sets {@code list}: optional, at least 1 element, each element: format {@code handle}. */
        public Builder list(java.util.@Nullable Collection<? extends Handle> list) {
            this.list = dev.atlex.schema.generated.ListRule.copy(list);
            return this;
        }

        /** Sets {@code list} to these elements. */
        public Builder list(Handle... list) {
            return list(List.of(list));
        }

        /**
         * Sets {@code list} by parsing strings.
         *
         * @throws InvalidSyntaxException if the syntax is invalid
         */
        public Builder list(String... list) {
            return list(Codecs.HANDLE.parse(list));
        }

        /** Sets {@code instant}: optional, format {@code datetime}. */
        public Builder instant(@Nullable Datetime instant) {
            this.instant = instant;
            return this;
        }

        /**
         * Sets {@code instant} by parsing a string.
         *
         * @throws InvalidSyntaxException if the syntax is invalid
         */
        public Builder instant(String instant) {
            return instant(Datetime.of(instant));
        }

        /** Sets {@code instant} to an instant, truncated to milliseconds. */
        public Builder instant(java.time.Instant instant) {
            return instant(Datetime.of(instant));
        }

        /** Sets {@code collection}: optional, each element: format {@code nsid}. */
        public Builder collection(java.util.@Nullable Collection<? extends Nsid> collection) {
            this.collection = dev.atlex.schema.generated.ListRule.copy(collection);
            return this;
        }

        /** Sets {@code collection} to these elements. */
        public Builder collection(Nsid... collection) {
            return collection(List.of(collection));
        }

        /**
         * Sets {@code collection} by parsing strings.
         *
         * @throws InvalidSyntaxException if the syntax is invalid
         */
        public Builder collection(String... collection) {
            return collection(Codecs.NSID.parse(collection));
        }

        @Override
        public Setters build() {
            return new Setters(required(createdAt, "createdAt", CODEC.type()), indexedAt, actor,
                    required(actors, "actors", CODEC.type()), langs, uris,
                    required(tags, "tags", CODEC.type()), required(count, "count", CODEC.type()),
                    limit, sizes, flags, times, choices, refs, copy, required, extra, unknownField,
                    list, instant, collection, extra());
        }
    }

    private static final class SettersCodec extends ObjectCodec<Setters, Builder> {
        private static final dev.atlex.schema.generated.ListRule ACTORS = dev.atlex.schema.generated.ListRule.ANY.maxLength(3);

        private static final IntegerRule LIMIT = IntegerRule.ANY.minimum(1L).maximum(100L);

        private static final dev.atlex.schema.generated.ListRule LIST = dev.atlex.schema.generated.ListRule.ANY.minLength(1);

        SettersCodec() {
            super("com.example.hazard.setters", "sssaAaaiIaaaaaaaaaasa", ObjectCodec.Typing.CHECKED,
                    "createdAt", "indexedAt", "actor", "actors", "langs", "uris", "tags", "count",
                    "limit", "sizes", "flags", "times", "choices", "refs", "copy", "required",
                    "extra", "unknownField", "list", "instant", "collection");
        }

        @Override
        public Builder newBuilder() {
            return new Builder();
        }

        @Override
        public Setters readFields(LexReader reader) {
            Datetime createdAt = null;
            Datetime indexedAt = null;
            AtIdentifier actor = null;
            List<AtIdentifier> actors = null;
            List<LanguageTag> langs = null;
            List<String> uris = null;
            List<String> tags = null;
            long count = 0;
            boolean hasCount = false;
            Long limit = null;
            List<Long> sizes = null;
            List<Boolean> flags = null;
            List<Datetime> times = null;
            List<ChoicesItem> choices = null;
            List<Ref> refs = null;
            List<String> copy = null;
            List<String> required = null;
            List<String> extra = null;
            List<String> unknownField = null;
            List<Handle> list = null;
            Datetime instant = null;
            List<Nsid> collection = null;
            LexMap.Builder extra_ = null;
            int field;
            while ((field = reader.nextField(fields())) != LexReader.END) {
                switch (field) {
                    case 0 -> createdAt = Codecs.DATETIME.read(reader);
                    case 1 -> indexedAt = Codecs.DATETIME.read(reader);
                    case 2 -> actor = Codecs.AT_IDENTIFIER.read(reader);
                    case 3 -> actors = ACTORS.read(reader, Codecs.AT_IDENTIFIER);
                    case 4 -> {
                        if (reader.isNull()) {
                            extra_ = keepNull(reader, extra_);
                        } else {
                            langs = dev.atlex.schema.generated.ListRule.ANY.read(reader, Codecs.LANGUAGE);
                        }
                    }
                    case 5 -> uris = dev.atlex.schema.generated.ListRule.ANY.read(reader, Codecs.URI);
                    case 6 -> tags = dev.atlex.schema.generated.ListRule.ANY.read(reader, StringRule.ANY);
                    case 7 -> {
                        count = reader.readInteger();
                        hasCount = true;
                    }
                    case 8 -> {
                        if (reader.isNull()) {
                            extra_ = keepNull(reader, extra_);
                        } else {
                            limit = LIMIT.readLong(reader);
                        }
                    }
                    case 9 -> sizes = dev.atlex.schema.generated.ListRule.ANY.read(reader, IntegerRule.ANY);
                    case 10 -> flags = dev.atlex.schema.generated.ListRule.ANY.read(reader, BooleanRule.ANY);
                    case 11 -> times = dev.atlex.schema.generated.ListRule.ANY.read(reader, Codecs.DATETIME);
                    case 12 -> choices = dev.atlex.schema.generated.ListRule.ANY.read(reader, ChoicesItem.CODEC);
                    case 13 -> refs = dev.atlex.schema.generated.ListRule.ANY.read(reader, Ref.CODEC);
                    case 14 -> copy = dev.atlex.schema.generated.ListRule.ANY.read(reader, StringRule.ANY);
                    case 15 -> required = dev.atlex.schema.generated.ListRule.ANY.read(reader, StringRule.ANY);
                    case 16 -> extra = dev.atlex.schema.generated.ListRule.ANY.read(reader, StringRule.ANY);
                    case 17 -> unknownField = dev.atlex.schema.generated.ListRule.ANY.read(reader, StringRule.ANY);
                    case 18 -> list = LIST.read(reader, Codecs.HANDLE);
                    case 19 -> instant = Codecs.DATETIME.read(reader);
                    case 20 -> collection = dev.atlex.schema.generated.ListRule.ANY.read(reader, Codecs.NSID);
                    default -> extra_ = keep(reader, extra_);
                }
            }
            if (reader.validating()) {
                if (createdAt == null) {
                    throw reader.missing("createdAt");
                }
                if (actors == null) {
                    throw reader.missing("actors");
                }
                if (tags == null) {
                    throw reader.missing("tags");
                }
                if (!hasCount) {
                    throw reader.missing("count");
                }
            }
            return new Setters(createdAt, indexedAt, actor, actors, langs, uris, tags, count, limit,
                    sizes, flags, times, choices, refs, copy, required, extra, unknownField, list,
                    instant, collection, kept(extra_));
        }

        @Override
        protected void writeFields(LexWriter writer, Setters value) {
            if (value.createdAt != null) {
                writer.name(fields(), 0);
                Codecs.DATETIME.write(writer, value.createdAt);
            }
            if (value.indexedAt != null) {
                writer.name(fields(), 1);
                Codecs.DATETIME.write(writer, value.indexedAt);
            }
            if (value.actor != null) {
                writer.name(fields(), 2);
                Codecs.AT_IDENTIFIER.write(writer, value.actor);
            }
            if (value.actors != null) {
                writer.name(fields(), 3);
                dev.atlex.schema.generated.ListRule.write(writer, value.actors, Codecs.AT_IDENTIFIER);
            }
            if (value.langs != null) {
                writer.name(fields(), 4);
                dev.atlex.schema.generated.ListRule.write(writer, value.langs, Codecs.LANGUAGE);
            }
            if (value.uris != null) {
                writer.name(fields(), 5);
                dev.atlex.schema.generated.ListRule.write(writer, value.uris, Codecs.URI);
            }
            if (value.tags != null) {
                writer.name(fields(), 6);
                dev.atlex.schema.generated.ListRule.write(writer, value.tags, StringRule.ANY);
            }
            writer.name(fields(), 7);
            writer.integer(value.count);
            if (value.limit != null) {
                writer.name(fields(), 8);
                writer.integer(value.limit);
            }
            if (value.sizes != null) {
                writer.name(fields(), 9);
                dev.atlex.schema.generated.ListRule.write(writer, value.sizes, IntegerRule.ANY);
            }
            if (value.flags != null) {
                writer.name(fields(), 10);
                dev.atlex.schema.generated.ListRule.write(writer, value.flags, BooleanRule.ANY);
            }
            if (value.times != null) {
                writer.name(fields(), 11);
                dev.atlex.schema.generated.ListRule.write(writer, value.times, Codecs.DATETIME);
            }
            if (value.choices != null) {
                writer.name(fields(), 12);
                dev.atlex.schema.generated.ListRule.write(writer, value.choices, ChoicesItem.CODEC);
            }
            if (value.refs != null) {
                writer.name(fields(), 13);
                dev.atlex.schema.generated.ListRule.write(writer, value.refs, Ref.CODEC);
            }
            if (value.copy != null) {
                writer.name(fields(), 14);
                dev.atlex.schema.generated.ListRule.write(writer, value.copy, StringRule.ANY);
            }
            if (value.required != null) {
                writer.name(fields(), 15);
                dev.atlex.schema.generated.ListRule.write(writer, value.required, StringRule.ANY);
            }
            if (value.extra != null) {
                writer.name(fields(), 16);
                dev.atlex.schema.generated.ListRule.write(writer, value.extra, StringRule.ANY);
            }
            if (value.unknownField != null) {
                writer.name(fields(), 17);
                dev.atlex.schema.generated.ListRule.write(writer, value.unknownField, StringRule.ANY);
            }
            if (value.list != null) {
                writer.name(fields(), 18);
                dev.atlex.schema.generated.ListRule.write(writer, value.list, Codecs.HANDLE);
            }
            if (value.instant != null) {
                writer.name(fields(), 19);
                Codecs.DATETIME.write(writer, value.instant);
            }
            if (value.collection != null) {
                writer.name(fields(), 20);
                dev.atlex.schema.generated.ListRule.write(writer, value.collection, Codecs.NSID);
            }
        }
    }

    /** The open union at {@code com.example.hazard.setters.choices[]}. */
    public sealed interface ChoicesItem {
        /** Reads and writes values of this union. */
        Codec<ChoicesItem> CODEC = new UnionCodec<ChoicesItem>() {
            @Override
            protected ChoicesItem readVariant(String type, LexReader reader) {
                return switch (type) {
                    case "com.example.hazard.setters#ref" -> new Ref(Setters.Ref.CODEC.readFields(reader));
                    case "com.example.hazard.setters#view" -> new View(Setters.View.CODEC.readFields(reader));
                    default -> new Unknown(type, unknown(type, reader));
                };
            }

            @Override
            public void write(LexWriter writer, ChoicesItem value) {
                if (value instanceof Ref variant) {
                    Setters.Ref.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof View variant) {
                    Setters.View.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof Unknown variant) {
                    writer.value(variant.value());
                }
            }
        };

        /** Returns the variant {@code com.example.hazard.setters#ref}. */
        static ChoicesItem of(Setters.Ref value) {
            return new Ref(value);
        }

        /** Returns the variant {@code com.example.hazard.setters#view}. */
        static ChoicesItem of(Setters.View value) {
            return new View(value);
        }

        /** The variant {@code com.example.hazard.setters#ref}. */
        record Ref(Setters.Ref value) implements ChoicesItem {}

        /** The variant {@code com.example.hazard.setters#view}. */
        record View(Setters.View value) implements ChoicesItem {}

        /**
         * A variant that is unknown to this version of the generated code.
         *
         * @param type its {@code $type}
         * @param value the whole object, including {@code $type}
         */
        record Unknown(String type, LexMap value) implements ChoicesItem {}
    }

    /** The object type {@code com.example.hazard.setters#instant}. */
    public static final class Instant extends LexObject implements Buildable<Instant, Instant.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "com.example.hazard.setters#instant";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<Instant, Builder> CODEC = new InstantCodec();

        private Instant(LexMap extra) {
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

        /** Builds {@link Instant}. */
        public static final class Builder extends ObjectBuilder<Instant, Builder> {
            private Builder() {}

            private Builder(Instant from) {
                super(from);
            }

            @Override
            public Instant build() {
                return new Instant(extra());
            }
        }

        private static final class InstantCodec extends ObjectCodec<Instant, Builder> {
            InstantCodec() {
                super("com.example.hazard.setters#instant", "", ObjectCodec.Typing.CHECKED);
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public Instant readFields(LexReader reader) {
                LexMap.Builder extra = null;
                while (reader.nextField(fields()) != LexReader.END) {
                    extra = keep(reader, extra);
                }
                return new Instant(kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, Instant value) {}
        }
    }

    /** The object type {@code com.example.hazard.setters#collection}. */
    public static final class Collection extends LexObject implements Buildable<Collection, Collection.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "com.example.hazard.setters#collection";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<Collection, Builder> CODEC = new CollectionCodec();

        private Collection(LexMap extra) {
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

        /** Builds {@link Collection}. */
        public static final class Builder extends ObjectBuilder<Collection, Builder> {
            private Builder() {}

            private Builder(Collection from) {
                super(from);
            }

            @Override
            public Collection build() {
                return new Collection(extra());
            }
        }

        private static final class CollectionCodec extends ObjectCodec<Collection, Builder> {
            CollectionCodec() {
                super("com.example.hazard.setters#collection", "", ObjectCodec.Typing.CHECKED);
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public Collection readFields(LexReader reader) {
                LexMap.Builder extra = null;
                while (reader.nextField(fields()) != LexReader.END) {
                    extra = keep(reader, extra);
                }
                return new Collection(kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, Collection value) {}
        }
    }

    /** The object type {@code com.example.hazard.setters#listRule}. */
    public static final class ListRule extends LexObject implements Buildable<ListRule, ListRule.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "com.example.hazard.setters#listRule";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<ListRule, Builder> CODEC = new ListRuleCodec();

        private final List<String> items;

        private ListRule(List<String> items, LexMap extra) {
            super(extra);
            this.items = items;
        }

        /** Returns an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** Returns {@code items}: optional. */
        public @Nullable List<String> items() {
            return items;
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {items};
        }

        /** Builds {@link ListRule}. */
        public static final class Builder extends ObjectBuilder<ListRule, Builder> {
            private List<String> items;

            private Builder() {}

            private Builder(ListRule from) {
                super(from);
                this.items = from.items;
            }

            /** Sets {@code items}: optional. */
            public Builder items(java.util.@Nullable Collection<String> items) {
                this.items = dev.atlex.schema.generated.ListRule.copy(items);
                return this;
            }

            /** Sets {@code items} to these elements. */
            public Builder items(String... items) {
                return items(List.of(items));
            }

            @Override
            public ListRule build() {
                return new ListRule(items, extra());
            }
        }

        private static final class ListRuleCodec extends ObjectCodec<ListRule, Builder> {
            ListRuleCodec() {
                super("com.example.hazard.setters#listRule", "a", ObjectCodec.Typing.CHECKED,
                        "items");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public ListRule readFields(LexReader reader) {
                List<String> items = null;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> items = dev.atlex.schema.generated.ListRule.ANY.read(reader, StringRule.ANY);
                        default -> extra = keep(reader, extra);
                    }
                }
                return new ListRule(items, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, ListRule value) {
                if (value.items != null) {
                    writer.name(fields(), 0);
                    dev.atlex.schema.generated.ListRule.write(writer, value.items, StringRule.ANY);
                }
            }
        }
    }

    /** The object type {@code com.example.hazard.setters#ref}. */
    public static final class Ref extends LexObject implements Buildable<Ref, Ref.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "com.example.hazard.setters#ref";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<Ref, Builder> CODEC = new RefCodec();

        private final AtUri uri;
        private final Cid cid;

        private Ref(AtUri uri, Cid cid, LexMap extra) {
            super(extra);
            this.uri = uri;
            this.cid = cid;
        }

        /** Returns an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** Returns {@code uri}: required, format {@code at-uri}. */
        public AtUri uri() {
            return uri;
        }

        /** Returns {@code cid}: required, format {@code cid}. */
        public Cid cid() {
            return cid;
        }

        /** Returns a strong reference to the record: its URI and CID. */
        public StrongRef strongRef() {
            return StrongRef.builder().uri(uri).cid(cid).build();
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {uri, cid};
        }

        /** Builds {@link Ref}. */
        public static final class Builder extends ObjectBuilder<Ref, Builder> {
            private AtUri uri;
            private Cid cid;

            private Builder() {}

            private Builder(Ref from) {
                super(from);
                this.uri = from.uri;
                this.cid = from.cid;
            }

            /** Sets {@code uri}: required, format {@code at-uri}. */
            public Builder uri(AtUri uri) {
                this.uri = uri;
                return this;
            }

            /**
             * Sets {@code uri} by parsing a string.
             *
             * @throws InvalidSyntaxException if the syntax is invalid
             */
            public Builder uri(String uri) {
                return uri(AtUri.of(uri));
            }

            /** Sets {@code cid}: required, format {@code cid}. */
            public Builder cid(Cid cid) {
                this.cid = cid;
                return this;
            }

            /**
             * Sets {@code cid} by parsing a string.
             *
             * @throws InvalidSyntaxException if the syntax is invalid
             */
            public Builder cid(String cid) {
                return cid(Cid.of(cid));
            }

            @Override
            public Ref build() {
                return new Ref(required(uri, "uri", CODEC.type()),
                        required(cid, "cid", CODEC.type()), extra());
            }
        }

        private static final class RefCodec extends ObjectCodec<Ref, Builder> {
            RefCodec() {
                super("com.example.hazard.setters#ref", "ss", ObjectCodec.Typing.CHECKED, "uri",
                        "cid");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public Ref readFields(LexReader reader) {
                AtUri uri = null;
                Cid cid = null;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> uri = Codecs.AT_URI.read(reader);
                        case 1 -> cid = Codecs.CID.read(reader);
                        default -> extra = keep(reader, extra);
                    }
                }
                if (reader.validating()) {
                    if (uri == null) {
                        throw reader.missing("uri");
                    }
                    if (cid == null) {
                        throw reader.missing("cid");
                    }
                }
                return new Ref(uri, cid, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, Ref value) {
                if (value.uri != null) {
                    writer.name(fields(), 0);
                    Codecs.AT_URI.write(writer, value.uri);
                }
                if (value.cid != null) {
                    writer.name(fields(), 1);
                    Codecs.CID.write(writer, value.cid);
                }
            }
        }
    }

    /** The object type {@code com.example.hazard.setters#view}. */
    public static final class View extends LexObject implements Buildable<View, View.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "com.example.hazard.setters#view";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<View, Builder> CODEC = new ViewCodec();

        private final AtUri uri;
        private final Cid cid;

        private View(AtUri uri, Cid cid, LexMap extra) {
            super(extra);
            this.uri = uri;
            this.cid = cid;
        }

        /** Returns an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** Returns {@code uri}: required, format {@code at-uri}. */
        public AtUri uri() {
            return uri;
        }

        /** Returns {@code cid}: optional, format {@code cid}. */
        public @Nullable Cid cid() {
            return cid;
        }

        /** Returns a strong reference to the record: its URI and CID; null if either is absent. */
        public @Nullable StrongRef strongRef() {
            return uri == null || cid == null ? null : StrongRef.builder().uri(uri).cid(cid).build();
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {uri, cid};
        }

        /** Builds {@link View}. */
        public static final class Builder extends ObjectBuilder<View, Builder> {
            private AtUri uri;
            private Cid cid;

            private Builder() {}

            private Builder(View from) {
                super(from);
                this.uri = from.uri;
                this.cid = from.cid;
            }

            /** Sets {@code uri}: required, format {@code at-uri}. */
            public Builder uri(AtUri uri) {
                this.uri = uri;
                return this;
            }

            /**
             * Sets {@code uri} by parsing a string.
             *
             * @throws InvalidSyntaxException if the syntax is invalid
             */
            public Builder uri(String uri) {
                return uri(AtUri.of(uri));
            }

            /** Sets {@code cid}: optional, format {@code cid}. */
            public Builder cid(@Nullable Cid cid) {
                this.cid = cid;
                return this;
            }

            /**
             * Sets {@code cid} by parsing a string.
             *
             * @throws InvalidSyntaxException if the syntax is invalid
             */
            public Builder cid(String cid) {
                return cid(Cid.of(cid));
            }

            @Override
            public View build() {
                return new View(required(uri, "uri", CODEC.type()), cid, extra());
            }
        }

        private static final class ViewCodec extends ObjectCodec<View, Builder> {
            ViewCodec() {
                super("com.example.hazard.setters#view", "ss", ObjectCodec.Typing.CHECKED, "uri",
                        "cid");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public View readFields(LexReader reader) {
                AtUri uri = null;
                Cid cid = null;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> uri = Codecs.AT_URI.read(reader);
                        case 1 -> cid = Codecs.CID.read(reader);
                        default -> extra = keep(reader, extra);
                    }
                }
                if (reader.validating()) {
                    if (uri == null) {
                        throw reader.missing("uri");
                    }
                }
                return new View(uri, cid, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, View value) {
                if (value.uri != null) {
                    writer.name(fields(), 0);
                    Codecs.AT_URI.write(writer, value.uri);
                }
                if (value.cid != null) {
                    writer.name(fields(), 1);
                    Codecs.CID.write(writer, value.cid);
                }
            }
        }
    }

    /** The object type {@code com.example.hazard.setters#ownName}. */
    public static final class OwnName extends LexObject implements Buildable<OwnName, OwnName.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "com.example.hazard.setters#ownName";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<OwnName, Builder> CODEC = new OwnNameCodec();

        private final AtUri uri;
        private final Cid cid;
        private final String strongRef;

        private OwnName(AtUri uri, Cid cid, String strongRef, LexMap extra) {
            super(extra);
            this.uri = uri;
            this.cid = cid;
            this.strongRef = strongRef;
        }

        /** Returns an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** Returns {@code uri}: required, format {@code at-uri}. */
        public AtUri uri() {
            return uri;
        }

        /** Returns {@code cid}: required, format {@code cid}. */
        public Cid cid() {
            return cid;
        }

        /** Returns {@code strongRef}: optional. */
        public @Nullable String strongRef() {
            return strongRef;
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {uri, cid, strongRef};
        }

        /** Builds {@link OwnName}. */
        public static final class Builder extends ObjectBuilder<OwnName, Builder> {
            private AtUri uri;
            private Cid cid;
            private String strongRef;

            private Builder() {}

            private Builder(OwnName from) {
                super(from);
                this.uri = from.uri;
                this.cid = from.cid;
                this.strongRef = from.strongRef;
            }

            /** Sets {@code uri}: required, format {@code at-uri}. */
            public Builder uri(AtUri uri) {
                this.uri = uri;
                return this;
            }

            /**
             * Sets {@code uri} by parsing a string.
             *
             * @throws InvalidSyntaxException if the syntax is invalid
             */
            public Builder uri(String uri) {
                return uri(AtUri.of(uri));
            }

            /** Sets {@code cid}: required, format {@code cid}. */
            public Builder cid(Cid cid) {
                this.cid = cid;
                return this;
            }

            /**
             * Sets {@code cid} by parsing a string.
             *
             * @throws InvalidSyntaxException if the syntax is invalid
             */
            public Builder cid(String cid) {
                return cid(Cid.of(cid));
            }

            /** Sets {@code strongRef}: optional. */
            public Builder strongRef(@Nullable String strongRef) {
                this.strongRef = strongRef;
                return this;
            }

            @Override
            public OwnName build() {
                return new OwnName(required(uri, "uri", CODEC.type()),
                        required(cid, "cid", CODEC.type()), strongRef, extra());
            }
        }

        private static final class OwnNameCodec extends ObjectCodec<OwnName, Builder> {
            OwnNameCodec() {
                super("com.example.hazard.setters#ownName", "sss", ObjectCodec.Typing.CHECKED,
                        "uri", "cid", "strongRef");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public OwnName readFields(LexReader reader) {
                AtUri uri = null;
                Cid cid = null;
                String strongRef = null;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> uri = Codecs.AT_URI.read(reader);
                        case 1 -> cid = Codecs.CID.read(reader);
                        case 2 -> strongRef = reader.readString();
                        default -> extra = keep(reader, extra);
                    }
                }
                if (reader.validating()) {
                    if (uri == null) {
                        throw reader.missing("uri");
                    }
                    if (cid == null) {
                        throw reader.missing("cid");
                    }
                }
                return new OwnName(uri, cid, strongRef, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, OwnName value) {
                if (value.uri != null) {
                    writer.name(fields(), 0);
                    Codecs.AT_URI.write(writer, value.uri);
                }
                if (value.cid != null) {
                    writer.name(fields(), 1);
                    Codecs.CID.write(writer, value.cid);
                }
                if (value.strongRef != null) {
                    writer.name(fields(), 2);
                    writer.string(value.strongRef);
                }
            }
        }
    }

    /** The object type {@code com.example.hazard.setters#noRecord}. */
    public static final class NoRecord extends LexObject implements Buildable<NoRecord, NoRecord.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "com.example.hazard.setters#noRecord";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<NoRecord, Builder> CODEC = new NoRecordCodec();

        private final String uri;
        private final Cid cid;

        private NoRecord(String uri, Cid cid, LexMap extra) {
            super(extra);
            this.uri = uri;
            this.cid = cid;
        }

        /** Returns an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** Returns {@code uri}: required, format {@code uri}. */
        public String uri() {
            return uri;
        }

        /** Returns {@code cid}: required, format {@code cid}. */
        public Cid cid() {
            return cid;
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {uri, cid};
        }

        /** Builds {@link NoRecord}. */
        public static final class Builder extends ObjectBuilder<NoRecord, Builder> {
            private String uri;
            private Cid cid;

            private Builder() {}

            private Builder(NoRecord from) {
                super(from);
                this.uri = from.uri;
                this.cid = from.cid;
            }

            /** Sets {@code uri}: required, format {@code uri}. */
            public Builder uri(String uri) {
                this.uri = uri;
                return this;
            }

            /** Sets {@code cid}: required, format {@code cid}. */
            public Builder cid(Cid cid) {
                this.cid = cid;
                return this;
            }

            /**
             * Sets {@code cid} by parsing a string.
             *
             * @throws InvalidSyntaxException if the syntax is invalid
             */
            public Builder cid(String cid) {
                return cid(Cid.of(cid));
            }

            @Override
            public NoRecord build() {
                return new NoRecord(required(uri, "uri", CODEC.type()),
                        required(cid, "cid", CODEC.type()), extra());
            }
        }

        private static final class NoRecordCodec extends ObjectCodec<NoRecord, Builder> {
            NoRecordCodec() {
                super("com.example.hazard.setters#noRecord", "ss", ObjectCodec.Typing.CHECKED,
                        "uri", "cid");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public NoRecord readFields(LexReader reader) {
                String uri = null;
                Cid cid = null;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> uri = Codecs.URI.read(reader);
                        case 1 -> cid = Codecs.CID.read(reader);
                        default -> extra = keep(reader, extra);
                    }
                }
                if (reader.validating()) {
                    if (uri == null) {
                        throw reader.missing("uri");
                    }
                    if (cid == null) {
                        throw reader.missing("cid");
                    }
                }
                return new NoRecord(uri, cid, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, NoRecord value) {
                if (value.uri != null) {
                    writer.name(fields(), 0);
                    Codecs.URI.write(writer, value.uri);
                }
                if (value.cid != null) {
                    writer.name(fields(), 1);
                    Codecs.CID.write(writer, value.cid);
                }
            }
        }
    }
}
