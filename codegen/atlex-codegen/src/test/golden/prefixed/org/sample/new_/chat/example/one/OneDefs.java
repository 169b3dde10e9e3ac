// Generated from the lexicon chat.example.one.defs. Do not edit.
package org.sample.new_.chat.example.one;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Buildable;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.ObjectSchema;
import dev.atlex.schema.generated.ObjectCodec;
import org.jspecify.annotations.Nullable;

/** The definitions of {@code chat.example.one.defs}. */
public final class OneDefs {
    private OneDefs() {}

    /** The object type {@code chat.example.one.defs#view}. */
    public static final class View extends LexObject implements Buildable<View, View.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "chat.example.one.defs#view";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<View, Builder> CODEC = new ViewCodec();

        private final Long x;

        private View(Long x, LexMap extra) {
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

        /** Builds {@link View}. */
        public static final class Builder extends ObjectBuilder<View, Builder> {
            private Long x;

            private Builder() {}

            private Builder(View from) {
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
            public View build() {
                return new View(x, extra());
            }
        }

        private static final class ViewCodec extends ObjectCodec<View, Builder> {
            ViewCodec() {
                super("chat.example.one.defs#view", "i", ObjectCodec.Typing.CHECKED, "x");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public View readFields(LexReader reader) {
                Long x = null;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> x = reader.readInteger();
                        default -> extra = keep(reader, extra);
                    }
                }
                return new View(x, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, View value) {
                if (value.x != null) {
                    writer.name(fields(), 0);
                    writer.integer(value.x);
                }
            }
        }
    }
}
