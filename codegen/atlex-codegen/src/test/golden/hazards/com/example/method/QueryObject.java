// Generated from the lexicon com.example.method.queryObject. Do not edit.
package com.example.method;

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
import dev.atlex.schema.generated.StringRule;
import dev.atlex.syntax.Did;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gets things.
 *
 * <p>The query {@code com.example.method.queryObject}. Call it with {@link #QUERY}.
 */
public final class QueryObject {
    /** The method's NSID. */
    public static final String NSID = "com.example.method.queryObject";

    /**
     * None *&#47; there.
     *
     * <p>The error {@code NotFound}, which the method declares.
     */
    public static final String ERROR_NOT_FOUND = "NotFound";

    /** The error {@code not-found}, which the method declares. */
    public static final String ERROR_NOT_FOUND_ = "not-found";

    /** The error {@code Not_Found}, which the method declares. */
    public static final String ERROR_NOT_FOUND__ = "Not_Found";

    /**
     * Gets things.
     *
     * <p>The query {@code com.example.method.queryObject}. Declared errors: {@link #ERROR_NOT_FOUND},
     * {@link #ERROR_NOT_FOUND_}, {@link #ERROR_NOT_FOUND__}.
     */
    public static final Query<Params, Params.Builder, Output> QUERY = new Query<>(NSID,
            Params.CODEC, json(Output.CODEC),
            List.of(ERROR_NOT_FOUND, ERROR_NOT_FOUND_, ERROR_NOT_FOUND__));

    /** The token {@code com.example.method.queryObject#errorNotFound}. */
    public static final String ERROR_NOT_FOUND___ = "com.example.method.queryObject#errorNotFound";

    private QueryObject() {}

    /** The parameters of {@code com.example.method.queryObject}. Required: {@code did}. */
    public static final class Params extends LexObject implements Buildable<Params, Params.Builder> {
        /** Reads and writes objects of this type. */
        public static final ObjectCodec<Params, Builder> CODEC = new ParamsCodec();

        private final List<String> names;
        private final Long limit;
        private final List<Long> ids;
        private final Boolean on;
        private final Did did;

        private Params(List<String> names, Long limit, List<Long> ids, Boolean on, Did did,
                LexMap extra) {
            super(extra);
            this.names = names;
            this.limit = limit;
            this.ids = ids;
            this.on = on;
            this.did = did;
        }

        /** Returns an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** Returns {@code names}: optional, each element: at most 5 UTF-8 bytes. */
        public @Nullable List<String> names() {
            return names;
        }

        /** Returns {@code limit}: optional, default {@code 50}, 1 to 100. */
        public long limit() {
            return limit == null ? 50L : limit;
        }

        /** Returns {@code ids}: optional. */
        public @Nullable List<Long> ids() {
            return ids;
        }

        /** Returns {@code on}: optional, default {@code false}. */
        public boolean on() {
            return on == null ? false : on;
        }

        /** Returns {@code did}: required, format {@code did}. */
        public Did did() {
            return did;
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {names, limit, ids, on, did};
        }

        /** Builds {@link Params}. */
        public static final class Builder extends ObjectBuilder<Params, Builder> {
            private List<String> names;
            private Long limit;
            private List<Long> ids;
            private Boolean on;
            private Did did;

            private Builder() {}

            private Builder(Params from) {
                super(from);
                this.names = from.names;
                this.limit = from.limit;
                this.ids = from.ids;
                this.on = from.on;
                this.did = from.did;
            }

            /** Sets {@code names}: optional, each element: at most 5 UTF-8 bytes. */
            public Builder names(@Nullable Collection<String> names) {
                this.names = ListRule.copy(names);
                return this;
            }

            /** Sets {@code names} to these elements. */
            public Builder names(String... names) {
                return names(List.of(names));
            }

            /** Sets {@code limit}: optional, default {@code 50}, 1 to 100. */
            public Builder limit(@Nullable Long limit) {
                this.limit = limit;
                return this;
            }

            /** Sets {@code limit}. */
            public Builder limit(long limit) {
                return limit((Long) limit);
            }

            /** Sets {@code ids}: optional. */
            public Builder ids(@Nullable Collection<Long> ids) {
                this.ids = ListRule.copy(ids);
                return this;
            }

            /** Sets {@code ids} to these elements. */
            public Builder ids(long... ids) {
                return ids(ListRule.of(ids));
            }

            /** Sets {@code on}: optional, default {@code false}. */
            public Builder on(@Nullable Boolean on) {
                this.on = on;
                return this;
            }

            /** Sets {@code did}: required, format {@code did}. */
            public Builder did(Did did) {
                this.did = did;
                return this;
            }

            /**
             * Sets {@code did} by parsing a string.
             *
             * @throws InvalidSyntaxException if the syntax is invalid
             */
            public Builder did(String did) {
                return did(Did.of(did));
            }

            @Override
            public Params build() {
                return new Params(names, limit, ids, on, required(did, "did", CODEC.type()),
                        extra());
            }
        }

        private static final class ParamsCodec extends ObjectCodec<Params, Builder> {
            private static final StringRule NAMES_ITEM = StringRule.ANY.maxLength(5);

            private static final IntegerRule LIMIT = IntegerRule.ANY.minimum(1L).maximum(100L);

            ParamsCodec() {
                super("com.example.method.queryObject parameters", "aiabs", ObjectCodec.Typing.NONE,
                        "names", "limit", "ids", "on", "did");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public Params readFields(LexReader reader) {
                List<String> names = null;
                Long limit = null;
                List<Long> ids = null;
                Boolean on = null;
                Did did = null;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> names = ListRule.ANY.read(reader, NAMES_ITEM);
                        case 1 -> limit = LIMIT.readLong(reader);
                        case 2 -> ids = ListRule.ANY.read(reader, IntegerRule.ANY);
                        case 3 -> on = reader.readBoolean();
                        case 4 -> did = Codecs.DID.read(reader);
                        default -> extra = keep(reader, extra);
                    }
                }
                if (reader.validating()) {
                    if (did == null) {
                        throw reader.missing("did");
                    }
                }
                return new Params(names, limit, ids, on, did, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, Params value) {
                if (value.names != null) {
                    writer.name(fields(), 0);
                    ListRule.write(writer, value.names, NAMES_ITEM);
                }
                if (value.limit != null) {
                    writer.name(fields(), 1);
                    writer.integer(value.limit);
                }
                if (value.ids != null) {
                    writer.name(fields(), 2);
                    ListRule.write(writer, value.ids, IntegerRule.ANY);
                }
                if (value.on != null) {
                    writer.name(fields(), 3);
                    writer.bool(value.on);
                }
                if (value.did != null) {
                    writer.name(fields(), 4);
                    Codecs.DID.write(writer, value.did);
                }
            }
        }
    }

    /** The output of {@code com.example.method.queryObject}. */
    public static final class Output extends LexObject implements Buildable<Output, Output.Builder> {
        /** Reads and writes objects of this type. */
        public static final ObjectCodec<Output, Builder> CODEC = new OutputCodec();

        private final String cursor;
        private final List<MethodDefs.Result> results;

        private Output(String cursor, List<MethodDefs.Result> results, LexMap extra) {
            super(extra);
            this.cursor = cursor;
            this.results = results;
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

        /** Returns {@code results}: required, at most 2 elements. */
        public List<MethodDefs.Result> results() {
            return results;
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {cursor, results};
        }

        /** Builds {@link Output}. */
        public static final class Builder extends ObjectBuilder<Output, Builder> {
            private String cursor;
            private List<MethodDefs.Result> results;

            private Builder() {}

            private Builder(Output from) {
                super(from);
                this.cursor = from.cursor;
                this.results = from.results;
            }

            /** Sets {@code cursor}: optional. */
            public Builder cursor(@Nullable String cursor) {
                this.cursor = cursor;
                return this;
            }

            /** Sets {@code results}: required, at most 2 elements. */
            public Builder results(Collection<? extends MethodDefs.Result> results) {
                this.results = ListRule.copy(results);
                return this;
            }

            /** Sets {@code results} to these elements. */
            public Builder results(MethodDefs.Result... results) {
                return results(List.of(results));
            }

            @Override
            public Output build() {
                return new Output(cursor, required(results, "results", CODEC.type()), extra());
            }
        }

        private static final class OutputCodec extends ObjectCodec<Output, Builder> {
            private static final ListRule RESULTS = ListRule.ANY.maxLength(2);

            OutputCodec() {
                super("com.example.method.queryObject output", "sa", ObjectCodec.Typing.NONE,
                        "cursor", "results");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public Output readFields(LexReader reader) {
                String cursor = null;
                List<MethodDefs.Result> results = null;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> cursor = reader.readString();
                        case 1 -> results = RESULTS.read(reader, MethodDefs.Result.CODEC);
                        default -> extra = keep(reader, extra);
                    }
                }
                if (reader.validating()) {
                    if (results == null) {
                        throw reader.missing("results");
                    }
                }
                return new Output(cursor, results, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, Output value) {
                if (value.cursor != null) {
                    writer.name(fields(), 0);
                    writer.string(value.cursor);
                }
                if (value.results != null) {
                    writer.name(fields(), 1);
                    ListRule.write(writer, value.results, MethodDefs.Result.CODEC);
                }
            }
        }
    }

    /** The object type {@code com.example.method.queryObject#params}. */
    public static final class ParamsDef extends LexObject implements Buildable<ParamsDef, ParamsDef.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "com.example.method.queryObject#params";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<ParamsDef, Builder> CODEC = new ParamsDefCodec();

        private final Long x;

        private ParamsDef(Long x, LexMap extra) {
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

        /** Builds {@link ParamsDef}. */
        public static final class Builder extends ObjectBuilder<ParamsDef, Builder> {
            private Long x;

            private Builder() {}

            private Builder(ParamsDef from) {
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
            public ParamsDef build() {
                return new ParamsDef(x, extra());
            }
        }

        private static final class ParamsDefCodec extends ObjectCodec<ParamsDef, Builder> {
            ParamsDefCodec() {
                super("com.example.method.queryObject#params", "i", ObjectCodec.Typing.CHECKED,
                        "x");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public ParamsDef readFields(LexReader reader) {
                Long x = null;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> x = reader.readInteger();
                        default -> extra = keep(reader, extra);
                    }
                }
                return new ParamsDef(x, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, ParamsDef value) {
                if (value.x != null) {
                    writer.name(fields(), 0);
                    writer.integer(value.x);
                }
            }
        }
    }

    /** The object type {@code com.example.method.queryObject#output}. */
    public static final class OutputDef extends LexObject implements Buildable<OutputDef, OutputDef.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "com.example.method.queryObject#output";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<OutputDef, Builder> CODEC = new OutputDefCodec();

        private final Long y;

        private OutputDef(Long y, LexMap extra) {
            super(extra);
            this.y = y;
        }

        /** Returns an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** Returns {@code y}: optional. */
        public @Nullable Long y() {
            return y;
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {y};
        }

        /** Builds {@link OutputDef}. */
        public static final class Builder extends ObjectBuilder<OutputDef, Builder> {
            private Long y;

            private Builder() {}

            private Builder(OutputDef from) {
                super(from);
                this.y = from.y;
            }

            /** Sets {@code y}: optional. */
            public Builder y(@Nullable Long y) {
                this.y = y;
                return this;
            }

            /** Sets {@code y}. */
            public Builder y(long y) {
                return y((Long) y);
            }

            @Override
            public OutputDef build() {
                return new OutputDef(y, extra());
            }
        }

        private static final class OutputDefCodec extends ObjectCodec<OutputDef, Builder> {
            OutputDefCodec() {
                super("com.example.method.queryObject#output", "i", ObjectCodec.Typing.CHECKED,
                        "y");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public OutputDef readFields(LexReader reader) {
                Long y = null;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> y = reader.readInteger();
                        default -> extra = keep(reader, extra);
                    }
                }
                return new OutputDef(y, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, OutputDef value) {
                if (value.y != null) {
                    writer.name(fields(), 0);
                    writer.integer(value.y);
                }
            }
        }
    }

    /** The object type {@code com.example.method.queryObject#input}. */
    public static final class Input extends LexObject implements Buildable<Input, Input.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "com.example.method.queryObject#input";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<Input, Builder> CODEC = new InputCodec();

        private Input(LexMap extra) {
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

        /** Builds {@link Input}. */
        public static final class Builder extends ObjectBuilder<Input, Builder> {
            private Builder() {}

            private Builder(Input from) {
                super(from);
            }

            @Override
            public Input build() {
                return new Input(extra());
            }
        }

        private static final class InputCodec extends ObjectCodec<Input, Builder> {
            InputCodec() {
                super("com.example.method.queryObject#input", "", ObjectCodec.Typing.CHECKED);
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public Input readFields(LexReader reader) {
                LexMap.Builder extra = null;
                while (reader.nextField(fields()) != LexReader.END) {
                    extra = keep(reader, extra);
                }
                return new Input(kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, Input value) {}
        }
    }
}
