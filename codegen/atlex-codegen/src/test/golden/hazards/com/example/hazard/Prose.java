// Generated from the lexicon com.example.hazard.prose. Changes here would be lost.
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
 * A record of {@code com.example.hazard.prose}.
 *
 * <p>Inner Ends *&#47; here, &#123;&#64;code x&#125; &#123;&#64;link Foo&#125; &lt;script&gt;alert("&amp;amp;")&lt;/script&gt; &#92;u0022 \&#92;u000a $T $L $$ &#64;param x
 * Second line. \u00e9 \ud83d\ude00
 *
 * &#64;return nothing
 */
public final class Prose extends LexObject implements Buildable<Prose, Prose.Builder> {
    /** The definition's full name, as {@code $type} says it. */
    public static final String TYPE = "com.example.hazard.prose";

    /** Reads and writes such objects. */
    public static final ObjectCodec<Prose, Builder> CODEC = new ProseCodec();

    /**
     * The type of these records.
     *
     * <p>Ends *&#47; here, &#123;&#64;code x&#125; &#123;&#64;link Foo&#125; &lt;script&gt;alert("&amp;amp;")&lt;/script&gt; &#92;u0022 \&#92;u000a $T $L $$ &#64;param x
     * Second line. \u00e9 \ud83d\ude00
     *
     * &#64;return nothing
     */
    public static final RecordType<Prose, Builder> RECORD = new RecordType<>(CODEC, "tid");

    /**
     * The token {@code com.example.hazard.prose#token}.
     *
     * <p>Ends *&#47; here, &#123;&#64;code x&#125; &#123;&#64;link Foo&#125; &lt;script&gt;alert("&amp;amp;")&lt;/script&gt; &#92;u0022 \&#92;u000a $T $L $$ &#64;param x
     * Second line. \u00e9 \ud83d\ude00
     *
     * &#64;return nothing
     */
    public static final String TOKEN = "com.example.hazard.prose#token";

    private final @Nullable String text;
    private final @Nullable Boolean flag;
    private final @Nullable String long_;

    private Prose(@Nullable String text, @Nullable Boolean flag, @Nullable String long_,
            @Nullable LexMap extra) {
        super(extra);
        this.text = text;
        this.flag = flag;
        this.long_ = long_;
    }

    /** A builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Builder toBuilder() {
        return new Builder(this);
    }

    /**
     * Ends *&#47; here, &#123;&#64;code x&#125; &#123;&#64;link Foo&#125; &lt;script&gt;alert("&amp;amp;")&lt;/script&gt; &#92;u0022 \&#92;u000a $T $L $$ &#64;param x
     * Second line. \u00e9 \ud83d\ude00
     *
     * &#64;return nothing
     *
     * <p>{@code text}: optional, by default <code>*&#47; $L &#92;u0022 "quoted" &#123;</code>.
     */
    public String text() {
        return text == null ? "*/ $L \\u0022 \"quoted\" {" : text;
    }

    /**
     * A flag.
     *
     * <p>{@code flag}: optional.
     */
    public @Nullable Boolean flag() {
        return flag;
    }

    /**
     * word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word
     *
     * <p>{@code long}: optional.
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

    /** Makes {@link Prose}. */
    public static final class Builder extends ObjectBuilder<Prose, Builder> {
        private @Nullable String text;
        private @Nullable Boolean flag;
        private @Nullable String long_;

        private Builder() {}

        private Builder(Prose from) {
            super(from);
            this.text = from.text;
            this.flag = from.flag;
            this.long_ = from.long_;
        }

        /**
         * Ends *&#47; here, &#123;&#64;code x&#125; &#123;&#64;link Foo&#125; &lt;script&gt;alert("&amp;amp;")&lt;/script&gt; &#92;u0022 \&#92;u000a $T $L $$ &#64;param x
         * Second line. \u00e9 \ud83d\ude00
         *
         * &#64;return nothing
         *
         * <p>{@code text}: optional, by default <code>*&#47; $L &#92;u0022 "quoted" &#123;</code>.
         */
        public Builder text(@Nullable String text) {
            this.text = text;
            return this;
        }

        /**
         * A flag.
         *
         * <p>{@code flag}: optional.
         */
        public Builder flag(@Nullable Boolean flag) {
            this.flag = flag;
            return this;
        }

        /**
         * word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word
         *
         * <p>{@code long}: optional.
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
     * An object of {@code com.example.hazard.prose#thing}.
     *
     * <p>Ends *&#47; here, &#123;&#64;code x&#125; &#123;&#64;link Foo&#125; &lt;script&gt;alert("&amp;amp;")&lt;/script&gt; &#92;u0022 \&#92;u000a $T $L $$ &#64;param x
     * Second line. \u00e9 \ud83d\ude00
     *
     * &#64;return nothing
     */
    public static final class Thing extends LexObject implements Buildable<Thing, Thing.Builder> {
        /** The definition's full name, as {@code $type} says it. */
        public static final String TYPE = "com.example.hazard.prose#thing";

        /** Reads and writes such objects. */
        public static final ObjectCodec<Thing, Builder> CODEC = new ThingCodec();

        private final @Nullable X x;

        private Thing(@Nullable X x, @Nullable LexMap extra) {
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

        /**
         * Ends *&#47; here, &#123;&#64;code x&#125; &#123;&#64;link Foo&#125; &lt;script&gt;alert("&amp;amp;")&lt;/script&gt; &#92;u0022 \&#92;u000a $T $L $$ &#64;param x
         * Second line. \u00e9 \ud83d\ude00
         *
         * &#64;return nothing
         *
         * <p>{@code x}: optional.
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

        /** Makes {@link Thing}. */
        public static final class Builder extends ObjectBuilder<Thing, Builder> {
            private @Nullable X x;

            private Builder() {}

            private Builder(Thing from) {
                super(from);
                this.x = from.x;
            }

            /**
             * Ends *&#47; here, &#123;&#64;code x&#125; &#123;&#64;link Foo&#125; &lt;script&gt;alert("&amp;amp;")&lt;/script&gt; &#92;u0022 \&#92;u000a $T $L $$ &#64;param x
             * Second line. \u00e9 \ud83d\ude00
             *
             * &#64;return nothing
             *
             * <p>{@code x}: optional.
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
         * The open union of {@code com.example.hazard.prose#thing.x}.
         *
         * <p>Ends *&#47; here, &#123;&#64;code x&#125; &#123;&#64;link Foo&#125; &lt;script&gt;alert("&amp;amp;")&lt;/script&gt; &#92;u0022 \&#92;u000a $T $L $$ &#64;param x
         * Second line. \u00e9 \ud83d\ude00
         *
         * &#64;return nothing
         */
        public sealed interface X {
            /** Reads and writes such values. */
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
             * A variant that was not known when this was generated.
             *
             * @param type its {@code $type}
             * @param value all of it, {@code $type} included
             */
            record Unknown(String type, LexMap value) implements X {}
        }
    }
}
