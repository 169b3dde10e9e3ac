// Generated from the lexicon com.example.my-app.2fast.item. Do not edit.
package com.example.my_app._2fast;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Buildable;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.ObjectSchema;
import dev.atlex.schema.generated.ObjectCodec;
import org.jspecify.annotations.Nullable;

/** The object type {@code com.example.my-app.2fast.item}. */
public final class Item extends LexObject implements Buildable<Item, Item.Builder> {
    /** The definition's full name: the value of {@code $type}. */
    public static final String TYPE = "com.example.my-app.2fast.item";

    /** Reads and writes objects of this type. */
    public static final ObjectCodec<Item, Builder> CODEC = new ItemCodec();

    private final Long int_;

    private Item(Long int_, LexMap extra) {
        super(extra);
        this.int_ = int_;
    }

    /** Returns an empty builder. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Returns {@code int}: optional. */
    public @Nullable Long int_() {
        return int_;
    }

    @Override
    protected ObjectSchema<?, ?> codec() {
        return CODEC;
    }

    @Override
    protected Object[] fieldValues() {
        return new Object[] {int_};
    }

    /** Builds {@link Item}. */
    public static final class Builder extends ObjectBuilder<Item, Builder> {
        private Long int_;

        private Builder() {}

        private Builder(Item from) {
            super(from);
            this.int_ = from.int_;
        }

        /** Sets {@code int}: optional. */
        public Builder int_(@Nullable Long int_) {
            this.int_ = int_;
            return this;
        }

        /** Sets {@code int}. */
        public Builder int_(long int_) {
            return int_((Long) int_);
        }

        @Override
        public Item build() {
            return new Item(int_, extra());
        }
    }

    private static final class ItemCodec extends ObjectCodec<Item, Builder> {
        ItemCodec() {
            super("com.example.my-app.2fast.item", "i", ObjectCodec.Typing.CHECKED, "int");
        }

        @Override
        public Builder newBuilder() {
            return new Builder();
        }

        @Override
        public Item readFields(LexReader reader) {
            Long int_ = null;
            LexMap.Builder extra = null;
            int field;
            while ((field = reader.nextField(fields())) != LexReader.END) {
                switch (field) {
                    case 0 -> int_ = reader.readInteger();
                    default -> extra = keep(reader, extra);
                }
            }
            return new Item(int_, kept(extra));
        }

        @Override
        protected void writeFields(LexWriter writer, Item value) {
            if (value.int_ != null) {
                writer.name(fields(), 0);
                writer.integer(value.int_);
            }
        }
    }
}
