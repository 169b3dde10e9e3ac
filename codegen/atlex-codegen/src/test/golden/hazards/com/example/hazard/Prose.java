// Generated from the lexicon com.example.hazard.prose. Do not edit.
package com.example.hazard;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Buildable;
import dev.atlex.schema.Codec;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.ObjectSchema;
import dev.atlex.schema.RecordType;
import dev.atlex.schema.generated.ObjectCodec;
import dev.atlex.schema.generated.UnionCodec;
import org.jspecify.annotations.Nullable;

/**
 * Ends *&#47; here, &#123;&#64;code x&#125; &#123;&#64;link Foo&#125;
 * &lt;script&gt;alert("&amp;amp;")&lt;/script&gt; &#92;u0022 \&#92;u000a $T $L $$ &#64;param x
 * Second line. \u00e9 \ud83d\ude00
 *
 * &#64;return nothing
 *
 * <p>The record type {@code com.example.hazard.prose}. Use {@link #RECORD} to create, read and list
 * records.
 */
public final class Prose extends LexObject implements Buildable<Prose, Prose.Builder> {
    /** The definition's full name: the value of {@code $type}. */
    public static final String TYPE = "com.example.hazard.prose";

    /** Reads and writes objects of this type. */
    public static final ObjectCodec<Prose, Builder> CODEC = new ProseCodec();

    /**
     * The record type {@code com.example.hazard.prose}, for creating, reading and listing records. Record
     * keys are of type {@code tid}.
     */
    public static final RecordType<Prose, Builder> RECORD = new RecordType<>(CODEC, "tid");

    /**
     * Ends *&#47; here, &#123;&#64;code x&#125; &#123;&#64;link Foo&#125;
     * &lt;script&gt;alert("&amp;amp;")&lt;/script&gt; &#92;u0022 \&#92;u000a $T $L $$ &#64;param x
     * Second line. \u00e9 \ud83d\ude00
     *
     * &#64;return nothing
     *
     * <p>The token {@code com.example.hazard.prose#token}.
     */
    public static final String TOKEN = "com.example.hazard.prose#token";

    private final String text;
    private final Boolean flag;
    private final String long_;

