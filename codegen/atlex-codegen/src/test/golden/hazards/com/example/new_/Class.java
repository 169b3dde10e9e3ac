// Generated from the lexicon com.example.new.class. Changes here would be lost.
package com.example.new_;

import com.example.my_app._2fast.Item;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Buildable;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.ObjectSchema;
import dev.atlex.schema.generated.ObjectCodec;
import org.jspecify.annotations.Nullable;

/** An object of {@code com.example.new.class}. */
public final class Class extends LexObject implements Buildable<Class, Class.Builder> {
    /** The definition's full name, as {@code $type} says it. */
    public static final String TYPE = "com.example.new.class";

    /** Reads and writes such objects. */
    public static final ObjectCodec<Class, Builder> CODEC = new ClassCodec();

    private final @Nullable Item other;

    private Class(@Nullable Item other, @Nullable LexMap extra) {
        super(extra);
        this.other = other;
    }

    /** A builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** {@code other}: optional. */
    public @Nullable Item other() {
        return other;
    }

    @Override
    protected ObjectSchema<?, ?> codec() {
        return CODEC;
    }

    @Override
    protected Object[] fieldValues() {
        return new Object[] {other};
    }

    /** Makes {@link Class}. */
    public static final class Builder extends ObjectBuilder<Class, Builder> {
        private @Nullable Item other;

        private Builder() {}

        private Builder(Class from) {
            super(from);
            this.other = from.other;
        }

        /** {@code other}: optional. */
        public Builder other(@Nullable Item other) {
            this.other = other;
            return this;
        }

        @Override
        public Class build() {
            return new Class(other, extra());
        }
    }

    private static final class ClassCodec extends ObjectCodec<Class, Builder> {
        ClassCodec() {
            super("com.example.new.class", "m", ObjectCodec.Typing.CHECKED, "other");
        }

        @Override
        public Builder newBuilder() {
            return new Builder();
        }

        @Override
        public Class readFields(LexReader reader) {
            Item other = null;
            LexMap.Builder extra = null;
            int field;
            while ((field = reader.nextField(fields())) != LexReader.END) {
                switch (field) {
                    case 0 -> other = Item.CODEC.read(reader);
                    default -> extra = keep(reader, extra);
                }
            }
            return new Class(other, kept(extra));
        }

        @Override
        protected void writeFields(LexWriter writer, Class value) {
            if (value.other != null) {
                writer.name(fields(), 0);
                Item.CODEC.write(writer, value.other);
            }
        }
    }
}
