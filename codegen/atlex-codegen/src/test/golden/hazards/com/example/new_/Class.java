// Generated from the lexicon com.example.new.class. Do not edit.
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

/** The object type {@code com.example.new.class}. */
public final class Class extends LexObject implements Buildable<Class, Class.Builder> {
    /** The definition's full name: the value of {@code $type}. */
    public static final String TYPE = "com.example.new.class";

    /** Reads and writes objects of this type. */
    public static final ObjectCodec<Class, Builder> CODEC = new ClassCodec();

    private final Item other;

    private Class(Item other, LexMap extra) {
        super(extra);
        this.other = other;
    }

    /** Returns an empty builder. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Returns {@code other}: optional. */
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

    /** Builds {@link Class}. */
    public static final class Builder extends ObjectBuilder<Class, Builder> {
        private Item other;

        private Builder() {}

        private Builder(Class from) {
            super(from);
            this.other = from.other;
        }

        /** Sets {@code other}: optional. */
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