    private Prose(String text, Boolean flag, String long_, LexMap extra) {
        super(extra);
        this.text = text;
        this.flag = flag;
        this.long_ = long_;
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
     * Ends *&#47; here, &#123;&#64;code x&#125; &#123;&#64;link Foo&#125;
     * &lt;script&gt;alert("&amp;amp;")&lt;/script&gt; &#92;u0022 \&#92;u000a $T $L $$ &#64;param x
     * Second line. \u00e9 \ud83d\ude00
     *
     * &#64;return nothing
     *
     * <p>Optional, default <code>*&#47; $L &#92;u0022 "quoted" &#123;</code>.
     */
    public String text() {
        return text == null ? "*/ $L \\u0022 \"quoted\" {" : text;
    }

    /**
     * A flag.
     *
     * <p>Optional.
     */
    public @Nullable Boolean flag() {
        return flag;
    }

    /**
     * word word word word word word word word word word word word word word word word word word word word
     * word word word word word word word word word word word word word word word word word word word word
     * word word word word word word word word word word word word word word word word word word word word
     *
     * <p>{@code long} in JSON: optional.
     */
    public @Nullable String long_() {
        return long_;
    }

    @Override
    protected ObjectSchema<?, ?> codec() {
        return CODEC;
    }

    @Override
    protected Object[] fieldValues() {
        return new Object[] {text, flag, long_};
    }

    /** Builds {@link Prose}. */
    public static final class Builder extends ObjectBuilder<Prose, Builder> {
        private String text;
        private Boolean flag;
        private String long_;

        private Builder() {}

        private Builder(Prose from) {
            super(from);
            this.text = from.text;
            this.flag = from.flag;
            this.long_ = from.long_;
        }

        /**
         * Ends *&#47; here, &#123;&#64;code x&#125; &#123;&#64;link Foo&#125;
         * &lt;script&gt;alert("&amp;amp;")&lt;/script&gt; &#92;u0022 \&#92;u000a $T $L $$ &#64;param x
         * Second line. \u00e9 \ud83d\ude00
         *
         * &#64;return nothing
         *
         * <p>Optional, default <code>*&#47; $L &#92;u0022 "quoted" &#123;</code>.
         */
        public Builder text(@Nullable String text) {
            this.text = text;
            return this;
        }

        /**
         * A flag.
         *
         * <p>Optional.
         */
        public Builder flag(@Nullable Boolean flag) {
            this.flag = flag;
            return this;
        }

        /**
         * word word word word word word word word word word word word word word word word word word word word
         * word word word word word word word word word word word word word word word word word word word word
         * word word word word word word word word word word word word word word word word word word word word
         *
         * <p>{@code long} in JSON: optional.
         */
        public Builder long_(@Nullable String long_) {
            this.long_ = long_;
            return this;
        }

        @Override
        public Prose build() {
            return new Prose(text, flag, long_, extra());
        }
    }

    private static final class ProseCodec extends ObjectCodec<Prose, Builder> {
        ProseCodec() {
            super("com.example.hazard.prose", "sbs", ObjectCodec.Typing.REQUIRED, "text", "flag",
                    "long");
        }

        @Override
        public Builder newBuilder() {
            return new Builder();
        }

        @Override
        public Prose readFields(LexReader reader) {
            String text = null;
            Boolean flag = null;
            String long_ = null;
            LexMap.Builder extra = null;
            int field;
            while ((field = reader.nextField(fields())) != LexReader.END) {
                switch (field) {
                    case 0 -> text = reader.readString();
                    case 1 -> flag = reader.readBoolean();
                    case 2 -> long_ = reader.readString();
                    default -> extra = keep(reader, extra);
                }
            }
            return new Prose(text, flag, long_, kept(extra));
        }

        @Override
        protected void writeFields(LexWriter writer, Prose value) {
            if (value.text != null) {
                writer.name(fields(), 0);
                writer.string(value.text);
            }
            if (value.flag != null) {
                writer.name(fields(), 1);
                writer.bool(value.flag);
            }
            if (value.long_ != null) {
                writer.name(fields(), 2);
                writer.string(value.long_);
            }
        }
    }

    /**
     * Ends *&#47; here, &#123;&#64;code x&#125; &#123;&#64;link Foo&#125;
     * &lt;script&gt;alert("&amp;amp;")&lt;/script&gt; &#92;u0022 \&#92;u000a $T $L $$ &#64;param x
     * Second line. \u00e9 \ud83d\ude00
     *
     * &#64;return nothing
     *
     * <p>The object type {@code com.example.hazard.prose#thing}.
     */
    public static final class Thing extends LexObject implements Buildable<Thing, Thing.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "com.example.hazard.prose#thing";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<Thing, Builder> CODEC = new ThingCodec();

        private final X x;

        private Thing(X x, LexMap extra) {
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

        /**
         * Ends *&#47; here, &#123;&#64;code x&#125; &#123;&#64;link Foo&#125;
         * &lt;script&gt;alert("&amp;amp;")&lt;/script&gt; &#92;u0022 \&#92;u000a $T $L $$ &#64;param x
         * Second line. \u00e9 \ud83d\ude00
         *
         * &#64;return nothing
         *
         * <p>Optional.
         */
        public @Nullable X x() {
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
            private X x;

            private Builder() {}

            private Builder(Thing from) {
                super(from);
                this.x = from.x;
            }

            /**
             * Ends *&#47; here, &#123;&#64;code x&#125; &#123;&#64;link Foo&#125;
             * &lt;script&gt;alert("&amp;amp;")&lt;/script&gt; &#92;u0022 \&#92;u000a $T $L $$ &#64;param x
             * Second line. \u00e9 \ud83d\ude00
             *
             * &#64;return nothing
             *
             * <p>Optional.
             */
            public Builder x(@Nullable X x) {
                this.x = x;
                return this;
            }

            @Override
            public Thing build() {
                return new Thing(x, extra());
            }
        }

        private static final class ThingCodec extends ObjectCodec<Thing, Builder> {
            ThingCodec() {
                super("com.example.hazard.prose#thing", "m", ObjectCodec.Typing.CHECKED, "x");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public Thing readFields(LexReader reader) {
                X x = null;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> x = X.CODEC.read(reader);
                        default -> extra = keep(reader, extra);
                    }
                }
                return new Thing(x, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, Thing value) {
                if (value.x != null) {
                    writer.name(fields(), 0);
                    X.CODEC.write(writer, value.x);
                }
            }
        }

        /**
         * Ends *&#47; here, &#123;&#64;code x&#125; &#123;&#64;link Foo&#125;
         * &lt;script&gt;alert("&amp;amp;")&lt;/script&gt; &#92;u0022 \&#92;u000a $T $L $$ &#64;param x
         * Second line. \u00e9 \ud83d\ude00
         *
         * &#64;return nothing
         *
         * <p>The open union at {@code com.example.hazard.prose#thing.x}.
         */
        public sealed interface X {
            /** Reads and writes values of this union. */
            Codec<X> CODEC = new UnionCodec<X>() {
                @Override
                protected X readVariant(String type, LexReader reader) {
                    return switch (type) {
                        default -> new Unknown(type, unknown(type, reader));
                    };
                }

                @Override
                public void write(LexWriter writer, X value) {
                    if (value instanceof Unknown variant) {
                        writer.value(variant.value());
                    }
                }
            };

            /**
             * A variant that is unknown to this version of the generated code.
             *
             * @param type its {@code $type}
             * @param value the whole object, including {@code $type}
             */
            record Unknown(String type, LexMap value) implements X {}
        }
    }
}
