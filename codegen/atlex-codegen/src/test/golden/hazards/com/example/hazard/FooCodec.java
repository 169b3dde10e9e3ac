// Generated from the lexicon com.example.hazard.fooCodec. Do not edit.
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

/** The object type {@code com.example.hazard.fooCodec}. */
public final class FooCodec extends LexObject implements Buildable<FooCodec, FooCodec.Builder> {
    /** The definition's full name: the value of {@code $type}. */
    public static final String TYPE = "com.example.hazard.fooCodec";

    /** Reads and writes objects of this type. */
    public static final ObjectCodec<FooCodec, Builder> CODEC = new FooCodecCodec();

    private final Foo foo;

    private FooCodec(Foo foo, LexMap extra) {
        super(extra);
        this.foo = foo;
    }

    /** Returns an empty builder. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Returns {@code foo}: optional. */
    public @Nullable Foo foo() {
        return foo;
    }

    @Override
    protected ObjectSchema<?, ?> codec() {
        return CODEC;
    }

    @Override
    protected Object[] fieldValues() {
        return new Object[] {foo};
    }

    /** Builds {@link FooCodec}. */
    public static final class Builder extends ObjectBuilder<FooCodec, Builder> {
        private Foo foo;

        private Builder() {}

        private Builder(FooCodec from) {
            super(from);
            this.foo = from.foo;
        }

        /** Sets {@code foo}: optional. */
        public Builder foo(@Nullable Foo foo) {
            this.foo = foo;
            return this;
        }

        @Override
        public FooCodec build() {
            return new FooCodec(foo, extra());
        }
    }

    private static final class FooCodecCodec extends ObjectCodec<FooCodec, Builder> {
        FooCodecCodec() {
            super("com.example.hazard.fooCodec", "m", ObjectCodec.Typing.CHECKED, "foo");
        }

        @Override
        public Builder newBuilder() {
            return new Builder();
        }

        @Override
        public FooCodec readFields(LexReader reader) {
            Foo foo = null;
            LexMap.Builder extra = null;
            int field;
            while ((field = reader.nextField(fields())) != LexReader.END) {
                switch (field) {
                    case 0 -> foo = Foo.CODEC.read(reader);
                    default -> extra = keep(reader, extra);
                }
            }
            return new FooCodec(foo, kept(extra));
        }

        @Override
        protected void writeFields(LexWriter writer, FooCodec value) {
            if (value.foo != null) {
                writer.name(fields(), 0);
                Foo.CODEC.write(writer, value.foo);
            }
        }
    }

    /** The object type {@code com.example.hazard.fooCodec#foo}. */
    public static final class Foo extends LexObject implements Buildable<Foo, Foo.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "com.example.hazard.fooCodec#foo";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<Foo, Builder> CODEC = new FooCodec_();

        private final Long x;

        private Foo(Long x, LexMap extra) {
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

        /** Builds {@link Foo}. */
        public static final class Builder extends ObjectBuilder<Foo, Builder> {
            private Long x;

            private Builder() {}

            private Builder(Foo from) {
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
            public Foo build() {
                return new Foo(x, extra());
            }
        }

        private static final class FooCodec_ extends ObjectCodec<Foo, Builder> {
            FooCodec_() {
                super("com.example.hazard.fooCodec#foo", "i", ObjectCodec.Typing.CHECKED, "x");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public Foo readFields(LexReader reader) {
                Long x = null;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> x = reader.readInteger();
                        default -> extra = keep(reader, extra);
                    }
                }
                return new Foo(x, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, Foo value) {
                if (value.x != null) {
                    writer.name(fields(), 0);
                    writer.integer(value.x);
                }
            }
        }
    }
}
