// Generated from the lexicon com.example.journal.getEntries. Do not edit.
package com.example.journal;

import static dev.atlex.schema.Output.json;

import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Buildable;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.ObjectSchema;
import dev.atlex.schema.Query;
import dev.atlex.schema.generated.Codecs;
import dev.atlex.schema.generated.IntegerRule;
import dev.atlex.schema.generated.ListRule;
import dev.atlex.schema.generated.ObjectCodec;
import dev.atlex.syntax.AtIdentifier;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Returns the journal of an account, newest page first.
 *
 * <p>The query {@code com.example.journal.getEntries}. Call it with {@link #QUERY}.
 */
@SuppressWarnings("deprecation")
public final class GetEntries {
    /** The method's NSID. */
    public static final String NSID = "com.example.journal.getEntries";

    /**
     * The journal is private.
     *
     * <p>The error {@code Unreadable}, which the method declares.
     */
    public static final String ERROR_UNREADABLE = "Unreadable";

    /** The error {@code Lost}, which the method declares. */
    public static final String ERROR_LOST = "Lost";

    /**
     * Returns the journal of an account, newest page first.
     *
     * <p>The query {@code com.example.journal.getEntries}. Declared errors: {@link #ERROR_UNREADABLE},
     * {@link #ERROR_LOST}.
     */
    public static final Query<Params, Params.Builder, Output> QUERY = new Query<>(NSID,
            Params.CODEC, json(Output.CODEC), List.of(ERROR_UNREADABLE, ERROR_LOST));

    private GetEntries() {}

    /** The parameters of {@code com.example.journal.getEntries}. Required: {@code actor}. */
    public static final class Params extends LexObject implements Buildable<Params, Params.Builder> {
        /** Reads and writes objects of this type. */
        public static final ObjectCodec<Params, Builder> CODEC = new ParamsCodec();

        private final AtIdentifier actor;
        private final String q;
        private final String term;
        private final Long limit;

        private Params(AtIdentifier actor, String q, String term, Long limit, LexMap extra) {
            super(extra);
            this.actor = actor;
            this.q = q;
            this.term = term;
            this.limit = limit;
        }

        /** Returns an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** Returns {@code actor}: required, format {@code at-identifier}. */
        public AtIdentifier actor() {
            return actor;
        }

        /**
         * Words that a page must contain.
         *
         * <p>Optional.
         */
        public @Nullable String q() {
            return q;
        }

        /**
         * Old name of {@code q}.
         *
         * <p>Optional.
         *
         * @deprecated Use {@code q} instead, which also takes phrases.
         */
        @Deprecated
        public @Nullable String term() {
            return term;
        }

        /**
         * Most pages per response.
         *
         * <p>Optional, default {@code 50}, 1 to 100.
         */
        public long limit() {
            return limit == null ? 50L : limit;
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {actor, q, term, limit};
        }

        /** Builds {@link Params}. */
        public static final class Builder extends ObjectBuilder<Params, Builder> {
            private AtIdentifier actor;
            private String q;
            private String term;
            private Long limit;

            private Builder() {}

            private Builder(Params from) {
                super(from);
                this.actor = from.actor;
                this.q = from.q;
                this.term = from.term;
                this.limit = from.limit;
            }

            /** Sets {@code actor}: required, format {@code at-identifier}. */
            public Builder actor(AtIdentifier actor) {
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

            /**
             * Words that a page must contain.
             *
             * <p>Optional.
             */
            public Builder q(@Nullable String q) {
                this.q = q;
                return this;
            }

            /**
             * Old name of {@code q}.
             *
             * <p>Optional.
             *
             * @deprecated Use {@code q} instead, which also takes phrases.
             */
            @Deprecated
            public Builder term(@Nullable String term) {
                this.term = term;
                return this;
            }

            /**
             * Most pages per response.
             *
             * <p>Optional, default {@code 50}, 1 to 100.
             */
            public Builder limit(@Nullable Long limit) {
                this.limit = limit;
                return this;
            }

            /**
             * Most pages per response.
             *
             * <p>Sets {@code limit}.
             */
            public Builder limit(long limit) {
                return limit((Long) limit);
            }

            @Override
            public Params build() {
                return new Params(required(actor, "actor", CODEC.type()), q, term, limit, extra());
            }
        }

        private static final class ParamsCodec extends ObjectCodec<Params, Builder> {
            private static final IntegerRule LIMIT = IntegerRule.ANY.minimum(1L).maximum(100L);

            ParamsCodec() {
                super("com.example.journal.getEntries parameters", "sssi", ObjectCodec.Typing.NONE,
                        "actor", "q", "term", "limit");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public Params readFields(LexReader reader) {
                AtIdentifier actor = null;
                String q = null;
                String term = null;
                Long limit = null;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> actor = Codecs.AT_IDENTIFIER.read(reader);
                        case 1 -> q = reader.readString();
                        case 2 -> term = reader.readString();
                        case 3 -> limit = LIMIT.readLong(reader);
                        default -> extra = keep(reader, extra);
                    }
                }
                if (reader.validating()) {
                    if (actor == null) {
                        throw reader.missing("actor");
                    }
                }
                return new Params(actor, q, term, limit, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, Params value) {
                if (value.actor != null) {
                    writer.name(fields(), 0);
                    Codecs.AT_IDENTIFIER.write(writer, value.actor);
                }
                if (value.q != null) {
                    writer.name(fields(), 1);
                    writer.string(value.q);
                }
                if (value.term != null) {
                    writer.name(fields(), 2);
                    writer.string(value.term);
                }
                if (value.limit != null) {
                    writer.name(fields(), 3);
                    writer.integer(value.limit);
                }
            }
        }
    }

    /** The output of {@code com.example.journal.getEntries}. */
    public static final class Output extends LexObject implements Buildable<Output, Output.Builder> {
        /** Reads and writes objects of this type. */
        public static final ObjectCodec<Output, Builder> CODEC = new OutputCodec();

        private final String cursor;
        private final List<Entry.Place> entries;

        private Output(String cursor, List<Entry.Place> entries, LexMap extra) {
            super(extra);
            this.cursor = cursor;
            this.entries = entries;
        }

        /** Returns an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** Returns {@code cursor}: optional. */
        public @Nullable String cursor() {
            return cursor;
        }

        /**
         * Pages in order; none if all are private.
         *
         * <p>Required.
         */
        public List<Entry.Place> entries() {
            return entries;
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {cursor, entries};
        }

        /** Builds {@link Output}. */
        public static final class Builder extends ObjectBuilder<Output, Builder> {
            private String cursor;
            private List<Entry.Place> entries;

            private Builder() {}

            private Builder(Output from) {
                super(from);
                this.cursor = from.cursor;
                this.entries = from.entries;
            }

            /** Sets {@code cursor}: optional. */
            public Builder cursor(@Nullable String cursor) {
                this.cursor = cursor;
                return this;
            }

            /**
             * Pages in order; none if all are private.
             *
             * <p>Required.
             */
            public Builder entries(Collection<? extends Entry.Place> entries) {
                this.entries = ListRule.copy(entries);
                return this;
            }

            /**
             * Pages in order; none if all are private.
             *
             * <p>Sets {@code entries} to these elements.
             */
            public Builder entries(Entry.Place... entries) {
                return entries(List.of(entries));
            }

            @Override
            public Output build() {
                return new Output(cursor, required(entries, "entries", CODEC.type()), extra());
            }
        }

        private static final class OutputCodec extends ObjectCodec<Output, Builder> {
            OutputCodec() {
                super("com.example.journal.getEntries output", "sa", ObjectCodec.Typing.NONE,
                        "cursor", "entries");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public Output readFields(LexReader reader) {
                String cursor = null;
                List<Entry.Place> entries = null;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> cursor = reader.readString();
                        case 1 -> entries = ListRule.ANY.read(reader, Entry.Place.CODEC);
                        default -> extra = keep(reader, extra);
                    }
                }
                if (reader.validating()) {
                    if (entries == null) {
                        throw reader.missing("entries");
                    }
                }
                return new Output(cursor, entries, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, Output value) {
                if (value.cursor != null) {
                    writer.name(fields(), 0);
                    writer.string(value.cursor);
                }
                if (value.entries != null) {
                    writer.name(fields(), 1);
                    ListRule.write(writer, value.entries, Entry.Place.CODEC);
                }
            }
        }
    }
}
