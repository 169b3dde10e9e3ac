// Generated from the lexicon com.example.method.queryObject. Changes here would be lost.
package com.example.method;

import static dev.atlex.schema.Output.json;

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
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The query {@code com.example.method.queryObject}.
 *
 * <p>Gets things.
 */
public final class QueryObject {
    /** The method's NSID. */
    public static final String NSID = "com.example.method.queryObject";

    /**
     * An error that the method declares.
     *
     * <p>None *&#47; there.
     */
    public static final String ERROR_NOT_FOUND = "NotFound";

    /** An error that the method declares. */
    public static final String ERROR_NOT_FOUND_ = "not-found";

    /** An error that the method declares. */
    public static final String ERROR_NOT_FOUND__ = "Not_Found";

    /**
     * The query {@code com.example.method.queryObject}.
     *
     * <p>Gets things.
     */
    public static final Query<Params, Params.Builder, Output> QUERY = new Query<>(NSID,
            Params.CODEC, json(Output.CODEC),
            List.of(ERROR_NOT_FOUND, ERROR_NOT_FOUND_, ERROR_NOT_FOUND__));

    /** The token {@code com.example.method.queryObject#errorNotFound}. */
    public static final String ERROR_NOT_FOUND___ = "com.example.method.queryObject#errorNotFound";

    private QueryObject() {}

    /** The parameters of {@code com.example.method.queryObject}. */
    public static final class Params extends LexObject implements Buildable<Params, Params.Builder> {
        /** Reads and writes such objects. */
        public static final ObjectCodec<Params, Builder> CODEC = new ParamsCodec();

        private final @Nullable List<String> names;
        private final @Nullable Long limit;
        private final @Nullable List<Long> ids;
        private final @Nullable Boolean on;
        private final Did did;

        private Params(@Nullable List<String> names, @Nullable Long limit, @Nullable List<Long> ids,
                @Nullable Boolean on, Did did, @Nullable LexMap extra) {
            super(extra);
            this.names = names;
            this.limit = limit;
            this.ids = ids;
            this.on = on;
            this.did = did;
        }

        /** A builder with nothing set. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** {@code names}: optional, each at most 5 bytes of UTF-8. */
        public @Nullable List<String> names() {
            return names;
        }

        /** {@code limit}: optional, by default {@code 50}, at least 1, at most 100. */
        public long limit() {
            return limit == null ? 50L : limit;
        }

        /** {@code ids}: optional. */
        public @Nullable List<Long> ids() {
            return ids;
        }

        /** {@code on}: optional, by default {@code false}. */
        public boolean on() {
            return on == null ? false : on;
        }

        /** {@code did}: required, of format {@code did}. */
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

        /** Makes {@link Params}. */
        public static final class Builder extends ObjectBuilder<Params, Builder> {
            private @Nullable List<String> names;
            private @Nullable Long limit;
            private @Nullable List<Long> ids;
            private @Nullable Boolean on;
            private @Nullable Did did;

            private Builder() {}

            private Builder(Params from) {
                super(from);
                this.names = from.names;
                this.limit = from.limit;
                this.ids = from.ids;
                this.on = from.on;
                this.did = from.did;
            }

            /** {@code names}: optional, each at most 5 bytes of UTF-8. */
            public Builder names(@Nullable List<String> names) {
                this.names = names == null ? null : List.copyOf(names);
                return this;
            }

            /** {@code limit}: optional, by default {@code 50}, at least 1, at most 100. */
            public Builder limit(@Nullable Long limit) {
                this.limit = limit;
                return this;
            }

            /** {@code ids}: optional. */
            public Builder ids(@Nullable List<Long> ids) {
                this.ids = ids == null ? null : List.copyOf(ids);
                return this;
            }

            /** {@code on}: optional, by default {@code false}. */
            public Builder on(@Nullable Boolean on) {
                this.on = on;
                return this;
            }

            /** {@code did}: required, of format {@code did}. */
            public Builder did(Did did) {
                this.did = did;
                return this;
            }

            /** As {@link #did(Did)}, of a text that must be valid. */
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
        /** Reads and writes such objects. */
        public static final ObjectCodec<Output, Builder> CODEC = new OutputCodec();

        private final @Nullable String cursor;
        private final List<MethodDefs.Result> results;

        private Output(@Nullable String cursor, List<MethodDefs.Result> results,
                @Nullable LexMap extra) {
            super(extra);
            this.cursor = cursor;
            this.results = results;
        }

        /** A builder with nothing set. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** {@code cursor}: optional. */
        public @Nullable String cursor() {
            return cursor;
        }

        /** {@code results}: required, at most 2 elements. */
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

        /** Makes {@link Output}. */
        public static final class Builder extends ObjectBuilder<Output, Builder> {
            private @Nullable String cursor;
            private @Nullable List<MethodDefs.Result> results;

            private Builder() {}

            private Builder(Output from) {
                super(from);
                this.cursor = from.cursor;
                this.results = from.results;
            }

            /** {@code cursor}: optional. */
            public Builder cursor(@Nullable String cursor) {
                this.cursor = cursor;
                return this;
            }

            /** {@code results}: required, at most 2 elements. */
            public Builder results(List<MethodDefs.Result> results) {
                this.results = List.copyOf(results);
                return this;
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

    /** An object of {@code com.example.method.queryObject#params}. */
    public static final class ParamsDef extends LexObject implements Buildable<ParamsDef, ParamsDef.Builder> {
        /** The definition's full name, as {@code $type} says it. */
        public static final String TYPE = "com.example.method.queryObject#params";

        /** Reads and writes such objects. */
        public static final ObjectCodec<ParamsDef, Builder> CODEC = new ParamsDefCodec();

        private final @Nullable Long x;

        private ParamsDef(@Nullable Long x, @Nullable LexMap extra) {
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
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {x};
        }

        /** Makes {@link ParamsDef}. */
        public static final class Builder extends ObjectBuilder<ParamsDef, Builder> {
            private @Nullable Long x;

            private Builder() {}

            private Builder(ParamsDef from) {
                super(from);
                this.x = from.x;
            }

            /** {@code x}: optional. */
            public Builder x(@Nullable Long x) {
                this.x = x;
                return this;
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

    /** An object of {@code com.example.method.queryObject#output}. */
    public static final class OutputDef extends LexObject implements Buildable<OutputDef, OutputDef.Builder> {
        /** The definition's full name, as {@code $type} says it. */
        public static final String TYPE = "com.example.method.queryObject#output";

        /** Reads and writes such objects. */
        public static final ObjectCodec<OutputDef, Builder> CODEC = new OutputDefCodec();

        private final @Nullable Long y;

        private OutputDef(@Nullable Long y, @Nullable LexMap extra) {
            super(extra);
            this.y = y;
        }

        /** A builder with nothing set. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** {@code y}: optional. */
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

        /** Makes {@link OutputDef}. */
        public static final class Builder extends ObjectBuilder<OutputDef, Builder> {
            private @Nullable Long y;

            private Builder() {}

            private Builder(OutputDef from) {
                super(from);
                this.y = from.y;
            }

            /** {@code y}: optional. */
            public Builder y(@Nullable Long y) {
                this.y = y;
                return this;
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

    /** An object of {@code com.example.method.queryObject#input}. */
    public static final class Input extends LexObject implements Buildable<Input, Input.Builder> {
        /** The definition's full name, as {@code $type} says it. */
        public static final String TYPE = "com.example.method.queryObject#input";

        /** Reads and writes such objects. */
        public static final ObjectCodec<Input, Builder> CODEC = new InputCodec();

        private Input(@Nullable LexMap extra) {
            super(extra);
        }

        /** A builder with nothing set. */
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

        /** Makes {@link Input}. */
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
